"""Time outside frame time: what the officer may say, what it gives, and what is refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Month, Period
from hemmavid.rules.granted_time import Per, granted_hours
from hemmavid.rules.interventions import INTERVENTIONS, TIMED_BY_OFFICER
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.outside_frame_time import (
    OUTSIDE_FAULT_TEXTS,
    OutsideFault,
    OutsideRules,
    OutsideTime,
    OutsideTimeRefused,
    PerOccasion,
    faults_of_outside,
    outside_time,
)
from hemmavid.rules.parameter_files import ParameterSet, load_parameters
from hemmavid.rules.parameter_values import WrongValue
from hemmavid.rules.prices import ProviderKind
from hemmavid.rules.surrounding_time_form import SurroundingTimeTable
from tests.rules.golden_month import Row, parameters_of
from tests.rules.golden_needs import DAY, named, occasions_of, plain

RULES = OutsideRules.for_day(DAY, load_parameters())
SINCE = Period(date(2026, 1, 1))


def time_of(row: Row) -> OutsideTime:
    return OutsideTime(
        intervention=row["intervention"],
        minutes=row["minutes"],
        occasions=PerOccasion(tuple(row["days"])) if "days" in row else occasions_of(row["occasions"]),
        includes_surrounding_time=row.get("kringtid"),
        more_time=row.get("more_time", False),
        tried_within_frame_time=row.get("tried", ""),
    )


def rules_of(case: Row) -> OutsideRules:
    included = case.get("kringtid_included", [])
    table = {code: "included" if code in included else "not_included" for code in TIMED_BY_OFFICER}
    parameters: ParameterSet = parameters_of({"parameters": {"kringtid.included": table}} if included else {})
    return OutsideRules.for_day(DAY, parameters)


def performer_of(case: Row) -> ProviderKind:
    return ProviderKind(case.get("performer", "municipal"))


@named("outside")
def test_the_time_is_that_of_the_case(case: Row) -> None:
    found = outside_time(time_of(case["time"]), performer_of(case), rules_of(case))
    figures: Mapping[str, Any] = {
        "week": found.minutes_per_week and str(found.minutes_per_week),
        "month": found.minutes_per_month and str(found.minutes_per_month),
        "ordered": found.minutes_ordered,
        "kringtid": found.includes_surrounding_time,
    }
    assert case["outside"] == {key: value for key, value in figures.items() if value is not None}


@named("outside", "because")
def test_the_time_is_explained_as_in_the_case(case: Row) -> None:
    found = outside_time(time_of(case["time"]), performer_of(case), rules_of(case))
    assert plain(found.because) == case["because"]


@named("outside", "grants")
def test_the_time_becomes_the_grants_of_the_case(case: Row) -> None:
    found = outside_time(time_of(case["time"]), performer_of(case), rules_of(case)).grants(SINCE, SINCE)
    assert [
        {"minutes": grant.minutes, "per": grant.per.value}
        | ({} if grant.period == SINCE else {"from": grant.period.start})
        for grant in found
    ] == case["grants"]
    assert all(grant.in_effect == SINCE for grant in found)


@named("refused")
def test_what_the_case_refuses_is_refused_for_its_reasons(case: Row) -> None:
    with pytest.raises(OutsideTimeRefused) as caught:
        outside_time(time_of(case["time"]), performer_of(case), rules_of(case))
    assert [fault.value for fault in caught.value.faults] == case["refused"]


def test_every_reason_has_words() -> None:
    assert OUTSIDE_FAULT_TEXTS.keys() == set(OutsideFault)


@pytest.mark.parametrize("code", sorted(INTERVENTIONS))
def test_an_intervention_is_timed_by_the_officer_or_by_the_aid_never_both(code: str) -> None:
    often = PerOccasion((DAY,)) if code == "ledsagning" else Occasions(1, OccasionsPer.WEEK)
    faults = faults_of_outside(OutsideTime(code, 30, often), ProviderKind.MUNICIPAL, RULES)
    assert faults == ([] if code in TIMED_BY_OFFICER else [OutsideFault.IN_FRAME_TIME])
    private = faults_of_outside(OutsideTime(code, 30, often), ProviderKind.PRIVATE, RULES)
    outside_lov = {"natthjalp", "tillsyn_digital", "hemgangsteam", "trygghetslarm"}
    assert (OutsideFault.ONLY_THE_MUNICIPALITY in private) == (code in outside_lov)


@pytest.mark.parametrize("minutes", [0, -1, 1441])
def test_minutes_per_occasion_are_between_one_and_a_day(minutes: int) -> None:
    time = OutsideTime("vak", minutes, Occasions(1, OccasionsPer.WEEK))
    assert faults_of_outside(time, ProviderKind.PRIVATE, RULES) == [OutsideFault.MINUTES_OUT_OF_BOUNDS]


def test_escort_outside_the_period_of_the_decision_is_no_grant() -> None:
    time = OutsideTime("ledsagning", 60, PerOccasion((date(2026, 12, 1), date(2026, 11, 30))))
    found = outside_time(time, ProviderKind.PRIVATE, RULES)
    decided = Period(date(2026, 11, 1), date(2026, 12, 1))
    (grant,) = found.grants(decided, None)
    assert (grant.period, grant.in_effect) == (Period(date(2026, 11, 30), date(2026, 12, 1)), None)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("included", "en tabell med en rad per insats"),
        ({"vak": "included"}, "avlosning"),
        (dict.fromkeys(TIMED_BY_OFFICER, "ja"), "värdet ja är okänt"),
        (dict.fromkeys((*TIMED_BY_OFFICER, "stadning"), "included"), "inga andra: stadning"),
    ],
)
def test_a_table_of_surrounding_time_that_cannot_be_used_is_refused(raw: object, reason: str) -> None:
    with pytest.raises(WrongValue, match=reason):
        SurroundingTimeTable().read(raw)


# Laws


@given(
    minutes=st.integers(1, 1440),
    days=st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), max_size=6, unique=True),
)
def test_ordered_escort_gives_the_statement_exactly_its_planned_time(minutes: int, days: list[date]) -> None:
    time = OutsideTime("ledsagning", minutes, PerOccasion(tuple(days)))
    found = outside_time(time, ProviderKind.PRIVATE, RULES)
    year = Period(date(2026, 1, 1), date(2027, 1, 1))
    assert granted_hours(found.grants(year, year), year) * 60 == found.minutes_ordered == minutes * len(days)


@given(minutes=st.integers(1, 600), count=st.integers(1, 7), per=st.sampled_from(OccasionsPer))
def test_more_minutes_or_occasions_never_give_less(minutes: int, count: int, per: OccasionsPer) -> None:
    def week(minutes: int, count: int) -> Decimal:
        time = OutsideTime("egenvard", minutes, Occasions(count, per))
        return outside_time(time, ProviderKind.PRIVATE, RULES).minutes_per_week or Decimal(0)

    assert week(minutes, count) <= week(minutes + 1, count)
    assert week(minutes, count) <= week(minutes, count + 1)


@given(minutes=st.integers(1, 600), count=st.integers(1, 7), per=st.sampled_from(OccasionsPer))
def test_the_grant_is_within_half_a_minute_of_what_was_said(
    minutes: int, count: int, per: OccasionsPer
) -> None:
    time = OutsideTime("egenvard", minutes, Occasions(count, per))
    (grant,) = outside_time(time, ProviderKind.PRIVATE, RULES).grants(SINCE, SINCE)
    if grant.per is Per.MONTH:
        assert grant.minutes == minutes * count
        assert granted_hours([grant], Month(2026, 2).period) * 60 == minutes * count
    else:
        exact = minutes * Occasions(count, per).per_week(Fraction(1))
        assert grant.minutes == 1 or abs(grant.minutes - exact) <= Fraction(1, 2)
        week = Period(date(2026, 2, 2), date(2026, 2, 2) + timedelta(7))
        assert granted_hours([grant], week) * 60 == grant.minutes
