"""Extent, endings and goals: what changes a running decision, and from which day (R135, R252, R277-R298)."""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.cases.models import EndingConfirmation, ExtentChange, FrameTimeSnapshot
from hemmavid.cases.operations import changing, ending, goals
from hemmavid.cases.operations.changing import ExtentRequest, change_extent
from hemmavid.cases.operations.ending import Ending, end_granted
from hemmavid.cases.operations.needs import NeedAtLevel
from hemmavid.cases.queries import order_basis
from hemmavid.journals.models import JournalEntry
from hemmavid.rules.assessed_needs import NeedsRefused
from hemmavid.rules.decision_needed import Change
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import OccasionsPer
from tests.cases.thread import AT, DRESSING, RESPITE, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
LATER = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
HIGHER = NeedAtLevel("pakladning", 3, 1, OccasionsPer.DAY, "morgon")
CLEANING = NeedAtLevel("stadning", 1, 1, OccasionsPer.TWO_WEEKS, "service")


@pytest.fixture
def running():
    step = walk().applied().assessed(DRESSING, outside=(RESPITE,))
    return step, step.decided()


def request(decision, **changed):
    values = {
        "change": Change.CHANGE_LEVEL,
        "life_area": LifeArea.PERSONAL_CARE,
        "valid_from": JUNE,
        "why": "Axeln är stel; uppdraget säger två moment, nu fem.",
        "has_need_changed": True,
        "message": "Påklädning är nivå 3 från 1 juni.",
        "granted_id": decision.needs.order_by("period").first().pk,
        "need": HIGHER,
        **changed,
    }
    return ExtentRequest(**values)


def change(step, decision, **changed):
    return change_extent(request(decision, **changed), decision.pk, step.seen, by=step.by, at=LATER)


class TestAChangeOfLevel:
    def test_closes_one_row_and_opens_another_on_the_day(self, running):
        step, decision = running
        change(step, decision)
        rows = decision.needs.order_by("period").values_list("level", "period")
        assert list(rows) == [
            (2, DateRange(MAY, JUNE)),
            (3, DateRange(JUNE, date(2027, 5, 1))),
        ]

    def test_the_frame_time_changes_from_that_day_and_not_before(self, running):
        step, decision = running
        before = order_basis(decision.pk, on=MAY, by=step.by)
        changed = change(step, decision)
        after = order_basis(decision.pk, on=JUNE, by=step.by)
        assert [span.period.start for span in after.frame_time_spans] == [MAY, JUNE]
        assert after.frame_time_spans[0].minutes_per_week == before.frame_time_spans[0].minutes_per_week
        assert after.frame_time_minutes_per_week > before.frame_time_minutes_per_week
        assert "nivå 2 → 3" in changed.comparison.lines[0].sentence
        assert "från 1 juni 2026" in changed.comparison.lines[0].sentence

    def test_gives_the_message_to_send_and_is_journaled_with_its_reason(self, running):
        step, decision = running
        changed = change(step, decision)
        assert changed.message == "Påklädning är nivå 3 från 1 juni."
        assert changed.needed.must_tell_provider
        noted = ExtentChange.objects.get(decision=decision)
        assert noted.what == (
            "Ändra nivå: Påklädning nivå 2, varje dag, morgon → Påklädning nivå 3, varje dag, morgon"
        )
        assert JournalEntry.objects.filter(about_id=decision.pk, text__contains="Axeln är stel").exists()

    def test_without_a_message_it_is_refused(self, running):
        step, decision = running
        with pytest.raises(changing.MessageMissing):
            change(step, decision, message=" ")

    def test_without_a_changed_need_it_is_refused(self, running):
        step, decision = running
        with pytest.raises(changing.ChangeRefused) as refusal:
            change(step, decision, has_need_changed=False)
        assert "R135" in refusal.value.needed.explanation.sentence

    def test_without_a_reason_it_is_refused(self, running):
        step, decision = running
        with pytest.raises(changing.WhyMissing):
            change(step, decision, why="")

    def test_a_level_that_the_table_lacks_is_refused_and_nothing_is_stored(self, running):
        step, decision = running
        with pytest.raises(NeedsRefused):
            change(step, decision, need=NeedAtLevel("pakladning", 9, 1, OccasionsPer.DAY, "morgon"))
        assert decision.needs.get().period == decision.period
        assert step.case.changes.filter(what__startswith="extent").count() == 0

    def test_a_day_outside_the_decision_is_refused(self, running):
        step, decision = running
        for day in (date(2026, 4, 30), date(2027, 5, 1)):
            with pytest.raises(changing.DayOutsideDecision):
                change(step, decision, valid_from=day)

    def test_an_ended_decision_is_not_changed(self, running):
        step, decision = running
        end = Ending(date(2026, 6, 30), "Flyttar.", "Hjälpen slutar.", confirmed_how="Ringde Elsa.")
        end_granted(end, decision.pk, step.seen, by=step.by, at=LATER)
        with pytest.raises(changing.DecisionNotInForce):
            change(step, decision)

    def test_a_change_on_the_first_day_leaves_no_empty_row(self, running):
        step, decision = running
        change(step, decision, valid_from=MAY)
        assert decision.needs.filter(period__isnull=False).get().level == 3
        spans = order_basis(decision.pk, on=MAY, by=step.by).frame_time_spans
        assert [span.period.start for span in spans] == [MAY]

    def test_a_change_before_one_already_made_keeps_the_later(self, running):
        step, decision = running
        change(step, decision, valid_from=JULY)
        first = decision.needs.get(level=2)
        higher = NeedAtLevel("pakladning", 1, 1, OccasionsPer.DAY, "morgon")
        change(step, decision, valid_from=JUNE, granted_id=first.pk, need=higher)
        spans = order_basis(decision.pk, on=JUNE, by=step.by).frame_time_spans
        assert [span.period.start for span in spans] == [MAY, JUNE, JULY]
        assert spans[1].minutes_per_week < spans[0].minutes_per_week < spans[2].minutes_per_week


