"""Standard times (schablontider) as values: minutes per occasion by need and level (R126, R283)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hemmavid.rules.life_areas import LifeArea

BY_VISIT = "by_visit"  # in place of an intervention: the visit decides which (morgonhjälp, lunchhjälp …)


class WhenShared(StrEnum):
    """What a need takes in a visit that holds other needs too (R127)."""

    OWN_TIME = "own_time"  # its whole standard time
    FITS_INSIDE = "fits_inside"  # nothing, as far as it fits inside the time of the others


class FactorNotKnown(ValueError):
    """The table does not say which level the answer gives: the need has no factor, or not this answer."""


@dataclass(frozen=True, slots=True)
class LevelTime:
    """One level: whole minutes per occasion, and what the level means."""

    minutes: int
    means: str


@dataclass(frozen=True, slots=True)
class Guideline:
    """Where the municipality's guideline says what is reasonable to grant (R052). `link` may be empty."""

    section: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class LevelChoice:
    """One answer to a factor's question, and the level it gives."""

    code: str
    label: str
    level: int


@dataclass(frozen=True, slots=True)
class ChosenFactor:
    """A question with answers to choose from: where is the laundry done (R043)?"""

    code: str
    asks: str
    choices: tuple[LevelChoice, ...]

    def level_of(self, answer: str | int) -> int:
        """The level of an answer's code, or FactorNotKnown."""
        for choice in self.choices:
            if choice.code == answer:
                return choice.level
        raise FactorNotKnown(self.code)


@dataclass(frozen=True, slots=True)
class CountedFactor:
    """A question answered by a number: with how many moments is help needed (R286)?

    `from_counts` has the lowest number of each level, level 1 first.
    """

    code: str
    asks: str
    from_counts: tuple[int, ...]

    def level_of(self, answer: str | int) -> int:
        """The level of a number, or FactorNotKnown below the first and for a word."""
        if not isinstance(answer, int) or answer < self.from_counts[0]:
            raise FactorNotKnown(self.code)
        return sum(answer >= lowest for lowest in self.from_counts)


LevelFactor = ChosenFactor | CountedFactor


@dataclass(frozen=True, slots=True)
class NeedTime:
    """One need with its levels; level 1 is the first. `source` says where the minutes come from (R126).

    A higher level never has fewer minutes. `intervention` is the visit kind the need is done as, or BY_VISIT
    (R060).
    `level_from` is the factor that picks the level, where there is one (R043, R286).
    """

    code: str
    label: str
    levels: tuple[LevelTime, ...]
    when_shared: WhenShared
    includes_surrounding_time: bool  # kringtid: travel, keys, documentation, planning (A22, R292)
    source: str
    life_area: LifeArea
    intervention: str
    guideline: Guideline
    level_from: LevelFactor | None = None


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


def level_from_factor(need: NeedTime, answer: str | int) -> int:
    """The level that the answer to the need's factor gives, or FactorNotKnown (R043, R286)."""
    if need.level_from is None:
        raise FactorNotKnown(need.code)
    return need.level_from.level_of(answer)
