"""Opening hours as values: a profile has rows of days, times and perhaps months (R147-R149)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum


class Days(StrEnum):
    """The days a row of a profile is for."""

    EVERY_DAY = "every_day"
    WORKING_DAY = "working_day"
    DAY_OFF = "day_off"  # any day that is no working day


@dataclass(frozen=True, slots=True)
class OpenRow:
    """Open [opens, closes) on such days; `closes` None: until midnight. No months: all the year."""

    days: Days
    opens: time
    closes: time | None
    months: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursProfile:
    """One named profile. `source` says where the hours come from."""

    code: str
    label: str
    rows: tuple[OpenRow, ...]
    source: str


@dataclass(frozen=True, slots=True)
class HoursProfiles:
    """Every profile of the municipality, by code."""

    profiles: Mapping[str, HoursProfile]

    def __str__(self) -> str:
        """The names, for a list of parameters."""
        return "; ".join(profile.label for profile in self.profiles.values())
