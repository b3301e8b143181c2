"""Laws of grants: whatever happens to an order, no two overlap and no day before the change differs."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Period
from hemmavid.orders.content import Wanted
from hemmavid.orders.grant_plan import (
    GrantPlan,
    StoredGrant,
    Whose,
    effect_plan,
    ended_plan,
    facts_after,
    wanted_plan,
)
from hemmavid.rules.granted_time import Per, granted_hours

FIRST, LAST = date(2022, 1, 1), date(2024, 1, 1)
UNIT, CLIENT = uuid4(), uuid4()
CODES = ("ramtid", "avlosning")
days = st.dates(FIRST, LAST - timedelta(days=1))
minutes = st.integers(1, 2000)


@dataclass(frozen=True)
class Happening:
    """What is done to an order, and from which day."""

    kind: str
    day: date
    code: str
    minutes: int


happenings = st.builds(
    Happening, st.sampled_from(("version", "end", "effect", "never")), days, st.sampled_from(CODES), minutes
)


def plan_of(stored: list[StoredGrant], one: Happening) -> GrantPlan:
    own = [grant for grant in stored if grant.intervention == one.code]
    if one.kind == "version":
        wanted = [Wanted(code, one.minutes, Per.WEEK, Period(one.day, LAST)) for code in CODES]
        return wanted_plan(stored, wanted, from_day=one.day, whose=Whose(UNIT, CLIENT))
    if one.kind == "end":
        return ended_plan(stored, from_day=one.day, codes=frozenset({one.code}))
    return effect_plan(own, since=one.day if one.kind == "effect" else None)


def carried_out(stored: list[StoredGrant], plan: GrantPlan) -> list[StoredGrant]:
    return [
        StoredGrant(uuid4(), one.unit_id, one.client_id, one.intervention, one.facts)
        for one in facts_after(stored, plan)
    ]


def facts_of(stored: list[StoredGrant], code: str):
    return [grant.facts for grant in stored if grant.intervention == code]


@given(st.lists(happenings, min_size=1, max_size=12))
def test_whatever_happens_no_two_grants_of_an_intervention_overlap(course):
    stored: list[StoredGrant] = []
    for one in course:
        stored = carried_out(stored, plan_of(stored, one))
        for code in CODES:
            periods = sorted(facts.period.start for facts in facts_of(stored, code))
            assert len(set(periods)) == len(periods)
            every = sorted(facts_of(stored, code), key=lambda facts: facts.period.start)
            for earlier, later in pairwise(every):
                assert earlier.period.overlap(later.period) is None


@given(st.lists(happenings, max_size=6), happenings, st.integers(1, 400))
def test_granted_time_before_the_day_of_a_change_is_what_it_was(course, last, back):
    stored: list[StoredGrant] = []
    for one in course:
        stored = carried_out(stored, plan_of(stored, one))
    plan = plan_of(stored, last)
    after = carried_out(stored, plan)
    end = min(plan.from_day, LAST)
    span = Period(end - timedelta(days=back), end)
    for code in CODES:
        assert granted_hours(facts_of(stored, code), span) == granted_hours(facts_of(after, code), span)


@given(st.lists(happenings, max_size=6), days)
def test_after_an_ending_no_time_is_granted(course, day):
    stored: list[StoredGrant] = []
    for one in course:
        stored = carried_out(stored, plan_of(stored, one))
    after = carried_out(stored, ended_plan(stored, from_day=day))
    assert all(
        granted_hours(facts_of(after, code), Period(day, LAST + timedelta(days=9))) == 0 for code in CODES
    )


def test_what_goes_on_unchanged_is_left_alone():
    wanted = [Wanted("ramtid", 105, Per.WEEK, Period(FIRST, LAST))]
    stored = carried_out([], wanted_plan([], wanted, from_day=FIRST, whose=Whose(UNIT, CLIENT)))
    assert not wanted_plan(stored, wanted, from_day=date(2022, 6, 1), whose=Whose(UNIT, CLIENT))


def test_what_was_in_effect_stays_in_effect_through_a_change():
    wanted = [Wanted("ramtid", 105, Per.WEEK, Period(FIRST, LAST))]
    stored = carried_out([], wanted_plan([], wanted, from_day=FIRST, whose=Whose(UNIT, CLIENT)))
    stored = carried_out(stored, effect_plan(stored, since=date(2022, 1, 10)))
    more = [Wanted("ramtid", 130, Per.WEEK, Period(date(2022, 5, 1), LAST))]
    stored = carried_out(
        stored, wanted_plan(stored, more, from_day=date(2022, 5, 1), whose=Whose(UNIT, CLIENT))
    )
    assert {facts.minutes: facts.in_effect for facts in facts_of(stored, "ramtid")} == {
        105: Period(date(2022, 1, 10), date(2022, 5, 1)),
        130: Period(date(2022, 5, 1), LAST),
    }
