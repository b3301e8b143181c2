"""Exact division with one named rounding. Integers only: a float never touches hours or kronor."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MAX_DECIMALS = 2


class RoundingMode(StrEnum):
    """How an exact quotient becomes a shown figure; names as Python's decimal module, signs symmetric."""

    HALF_UP = "half_up"
    HALF_EVEN = "half_even"
    UP = "up"
    DOWN = "down"


def divide(numerator: int, denominator: int, mode: RoundingMode) -> int:
    """The whole number nearest to numerator ÷ denominator by `mode`. The denominator is positive."""
    if numerator < 0:
        return -divide(-numerator, denominator, mode)
    if mode is RoundingMode.HALF_UP:
        return (2 * numerator + denominator) // (2 * denominator)
    whole, rest = divmod(numerator, denominator)
    if mode is RoundingMode.DOWN or rest == 0:
        return whole
    if mode is RoundingMode.UP:
        return whole + 1
    return whole + (2 * rest > denominator or (2 * rest == denominator and whole % 2 == 1))


@dataclass(frozen=True, slots=True)
class Rounding:
    """Decimals (0 to 2) and mode. Figures are kept in hundredths: of an hour, or of a krona (öre)."""

    decimals: int = MAX_DECIMALS
    mode: RoundingMode = RoundingMode.HALF_UP

    def __post_init__(self) -> None:
        if not 0 <= self.decimals <= MAX_DECIMALS:
            raise ValueError(f"decimals must be 0, 1 or 2, not {self.decimals}")

    def hundredths(self, numerator: int, denominator: int) -> int:
        """The hundredths of numerator ÷ denominator, rounded once (rules.md A9)."""
        if self.decimals == MAX_DECIMALS:
            return divide(100 * numerator, denominator, self.mode)
        step: int = 10 ** (MAX_DECIMALS - self.decimals)
        return step * divide(100 * numerator, denominator * step, self.mode)


HALF_UP = Rounding()
