"""What the first screen tells: the month so far in a few figures, and which clients need somebody's eye."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.remembered import Remembered
from hemmavid.lib.periods import Month
from hemmavid.reports.hours_statement import hours_statement
from hemmavid.reports.weekly_hours import WeekHours, weekly_hours
from hemmavid.rules.hours_statement import StatementRow
from hemmavid.settlement.month import Atom


@dataclass(frozen=True, slots=True)
class MonthOverview:
    """A month of the actor's units. `wrong` and `unused` are clients; the ids are for links, never shown."""

    month: Month
    total: StatementRow
    clients: int
    wrong: frozenset[UUID]
    unused: frozenset[UUID]
    as_of: datetime | None


_overviews: Remembered[MonthOverview] = Remembered()
_weeks: Remembered[tuple[WeekHours, ...]] = Remembered()


def month_overview(month: Month, *, by: Actor, unit_id: UUID | None = None) -> MonthOverview:
    """The month's sums and the clients to look at, from the lines of the hours statement. Seven queries.

    `wrong`: some visit was tagged as a visit kind though the client has frame time (R082). `unused`: granted
    time within LOV, not absent the whole month, and no visit that counts. The same answer is given until
    the data change. Raises Denied without the right to hours.
    """
    require(by, Permission.HOURS_READ)
    return _overviews.get((month, unit_id), lambda: _overview(month, by, unit_id), by=by)


def recent_weeks(*, until: date, by: Actor) -> tuple[WeekHours, ...]:
    """The weeks of `weekly_hours` over everything the actor reaches. The same until the data change."""
    require(by, Permission.HOURS_READ)
    return _weeks.get(until, lambda: tuple(weekly_hours(until=until, by=by)), by=by)


def _overview(month: Month, by: Actor, unit_id: UUID | None) -> MonthOverview:
    view = hours_statement(month=month, by=by, unit_id=unit_id)
    return MonthOverview(
        month=month,
        total=view.total,
        clients=len({atom.client.client_id for atom in view.atoms}),
        wrong=frozenset(atom.client.client_id for atom in view.atoms if atom.line.wrong_intervention),
        unused=_unused(view.atoms),
        as_of=view.as_of,
    )


def _unused(atoms: Iterable[Atom]) -> frozenset[UUID]:
    granted: defaultdict[UUID, Decimal] = defaultdict(Decimal)
    visits: defaultdict[UUID, int] = defaultdict(int)
    for atom in atoms:
        granted[atom.client.client_id] += atom.line.granted_lov_hours
        visits[atom.client.client_id] += atom.line.visits
    return frozenset(client_id for client_id, hours in granted.items() if hours and not visits[client_id])
