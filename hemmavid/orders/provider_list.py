"""The providers a client may choose between, with facts and in no order of preference (R050, sweden.md 1.1).

The list is alphabetical, and begins at a place that the client's own key decides: no provider gains from its
name, and a client who looks again finds the same list.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib.swedish import sort_key
from hemmavid.orders.models import CapacityStop, Order, OrderKind
from hemmavid.organisations.queries import units_by_id
from hemmavid.rules.prices import ProviderKind

KIND_WORDS = {ProviderKind.MUNICIPAL: "Kommunens egen regi", ProviderKind.PRIVATE: "Privat utförare"}


@dataclass(frozen=True, slots=True)
class UnitToChoose:
    """A unit as the client is told of it. `stopped_until`: takes no new clients until then."""

    unit_id: UUID
    unit: str
    provider: str
    kind: str
    is_municipal: bool
    has_stop: bool
    stopped_until: date | None


def units_to_choose(client_id: UUID, *, on: date, by: Actor) -> list[UnitToChoose]:
    """Every unit, in the client's own neutral order. Two queries. Raises Denied."""
    require(by, Permission.ORDER_SEND)
    stops = {
        stop.unit_id: stop.period.upper
        for stop in CapacityStop.objects.visible_to(by).filter(period__contains=on).order_by("pk")
    }
    rows = [
        UnitToChoose(
            unit_id=unit.unit_id,
            unit=unit.name,
            provider=unit.provider.name,
            kind=KIND_WORDS[unit.provider.kind],
            is_municipal=unit.provider.kind is ProviderKind.MUNICIPAL,
            has_stop=unit.unit_id in stops,
            stopped_until=stops.get(unit.unit_id),
        )
        for unit in units_by_id().values()
    ]
    rows.sort(key=lambda row: (sort_key(row.provider), sort_key(row.unit)))
    return rotated(rows, client_id)


def likely_next_unit(order_id: UUID, kind: OrderKind, *, by: Actor) -> UUID | None:
    """Where an order that moves most likely goes: back to where it came from, else to who has such orders.

    To the discharge team: the unit that was last sent one. None when neither is known. At most two queries.
    """
    require(by, Permission.ORDER_SEND)
    orders = Order.objects.visible_to(by)
    came_from = orders.filter(replaced_by=order_id, kind=kind).values_list("unit_id", flat=True)
    found: UUID | None = came_from.order_by("pk").first()
    if found is None and kind is OrderKind.DISCHARGE_TEAM:
        sent = orders.filter(kind=kind, sent_at__isnull=False).order_by("-sent_at", "pk")
        found = sent.values_list("unit_id", flat=True).first()
    return found


def rotated(rows: list[UnitToChoose], client_id: UUID) -> list[UnitToChoose]:
    """The alphabetical list, begun at the client's own place."""
    start = client_id.int % len(rows) if rows else 0
    return rows[start:] + rows[:start]
