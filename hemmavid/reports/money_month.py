"""A month in kronor, client by client: worked out once for the page that lists everybody, names apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.remembered import Remembered
from hemmavid.lib.periods import Month
from hemmavid.reports.statement_details import ClientMonth, ClientSums, by_name, sums_by_client
from hemmavid.settlement.proposal import Proposal
from hemmavid.settlement.queries import settlement_proposal

MOST_MONTHS = 8
"""A whole city's month takes some ten megabytes, in each process."""


@dataclass(frozen=True, slots=True)
class MoneyMonth:
    """A month's proposal, and what it adds up to for each client, by code, in the order of their names."""

    proposal: Proposal
    clients: Mapping[str, ClientSums]

    def named(self, *, by: Actor, most: int | None = None) -> list[ClientMonth]:
        """The first clients by name, or all of them. One query, for no more names than are asked for."""
        return by_name(dict(islice(self.clients.items(), most)), by=by)


_months: Remembered[MoneyMonth] = Remembered(most=MOST_MONTHS)


def money_month(month: Month, *, by: Actor, provider_id: UUID | None = None) -> MoneyMonth:
    """The proposal by client. The same answer is given until the data change.

    Raises Denied without the right to kronor, PriceNotDefined and ParameterNotDefined as the proposal does.
    """
    require(by, Permission.KRONOR_READ)
    return _months.get((month, provider_id), lambda: _worked_out(month, by, provider_id), by=by)


def _worked_out(month: Month, by: Actor, provider_id: UUID | None) -> MoneyMonth:
    proposal = settlement_proposal(month=month, by=by, provider_id=provider_id)
    books = proposal.books
    sums = sums_by_client(books.atoms, lines=proposal.lines, rounding=books.rules.rounding)
    return MoneyMonth(proposal, {one.name.code: sums[one.name.code] for one in by_name(sums, by=by)})
