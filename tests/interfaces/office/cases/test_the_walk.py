"""From a new person to a decision on the screen, as a person without JavaScript walks it."""

import io
from datetime import date

import pikepdf
import pytest
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Application, Case, Consent, Decision, EndingConfirmation
from tests.cases.thread import DRESSING, GOALS, RESPITE
from tests.interfaces.office.cases.desk import a_client, desk, form_values, words_of

pytestmark = pytest.mark.django_db


def stored(read):
    with scoped(SYSTEM):
        return read()


class TestOpening:
    def test_a_new_person_gets_a_case_and_goes_on_to_the_application(self):
        sitting = desk()
        answer = sitting.browser.post(
            reverse("office:case-new"),
            {
                "personal_number": "19400102-9992",
                "given_name": "Elsa",
                "family_name": "Vinter",
                "is_own": "on",
            },
        )
        case = stored(lambda: Case.objects.get(client__personal_number="19400102-9992"))
        assert answer.url == reverse("office:application-new", args=[case.pk])
        assert case.officer_id == sitting.user.pk

    @pytest.mark.parametrize(
        ("number", "said"),
        [
            ("19400102-9993", "Personnumret stämmer inte"),
            ("400102", "Skriv personnumret som ÅÅÅÅMMDD-NNNN."),
            ("19401302-9998", "De åtta första siffrorna är ingen dag"),
        ],
    )
    def test_a_wrong_number_is_told_at_the_number_and_what_was_typed_stays(self, number, said):
        sitting = desk()
        answer = sitting.browser.post(
            reverse("office:case-new"),
            {"personal_number": number, "given_name": "Elsa", "family_name": "Vinter"},
        )
        page = answer.content.decode()
        assert said in page
        assert 'value="Vinter"' in page

    def test_a_person_we_know_is_shown_and_gets_a_case_from_there(self):
        client_id = a_client(personal_number="19400102-9992")
        sitting = desk()
        answer = sitting.browser.post(
            reverse("office:case-new"),
            {"personal_number": "19400102-9992", "given_name": "Elsa", "family_name": "Vinter"},
        )
        url = reverse("office:case-new-client", args=[client_id])
        assert url in answer.content.decode()
        answer = sitting.browser.post(url, {"client": client_id})
        case = stored(lambda: Case.objects.get(client_id=client_id))
        assert case.officer_id is None
        assert answer.url == reverse("office:application-new", args=[case.pk])
        again = sitting.browser.post(url, {"client": client_id})
        assert again.url == reverse("office:case", args=[case.pk])

    def test_a_protected_person_is_never_named_on_the_pages(self):
        sitting = desk(is_protected=True, family_name="Hemlig")
        assert "Hemlig" not in sitting.page("case")
        assert "Hemlig" not in sitting.browser.get(reverse("office:cases")).content.decode()


class TestTheWholeWalk:
    def test_application_assessment_and_decision_without_a_script(self):
        sitting = desk()
        values = sitting.form("application-new")
        answer = sitting.post(
            "application-new",
            **{**values, "applied_for": "Hjälp på morgonen", "is_new_applicant": "on",
               "information_given_on": "2026-04-14"},
        )  # fmt: skip
        assert answer.url == sitting.url("case")

        start = form_values(sitting.page("case"), "utredning/borja/")
        assert sitting.post("assessment-start", **start).url == sitting.url("assessment")

        values = sitting.form("assessment")
        values |= {
            "background": "Bor ensam.",
            "home_visit_on": "2026-04-16",
            "personal_care-need": "Stel axel.",
            "personal_care-goal": GOALS[next(iter(GOALS))],
            "behov-0-level": "pakladning:2",
            "behov-0-count": "1",
            "behov-0-per": "day",
            "behov-0-visit": "morgon",
            "gor": "klar",
        }
        assert sitting.post("assessment", **values).url == sitting.url("case")

        begin = form_values(sitting.page("case"), "beslut/borja/")
        answer = sitting.post("decision-begin", **{**begin, "kind": "ordinary"})
        draft = stored(lambda: Decision.objects.get(case=sitting.walk.case_id))
        assert answer.url == sitting.url("decision", draft.pk)

        values = sitting.form("decision", draft.pk)
        assert values["goal_personal_care"].strip() == GOALS[next(iter(GOALS))]
        assert values["summary"].strip() == "Du får hjälp med påklädning."
        assert values["has_revocation_clause"] == ["on"]
        values |= {"first_day": "2026-05-01", "last_day": "2027-04-30", "gor": "besluta"}
        answer = sitting.post("decision", draft.pk, **values)
        assert answer.status_code == 302, words_of(answer.content.decode())
        decided = stored(lambda: Decision.objects.get(pk=draft.pk))
        assert (decided.status, decided.period.upper) == ("decided", date(2027, 5, 1))
        page = words_of(sitting.page("decision", draft.pk))
        assert "Ramtid från 1 maj 2026" in page
        assert "Påklädning nivå 2, varje dag, morgon" in page

    def test_the_decision_is_had_as_an_accessible_document(self):
        sitting = desk()
        with scoped(SYSTEM):
            decision = (
                sitting.walk.applied()
                .assessed(DRESSING, outside=(RESPITE,))
                .decided(summary="Du får hjälp #eval(1) på morgonen.")
            )
        answer = sitting.browser.get(sitting.url("decision-document", decision.pk))
        assert answer["Content-Type"] == "application/pdf"
        assert decision.number in answer["Content-Disposition"]
        document = pikepdf.open(io.BytesIO(answer.content))
        with document.open_metadata() as metadata:
            assert metadata["pdfuaid:part"] == "1"
            assert metadata["dc:title"] == f"Beslut {decision.number} om hemtjänst"
        assert str(document.Root.Lang).startswith("sv")

    def test_a_draft_has_no_document(self):
        sitting = desk()
        with scoped(SYSTEM):
            draft_id = sitting.walk.applied().assessed().drafted()
        assert sitting.browser.get(sitting.url("decision-document", draft_id)).status_code == 404


