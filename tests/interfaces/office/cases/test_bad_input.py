"""What people type wrong, paste or send twice: clear words at the field, and the text stays."""

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Assessment, Decision, Need
from hemmavid.cases.operations import assessing
from tests.cases.thread import AT, officer
from tests.interfaces.office.cases.desk import desk, form_values, words_of

pytestmark = pytest.mark.django_db

FROM_WORD = "Rubrik\r\n\uf0b7 punkt ett\x0b\uf0b7 punkt två\u00ad\u200b \u201dcitat\u201d"


@pytest.fixture
def assessing_desk():
    sitting = desk()
    with scoped(SYSTEM):
        sitting.walk.applied()
        assessing.start_assessment(seen=sitting.walk.seen, by=sitting.walk.by, at=AT)
    return sitting


class TestTheAssessment:
    def test_a_text_of_forty_thousand_is_told_in_figures_and_kept(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"background": "å" * 40_000, "gor": "spara"}
        page = assessing_desk.post("assessment", **values).content.decode()
        said = "Texten har 40 000 tecken och här ryms 20 000. Korta den med 20 000 tecken"
        assert said in words_of(page)
        assert "å" * 40_000 in page
        with scoped(SYSTEM):
            assert Assessment.objects.get().background == ""

    def test_a_paste_from_word_keeps_its_words_bullets_and_lines(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"background": FROM_WORD, "gor": "spara"}
        assert assessing_desk.post("assessment", **values).status_code == 302
        with scoped(SYSTEM):
            assert Assessment.objects.get().background == "Rubrik\n• punkt ett\n• punkt två ”citat”"

    def test_minutes_sent_for_a_need_within_frame_time_are_never_looked_at(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {
            "behov-0-level": "pakladning:2", "behov-0-visit": "morgon", "behov-0-minutes": "999",
            "gor": "spara",
        }  # fmt: skip
        assessing_desk.post("assessment", **values)
        page = assessing_desk.page("assessment")
        assert "999" not in page
        assert 'name="behov-0-minutes"' not in page
        with scoped(SYSTEM):
            assert not hasattr(Need.objects.get(), "minutes")

    def test_the_same_need_twice_in_a_visit_is_told_at_its_row(self, assessing_desk):
        values = assessing_desk.form("assessment")
        for row in (0, 1):
            values |= {f"behov-{row}-level": "pakladning:2", f"behov-{row}-visit": "morgon"}
        page = assessing_desk.post("assessment", **{**values, "gor": "spara"}).content.decode()
        assert "Behovet står redan i samma besök." in page
        assert "Ingen ramtid" not in page

    def test_an_unknown_level_and_a_strange_number_are_refused(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"behov-0-level": "pakladning:9", "behov-0-count": "många", "gor": "spara"}
        page = assessing_desk.post("assessment", **values).content.decode()
        assert "Välj i listan." in page
        assert "Skriv ett heltal." in page

    def test_watch_and_more_time_are_told_at_their_fields(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {
            "tid-0-intervention": "avlosning", "tid-0-life_area": "support_of_carer", "tid-0-minutes": "120",
            "tid-0-per": "week", "tid-0-asks_more": "on", "gor": "spara",
        }  # fmt: skip
        page = assessing_desk.post("assessment", **values).content.decode()
        assert "Mer tid kräver en beskrivning" in page

    def test_frame_time_is_shown_before_anything_is_saved(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"behov-0-level": "pakladning:2", "behov-0-visit": "morgon", "gor": "rakna"}
        page = words_of(assessing_desk.post("assessment", **values).content.decode())
        assert "h per månad" in page
        assert "Så blir det summan" in page
        with scoped(SYSTEM):
            assert not Need.objects.exists()

    def test_the_part_that_a_script_swaps_is_what_the_page_then_shows(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"behov-0-level": "pakladning:2", "behov-0-visit": "morgon", "gor": "rakna"}
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        part = assessing_desk.browser.post(assessing_desk.url("assessment"), values, headers=headers)
        whole = assessing_desk.post("assessment", **values).content.decode()
        assert "<html" not in part.content.decode()
        assert words_of(part.content.decode()).strip() in words_of(whole)

    def test_more_rows_come_without_losing_what_was_typed(self, assessing_desk):
        values = assessing_desk.form("assessment")
        values |= {"background": "Halvskrivet.", "gor": "rader"}
        page = assessing_desk.post("assessment", **values).content.decode()
        assert "Halvskrivet." in page
        assert 'name="behov-5-level"' in page

    def test_completing_without_a_home_visit_says_so_at_the_field(self, assessing_desk):
        values = assessing_desk.form("assessment")
        page = assessing_desk.post("assessment", **{**values, "gor": "klar"}).content.decode()
        assert "Ange dagen för hembesöket" in page
        assert "minst ett livsområde" in page


class TestTheDecision:
    @pytest.fixture
    def drafting(self):
        sitting = desk()
        with scoped(SYSTEM):
            step = sitting.walk.applied().assessed()
            decision_id = step.drafted(last_day=None, has_revocation_clause=False, goals={})
        return sitting, decision_id

    def test_without_end_goal_and_clause_each_is_told_at_its_field_and_summed_up(self, drafting):
        sitting, decision_id = drafting
        values = sitting.form("decision", decision_id)
        values |= {"goal_personal_care": "", "reasons": "Axeln är stel.", "gor": "besluta"}
        page = sitting.post("decision", decision_id, **values).content.decode()
        for field, said in (
            ("last_day", "Ange beslutets sista dag"),
            ("goal_personal_care", "Skriv minst ett mål för Personlig vård"),
            ("has_revocation_clause", "Lägg till återkallelseförbehållet"),
        ):
            assert f'id="id_{field}_error"' in page
            assert f'href="#id_{field}"' in page
            assert said in page
        with scoped(SYSTEM):
            draft = Decision.objects.get(pk=decision_id)
        assert (draft.status, draft.reasons) == ("draft", "Axeln är stel.")

    def test_a_last_day_before_the_first_says_so(self, drafting):
        sitting, decision_id = drafting
        values = sitting.form("decision", decision_id)
        values |= {"first_day": "2026-05-01", "last_day": "2026-04-30", "gor": "besluta"}
        assert (
            "Beslutet börjar 2026-05-01" in sitting.post("decision", decision_id, **values).content.decode()
        )

    def test_a_day_that_is_none_says_how_to_write_it(self, drafting):
        sitting, decision_id = drafting
        values = sitting.form("decision", decision_id)
        for typed in ("31/12", "0001-01-01"):
            page = sitting.post("decision", decision_id, **{**values, "last_day": typed}).content.decode()
            assert "Skriv dagen som 2026-05-01." in page
            assert typed in page

    def test_a_stock_phrase_is_hinted_at_and_not_refused(self, drafting):
        sitting, decision_id = drafting
        values = sitting.form("decision", decision_id)
        values |= {"goal_personal_care": "Bibehålla funktioner och en god hygien", "gor": "spara"}
        assert sitting.post("decision", decision_id, **values).status_code == 302

    def test_a_made_decision_is_not_posted_again(self, drafting):
        sitting, decision_id = drafting
        values = sitting.form("decision", decision_id)
        values |= {
            "first_day": "2026-05-01", "last_day": "2027-04-30", "goal_personal_care": "Klär sig själv.",
            "has_revocation_clause": "on", "gor": "besluta",
        }  # fmt: skip
        assert sitting.post("decision", decision_id, **values).status_code == 302
        again = sitting.post("decision", decision_id, **values)
        assert again.status_code == 200
        assert "Beslutet som PDF" in again.content.decode()


class TestTwoOfficers:
    def test_the_second_is_told_who_wrote_what_and_keeps_what_was_typed(self, assessing_desk):
        mine = assessing_desk.form("assessment")
        with scoped(SYSTEM):
            colleague = officer(name="Kim Vår")
            text = assessing.AssessmentText("Kims text.")
            assessing.save_assessment(text, assessing_desk.walk.seen, by=colleague, at=AT)
            area = assessing.AreaText(next(iter(assessing.LifeArea)), need="Kims behov.")
            assessing.save_area(area, assessing_desk.walk.seen, by=colleague, at=AT)
        page = assessing_desk.post("assessment", **{**mine, "background": "Min text.", "gor": "spara"})
        shown = page.content.decode()
        assert "Kim Vår skrev i utredningen" in shown
        assert "Min text." in shown
        assert page.status_code == 200
        again = form_values(shown)
        again["gor"] = "spara"
        assert assessing_desk.post("assessment", **again).status_code == 302
        with scoped(SYSTEM):
            assessment = Assessment.objects.get()
            assert assessment.background == "Min text."
            # The area that only Kim wrote in is as Kim left it.
            assert assessment.areas.get().need == "Kims behov."

    def test_a_small_form_late_by_a_write_changes_nothing(self):
        sitting = desk()
        values = form_values(sitting.page("case"), "samtycke/")
        with scoped(SYSTEM):
            sitting.walk.applied()
        values |= {"purpose": "Planera", "parties": "Alla", "occasion": "Mötet"}
        page = sitting.post("consent-new", **values).content.decode()
        assert "registrerade en ansökan" in page
        assert 'value="Planera"' in page
        with scoped(SYSTEM):
            assert not sitting.walk.case.consents.exists()
