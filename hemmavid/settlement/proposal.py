"""The settlement proposal as a value: lines with their money, and their explanation when asked for."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import ProviderFacts, UnitFacts
from hemmavid.organisations.selection import Selection
from hemmavid.rules.change_explanation import MonthFigures, MonthLine
from hemmavid.rules.explanation import Step
from hemmavid.rules.hours_statement import StatementLine
from hemmavid.rules.settlement import SettlementLine
from hemmavid.settlement.month import ClientFacts, MonthBooks

NO_HOURS = Decimal("0.00")


class NothingToExplain(Exception):
    """A line without payable hours was asked why it is paid; such a line is never made."""


@dataclass(frozen=True, slots=True)
class ProposalLine:
    """One line: hours × price = amount, rounded once. `statement` is None for a care plan's two hours.

    A city has thousands of lines and few are read, so `explanation` is worked out when it is asked for.
    """

    unit: UnitFacts
    client: ClientFacts
    intervention: str
    hours: Decimal
    price: Money
    amount: Money
    statement: StatementLine | None
    settle: Callable[[], SettlementLine | None] = field(repr=False, compare=False)

    @property
    def explanation(self) -> Step:
        """Why, as a tree: each rule applied, its inputs, the parameter and the date it is valid from."""
        settled = self.settle()
        if settled is None:
            raise NothingToExplain(self.intervention)
        return settled.explanation

    @property
    def because(self) -> tuple[str, ...]:
        """Why, in Swedish sentences, one a step (contract.md section 5)."""
        return self.explanation.because()

    @property
    def sort_key(self) -> tuple[str, str, str]:
        """Lines stand by client, unit and intervention."""
        return self.client.code, self.unit.code, self.intervention


@dataclass(frozen=True, slots=True)
class ProviderProposal:
    """What one provider is paid for the month, and when."""

    provider: ProviderFacts
    payment_date: date
    lines: tuple[ProposalLine, ...]
    total: Money

    @property
    def hours(self) -> Decimal:
        """The sum of the lines' hours."""
        return sum((line.hours for line in self.lines), NO_HOURS)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A month's proposal as far as the actor reaches, by provider code. Nothing is stored.

    `books` hold the atoms behind it, also those that give no hours to pay.
    """

    month: Month
    selection: Selection
    payment_date: date
    providers: tuple[ProviderProposal, ...]
    total: Money
    as_of: datetime | None
    books: MonthBooks

    @property
    def lines(self) -> list[ProposalLine]:
        """All lines, provider by provider."""
        return [line for provider in self.providers for line in provider.lines]

    @property
    def hours(self) -> Decimal:
        """The sum of all lines' hours."""
        return sum((provider.hours for provider in self.providers), NO_HOURS)

    @property
    def figures(self) -> MonthFigures:
        """The lines as the rule that explains a change wants them."""
        return MonthFigures(self.month, tuple(map(_month_line, self.lines)))


def by_provider(lines: Iterable[ProposalLine], payment_date: date) -> tuple[ProviderProposal, ...]:
    """The lines of each provider in order with their sum; a provider without lines is left out."""
    found: dict[str, list[ProposalLine]] = {}
    for line in sorted(lines, key=lambda line: (line.unit.provider.code, *line.sort_key)):
        found.setdefault(line.unit.provider.code, []).append(line)
    return tuple(
        ProviderProposal(
            own[0].unit.provider, payment_date, tuple(own), Money.total(line.amount for line in own)
        )
        for own in found.values()
    )


def _month_line(line: ProposalLine) -> MonthLine:
    granted = line.statement.granted_hours if line.statement else NO_HOURS
    absence = line.statement.absence_hours if line.statement else NO_HOURS
    return MonthLine(
        line.client.code,
        line.unit.code,
        line.intervention,
        granted,
        absence,
        line.hours,
        line.price,
        line.amount,
    )
