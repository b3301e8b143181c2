"""Money in whole öre."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Self

from hemmavid.lib.rounding import HALF_UP, Rounding

ORE_A_KRONA = 100


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """An amount in öre. Prints as kronor with a point and two decimals: 5966.40."""

    ore: int = 0

    @classmethod
    def from_kronor(cls, kronor: Decimal | int | str) -> Self:
        """From kronor; more than two decimals raises ValueError, a float raises TypeError."""
        if isinstance(kronor, float):
            raise TypeError("money is never a float")
        ore = Decimal(kronor) * ORE_A_KRONA
        if ore != ore.to_integral_value():
            raise ValueError(f"{kronor} kronor has parts of an öre")
        return cls(int(ore))

    @classmethod
    def total(cls, amounts: Iterable[Money]) -> Self:
        """The sum; zero of nothing."""
        return cls(sum(amount.ore for amount in amounts))

    @property
    def kronor(self) -> Decimal:
        """The amount in kronor with two decimals."""
        return Decimal(self.ore).scaleb(-2)

    def times(self, hours: Decimal, rounding: Rounding = HALF_UP) -> Money:
        """A price per hour times hours, rounded once (rules.md A9, R081)."""
        numerator, denominator = hours.as_integer_ratio()
        return Money(rounding.hundredths(self.ore * numerator, denominator * ORE_A_KRONA))

    def __add__(self, other: Money) -> Money:
        return Money(self.ore + other.ore)

    def __sub__(self, other: Money) -> Money:
        return Money(self.ore - other.ore)

    def __neg__(self) -> Money:
        return Money(-self.ore)

    def __str__(self) -> str:
        return f"{self.kronor:.2f}"


NO_MONEY = Money(0)
