"""When a review of frame time opens by itself, and never before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Month
from hemmavid.rules.frame_time_review import (
    FrameTimeReview,
    MonthOfFrameTime,
    ReviewRules,
    frame_time_review,
)
from hemmavid.rules.parameter_files import load_parameters
from tests.rules.golden_month import Row, parameters_of
from tests.rules.golden_needs import DAY, named, plain

RULES = ReviewRules.for_day(DAY, load_parameters())


def month_of(row: Sequence[str]) -> MonthOfFrameTime:
    return MonthOfFrameTime(Month.parse(row[0]), Decimal(row[1]), Decimal(row[2]))


def reviewed(case: Row) -> FrameTimeReview:
    rules = ReviewRules.for_day(case["on"], parameters_of(case))
    months = [month_of(row) for row in case["months"]]
    return frame_time_review(months, case.get("order", []), rules, on=case["on"])


@named("review")
def test_the_review_is_open_from_the_day_of_the_case_or_not(case: Row) -> None:
    found = reviewed(case)
    assert found.opened_on == case["review"].get("open")
    assert found.is_open == ("open" in case["review"])
    assert bool(found.draft) == found.is_open


@named("review", "draft")
def test_the_draft_has_the_figures_and_the_orders_own_words(case: Row) -> None:
    assert plain([reviewed(case).draft]) == [case["draft"].lstrip("\n")]


@named("review", "because")
def test_the_review_is_explained_as_in_the_case(case: Row) -> None:
    assert plain(reviewed(case).because) == case["because"]


def test_a_draft_without_sentences_of_the_order_quotes_nothing() -> None:
    months = [month_of(("2026-09", "20.00", "10.00")), month_of(("2026-10", "0.00", "10.00"))]
    found = frame_time_review(months, [], RULES, on=DAY)
    assert "I uppdraget står" not in found.draft
    assert "oktober 2026: ramtid 0,00 h, utfört 10,00 h, 10,00 h mer\n" in plain([found.draft])[0]


def test_a_month_without_any_difference_is_told_so() -> None:
    found = frame_time_review([month_of(("2026-10", "20.00", "20.00"))], [], RULES, on=DAY)
    assert "oktober 2026: ramtid 20,00 h, utfört 20,00 h, ingen skillnad (R140)." in plain(found.because)


def test_a_month_given_twice_is_an_error() -> None:
    month = month_of(("2026-10", "20.00", "10.00"))
    with pytest.raises(ValueError, match="given twice"):
        frame_time_review([month, month], [], RULES, on=DAY)


HOURS = st.integers(0, 6000).map(lambda hundredths: Decimal(hundredths) / 100)


@given(
    figures=st.dictionaries(st.integers(1, 12), st.tuples(HOURS, HOURS)),
    on=st.dates(date(2026, 1, 1), date(2027, 1, 31)),
)
def test_it_never_opens_before_so_many_whole_months_beyond_the_threshold(
    figures: dict[int, tuple[Decimal, Decimal]], on: date
) -> None:
    months = [MonthOfFrameTime(Month(2026, number), *pair) for number, pair in figures.items()]
    found = frame_time_review(months, [], RULES, on=on)
    whole = [one for one in months if one.month.last_day < on]
    assert frame_time_review(reversed(whole), [], RULES, on=on) == found
    if found.is_open:
        assert found.opened_on is not None
        assert found.opened_on <= on
        assert len(found.months) >= 2
    for one in found.months:
        granted, performed = one.month.granted_lov_hours, one.month.performed_hours
        assert one.month in whole
        assert abs(performed - granted) >= 2
        assert abs(performed - granted) * 5 >= granted
