"""Hours as people are paid by them: hundredths of an hour, exact until rounded once."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from hemmavid.lib.rounding import HALF_UP, Rounding

SECONDS_AN_HOUR = 3600
MICROSECONDS_A_SECOND = 1_000_000
MINUTES_AN_HOUR = 60


@lru_cache(maxsize=65_536)
def as_decimal(hundredths: int) -> Decimal:
    """Hundredths as a Decimal with exactly two decimals: 1243 -> 12.43."""
    return Decimal(hundredths).scaleb(-2)


def as_hundredths(hours: Decimal) -> int:
    """The inverse of `as_decimal`. Hours finer than hundredths raise ValueError: they were never rounded."""
    scaled = hours.scaleb(2)
    if scaled != scaled.to_integral_value():
        raise ValueError(f"{hours} has more than two decimals")
    return int(scaled)


def hours_from_seconds(seconds: int | Decimal, rounding: Rounding = HALF_UP) -> Decimal:
    """Seconds (whole, or with a fraction down to microseconds) as hours, rounded once."""
    return as_decimal(hundredths_from_seconds(seconds, rounding))


def hundredths_from_seconds(seconds: int | Decimal, rounding: Rounding = HALF_UP) -> int:
    """As `hours_from_seconds`, in hundredths of an hour."""
    if isinstance(seconds, int):
        return rounding.hundredths(seconds, SECONDS_AN_HOUR)
    numerator, denominator = seconds.as_integer_ratio()
    return rounding.hundredths(numerator, denominator * SECONDS_AN_HOUR)


def hours_per_visit(performed: Decimal, visits: int, rounding: Rounding = HALF_UP) -> Decimal | None:
    """The quotient of the two figures shown; None without visits (contract.md section 4, R078)."""
    if visits == 0:
        return None
    return as_decimal(rounding.hundredths(as_hundredths(performed), 100 * visits))
