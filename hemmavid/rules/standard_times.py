"""Standard times (schablontider) as values: minutes per occasion by need and level (R126, R283)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class WhenShared(StrEnum):
    """What a need takes in a visit that holds other needs too (R127)."""

    OWN_TIME = "own_time"  # its whole standard time
    FITS_INSIDE = "fits_inside"  # nothing, as far as it fits inside the time of the others


@dataclass(frozen=True, slots=True)
class LevelTime:
    """One level: whole minutes per occasion, and what the level means."""

    minutes: int
    means: str


@dataclass(frozen=True, slots=True)
class NeedTime:
    """One need with its levels; level 1 is the first. `source` says where the minutes come from (R126)."""

    code: str
    label: str
    levels: tuple[LevelTime, ...]
    when_shared: WhenShared
    includes_surrounding_time: bool  # kringtid: travel, keys, documentation, planning (A22, R292)
    source: str


@dataclass(frozen=True, slots=True)
class StandardTimes:
    """Every need the municipality has a standard time for, by code."""

    needs: Mapping[str, NeedTime]

    def __str__(self) -> str:
        """Städning 30/70/90 min; … : for a list of parameters."""
        rows = (
            f"{need.label} {'/'.join(str(level.minutes) for level in need.levels)} min"
            for need in self.needs.values()
        )
        return "; ".join(rows)
