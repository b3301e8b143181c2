"""The sentences of the orders a unit works by, as it reads them (R293)."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import OrderStatus, OrderVersion

IN_HAND = (OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT)


@dataclass(frozen=True, slots=True)
class OrderSentences:
    """The newest version of one order: its id, its unit, and what it says of frame time."""

    order_id: UUID
    unit_id: UUID
    sentences: tuple[str, ...]


def frame_time_sentences(client_id: UUID, *, by: Actor) -> tuple[OrderSentences, ...]:
    """The orders of frame time in hand for a client, each by its newest version. One query.

    Goals and needs only: not the minutes, nor what is ordered outside frame time.
    """
    rows = (
        OrderVersion.objects.visible_to(by)
        .filter(order__client_id=client_id, order__status__in=IN_HAND)
        .order_by("order__code", "order_id", "-number")
        .distinct("order__code", "order_id")
        .values_list("order_id", "order__unit_id", "content")
    )
    found = ((order_id, unit_id, OrderContent.from_stored(stored)) for order_id, unit_id, stored in rows)
    return tuple(
        OrderSentences(order_id, unit_id, _sentences(content))
        for order_id, unit_id, content in found
        if content.frame_minutes_per_week is not None
    )


def _sentences(content: OrderContent) -> tuple[str, ...]:
    kept = (line for line in content.lines() if line.key.startswith(("goal:", "need:", "other:")))
    return tuple(f"{line.heading}: {line.text}" for line in kept)