class TestTheSmallForms:
    def test_a_consent_is_noted_and_a_general_one_refused_with_its_text_kept(self):
        sitting = desk()
        values = form_values(sitting.page("case"), "samtycke/")
        general = {**values, "purpose": "Allt som behövs", "parties": "Alla", "occasion": ""}
        page = sitting.post("consent-new", **general).content.decode()
        assert "Allt som behövs" in page
        assert "Ange vilket tillfälle samtycket gäller" in page
        good = {**general, "purpose": "Planera hemgången", "occasion": "Mötet 24 april"}
        assert sitting.post("consent-new", **good).status_code == 302
        consent = stored(Consent.objects.get)
        back = form_values(sitting.page("case"), "aterkalla/")
        assert sitting.post("consent-withdraw", consent.pk, **back).status_code == 302
        assert "Återkallat" in sitting.page("case")

    def test_an_event_takes_the_granted_interventions_to_tick(self):
        sitting = desk()
        with scoped(SYSTEM):
            sitting.walk.applied().assessed().decided()
        values = form_values(sitting.page("case"), "handelse/")
        empty = sitting.post("event-new", **values).content.decode()
        assert "Välj minst en insats" in empty
        values |= {"interventions": "Påklädning", "form": "phone", "outcome": "unchanged"}
        assert sitting.post("event-new", **values).status_code == 302
        assert "Bistånd i form av Påklädning bedöms skäligt." in sitting.page("case")

    def test_a_colleagues_case_is_taken_with_a_reason(self):
        sitting = desk()
        other = desk(Role.FIRST_CASE_OFFICER)
        url = reverse("office:case-take", args=[sitting.walk.case_id])
        revision = sitting.case.revision
        page = other.browser.post(url, {"revision": revision, "reason": ""}).content.decode()
        assert "Skriv varför du tar över kollegans ärende." in page
        assert other.browser.post(url, {"revision": revision, "reason": "Robin är sjuk."}).status_code == 302
        assert sitting.case.officer_id == other.user.pk
        assert "med förtur" in other.browser.get(sitting.url("case")).content.decode()

    def test_what_the_person_was_told_is_noted_later(self):
        sitting = desk()
        with scoped(SYSTEM):
            sitting.walk.applied(informed=False)
        application = stored(Application.objects.get)
        values = form_values(sitting.page("case"), "information/")
        values["leaflet_given_on"] = "2026-04-15"
        sitting.post("application-information", application.pk, **values)
        assert stored(lambda: Application.objects.get().leaflet_given_on) == date(2026, 4, 15)


