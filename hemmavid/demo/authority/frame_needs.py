"""Needs whose frame time is exactly what a grant of the demo says, found by the calculation aid itself.

Visits of the day are added while they fit; what is left is closed by one to three needs done more seldom.
Nothing is computed here: every figure comes from the rules, and a grant that no needs give is said so (None).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import combinations
from random import Random

from hemmavid.cases.calculation import Aid, LevelOfNeed
from hemmavid.rules.assessed_needs import NeedsRefused

Needs = tuple[LevelOfNeed, ...]
ROOM_TO_CLOSE = 2_000  # hundredths of a minute a week kept for the needs that close the sum
LITTLE = 15_000  # hundredths of a minute a week below which service comes before the visits of the day
HALF_A_MINUTE = 50

_DAY, _WEEK, _TWO, _FOUR, _MONTH = "day", "week", "two_weeks", "four_weeks", "month"

SERVICE: tuple[Needs, ...] = (
    (LevelOfNeed("stadning", 2, 1, _TWO, "service"), LevelOfNeed("tvatt", 1, 1, _TWO, "service")),
    (LevelOfNeed("stadning", 3, 1, _TWO, "service"), LevelOfNeed("tvatt", 2, 1, _TWO, "service")),
    (LevelOfNeed("stadning", 1, 1, _WEEK, "service"), LevelOfNeed("post", 1, 2, _WEEK, "service")),
    (LevelOfNeed("inkop", 1, 1, _WEEK, "service"), LevelOfNeed("post", 1, 1, _WEEK, "service")),
    (LevelOfNeed("stadning", 3, 1, _FOUR, "service"), LevelOfNeed("inkop", 1, 1, _TWO, "service")),
)


def _visit(visit: str, count: int, per: str, *parts: tuple[str, int]) -> Needs:
    return tuple(LevelOfNeed(need, level, count, per, visit) for need, level in parts)


BY_VISIT: tuple[tuple[Needs, ...], ...] = (
    (
        _visit("morgon", 1, _DAY, ("pakladning", 3), ("maltid", 1), ("toalettbesok", 1), ("baddning", 1)),
        _visit("morgon", 1, _DAY, ("pakladning", 2), ("maltid", 1), ("baddning", 1)),
        _visit("morgon", 1, _DAY, ("pakladning", 1), ("maltid", 1)),
        _visit("morgon", 1, _DAY, ("pakladning", 1), ("baddning", 1)),
        _visit("morgon", 3, _WEEK, ("pakladning", 1), ("maltid", 1), ("post", 1)),
    ),
    (
        _visit("kvall_1", 1, _DAY, ("pakladning", 2), ("maltid", 1), ("toalettbesok", 1), ("disk_avfall", 1)),
        _visit("kvall_1", 1, _DAY, ("pakladning", 1), ("maltid", 1), ("disk_avfall", 1)),
        _visit("kvall_1", 1, _DAY, ("pakladning", 1), ("disk_avfall", 1)),
    ),
    (
        _visit("lunch", 1, _DAY, ("maltid", 1), ("toalettbesok", 1), ("disk_avfall", 1)),
        _visit("lunch", 1, _DAY, ("maltid", 1), ("disk_avfall", 1)),
        _visit("lunch", 4, _WEEK, ("maltid", 1), ("post", 1)),
    ),
    (
        _visit("kvall_2", 2, _DAY, ("pakladning", 3), ("toalettbesok", 1), ("tillsyn", 1)),
        _visit("kvall_2", 1, _DAY, ("pakladning", 2), ("toalettbesok", 1)),
        _visit("kvall_2", 1, _DAY, ("toalettbesok", 1),),
    ),
    (
        _visit("eftermiddag", 2, _DAY, ("toalettbesok", 1), ("maltid", 1), ("tillsyn", 1)),
        _visit("eftermiddag", 1, _DAY, ("toalettbesok", 1), ("maltid", 1)),
        _visit("eftermiddag", 1, _DAY, ("tillsyn", 1),),
    ),
    (
        _visit("formiddag", 2, _DAY, ("toalettbesok", 1), ("tillsyn", 1), ("maltid", 1)),
        _visit("formiddag", 1, _DAY, ("toalettbesok", 1), ("tillsyn", 1)),
        _visit("formiddag", 2, _WEEK, ("tillsyn", 1),),
    ),
)  # fmt: skip
HEAVY: tuple[tuple[Needs, ...], ...] = tuple(
    tuple((LevelOfNeed(need, level, count, _DAY),) for count in range(most, 0, -1))
    for need, level, most in (
        ("toalettbesok", 1, 12),
        ("pakladning", 3, 8),
        ("promenad", 1, 1),
        ("maltid", 1, 6),
    )
)
BATHS: tuple[Needs, ...] = (
    (LevelOfNeed("dusch", 3, 2, _WEEK),),
    (LevelOfNeed("dusch", 2, 1, _WEEK),),
    (LevelOfNeed("dusch", 1, 1, _WEEK),),
)
CLOSING = (
    ("stadning", 1), ("stadning", 2), ("stadning", 3), ("tvatt", 1), ("tvatt", 2), ("inkop", 1),
    ("promenad", 1), ("dusch", 1), ("dusch", 2), ("tillsyn", 1), ("apotek", 1), ("post", 1),
)  # fmt: skip
SELDOM = ((1, _MONTH), (2, _MONTH), (3, _MONTH), (1, _FOUR), (1, _TWO), (3, _TWO), (1, _WEEK), (2, _WEEK))


class FrameNeeds:
    """Finds needs for minutes a week, by the aid of one day. The same minutes and chance, the same needs."""

    def __init__(self, aid: Aid) -> None:
        self._aid = aid
        self._minutes: dict[Needs, int] = {}

    def matching(self, minutes: int, rng: Random) -> Needs | None:
        """Needs whose frame time is granted as exactly `minutes` a week, or None."""
        target = minutes * 100
        for base in self._bases(target, rng):
            closing = self._closing(target - self._sum(base), base, rng)
            if closing is None:
                continue
            needs = tuple(need for visit in (*base, *closing) for need in visit)
            if self._is_granted_as(minutes, needs):
                return needs
        return None

    def _bases(self, target: int, rng: Random) -> Iterator[list[Needs]]:
        """The largest base first; then the same with one visit less each time."""
        base: list[Needs] = []
        left = target - ROOM_TO_CLOSE
        for choices in self._order(target, rng):
            taken = next((visit for visit in choices if self._of(visit) <= left), None)
            if taken is not None:
                base.append(taken)
                left -= self._of(taken)
        while base:
            yield base
            base = base[:-1]
        yield base

    def _order(self, target: int, rng: Random) -> Iterator[Sequence[Needs]]:
        """Service first for those with little; the visits of the day first for those with much."""
        service, baths = rng.sample(SERVICE, 2), BATHS[rng.randint(0, 2) :]
        is_service_first = target < LITTLE or rng.random() < 0.4
        if is_service_first:
            yield service
        yield from (visit[rng.randint(0, 1) :] for visit in BY_VISIT[:2])
        yield baths
        yield from (visit[rng.randint(0, 1) :] for visit in BY_VISIT[2:])
        if not is_service_first:
            yield service
        yield from HEAVY

    def _closing(self, left: int, base: Iterable[Needs], rng: Random) -> list[Needs] | None:
        """One to three needs of their own visits that give what is left, to within half a minute."""
        used = {(need.need, need.visit or need.level) for visit in base for need in visit}
        if -HALF_A_MINUTE <= left < HALF_A_MINUTE and used:
            return []
        singles = [one for one in self._singles if (one[1][0].need, one[1][0].level) not in used]
        rng.shuffle(singles)
        for found, need in singles:
            if abs(found - left) < HALF_A_MINUTE:
                return [need]
        for found, need in singles:
            pair = self._single_near(left - found, used, {need[0].need})
            if pair is not None:
                return [need, pair]
        for (first, one), (second, other) in combinations(singles[:24], 2):
            if one[0].need == other[0].need:
                continue
            third = self._single_near(left - first - second, used, {one[0].need, other[0].need})
            if third is not None:
                return [one, other, third]
        return None

    def _single_near(self, left: int, used: set[tuple[str, str | int]], taken: set[str]) -> Needs | None:
        place = bisect_left(self._values, left - HALF_A_MINUTE + 1)
        while place < len(self._values) and self._values[place] < left + HALF_A_MINUTE:
            need = self._singles[place][1]
            if (need[0].need, need[0].level) not in used and need[0].need not in taken:
                return need
            place += 1
        return None

    @cached_property
    def _singles(self) -> list[tuple[int, Needs]]:
        found = [(LevelOfNeed(need, level, count, per),) for need, level in CLOSING for count, per in SELDOM]
        return sorted(((self._of(need), need) for need in found), key=lambda one: (one[0], one[1][0].need))

    @cached_property
    def _values(self) -> list[int]:
        return [value for value, _ in self._singles]

    def _sum(self, visits: Iterable[Needs]) -> int:
        return sum(self._of(visit) for visit in visits)

    def _of(self, visit: Needs) -> int:
        """Hundredths of a minute a week of one visit: the sum of visits is the frame time (R124)."""
        if visit not in self._minutes:
            found = self._aid.frame_time(visit)
            self._minutes[visit] = int(found.minutes_per_week * 100) if found else 0
        return self._minutes[visit]

    def _is_granted_as(self, minutes: int, needs: Needs) -> bool:
        try:
            found = self._aid.frame_time(needs)
        except NeedsRefused:
            return False
        return found is not None and self._aid.grant(found).minutes_per_week == minutes
