"""Two versions of frame time, line by line: what changed, how much and from when (R123, R287, R289).

The sum of the differences is the difference of the totals.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.rules.assessed_needs import VISIT_LABELS, AssessedNeed, Visit
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time import FrameTime, FrameTimeLine
from hemmavid.rules.frame_time_steps import minutes_text, often_text, signed_minutes, version_text

_ARROW = "\N{RIGHTWARDS ARROW}"


class Change(StrEnum):
    """What happened to a line between the versions. A line may have several."""

    ADDED = "added"
    ENDED = "ended"
    LEVEL = "level"
    OCCASIONS = "occasions"
    VISIT = "visit"
    STANDARD_TIME = "standard_time"  # another table gives the same level other minutes
    SHARING = "sharing"  # nothing of its own: other needs in the visit, or another add-on


_RULES = {
    Change.ADDED: "R289",
    Change.ENDED: "R289",
    Change.LEVEL: "R287",
    Change.OCCASIONS: "R283",
    Change.VISIT: "R127",
    Change.STANDARD_TIME: "R044",
    Change.SHARING: "R127, R128",
}


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
    def is_need_changed(self) -> bool:
        """Whether a need, a level, how often or the visit has changed; else frame time stands (R135, R290).

        Another table, or another way to say how often, is no changed need.
        """
        return any(
            line.before is None or line.after is None or _asked(line.before) != _asked(line.after)
            for line in self.lines
        )

    @property
    def because(self) -> tuple[str, ...]:
        """The changes as Swedish sentences, and their sum last."""
        return self.explanation.because()


_Pair = tuple[FrameTimeLine | None, FrameTimeLine | None]
_Same = Callable[[AssessedNeed, AssessedNeed], bool]


def compare(before: FrameTime, after: FrameTime, effective_on: date) -> FrameTimeComparison:
    """The later version against the earlier, to take effect on the day.

    Needs that go on come in the order of the later version's day, then those that ended.
    """
    compared = [_compared(*pair, effective_on) for pair in _pairs(before.lines, after.lines)]
    lines = tuple(line for line in compared if line.changes)
    difference = sum((line.difference for line in lines), as_decimal(0))
    return FrameTimeComparison(
        effective_on=effective_on,
        lines=lines,
        before=before.minutes_per_week,
        after=after.minutes_per_week,
        difference=difference,
        is_other_table=before.standard_times != after.standard_times,
        explanation=_explained(before, after, lines, difference),
    )


def _asked(line: FrameTimeLine) -> tuple[int, Fraction, Visit | None]:
    return line.assessed.level, line.assessed.per_week, line.assessed.visit


def _pairs(before: Iterable[FrameTimeLine], after: Iterable[FrameTimeLine]) -> list[_Pair]:
    """Each need beside itself: first in the same visit at the same level, then the same visit, then any."""
    old, new = _by_need(before), _by_need(after)
    goes_on: list[_Pair] = []
    ended: list[_Pair] = []
    for need in dict.fromkeys([*new, *old]):
        earlier, later = old.get(need, []), new.get(need, [])
        for same in (_same_place_and_level, _same_place, _same_need):
            goes_on += _taken(earlier, later, same)
        goes_on += [(None, line) for line in later]
        ended += [(line, None) for line in earlier]
    return goes_on + ended


def _by_need(lines: Iterable[FrameTimeLine]) -> dict[str, list[FrameTimeLine]]:
    found: defaultdict[str, list[FrameTimeLine]] = defaultdict(list)
    for line in lines:
        found[line.assessed.need].append(line)
    return dict(found)


def _taken(earlier: list[FrameTimeLine], later: list[FrameTimeLine], same: _Same) -> list[_Pair]:
    """Pairs by `same`, taken out of both lists."""
    pairs: list[_Pair] = []
    for after in tuple(later):
        before = next((line for line in earlier if same(line.assessed, after.assessed)), None)
        if before is not None:
            earlier.remove(before)
            later.remove(after)
            pairs.append((before, after))
    return pairs


def _same_place_and_level(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.visit is other.visit and one.level == other.level


def _same_place(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.visit is other.visit


def _same_need(one: AssessedNeed, other: AssessedNeed) -> bool:
    return one.need == other.need


def _compared(before: FrameTimeLine | None, after: FrameTimeLine | None, day: date) -> ComparedLine:
    earlier = before.minutes_per_week if before else as_decimal(0)
    later = after.minutes_per_week if after else as_decimal(0)
    difference = later - earlier
    changes = tuple(_changes(before, after, difference))
    sentence = _sentence(before, after, changes, difference, day) if changes else ""
    return ComparedLine(before, after, changes, difference, sentence)


def _changes(
    before: FrameTimeLine | None, after: FrameTimeLine | None, difference: Decimal
) -> Iterator[Change]:
    if before is None or after is None:
        yield Change.ADDED if before is None else Change.ENDED
        return
    found = list(_own_changes(before, after))
    yield from found
    if difference and not found:
        yield Change.SHARING


def _own_changes(before: FrameTimeLine, after: FrameTimeLine) -> Iterator[Change]:
    old, new = before.assessed, after.assessed
    if old.level != new.level:
        yield Change.LEVEL
    if (old.per_week, old.occasions) != (new.per_week, new.occasions):
        yield Change.OCCASIONS
    if old.visit is not new.visit:
        yield Change.VISIT
    if old.level == new.level and before.minutes_per_occasion != after.minutes_per_occasion:
        yield Change.STANDARD_TIME


def _sentence(
    before: FrameTimeLine | None,
    after: FrameTimeLine | None,
    changes: Sequence[Change],
    difference: Decimal,
    day: date,
) -> str:
    told = _added_or_ended(before, after) if before is None or after is None else _changed(before, after)
    amount = f"{signed_minutes(difference)} per vecka" if difference else "oförändrad tid"
    rules = ", ".join(_RULES[change] for change in changes)
    return f"{told}: {amount} från {swedish.long_date(day)} ({rules})."


def _added_or_ended(before: FrameTimeLine | None, after: FrameTimeLine | None) -> str:
    if after is not None:
        return f"{after.time.label} nivå {after.assessed.level}, {_often(after)}, tillkommer"
    return f"{before.time.label} nivå {before.assessed.level}, {_often(before)}, upphör" if before else ""


def _changed(before: FrameTimeLine, after: FrameTimeLine) -> str:
    changes = tuple(_own_changes(before, after))
    level = f"{before.assessed.level} {_ARROW} " if Change.LEVEL in changes else ""
    parts = [f"{after.time.label} nivå {level}{after.assessed.level}"]
    if Change.OCCASIONS in changes:
        parts.append(f"{_often(before)} {_ARROW} {_often(after)}")
    if Change.VISIT in changes:
        parts.append(f"besök {_place(before.assessed.visit)} {_ARROW} {_place(after.assessed.visit)}")
    if Change.STANDARD_TIME in changes:
        minutes = f"{before.minutes_per_occasion} {_ARROW} {after.minutes_per_occasion}"
        parts.append(f"schablontid {minutes} min per gång")
    if not changes:
        parts.append("annan samordning eller annat tillägg i besöket")
    return ", ".join(parts)


def _often(line: FrameTimeLine) -> str:
    return often_text(line.assessed)


def _place(visit: Visit | None) -> str:
    return VISIT_LABELS[visit] if visit else "för sig"


def _explained(
    before: FrameTime, after: FrameTime, lines: Sequence[ComparedLine], difference: Decimal
) -> Step:
    steps = [Step(line.sentence, ", ".join(_RULES[change] for change in line.changes)) for line in lines]
    if before.standard_times != after.standard_times:
        told = f"{version_text(before.standard_times)} {_ARROW} {version_text(after.standard_times)}"
        steps.insert(0, Step(f"Schablontiderna är en annan version: {told} (R044, R126).", "R044, R126"))
    sums = f"{minutes_text(before.minutes_per_week)} {_ARROW} {minutes_text(after.minutes_per_week)}"
    amount = signed_minutes(difference) if difference else "oförändrad"
    sentence = f"Ramtid per vecka: {sums}, {amount} (R124)."
    return Step(sentence, "R124", {"difference": str(difference)}, children=tuple(steps))