class TestChanging:
    @pytest.fixture
    def running(self):
        sitting = desk()
        with scoped(SYSTEM):
            decision = sitting.walk.applied().assessed(DRESSING, outside=(RESPITE,)).decided()
        return sitting, decision

    def asked(self, sitting, decision, **query):
        url = sitting.url("decision-change", decision.pk)
        return url + "?" + "&".join(f"{name}={value}" for name, value in query.items())

    def test_the_screen_answers_what_a_change_takes(self, running):
        sitting, decision = running
        for query, said in (
            ({"andring": "add_intervention", "omrade": "domestic_life"}, "Ett nytt beslut krävs."),
            ({"andring": "change_level", "omrade": "personal_care"}, "Det går inte att ändra så."),
            ({"andring": "new_goal", "omrade": "personal_care"}, "Uppdraget skickas i en ny version."),
            (
                {"andring": "change_level", "omrade": "personal_care", "behov_andrat": "on"},
                "utan nytt beslut",
            ),
        ):
            page = words_of(sitting.browser.get(self.asked(sitting, decision, **query)).content.decode())
            assert said in page

    def test_a_level_is_changed_after_a_look_at_what_it_does(self, running):
        sitting, decision = running
        url = self.asked(sitting, decision, andring="change_level", omrade="personal_care", behov_andrat="on")
        values = form_values(sitting.browser.get(url).content.decode())
        need = stored(decision.needs.get)
        values |= {
            "valid_from": "2026-06-01", "granted_id": str(need.pk), "level": "pakladning:3", "count": "1",
            "per": "day", "visit": "morgon", "why": "Axeln är stel.", "message": "Nivå 3 från 1 juni.",
        }  # fmt: skip
        page = words_of(sitting.browser.post(url, {**values, "gor": "rakna"}).content.decode())
        assert "Inget är sparat än." in page
        assert "nivå 2 → 3" in page
        assert "från 1 juni 2026" in page
        assert stored(decision.needs.count) == 1
        assert sitting.browser.post(url, {**values, "gor": "spara"}).status_code == 302
        assert stored(decision.needs.count) == 2
        assert "Axeln är stel." in sitting.page("decision", decision.pk)

    def test_without_a_message_to_the_provider_nothing_changes(self, running):
        sitting, decision = running
        url = self.asked(sitting, decision, andring="change_level", omrade="personal_care", behov_andrat="on")
        values = form_values(sitting.browser.get(url).content.decode())
        need = stored(decision.needs.get)
        values |= {
            "granted_id": str(need.pk),
            "level": "pakladning:3",
            "why": "Stel.",
            "valid_from": "2026-06-01",
        }
        page = sitting.browser.post(url, {**values, "gor": "spara"}).content.decode()
        assert "Skriv vad utföraren ska få veta" in page
        assert "Stel." in page

    def test_an_ending_is_looked_at_saved_and_confirmed(self, running):
        sitting, decision = running
        need = stored(decision.needs.get)
        values = sitting.form("decision-end", decision.pk)
        values |= {"granted_ids": str(need.pk), "last_day": "2026-06-30", "why": "Klär sig själv."}
        page = words_of(
            sitting.post("decision-end", decision.pk, **{**values, "gor": "rakna"}).content.decode()
        )
        assert "→ 0,00 min per vecka" in page
        assert sitting.post("decision-end", decision.pk, **{**values, "gor": "spara"}).status_code == 302
        task = stored(EndingConfirmation.objects.get)
        confirm = form_values(sitting.page("case"), "bekrafta/")
        assert (
            "Skriv hur avslutet" in sitting.post("case-ending-confirm", task.pk, **confirm).content.decode()
        )
        confirm = {**confirm, "revision": sitting.case.revision, "how": "Ringde Elsa."}
        assert sitting.post("case-ending-confirm", task.pk, **confirm).status_code == 302
        assert stored(lambda: EndingConfirmation.objects.get().confirmed_how) == "Ringde Elsa."

    def test_the_person_may_want_to_keep_the_support(self, running):
        sitting, decision = running
        values = sitting.form("decision-end", decision.pk)
        values |= {"granted_ids": str(stored(decision.needs.get).pk), "last_day": "2026-06-30", "why": "Nej."}
        answer = sitting.browser.post(
            sitting.url("decision-end", decision.pk), {**values, "gor": "spara"}, follow=True
        )
        assert "Stödet fortsätter" in words_of(answer.content.decode())
        task = stored(EndingConfirmation.objects.get)
        confirm = form_values(sitting.page("case"), "bekrafta/")
        confirm |= {"how": "Elsa vill ha hjälpen kvar.", "gor": "behall"}
        assert sitting.post("case-ending-confirm", task.pk, **confirm).status_code == 302
        page = words_of(sitting.page("case"))
        assert "avslutas inte" in page
        assert "Elsa vill ha hjälpen kvar." in page
        assert stored(lambda: decision.needs.get().period) == decision.period

    def test_a_goal_is_rewritten(self, running):
        sitting, decision = running
        values = {"revision": sitting.case.revision, "goal": "Elsa knäpper själv."}
        assert sitting.post("goal-change", decision.pk, "personal_care", **values).status_code == 302
        assert "Elsa knäpper själv." in sitting.page("decision", decision.pk)
        assert sitting.post("goal-change", decision.pk, "nonsens", **values).status_code == 404
