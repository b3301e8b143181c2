"""What the address of the hours statement asks for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hemmavid.access.policy import Permission
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import rows_asked_for
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import UnitFacts
from hemmavid.people.naming import ClientName
from hemmavid.people.queries import client_name
from hemmavid.rules.interventions import LOV_CODES

ROWS_AT_A_TIME, MOST_ROWS = 50, 5000


@dataclass(frozen=True, slots=True)
class AskedStatement:
    """The filters of the address, and the calendar they move in."""

    calendar: places.Calendar
    month: Month
    units: list[UnitFacts]
    unit: UnitFacts | None
    client: ClientName | None
    intervention: str | None
    limit: int

    @property
    def unit_id(self) -> UUID | None:
        """The unit narrowed to, if any."""
        return self.unit.unit_id if self.unit else None

    @property
    def client_id(self) -> UUID | None:
        """The client narrowed to, if any."""
        return self.client.client_id if self.client else None

    @property
    def kept(self) -> dict[str, object]:
        """The address again, without the number of rows."""
        return {
            "manad": self.month,
            "enhet": self.unit.code if self.unit else "",
            "brukare": self.client_id or "",
            "insats": self.intervention or "",
        }


def asked_statement(request: OfficeRequest) -> AskedStatement:
    """From the address. A client outside the person's area raises `Client.DoesNotExist`; an unknown unit,
    month or intervention is as when nothing is asked for."""
    query, by = request.GET, request.actor
    calendar = places.calendar(at=request.now, by=by)
    units = places.units_within(Permission.HOURS_READ, by=by)
    client_id = _uuid(query.get("brukare", ""))
    intervention = query.get("insats", "")
    return AskedStatement(
        calendar=calendar,
        month=places.month_with_rules(query.get("manad", ""), calendar.last_whole),
        units=units,
        unit=places.chosen_unit(units, query.get("enhet", "")),
        client=client_name(client_id, by=by) if client_id else None,
        intervention=intervention if intervention in LOV_CODES else None,
        limit=rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS),
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
