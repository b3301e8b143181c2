"""From the month's figures down to the client, the row and the visits behind it (R070, R082, R201)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import HALF_UP, Rounding
from hemmavid.lib.swedish import sort_key
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client
from hemmavid.people.naming import ClientName
from hemmavid.people.queries import client_names
from hemmavid.rules.hours_statement import StatementRow, statement_rows, statement_total
from hemmavid.settlement.month import Atom
from hemmavid.settlement.proposal import NO_HOURS, ProposalLine
from hemmavid.visits.client_visits import VisitRow, VisitSpan, visits_of_client


@dataclass(frozen=True, slots=True)
class ClientSums:
    """One client's part of a month, without a name; all clients' parts add up to the month's figures.

    `figures` sum the client's rows; `paid_hours` and `amount` its settlement lines, care plan included.
    Without lines, as for someone who may not see kronor, `amount` is None.
    """

    figures: StatementRow
    atoms: tuple[Atom, ...]
    lines: tuple[ProposalLine, ...]
    paid_hours: Decimal
    amount: Money | None
    rounding: Rounding

    @property
    def rows(self) -> tuple[StatementRow, ...]:
        """The client's rows, one an intervention; worked out when asked for."""
        return tuple(statement_rows((atom.line for atom in self.atoms), self.rounding))


@dataclass(frozen=True, slots=True)
class ClientMonth(ClientSums):
    """The part of a client that the reader may call by name."""

    name: ClientName


def clients_of_statement(
    atoms: Iterable[Atom],
    *,
    by: Actor,
    lines: Iterable[ProposalLine] | None = None,
    rounding: Rounding = HALF_UP,
) -> list[ClientMonth]:
    """Every client with a row or a line in the month, by name; protected people last, by code. One query.

    `atoms` are those of a `StatementView` or of a proposal's `books`; `lines` those of the proposal.
    """
    return by_name(sums_by_client(atoms, lines=lines, rounding=rounding), by=by)


def sums_by_client(
    atoms: Iterable[Atom], *, lines: Iterable[ProposalLine] | None = None, rounding: Rounding = HALF_UP
) -> dict[str, ClientSums]:
    """What each client's atoms and lines add up to, by the client's code."""
    own_atoms: defaultdict[str, list[Atom]] = defaultdict(list)
    for atom in atoms:
        own_atoms[atom.client.code].append(atom)
    own_lines: defaultdict[str, list[ProposalLine]] = defaultdict(list)
    for line in lines or ():
        own_lines[line.client.code].append(line)
    return {
        code: _sums(own_atoms[code], None if lines is None else own_lines[code], rounding)
        for code in sorted(own_atoms.keys() | own_lines.keys())
    }


def by_name(sums: Mapping[str, ClientSums], *, by: Actor) -> list[ClientMonth]:
    """The clients the actor may see, by name; protected people last, by code. One query."""
    names = client_names(sums.keys(), by=by)
    found = [_named(sums[code], name) for code, name in names.items()]
    return sorted(found, key=lambda one: _name_order(one.name))


def visits_behind(
    *, month: Month, unit_id: UUID, client_id: UUID, intervention: str, by: Actor
) -> list[VisitRow]:
    """The visits of one row of one client, each with why it counts or not. Two queries.

    Raises Denied without the right to hours at the unit; a client out of reach has no visits.
    """
    require(by, Permission.HOURS_READ, unit_id)
    deaths = Client.objects.visible_to(by).filter(pk=client_id).order_by("pk")
    return visits_of_client(
        VisitSpan(client_id, month.period, unit_id, intervention),
        by=by,
        parameters=parameters_in_use(),
        deceased_on=deaths.values_list("deceased_on", flat=True).first(),
    )


def _sums(atoms: list[Atom], lines: list[ProposalLine] | None, rounding: Rounding) -> ClientSums:
    return ClientSums(
        figures=statement_total([atom.line for atom in atoms], rounding),
        atoms=tuple(atoms),
        lines=tuple(lines or ()),
        paid_hours=sum((line.hours for line in lines or ()), NO_HOURS),
        amount=None if lines is None else Money.total(line.amount for line in lines),
        rounding=rounding,
    )


def _named(sums: ClientSums, name: ClientName) -> ClientMonth:
    return ClientMonth(
        figures=sums.figures,
        atoms=sums.atoms,
        lines=sums.lines,
        paid_hours=sums.paid_hours,
        amount=sums.amount,
        rounding=sums.rounding,
        name=name,
    )


def _name_order(name: ClientName) -> tuple[object, ...]:
    if name.is_protected:
        return True, (name.code, ""), ("", ""), name.code
    return False, sort_key(name.family), sort_key(name.given), name.code
