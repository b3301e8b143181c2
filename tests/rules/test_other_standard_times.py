"""A table made from another: scaled as a whole, set level by level, and never one that falls (R044, R283)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.other_standard_times import LevelBelowLower, scaled, with_minutes
from hemmavid.rules.standard_times import StandardTimes
from tests.rules.golden_needs import RULES, some_rules

SHIPPED = RULES.standard_times.standard_times


def minutes(times: StandardTimes, code: str) -> list[int]:
    return [level.minutes for level in times.needs[code].levels]


def test_ten_percent_more_is_rounded_to_whole_minutes() -> None:
    assert minutes(SHIPPED, "stadning") == [30, 70, 90]
    assert minutes(scaled(SHIPPED, 110), "stadning") == [33, 77, 99]
    assert minutes(scaled(SHIPPED, 105), "stadning") == [32, 74, 95]


def test_one_level_is_set_and_the_others_stand() -> None:
    found = with_minutes(SHIPPED, {("stadning", 2): 60, ("finns_inte", 1): 5, ("stadning", 9): 5})
    assert minutes(found, "stadning") == [30, 60, 90]
    assert minutes(found, "tvatt") == minutes(SHIPPED, "tvatt")


def test_a_level_below_the_one_under_it_is_refused_by_name() -> None:
    with pytest.raises(LevelBelowLower) as refused:
        with_minutes(SHIPPED, {("stadning", 2): 20})
    assert (refused.value.need, refused.value.level) == ("stadning", 2)


@given(some_rules())
def test_a_hundred_percent_changes_nothing(rules: FrameTimeRules) -> None:
    times = rules.standard_times.standard_times
    assert scaled(times, 100) == times


@given(some_rules(), st.integers(10, 300))
def test_a_scaled_table_never_falls_from_level_to_level(rules: FrameTimeRules, percent: int) -> None:
    for code in (found := scaled(rules.standard_times.standard_times, percent)).needs:
        assert minutes(found, code) == sorted(minutes(found, code))
        assert minutes(found, code)[0] >= 1