class TestAddingAndTiming:
    def test_a_need_in_an_area_not_granted_takes_a_new_decision(self, running):
        step, decision = running
        with pytest.raises(changing.ChangeRefused) as refusal:
            change(
                step, decision, change=Change.ADD_INTERVENTION, life_area=LifeArea.DOMESTIC_LIFE,
                granted_id=None, need=CLEANING,
            )  # fmt: skip
        assert "R277" in refusal.value.needed.explanation.sentence

    def test_a_need_in_a_granted_area_is_added_from_the_day(self, running):
        step, decision = running
        shower = NeedAtLevel("dusch", 1, 1, OccasionsPer.WEEK, "morgon")
        change(step, decision, change=Change.ADD_INTERVENTION, granted_id=None, need=shower)
        assert order_basis(decision.pk, on=MAY, by=step.by).areas[0].needs[-1].code == "pakladning"
        codes = [need.code for need in order_basis(decision.pk, on=JUNE, by=step.by).areas[0].needs]
        assert codes == ["dusch", "pakladning"]

    def test_the_same_need_twice_in_a_visit_is_refused_in_words(self, running):
        step, decision = running
        with pytest.raises((changing.NeedAlreadyGranted, NeedsRefused)):
            change(step, decision, change=Change.ADD_INTERVENTION, granted_id=None, need=HIGHER)

    def test_time_outside_frame_time_changes_without_touching_the_frame_time(self, running):
        step, decision = running
        more = type(RESPITE)(LifeArea.SUPPORT_OF_CARER, "avlosning", 180)
        changed = change(
            step, decision, change=Change.CHANGE_OUTSIDE_TIME, life_area=LifeArea.SUPPORT_OF_CARER,
            granted_id=decision.outside.get().pk, need=None, timed=more,
        )  # fmt: skip
        assert changed.comparison.lines == ()
        assert order_basis(decision.pk, on=JUNE, by=step.by).outside[0].minutes == 180


def the_ending(decision, **changed):
    values = {
        "last_day": date(2026, 6, 30),
        "why": "Klär sig själv.",
        "message": "Påklädning slutar 30 juni.",
        "granted_ids": (decision.needs.get().pk,),
        "confirmed_how": "Ringde Elsa.",
        **changed,
    }
    return Ending(**values)


