"""What the running month will pay, by what is known so far (rules/forecast.py)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.rules.forecast import expected_payable
from hemmavid.settlement.month import MonthBooks
from hemmavid.settlement.proposal import NO_HOURS, Proposal


@dataclass(frozen=True, slots=True)
class HoursForecast:
    """Hours of a running month. `through` is the last day with visits that the pace is taken from."""

    month: Month
    through: date
    granted_lov_hours: Decimal
    performed_hours: Decimal
    payable_so_far: Decimal
    expected_payable: Decimal


@dataclass(frozen=True, slots=True)
class MoneyForecast:
    """Kronor of a running month: by today's lines, and by the whole month's expected hours."""

    so_far: Money
    expected: Money


def forecast(books: MonthBooks, *, through: date) -> HoursForecast:
    """The hours the whole month is expected to give; a sum of the lines' expectations. No query."""
    lines = books.lines
    return HoursForecast(
        month=books.month,
        through=through,
        granted_lov_hours=sum((line.granted_lov_hours for line in lines), NO_HOURS),
        performed_hours=sum((line.performed_hours for line in lines), NO_HOURS),
        payable_so_far=sum((line.payable_hours for line in lines), NO_HOURS),
        expected_payable=sum(
            (expected_payable(line, books.rules, through=through) for line in lines), NO_HOURS
        ),
    )


def money_forecast(proposal: Proposal, *, through: date) -> MoneyForecast:
    """The kronor the whole month is expected to give, each line at its price, care plans as they stand.

    A line that has nothing to pay yet has no price yet and is left out until its first visit.
    """
    rules = proposal.books.rules
    expected = [
        line.amount
        if line.statement is None
        else line.price.times(expected_payable(line.statement, rules, through=through))
        for line in proposal.lines
    ]
    return MoneyForecast(proposal.total, Money.total(expected))
