"""Two versions of frame time, line by line: what changed, how much and from when (R123, R287, R289).

The sum of the differences is the difference of the totals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.rules.assessed_needs import VISIT_LABELS, AssessedNeed, Visit
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time import FrameTime, FrameTimeLine
from hemmavid.rules.frame_time_steps import minutes_text, signed_minutes, version_text
from hemmavid.rules.occasions import per_week_text


class Change(StrEnum):
    """What happened to a line between the versions. A line may have several."""

    ADDED = "added"
    ENDED = "ended"
    LEVEL = "level"
    OCCASIONS = "occasions"
    VISIT = "visit"
    STANDARD_TIME = "standard_time"  # another table gives the same level other minutes
    SHARING = "sharing"  # nothing of its own: the visit holds other needs than before


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One need before and after; one of the two may be missing. `difference` is minutes a week."""

    before: FrameTimeLine | None
    after: FrameTimeLine | None
    changes: tuple[Change, ...]
    difference: Decimal
    sentence: str


@dataclass(frozen=True, slots=True)
class FrameTimeComparison:
    """What changed from the day. Lines that are the same in everything are left out."""

    effective_on: date
    lines: tuple[ComparedLine, ...]
    before: Decimal
    after: Decimal
    difference: Decimal
    is_other_table: bool
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The changes as Swedish sentences, and their sum last."""
        return self.explanation.because()


_Pair = tuple[FrameTimeLine | None, FrameTimeLine | None]


def compare(before: FrameTime, after: FrameTime, effective_on: date) -> FrameTimeComparison:
    """The later version against the earlier, to take effect on the day. Order of the day."""
    pairs = _pairs(before.lines, after.lines)
    lines = [_compared(*pair, effective_on) for pair in pairs]
    changed = tuple(line for line in lines if line.changes)
    difference = sum((line.difference for line in changed), as_decimal(0))
    is_other_table = before.standard_times != after.standard_times
    return FrameTimeComparison(
        effective_on=effective_on,
        lines=changed,
        before=before.minutes_per_week,
        after=after.minutes_per_week,
        difference=difference,
        is_other_table=is_other_table,
        explanation=_explained(before, after, changed, difference, effective_on),
    )


def _pairs(before: Iterable[FrameTimeLine], after: Iterable[FrameTimeLine]) -> list[_Pair]:
    """Each need beside itself: first in the same visit at the same level, then the same visit, then any."""
    pairs: list[_Pair] = []
    old, new = _by_need(before), _by_need(after)
    for need in dict.fromkeys([*new, *old]):
        earlier, later = old.get(need, []), new.get(need, [])
        for same in (_same_place_and_level, _same_place, _any_place):
            pairs += _take(earlier, later, same)
        pairs += [(line, None) for line in earlier]
        pairs += [(None, line) for line in later]
    return pairs


def _by_need(lines: Iterable[FrameTimeLine]) -> dict[str, list[FrameTimeLine]]:
    found: defaultdict[str, list[FrameTimeLine]] = defaultdict(list)
    for line in lines:
        found[line.assessed.need].append(line)
    return dict(found)


def _same_place_and_level(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.visit is other.visit and one.level == other.level


def _same_place(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.visit is other.visit


def _any_place(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.need == other.need


def _take(earlier: list[FrameTimeLine], later: list[FrameTimeLine], same: object) -> Iterator[_Pair]:
    raise NotImplementedError


def _compared(before: FrameTimeLine | None, after: FrameTimeLine | None, day: date) -> ComparedLine:
    raise NotImplementedError


def _explained(
    before: FrameTime, after: FrameTime, lines: tuple[ComparedLine, ...], difference: Decimal, day: date
) -> Step:
    raise NotImplementedError
