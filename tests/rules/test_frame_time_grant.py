"""Frame time as granted time, and cases that have not got frame time yet."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Month, Period
from hemmavid.lib.rounding import HALF_UP, RoundingMode
from hemmavid.rules.assessed_needs import AssessedNeed
from hemmavid.rules.before_frame_time import as_if_frame_time
from hemmavid.rules.frame_time import FrameTimeRules, frame_time
from hemmavid.rules.frame_time_grant import FrameTimeGrant, changed_on, frame_time_grant, grant_rounding
from hemmavid.rules.granted_time import GrantFacts, Per, granted_hours
from hemmavid.rules.interventions import FRAME_TIME, INTERVENTIONS, VISIT_KINDS
from hemmavid.rules.parameter_files import load_parameters
from tests.rules.golden_month import Row, grant_of, key_of, parameters_of
from tests.rules.golden_needs import DAY, computed, named, plain, some_needs, some_rules

ROUNDING = grant_rounding(DAY, load_parameters())
SINCE = Period(date(2026, 1, 1))


@named("granted_minutes")
def test_the_frame_time_is_granted_as_the_minutes_of_the_case(case: Row) -> None:
    rounding = grant_rounding(DAY, parameters_of(case))
    found = frame_time_grant(computed(case), rounding)
    assert found.minutes_per_week == case["granted_minutes"]
    assert found.facts(SINCE, None) == GrantFacts(case["granted_minutes"], Per.WEEK, SINCE, None)
    assert found.because[:-1] == computed(case).because
    assert plain(found.because)[-1] == case.get("because", plain(found.because)[-1])


@named("as_if")
def test_what_lies_in_frame_time_is_summed_as_in_the_case(case: Row) -> None:
    grants = [(key_of(row)[2], grant_of(row)) for row in case["grants"]]
    found = as_if_frame_time(grants, Month.parse(case["month"]), HALF_UP)
    assert str(found.hours) == case["as_if"]["hours"]
    assert {code: str(hours) for code, hours in found.hours_by_intervention} == case["as_if"]["rows"]
    assert plain(found.because) == case.get("because", plain(found.because))


def test_frame_time_cannot_change_before_or_on_its_first_day() -> None:
    before, after = (
        FrameTimeGrant(minutes, frame_time_grant(computed(NEEDS), ROUNDING).explanation)
        for minutes in (70, 140)
    )
    with pytest.raises(ValueError, match="empty period"):
        changed_on(SINCE.start, before, after, SINCE)


NEEDS: Row = {"needs": [{"need": "maltid", "level": 1, "per_week": "7"}]}


@given(
    before=some_needs(months=True),
    after=some_needs(months=True),
    rules=some_rules(),
    days=st.tuples(st.integers(1, 200), st.integers(1, 200)),
)
def test_a_change_of_level_on_a_day_changes_granted_time_from_that_day_only(
    before: list[AssessedNeed], after: list[AssessedNeed], rules: FrameTimeRules, days: tuple[int, int]
) -> None:
    old, new = (frame_time_grant(frame_time(needs, rules), ROUNDING) for needs in (before, after))
    day = SINCE.start + timedelta(days[0])
    end = day + timedelta(days[1])
    changed = changed_on(day, old, new, SINCE)
    unchanged, wholly_new = (old.facts(SINCE, SINCE),), (new.facts(SINCE, SINCE),)
    until, since = Period(SINCE.start, day), Period(day, end)
    assert granted_hours(changed, until) == granted_hours(unchanged, until)
    assert granted_hours(changed, since) == granted_hours(wholly_new, since)
    weekly = Fraction(new.minutes_per_week - old.minutes_per_week, 7 * 60)
    assert granted_hours(changed, since) - granted_hours(unchanged, since) == weekly * since.days()


@given(needs=some_needs(months=True), rules=some_rules(), mode=st.sampled_from(RoundingMode))
def test_the_grant_is_whole_minutes_within_one_of_the_frame_time_and_never_none(
    needs: list[AssessedNeed], rules: FrameTimeRules, mode: RoundingMode
) -> None:
    parameters = parameters_of({"parameters": {"frame_time.grant_rounding": mode.value}})
    found = frame_time(needs, rules)
    minutes = frame_time_grant(found, grant_rounding(DAY, parameters)).minutes_per_week
    assert minutes >= 1
    assert abs(minutes - found.minutes_per_week) < 1 or minutes == 1


GRANTS = st.lists(st.tuples(st.sampled_from(sorted(INTERVENTIONS)), st.integers(1, 2000)), max_size=6)


@given(rows=GRANTS, died=st.none() | st.dates(date(2026, 10, 20), date(2026, 12, 5)))
def test_only_what_lies_in_frame_time_counts_and_the_lines_sum(
    rows: list[tuple[str, int]], died: date | None
) -> None:
    grants = [(code, GrantFacts(minutes, Per.WEEK, SINCE, SINCE)) for code, minutes in rows]
    month = Month(2026, 11)
    found = as_if_frame_time(grants, month, HALF_UP, died)
    assert sum((hours for _, hours in found.hours_by_intervention), Decimal("0.00")) == found.hours
    assert {code for code, _ in found.hours_by_intervention} == {c for c, _ in rows} & {
        FRAME_TIME,
        *VISIT_KINDS,
    }
    inside = [grant for code, grant in grants if code == FRAME_TIME or code in VISIT_KINDS]
    exact = granted_hours(inside, month.period, died)
    assert abs(Fraction(found.hours) - exact) <= Fraction(len(inside), 200)
