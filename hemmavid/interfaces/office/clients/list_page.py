"""The list of clients, as the address asks for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address, rows_asked_for
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.lib.periods import Month
from hemmavid.orders.client_orders import away_on, not_in_effect
from hemmavid.organisations.queries import UnitFacts
from hemmavid.reports.overview import month_overview
from hemmavid.visits.client_list import ClientFilter, ClientPage, Status, client_list
from hemmavid.visits.client_visits import clients_with_unapproved

ROWS_AT_A_TIME, MOST_ROWS = 50, 1000
STATUS_LABELS = {Status.CURRENT: "Aktuella", Status.ENDED: "Avslutade", Status.ALL: "Alla"}


class Choice(StrEnum):
    """What may need somebody's eye."""

    UNAPPROVED = "att-godkanna"
    WRONG = "fel-insats"
    UNUSED = "utan-besok"
    AWAY = "franvarande"
    WAITING = "ej-verkstalld"


CHOICE_LABELS = {
    Choice.UNAPPROVED: "Besök att godkänna",
    Choice.WRONG: "Fel insats taggad",
    Choice.UNUSED: "Beviljad tid men inga besök",
    Choice.AWAY: "Frånvarande idag",
    Choice.WAITING: "Beslut som inte är verkställda",
}


OF_A_MONTH = frozenset({Choice.UNAPPROVED, Choice.WRONG, Choice.UNUSED})


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    status: Status
    unit: UnitFacts | None
    choice: Choice | None
    month: Month
    limit: int

    @property
    def kept(self) -> dict[str, object]:
        """The address again, without the number of rows."""
        return {
            "enhet": self.unit.code if self.unit else "",
            "status": "" if self.status is Status.CURRENT else self.status.value,
            "urval": self.choice.value if self.choice else "",
            "manad": self.month if self.choice in OF_A_MONTH else "",
        }


def asked(request: OfficeRequest, units: list[UnitFacts]) -> Asked:
    """From the address; what it does not say, or says wrong, is as when the page is first opened."""
    query = request.GET
    status = next((one for one in Status if one.value == query.get("status")), Status.CURRENT)
    running = Month.of_instant(request.now)
    return Asked(
        status=status,
        unit=places.chosen_unit(units, query.get("enhet", "")),
        choice=next((one for one in Choice if one.value == query.get("urval")), None),
        month=places.month_with_rules(query.get("manad", ""), running),
        limit=rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS),
    )


def clients_of(wanted: Asked, request: OfficeRequest) -> ClientPage:
    """The rows. Those pointed out by a report may have ended since, so their status is not narrowed."""
    day = clock.local_day(request.now)
    narrowed = ClientFilter(wanted.status, wanted.unit.unit_id if wanted.unit else None)
    if wanted.choice is not None:
        only = _pointed_out(wanted, request)
        status = Status.ALL if wanted.status is Status.CURRENT else wanted.status
        narrowed = ClientFilter(status, narrowed.unit_id, only)
    return client_list(narrowed, on=day, limit=wanted.limit, by=request.actor)


def _pointed_out(wanted: Asked, request: OfficeRequest) -> frozenset[UUID]:
    by, day = request.actor, clock.local_day(request.now)
    unit_id = wanted.unit.unit_id if wanted.unit else None
    if wanted.choice is Choice.AWAY:
        return frozenset(row.client.client_id for row in away_on(day, by=by))
    if wanted.choice is Choice.WAITING:
        return frozenset(row.client.client_id for row in not_in_effect(on=day, by=by))
    if wanted.choice is Choice.UNAPPROVED:
        return clients_with_unapproved(wanted.month, by=by)
    overview = month_overview(wanted.month, by=by, unit_id=unit_id)
    return overview.wrong if wanted.choice is Choice.WRONG else overview.unused


def status_chips(wanted: Asked) -> list[Chip]:
    """Aktuella, Avslutade, Alla."""
    return [
        Chip(
            label,
            address({**wanted.kept, "status": "" if status is Status.CURRENT else status.value}),
            is_chosen=status is wanted.status,
        )
        for status, label in STATUS_LABELS.items()
    ]


def choice_chips(wanted: Asked) -> list[Chip]:
    """What to look at; the chosen one leads back out."""
    return [
        Chip(
            f"{label} ×" if choice is wanted.choice else label,
            address({**wanted.kept, "urval": "" if choice is wanted.choice else choice.value}),
            is_chosen=choice is wanted.choice,
        )
        for choice, label in CHOICE_LABELS.items()
    ]


def units_to_choose(by: Actor) -> list[UnitFacts]:
    """The units whose clients the person may read."""
    return places.units_within(Permission.CLIENT_READ, by=by)