class TestAnEndingToConfirm:
    def ask(self, step, decision, **changed):
        asked = the_ending(decision, confirmed_how="", **changed)
        return ending.ask_to_end(asked, decision.pk, step.seen, by=step.by, at=LATER)

    def test_ends_nothing_until_the_person_has_confirmed(self, running):
        step, decision = running
        with pytest.raises(ending.ConfirmationMissing):
            end_granted(the_ending(decision, confirmed_how=" "), decision.pk, step.seen, by=step.by, at=LATER)
        task = EndingConfirmation.objects.get(pk=self.ask(step, decision))
        assert (task.ended_from, task.confirmed_on) == (JULY, None)
        assert decision.needs.get().period == decision.period
        assert not ExtentChange.objects.exists()
        assert JournalEntry.objects.filter(text__contains="ska bekräftas. Klär sig själv.").exists()

    def test_is_confirmed_the_day_it_is_said_however_long_ago_the_last_day_was(self, running):
        step, decision = running
        end_granted(the_ending(decision), decision.pk, step.seen, by=step.by, at=LATER)
        task = EndingConfirmation.objects.get()
        assert (task.last_performed_on, task.confirmed_on) == (date(2026, 6, 30), date(2026, 5, 20))

    def test_ends_from_the_day_that_was_said_once_confirmed_with_how_and_when(self, running):
        step, decision = running
        asked = self.ask(step, decision)
        with pytest.raises(ending.ConfirmationMissing):
            ending.confirm_ending(ending.Confirmed(JUNE, ""), asked, step.seen, by=step.by, at=LATER)
        how = ending.Confirmed(JUNE, "Ringde Elsa.")
        ended = ending.confirm_ending(how, asked, step.seen, by=step.by, at=LATER)
        assert (ended.ended_from, ended.message) == (JULY, "Påklädning slutar 30 juni.")
        assert decision.needs.get().period == DateRange(MAY, JULY)
        with pytest.raises(ending.AlreadyConfirmed):
            ending.confirm_ending(how, asked, step.seen, by=step.by, at=LATER)

    def test_is_left_when_the_person_goes_on_with_the_support(self, running):
        step, decision = running
        asked = self.ask(step, decision)
        said = ending.Confirmed(JUNE, "Elsa vill ha hjälpen kvar.")
        with pytest.raises(ending.ConfirmationMissing):
            ending.refuse_ending(ending.Confirmed(JUNE, " "), asked, step.seen, by=step.by, at=LATER)
        ending.refuse_ending(said, asked, step.seen, by=step.by, at=LATER)
        assert decision.needs.get().period == decision.period
        with pytest.raises(ending.AlreadyConfirmed):
            ending.confirm_ending(said, asked, step.seen, by=step.by, at=LATER)

    def test_of_a_row_that_has_changed_meanwhile_is_refused(self, running):
        step, decision = running
        asked = self.ask(step, decision)
        change(step, decision)
        with pytest.raises(changing.DayOutsideDecision):
            ending.confirm_ending(ending.Confirmed(JUNE, "Ja."), asked, step.seen, by=step.by, at=LATER)


class TestAnEnding:
    def end(self, step, decision, *, at=LATER, **changed):
        return end_granted(the_ending(decision, **changed), decision.pk, step.seen, by=step.by, at=at)

    def test_lasts_through_its_last_day(self, running):
        step, decision = running
        self.end(step, decision)
        assert decision.needs.get().period == DateRange(MAY, JULY)
        assert EndingConfirmation.objects.get().confirmed_how == "Ringde Elsa."
        assert order_basis(decision.pk, on=JULY, by=step.by).frame_time_minutes_per_week is None
        assert FrameTimeSnapshot.objects.get(valid_from=JULY).whole_minutes_per_week == 0

    @pytest.mark.parametrize(
        ("at", "months"),
        [
            (datetime(2026, 6, 4, 21, 59, tzinfo=UTC), []),  # golden test 4: the 4th of June is in time
            (datetime(2026, 6, 4, 22, 1, tzinfo=UTC), ["2026-05"]),  # the 5th in Stockholm
        ],
    )
    def test_back_dated_past_the_fourth_names_the_locked_months_and_is_no_error(self, running, at, months):
        step, decision = running
        ended = self.end(step, decision, last_day=date(2026, 5, 10), at=at)
        assert [str(lock.month) for lock in ended.locks] == months

    def test_of_the_whole_decision_ends_everything(self, running):
        step, decision = running
        ended = self.end(step, decision, granted_ids=())
        decision.refresh_from_db()
        assert (decision.status, decision.period) == ("ended", DateRange(MAY, JULY))
        assert ended.what == "Påklädning nivå 2, varje dag, morgon och Avlösning 120 min, en gång i veckan"
        assert {row.period.upper for row in (*decision.needs.all(), *decision.outside.all())} == {JULY}

    def test_that_is_over_already_is_refused(self, running):
        step, decision = running
        self.end(step, decision)
        with pytest.raises(changing.DayOutsideDecision):
            self.end(step, decision)


class TestAGoal:
    def test_is_rewritten_in_a_granted_area_and_the_decision_stands(self, running):
        step, decision = running
        goals.change_goal(
            LifeArea.PERSONAL_CARE, "Elsa knäpper själv.", decision_id=decision.pk, seen=step.seen,
            by=step.by, at=AT,
        )  # fmt: skip
        assert order_basis(decision.pk, on=MAY, by=step.by).areas[0].goal == "Elsa knäpper själv."

    def test_in_an_area_not_granted_takes_a_new_decision_and_none_is_left_out(self, running):
        step, decision = running
        for area, goal, refusal in (
            (LifeArea.DOMESTIC_LIFE, "Rent.", changing.ChangeRefused),
            (LifeArea.PERSONAL_CARE, "", goals.GoalMissing),
        ):
            with pytest.raises(refusal):
                goals.change_goal(area, goal, decision_id=decision.pk, seen=step.seen, by=step.by, at=AT)
