"""Which unit performs a client's frame time on a day."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.orders.models import Grant
from hemmavid.rules.interventions import FRAME_TIME


def performing_units(*, on: date, by: Actor) -> dict[UUID, UUID]:
    """The unit with most frame time in effect on the day, by client. One query."""
    rows = (
        Grant.objects.visible_to(by)
        .filter(intervention=FRAME_TIME, period__contains=on, in_effect__contains=on)
        .order_by("client_id", "minutes", "unit__code")
        .values_list("client_id", "unit_id")
    )
    return dict(rows)
