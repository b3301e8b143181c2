"""The laws of the clocks: what holds for every day and instant, not only for the golden cases."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.clock import local, local_day
from hemmavid.lib.periods import ONE_DAY, Month, Period
from hemmavid.rules.case_clocks import (
    ClockState,
    decision_end_clock,
    home_visit_clock,
    months_after,
    new_client_clock,
    planned_change,
    provider_change_clock,
)
from hemmavid.rules.decision_needed import CHANGE_LABELS, Change, NeededStep, what_is_needed
from hemmavid.rules.handover import HandoverKind, handover_notice
from hemmavid.rules.life_areas import LifeArea, ProblemGrade, Support
from hemmavid.rules.on_call_grant import is_within, latest_end, limit_of_grant, shift_of
from hemmavid.rules.opening_hours import is_open, next_closing, next_opening
from hemmavid.rules.order_answer import CapacityStop, answer_due, is_unread_late, may_decline
from hemmavid.rules.order_call import CallWhom, call_before_start, whom_to_call
from hemmavid.rules.parameter_files import ParameterNotDefined, ParameterSet, load_parameters
from hemmavid.rules.period_lock import is_locked, last_day_in_time, locked_months
from hemmavid.rules.urgent_need import NEED_KIND_LABELS, NEED_REASON_LABELS, NeedKind, NeedReason, pay_start
from hemmavid.rules.wall_clock import instant_of
from hemmavid.rules.working_days import (
    add_working_days,
    is_working_day,
    next_working_day,
    working_days_before,
    working_days_left,
)

PARAMETERS = load_parameters()
some_days = st.dates(date(2018, 1, 1), date(2035, 12, 31))
START = datetime(2018, 1, 1, tzinfo=UTC)
some_instants = st.timedeltas(timedelta(), timedelta(days=6500)).map(lambda since: START + since)
some_counts = st.integers(0, 25)
PROFILES = ("order_receipt", "provider_phone", "unit_2024", "on_call_2024", "provider_care")


class TestWorkingDays:
    @given(day=some_days, count=st.integers(1, 25))
    def test_adding_lands_on_a_working_day_with_so_many_between(self, day: date, count: int) -> None:
        later = add_working_days(day, count, parameters=PARAMETERS)
        assert is_working_day(later, parameters=PARAMETERS)
        assert working_days_left(day, later, parameters=PARAMETERS) == count

    @given(day=some_days, first=some_counts, second=some_counts)
    def test_adding_twice_is_adding_the_sum(self, day: date, first: int, second: int) -> None:
        once = add_working_days(day, first, parameters=PARAMETERS)
        assert add_working_days(once, second, parameters=PARAMETERS) == add_working_days(
            day, first + second, parameters=PARAMETERS
        )

    @given(day=some_days, count=some_counts)
    def test_going_back_undoes_going_forward_from_a_working_day(self, day: date, count: int) -> None:
        start = next_working_day(day, parameters=PARAMETERS)
        later = add_working_days(start, count, parameters=PARAMETERS)
        assert working_days_before(later, count, parameters=PARAMETERS) == start

    @given(day=some_days)
    def test_the_next_working_day_is_after_and_none_lies_between(self, day: date) -> None:
        found = next_working_day(day, parameters=PARAMETERS)
        between = Period(day + ONE_DAY, found) if day + ONE_DAY < found else None
        assert found > day
        days = range(between.days()) if between else ()
        assert not any(is_working_day(day + (n + 1) * ONE_DAY, parameters=PARAMETERS) for n in days)

    def test_a_year_has_its_known_number_of_working_days(self) -> None:
        # 261 weekdays, minus 1 and 6 January, Good Friday, Easter Monday, 1 May, Ascension Day,
        # midsummer eve, Christmas eve and day, new year's eve.
        assert working_days_left(date(2025, 12, 31), date(2026, 12, 31), parameters=PARAMETERS) == 251

    def test_a_negative_count_is_refused(self) -> None:
        with pytest.raises(ValueError, match="not negative"):
            add_working_days(date(2026, 1, 1), -1, parameters=PARAMETERS)

    def test_a_missing_calendar_is_an_error(self) -> None:
        with pytest.raises(ParameterNotDefined, match=r"calendar\.working_day"):
            is_working_day(date(2026, 1, 1), parameters=ParameterSet({}))


class TestOrderCall:
    @given(at=some_instants, days=st.integers(-3, 20))
    def test_an_earlier_start_never_needs_less(self, at: datetime, days: int) -> None:
        start = local_day(at) + timedelta(days=days)
        here = call_before_start(sent_at=at, starts_on=start, parameters=PARAMETERS)
        earlier = call_before_start(sent_at=at, starts_on=start - ONE_DAY, parameters=PARAMETERS)
        assert earlier.is_required or not here.is_required

    @given(at=some_instants)
    def test_what_starts_after_the_next_working_day_needs_no_call(self, at: datetime) -> None:
        start = next_working_day(local_day(at), parameters=PARAMETERS) + ONE_DAY
        assert not call_before_start(sent_at=at, starts_on=start, parameters=PARAMETERS).is_required

    @given(at=some_instants)
    def test_a_call_always_has_someone_to_be_made_to(self, at: datetime) -> None:
        call = call_before_start(sent_at=at, starts_on=local_day(at), parameters=PARAMETERS)
        assert (call.until is not None) is (call.whom is CallWhom.UNIT)
        assert call.until is None or local(at).time() < call.until

    def test_an_instant_without_offset_is_refused(self) -> None:
        with pytest.raises(ValueError, match="offset"):
            whom_to_call(START.replace(tzinfo=None), parameters=PARAMETERS)


class TestOnCall:
    @given(at=some_instants)
    def test_either_a_shift_runs_or_the_unit_answers(self, at: datetime) -> None:
        shift = shift_of(at, parameters=PARAMETERS)
        whom = whom_to_call(at, parameters=PARAMETERS).whom
        assert (shift is None) is (whom is CallWhom.UNIT)
        assert shift is None or shift.started_at <= at < shift.ends_at

    @given(at=some_instants)
    def test_a_grant_ends_at_noon_on_the_working_day_its_shift_ends(self, at: datetime) -> None:
        shift = shift_of(at, parameters=PARAMETERS)
        limit = limit_of_grant(granted_at=at, parameters=PARAMETERS)
        if shift is None or limit is None:
            assert shift is limit is None
            return
        assert local(limit.ends_at).time() == time(12)
        assert local_day(limit.ends_at) == local_day(shift.ends_at)
        assert at < limit.ends_at
        assert limit == latest_end(shift_started_at=shift.started_at, parameters=PARAMETERS)
        assert is_within(limit.ends_at, limit)
        assert not is_within(limit.ends_at + timedelta(microseconds=1), limit)

    @given(at=some_instants)
    def test_every_instant_of_a_shift_belongs_to_it(self, at: datetime) -> None:
        shift = shift_of(at, parameters=PARAMETERS)
        if shift is not None:
            last = shift.ends_at - timedelta(microseconds=1)
            assert shift_of(shift.started_at, parameters=PARAMETERS) == shift
            assert shift_of(last, parameters=PARAMETERS) == shift
            assert shift_of(shift.ends_at, parameters=PARAMETERS) is None


class TestUrgentNeed:
    @given(begun=some_days, reported=some_days)
    def test_a_short_need_never_starts_before_a_lasting_one(self, begun: date, reported: date) -> None:
        days = {"begun_on": begun, "reported_on": reported, "decided_start": begun}
        starts = {kind: pay_start(kind=kind, parameters=PARAMETERS, **days).starts_on for kind in NeedKind}
        assert starts[NeedKind.URGENT_LASTING] == starts[NeedKind.URGENT_NEW] == begun
        assert starts[NeedKind.URGENT_SHORT] - begun == timedelta(days=3)
        assert starts[NeedKind.EXTENSION] == reported

    def test_every_kind_and_reason_has_a_label(self) -> None:
        assert NEED_KIND_LABELS.keys() == set(NeedKind)
        assert NEED_REASON_LABELS.keys() == set(NeedReason)


class TestPeriodLock:
    @given(affects=some_days, at=some_instants)
    def test_once_late_always_late_and_the_last_day_is_in_time(self, affects: date, at: datetime) -> None:
        found = is_locked(affects_on=affects, registered_at=at, parameters=PARAMETERS)
        later = is_locked(affects_on=affects, registered_at=at + timedelta(days=1), parameters=PARAMETERS)
        assert bool(found) is found.is_late is (local_day(at) > found.last_day)
        assert later or not found
        assert found.last_day > Month.of(affects).last_day

    @given(affects=some_days, at=some_instants)
    def test_the_locked_months_are_those_locked_one_by_one(self, affects: date, at: datetime) -> None:
        locks = locked_months(affects=Period(affects), registered_at=at, parameters=PARAMETERS)
        months = [lock.month for lock in locks]
        assert months == sorted(set(months))
        assert all(
            is_locked(affects_on=month.first_day, registered_at=at, parameters=PARAMETERS) for month in months
        )
        first_open = months[-1].next() if months else Month.of(affects)
        assert last_day_in_time(first_open, parameters=PARAMETERS) >= local_day(at)


class TestHandover:
    @given(at=some_instants, told=some_instants)
    def test_earlier_notice_is_never_worse(self, at: datetime, told: datetime) -> None:
        for kind in HandoverKind:
            found = handover_notice(kind=kind, handover_at=at, told_at=told, parameters=PARAMETERS)
            earlier = handover_notice(
                kind=kind, handover_at=at, told_at=told - timedelta(hours=1), parameters=PARAMETERS
            )
            assert earlier.is_in_time or not found.is_in_time
            assert found.latest_on == earlier.latest_on <= local_day(at)

    @given(at=some_instants)
    def test_the_latest_instant_divides(self, at: datetime) -> None:
        def is_in_time(kind: HandoverKind, told: datetime) -> bool:
            return handover_notice(kind=kind, handover_at=at, told_at=told, parameters=PARAMETERS).is_in_time

        tick = timedelta(microseconds=1)
        hours, days = (
            handover_notice(kind=kind, handover_at=at, told_at=at, parameters=PARAMETERS).latest_at
            for kind in (HandoverKind.ORDINARY, HandoverKind.SIMPLIFIED)
        )
        assert is_in_time(HandoverKind.ORDINARY, hours)
        assert not is_in_time(HandoverKind.ORDINARY, hours + tick)
        assert is_in_time(HandoverKind.SIMPLIFIED, days - tick)
        assert not is_in_time(HandoverKind.SIMPLIFIED, days)

    @pytest.mark.parametrize("kind", HandoverKind)
    def test_a_handover_without_its_day_or_instant_is_refused(self, kind: HandoverKind) -> None:
        with pytest.raises(ValueError, match=r"counts (hours|days) from"):
            handover_notice(kind=kind, told_at=datetime(2026, 1, 1, tzinfo=UTC), parameters=PARAMETERS)


class TestAnswer:
    @given(sent=some_instants)
    def test_an_unread_order_rings_within_a_day_at_four_on_the_wall(self, sent: datetime) -> None:
        rings_at = next_closing("order_receipt", sent, parameters=PARAMETERS)
        assert rings_at is not None
        assert local(rings_at).time() == time(16)
        assert timedelta() < rings_at - sent <= timedelta(hours=25)
        assert is_unread_late(sent, rings_at, parameters=PARAMETERS)
        assert not is_unread_late(sent, rings_at - timedelta(microseconds=1), parameters=PARAMETERS)

    @given(offered=some_instants)
    def test_an_answer_is_due_after_twenty_four_hours_whatever_the_clock_does(
        self, offered: datetime
    ) -> None:
        assert answer_due(offered, parameters=PARAMETERS).due_at - offered == timedelta(hours=24)

    @given(day=some_days, start=some_days)
    def test_a_no_is_allowed_on_the_days_of_the_stop_alone(self, day: date, start: date) -> None:
        stop = CapacityStop(Period(start, start + timedelta(days=30)))
        allowed = may_decline(stop=stop, on=day, parameters=PARAMETERS)
        assert bool(allowed) is allowed.is_allowed is stop.period.contains(day)


class TestCaseClocks:
    ORDER = (ClockState.ON_TIME, ClockState.WARN, ClockState.LATE)

    @given(start=some_days, days=st.integers(0, 400))
    def test_a_clock_never_turns_back(self, start: date, days: int) -> None:
        on = start + timedelta(days=days)
        for ask in (
            lambda day: home_visit_clock(applied_on=start, on=day, parameters=PARAMETERS),
            lambda day: provider_change_clock(requested_on=start, on=day, parameters=PARAMETERS),
            lambda day: decision_end_clock(
                period=Period(start, start + timedelta(days=200)), on=day, parameters=PARAMETERS
            ),
        ):
            here, later = ask(on), ask(on + ONE_DAY)
            assert self.ORDER.index(here.state) <= self.ORDER.index(later.state)
            assert here.started_on == start
            assert start <= here.warn_on <= here.due_on
            assert (here.state is ClockState.LATE) is (on > here.due_on)

    @given(offered=some_instants, minutes=st.integers(0, 3000))
    def test_the_clock_of_a_new_client_never_turns_back(self, offered: datetime, minutes: int) -> None:
        at = offered + timedelta(minutes=minutes)
        here, later = (
            new_client_clock(offered_at=offered, at=moment, parameters=PARAMETERS)
            for moment in (at, at + timedelta(minutes=1))
        )
        assert self.ORDER.index(here.state) <= self.ORDER.index(later.state)
        assert offered <= here.warn_at <= here.due_at
        assert (here.state is ClockState.LATE) is (minutes > 24 * 60)

    @given(day=some_days, months=st.integers(0, 24))
    def test_months_after_keeps_the_day_number_or_takes_the_last(self, day: date, months: int) -> None:
        found = months_after(day, months)
        assert found.day == min(day.day, Month.of(found).days)
        assert (found.year - day.year) * 12 + found.month - day.month == months

    def test_there_is_no_planned_day_without_a_cut_off(self) -> None:
        assert planned_change(date(2026, 6, 21), parameters=PARAMETERS) is None


class TestDecisionNeeded:
    @given(
        change=st.sampled_from(Change),
        granted=st.sets(st.sampled_from(LifeArea)),
        area=st.sampled_from(LifeArea),
        has_changed=st.booleans(),
    )
    def test_the_provider_is_told_when_no_new_order_does_it(
        self, change: Change, granted: set[LifeArea], area: LifeArea, has_changed: bool
    ) -> None:
        found = what_is_needed(change, granted_areas=granted, area=area, has_need_changed=has_changed)
        assert found.must_tell_provider is (found.step is NeededStep.EXTENT_CHANGE)
        if area not in granted:
            assert found.step in {NeededStep.NEW_DECISION, NeededStep.NOT_ALLOWED}
        if has_changed and found.step is NeededStep.NOT_ALLOWED:
            assert change is Change.END_INTERVENTION

    def test_every_change_has_a_label(self) -> None:
        assert CHANGE_LABELS.keys() == set(Change)


class TestOpeningHours:
    @given(profile=st.sampled_from(PROFILES), at=some_instants)
    def test_it_is_open_from_each_opening_up_to_the_closing(self, profile: str, at: datetime) -> None:
        opens = next_opening(profile, at, parameters=PARAMETERS)
        closes = next_closing(profile, at, parameters=PARAMETERS)
        assert opens is not None
        assert closes is not None
        tick = timedelta(microseconds=1)
        assert is_open(profile, opens, parameters=PARAMETERS)
        assert not is_open(profile, opens - tick, parameters=PARAMETERS)
        assert is_open(profile, closes - tick, parameters=PARAMETERS)
        assert not is_open(profile, closes, parameters=PARAMETERS)
        assert is_open(profile, at, parameters=PARAMETERS) is (closes < opens)


class TestLifeAreas:
    def test_there_are_eleven_areas_nine_of_them_chapters_of_icf(self) -> None:
        assert [area.icf_chapter for area in LifeArea] == [*(f"d{n}" for n in range(1, 10)), "", ""]
        assert LifeArea.PERSONAL_CARE.label == "Personlig vård"
        assert LifeArea.SENSE_OF_SAFETY.label == "Känsla av trygghet"
        assert len({area.label for area in LifeArea}) == 11

    def test_support_and_grades_have_their_words(self) -> None:
        assert [each.label for each in Support] == ["Stödjande", "Delvis kompenserande", "Kompenserande"]
        assert [int(grade) for grade in ProblemGrade] == [0, 1, 2, 3, 4]
        assert ProblemGrade.TOTAL.label == "Total begränsning"
        assert ProblemGrade.LIGHT < ProblemGrade.GREAT


@given(day=some_days, clock=st.times())
def test_an_instant_shows_its_own_clock_time_unless_the_clock_skips_it(day: date, clock: time) -> None:
    shown = local(instant_of(day, clock))
    assert shown.date() == day
    assert shown.time() == clock or (shown.hour, clock.hour) == (3, 2)
