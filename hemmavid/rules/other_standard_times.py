"""Another table of standard times made from one: all minutes scaled, single levels set (R044, R126, R283)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from hemmavid.rules.standard_times import LevelTime, NeedTime, StandardTimes

WHOLE = 100  # percent that changes nothing


class LevelBelowLower(ValueError):
    """A level would give fewer minutes than the one below it (R283). `level` is the higher of the two."""

    def __init__(self, need: str, level: int) -> None:
        super().__init__(need, level)
        self.need = need
        self.level = level


def scaled(times: StandardTimes, percent: int) -> StandardTimes:
    """Every level times so many percent, to whole minutes half up, never below one; the order is kept."""
    return StandardTimes(
        {
            code: _with(need, [_scaled(level.minutes, percent) for level in need.levels])
            for code, need in times.needs.items()
        }
    )


def with_minutes(times: StandardTimes, minutes: Mapping[tuple[str, int], int]) -> StandardTimes:
    """The table with other minutes at single levels, by need and level; what the table lacks is left.

    LevelBelowLower for the first need whose levels would not rise.
    """
    needs = {}
    for code, need in times.needs.items():
        found = [minutes.get((code, number), level.minutes) for number, level in enumerate(need.levels, 1)]
        for number, (lower, higher) in enumerate(pairwise(found), start=2):
            if higher < lower:
                raise LevelBelowLower(code, number)
        needs[code] = _with(need, found)
    return StandardTimes(needs)


def _with(need: NeedTime, minutes: list[int]) -> NeedTime:
    levels = (LevelTime(found, level.means) for found, level in zip(minutes, need.levels, strict=True))
    return replace(need, levels=tuple(levels))


def _scaled(minutes: int, percent: int) -> int:
    return max((minutes * percent + WHOLE // 2) // WHOLE, 1)
