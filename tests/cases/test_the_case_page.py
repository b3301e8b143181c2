"""The case page, the previews, the night's list and the report of old decisions: what each shows."""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.models import Case
from hemmavid.cases.operations.changing import ExtentRequest
from hemmavid.cases.operations.needs import NeedAtLevel
from hemmavid.cases.queries.case_page import case_page
from hemmavid.cases.queries.officers import officers
from hemmavid.cases.queries.old_model import decisions_under_old_model
from hemmavid.cases.queries.on_call_list import on_call_items
from hemmavid.cases.queries.preview import preview_change, preview_ending, preview_needs
from hemmavid.rules.assessed_needs import NeedsRefused
from hemmavid.rules.decision_needed import Change, NeededStep
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import OccasionsPer
from tests.cases.thread import AT, DRESSING, RESPITE, officer, stranger, walk
from tests.factories.cases import (
    ApplicationFactory,
    CaseEventFactory,
    ConsentFactory,
    DecisionFactory,
    EndingConfirmationFactory,
    ExtentChangeFactory,
    FrameTimeSnapshotFactory,
    GrantedAreaFactory,
    GrantedNeedFactory,
    GrantedOutsideFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

TODAY = date(2026, 4, 20)
HIGHER = NeedAtLevel("pakladning", 3, 1, OccasionsPer.DAY, "morgon")


class TestThePage:
    def test_shows_the_case_from_application_to_decision_in_words(self):
        step = walk().applied().assessed(DRESSING, outside=(RESPITE,))
        decision = step.decided()
        page = case_page(step.case_id, on=TODAY, by=step.by)
        assert page.head.number == step.case.number
        assert page.applications[0].capacity == "Brukaren själv"
        assert [need.words for need in page.assessment.needs] == [
            "Påklädning nivå 2, varje dag, morgon",
            "Avlösning 120 min, en gång i veckan",
        ]
        assert page.assessment.needs[0].guideline
        assert [one.number for one in page.in_force] == [decision.number]
        assert page.draft is None
        assert page.decisions[0].snapshots[0].lines[0]["label"] == "Påklädning"
        assert page.changes[0].what == "decided"

    def test_is_not_there_for_others(self):
        step = walk()
        for by in (stranger(), officer(Role.CONTROLLER)):
            with pytest.raises((Denied, Case.DoesNotExist)):
                case_page(step.case_id, on=TODAY, by=by)

    @pytest.mark.parametrize("rows", [1, 12])
    def test_costs_the_same_whatever_its_length(self, rows, django_assert_num_queries):
        step = walk().applied().assessed(DRESSING, outside=(RESPITE,))
        case = step.case
        for _ in range(rows):
            ApplicationFactory(case=case)
            CaseEventFactory(case=case)
            ConsentFactory(case=case)
            decision = DecisionFactory(case=case)
            EndingConfirmationFactory(decision=decision)
            for factory in (
                ExtentChangeFactory, FrameTimeSnapshotFactory, GrantedAreaFactory, GrantedNeedFactory,
                GrantedOutsideFactory,
            ):  # fmt: skip
                factory(decision=decision)
            DecisionFactory(on_call=True, client=case.client)
        with django_assert_num_queries(28):
            page = case_page(case.pk, on=TODAY, by=step.by)
        assert len(page.decisions) == len(page.waiting_on_call) == rows


class TestThePreview:
    def test_of_needs_is_the_frame_time_that_the_decision_then_gets(self):
        step = walk().applied().assessed()
        level = LevelOfNeed("pakladning", 2, 1, OccasionsPer.DAY, "morgon")
        found = preview_needs([level], by=step.by, at=AT)
        decision = step.decided()
        assert found.minutes_per_week == decision.snapshots.get().minutes_per_week

    def test_of_no_needs_is_nothing_and_of_a_wrong_level_a_refusal(self):
        by = officer()
        assert preview_needs([], by=by, at=AT) is None
        with pytest.raises(NeedsRefused):
            preview_needs([LevelOfNeed("pakladning", 9, 1, OccasionsPer.DAY)], by=by, at=AT)

    def test_of_a_change_tells_what_it_takes_and_the_difference(self):
        step = walk().applied().assessed()
        decision = step.decided()
        request = ExtentRequest(
            Change.CHANGE_LEVEL, LifeArea.PERSONAL_CARE, date(2026, 6, 1), "Stel axel", True,
            granted_id=decision.needs.get().pk, need=HIGHER,
        )  # fmt: skip
        preview = preview_change(request, decision.pk, by=step.by, at=AT)
        assert preview.needed.step is NeededStep.EXTENT_CHANGE
        assert preview.after.minutes_per_week > preview.before.minutes_per_week
        assert preview.sentence.startswith("Ramtid ")
        assert "+" in preview.sentence
        assert decision.needs.get().level == 2

    def test_of_an_ending_leaves_the_rest(self):
        step = walk().applied().assessed()
        decision = step.decided()
        request = ExtentRequest(Change.END_INTERVENTION, LifeArea.PERSONAL_CARE, date(2026, 6, 1), "Slut")
        for chosen in ((), (decision.needs.get().pk,)):
            preview = preview_ending(decision.pk, chosen, request, by=step.by, at=AT)
            assert (preview.before is not None, preview.after) == (True, None)


def test_the_nights_list_writes_itself():
    supervisor = officer()
    by = Actor(supervisor.user_id, "Kim", (Assignment(Role.ON_CALL_SUPERVISOR),))
    decision = DecisionFactory(
        on_call=True, decided_by_id=by.user_id, need_kind="urgent_short", begun_on=date(2022, 11, 1)
    )
    GrantedNeedFactory(decision=decision, level=None, need="toalett", visit="")
    DecisionFactory(on_call=True)
    (item,) = on_call_items(by=by)
    assert (item.number, item.pays_from) == (decision.number, date(2022, 11, 4))
    assert item.needs[0].endswith("varje dag")
    assert "dag 4" in item.because[0]


def test_the_old_decisions_shrink_month_by_month():
    by = officer()
    for last in (date(2026, 3, 1), date(2026, 12, 1)):
        DecisionFactory(model="time_key", period=DateRange(date(2022, 1, 1), last))
    DecisionFactory(model="frame_time")
    report = decisions_under_old_model(on=TODAY, by=by)
    assert [(str(month), count) for month, count in report.months[-3:]] == [
        ("2026-02", 2), ("2026-03", 1), ("2026-04", 1),
    ]  # fmt: skip
    assert [one.last_day for one in report.decisions] == [date(2026, 11, 30)]


def test_the_officers_stand_in_swedish_order():
    names = ["Östen Ö", "Ärla Ä", "Zeb Z"]
    by, *_ = [officer(name=name) for name in names]
    officer(Role.AUTHORITY_MANAGER, name="Anna Chef")
    on = datetime(2026, 4, 20, tzinfo=UTC).date()
    assert [one.name for one in officers(on=on, by=by)] == ["Zeb Z", "Ärla Ä", "Östen Ö"]
