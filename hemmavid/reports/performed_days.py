"""When an intervention was first and last performed: what an ending or a day of effect is proposed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max, Min

from hemmavid.access.actors import Actor
from hemmavid.lib.clock import local_day
from hemmavid.visits.models import Status, Visit


@dataclass(frozen=True, slots=True)
class PerformedDays:
    """The first and last local day with a performed visit; None without one."""

    first: date | None
    last: date | None


def performed_days(client_id: UUID, unit_id: UUID, *, by: Actor) -> PerformedDays:
    """Of a client at a unit, as far as the actor sees (R296, R310). One query."""
    found = (
        Visit.objects.visible_to(by)
        .filter(client_id=client_id, unit_id=unit_id, status=Status.PERFORMED)
        .aggregate(first=Min("started_at"), last=Max("started_at"))
    )
    first, last = found["first"], found["last"]
    return PerformedDays(local_day(first) if first else None, local_day(last) if last else None)
