"""What waits for the officers in the orders: what rings unanswered, endings to confirm, questions out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.orders.models import Inquiry
from hemmavid.orders.order_lists import EndingRow, OrderRow, endings_to_confirm, late_orders


@dataclass(frozen=True, slots=True)
class OpenInquiry:
    """A unit has been asked whether it can take a client, and has not answered. `is_late`: past its time."""

    inquiry_id: UUID
    order_id: UUID | None
    unit: str
    starts_on: date
    asked_by: str
    due_at: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class OfficersQueue:
    """The three queues, each with what has waited longest first."""

    late_orders: tuple[OrderRow, ...]
    endings: tuple[EndingRow, ...]
    inquiries: tuple[OpenInquiry, ...]

    @property
    def total(self) -> int:
        """How much waits."""
        return len(self.late_orders) + len(self.endings) + len(self.inquiries)


def officers_queue(*, at: datetime, by: Actor) -> OfficersQueue:
    """What waits in the orders for the authority; endings for whoever has them confirmed.

    Three queries, whatever the length. Raises Denied.
    """
    require(by, Permission.ORDER_READ)
    endings = endings_to_confirm(by=by) if by.may(Permission.ORDER_SEND) else []
    return OfficersQueue(tuple(late_orders(at=at, by=by)), tuple(endings), tuple(_open_inquiries(at, by)))


def _open_inquiries(at: datetime, by: Actor) -> list[OpenInquiry]:
    rows = Inquiry.objects.visible_to(by).filter(answer="", is_by_phone=False).order_by("due_at", "pk")
    fields = ("pk", "orders__pk", "unit__name", "starts_on", "asked_by_name", "due_at")
    return [
        OpenInquiry(pk, order_id, unit, starts_on, asked_by, due_at, is_late=due_at < at)
        for pk, order_id, unit, starts_on, asked_by, due_at in rows.values_list(*fields)
    ]
