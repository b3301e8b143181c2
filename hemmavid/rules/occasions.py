"""How often something is done, as people say it, and exactly how many times a week that is (R049, R131)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.rounding import HALF_UP

DAYS_A_WEEK = 7


class OccasionsPer(StrEnum):
    """The stretch of time that occasions are counted in."""

    DAY = "day"
    WEEK = "week"
    TWO_WEEKS = "two_weeks"
    FOUR_WEEKS = "four_weeks"
    MONTH = "month"


_WEEKS = {
    OccasionsPer.DAY: Fraction(1, DAYS_A_WEEK),
    OccasionsPer.WEEK: Fraction(1),
    OccasionsPer.TWO_WEEKS: Fraction(2),
    OccasionsPer.FOUR_WEEKS: Fraction(4),
}
_ONCE = {
    OccasionsPer.DAY: "varje dag",
    OccasionsPer.WEEK: "en gång i veckan",
    OccasionsPer.TWO_WEEKS: "varannan vecka",
    OccasionsPer.FOUR_WEEKS: "var fjärde vecka",
    OccasionsPer.MONTH: "en gång i månaden",
}
_OFTEN = {
    OccasionsPer.DAY: "gånger om dagen",
    OccasionsPer.WEEK: "gånger i veckan",
    OccasionsPer.TWO_WEEKS: "gånger på två veckor",
    OccasionsPer.FOUR_WEEKS: "gånger på fyra veckor",
    OccasionsPer.MONTH: "gånger i månaden",
}


@dataclass(frozen=True, slots=True)
class Occasions:
    """So many occasions per stretch of time. Bounds are the caller's to judge."""

    count: int
    per: OccasionsPer

    @property
    def words(self) -> str:
        """How often, in Swedish: varannan vecka, 3 gånger i veckan."""
        return _ONCE[self.per] if self.count == 1 else f"{self.count} {_OFTEN[self.per]}"

    def per_week(self, weeks_per_month: Fraction) -> Fraction:
        """Exact occasions a week; a month has so many weeks (parameter frame_time.weeks_per_month)."""
        return self.count / _WEEKS.get(self.per, weeks_per_month)


def per_week_text(per_week: Fraction) -> str:
    """Occasions a week as people read them: 7, 0,5, 1/3."""
    if per_week.denominator == 1:
        return str(per_week.numerator)
    if 100 % per_week.denominator:
        return f"{per_week.numerator}/{per_week.denominator}"
    shown = as_decimal(HALF_UP.hundredths(per_week.numerator, per_week.denominator))
    return swedish.number(shown).rstrip("0")
