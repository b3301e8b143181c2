"""The decision as a document: plain words first, the law second, how to appeal last; words stay words."""

import io
from datetime import UTC, date, datetime

import pikepdf
import pytest

from hemmavid.access.actors import Denied
from hemmavid.access.roles import Role
from hemmavid.cases.models import Decision
from hemmavid.reports.decision_document import decision_pdf, document_of
from hemmavid.rules.life_areas import LifeArea
from tests.cases.thread import AT, DRESSING, RESPITE, officer, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]


@pytest.fixture
def step():
    return walk().applied().assessed(DRESSING, outside=(RESPITE,))


def test_it_says_what_is_granted_for_how_long_and_by_which_law(step):
    decision = step.decided(summary="Du får hjälp.\n\nVarje morgon.", reasons="Axeln är stel.")
    found = document_of(decision.pk, step.case_id, by=step.by, at=AT)
    assert found.summary == ("Du får hjälp.", "Varje morgon.")
    assert found.days == "Beslutet gäller från och med 1 maj 2026 till och med 30 april 2027."
    assert [part.heading for part in found.parts] == [
        LifeArea.PERSONAL_CARE.label,
        LifeArea.SUPPORT_OF_CARER.label,
    ]
    assert found.parts[0].needs == ("Påklädning nivå 2, varje dag, morgon",)
    assert found.frame_time.startswith("Tiden för hjälpen är tillsammans")
    assert found.legal_ground == "11 kap. 1 § socialtjänstlagen (2025:400)"
    assert "inom 3 veckor" in found.appeal[1]
    assert "35 kap. 1 § socialtjänstlagen (2025:400)" in found.appeal[-1]


def test_a_decision_before_july_2025_rests_on_the_older_act(step):
    decision = step.decided()
    Decision.objects.filter(pk=decision.pk).update(decided_at=datetime(2025, 6, 30, 9, tzinfo=UTC))
    found = document_of(decision.pk, step.case_id, by=step.by, at=AT)
    assert found.legal_ground == "4 kap. 1 § socialtjänstlagen (2001:453)"
    assert found.decided_on == date(2025, 6, 30)


def test_a_protected_person_is_written_by_code(step):
    decision = step.decided()
    type(decision.client).objects.filter(pk=decision.client_id).update(is_protected=True)
    assert decision.client.family_name not in document_of(decision.pk, step.case_id, by=step.by, at=AT).name


def test_it_is_the_authoritys_alone_and_never_of_a_draft(step):
    draft_id = step.drafted()
    with pytest.raises(Decision.DoesNotExist):
        document_of(draft_id, step.case_id, by=step.by, at=AT)
    with pytest.raises(Denied):
        document_of(draft_id, step.case_id, by=officer(Role.CONTROLLER), at=AT)


def test_it_is_had_by_its_own_case_alone_so_that_the_log_names_the_right_person(step):
    decision = step.decided()
    with pytest.raises(Decision.DoesNotExist):
        document_of(decision.pk, walk().case_id, by=step.by, at=AT)


def test_the_file_claims_the_accessible_standard_and_prints_markup_as_words(step):
    decision = step.decided(summary="#eval(1) *fet* = rubrik", reasons="")
    document = document_of(decision.pk, step.case_id, by=step.by, at=AT)
    pdf = pikepdf.open(io.BytesIO(decision_pdf(document)))
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == f"Beslut {decision.number} om hemtjänst"
    assert str(pdf.Root.Lang).startswith("sv")
    assert decision_pdf(document) == decision_pdf(document)
