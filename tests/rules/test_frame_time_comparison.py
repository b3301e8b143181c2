"""Two versions of frame time beside each other: the golden cases, and that the differences add up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.assessed_needs import AssessedNeed, Visit
from hemmavid.rules.frame_time import FrameTime, FrameTimeRules, frame_time
from hemmavid.rules.frame_time_comparison import Change, compare
from hemmavid.rules.standard_times import LevelTime, StandardTimes
from tests.rules.golden_month import Row
from tests.rules.golden_needs import RULES, computed, named, need_of, of, plain, some_needs, some_rules

FROM = date(2026, 5, 1)


def with_new_minutes(minutes: Mapping[str, Sequence[int]], day: date) -> FrameTimeRules:
    needs = dict(RULES.standard_times.standard_times.needs)
    for code, row in minutes.items():
        means = [level.means for level in needs[code].levels]
        levels = tuple(LevelTime(one, text) for one, text in zip(row, means, strict=True))
        needs[code] = replace(needs[code], levels=levels)
    dated = replace(RULES.standard_times, value=StandardTimes(needs), valid_from=day, reference="ny tabell")
    return replace(RULES, standard_times=dated)


def after_of(case: Row) -> FrameTime:
    if "new_minutes" not in case:
        return computed(case, case["after"])
    rules = with_new_minutes(case["new_minutes"], case["effective_on"])
    return frame_time([need_of(row) for row in case["after"]], rules)


@named("comparison")
def test_the_comparison_says_what_the_case_says(case: Row) -> None:
    found = compare(computed(case, case["before"]), after_of(case), case["effective_on"])
    assert plain(found.because) == case["comparison"]
    assert found.is_other_table == ("new_minutes" in case)
    assert found.effective_on == case["effective_on"]
    assert found.is_need_changed == case.get("need_changed", True)


def test_needs_of_the_same_kind_are_paired_by_level_before_by_visit() -> None:
    before = frame_time([of("maltid", 1, "7", Visit.LUNCH), of("tvatt", 1), of("tvatt", 2)], RULES)
    after = frame_time([of("maltid", 1, "7", Visit.EVENING_1), of("tvatt", 2), of("inkop")], RULES)
    found = compare(before, after, FROM)
    assert [(line.changes, line.difference) for line in found.lines] == [
        ((Change.VISIT,), Decimal("0.00")),
        ((Change.ADDED,), Decimal("50.00")),
        ((Change.ENDED,), Decimal("-25.00")),
    ]
    moved, added, ended = found.lines
    assert (added.before, ended.after) == (None, None)
    assert moved.before is not None
    assert "besök lunch → kväll 1: oförändrad tid från 1 maj 2026 (R127)" in moved.sentence


@given(
    before=some_needs(months=True),
    after=some_needs(months=True),
    old=some_rules(),
    new=some_rules(),
    seed=st.integers(),
)
def test_the_differences_of_the_lines_are_the_difference_of_the_totals(
    before: list[AssessedNeed],
    after: list[AssessedNeed],
    old: FrameTimeRules,
    new: FrameTimeRules,
    seed: int,
) -> None:
    earlier, later = frame_time(before, old), frame_time(after, new)
    found = compare(earlier, later, FROM)
    total = sum((line.difference for line in found.lines), Decimal("0.00"))
    assert total == found.difference == later.minutes_per_week - earlier.minutes_per_week
    assert (found.before, found.after) == (earlier.minutes_per_week, later.minutes_per_week)
    assert all(line.changes and line.sentence.endswith(").") for line in found.lines)
    shuffled = Random(seed).sample(before, len(before)), Random(seed).sample(after, len(after))
    assert compare(frame_time(shuffled[0], old), frame_time(shuffled[1], new), FROM) == found


@given(needs=some_needs(months=True), rules=some_rules())
def test_a_version_beside_itself_has_no_lines(needs: list[AssessedNeed], rules: FrameTimeRules) -> None:
    found = compare(frame_time(needs, rules), frame_time(needs, rules), FROM)
    assert (found.lines, found.difference, found.is_other_table) == ((), Decimal(0), False)


@given(before=some_needs(), after=some_needs(), rules=some_rules())
def test_the_other_way_round_is_the_same_difference_with_the_other_sign(
    before: list[AssessedNeed], after: list[AssessedNeed], rules: FrameTimeRules
) -> None:
    one, other = frame_time(before, rules), frame_time(after, rules)
    assert compare(one, other, FROM).difference == -compare(other, one, FROM).difference
