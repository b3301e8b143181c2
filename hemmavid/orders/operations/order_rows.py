"""What the operations of orders share: lock the row, see that nobody was faster, note the step."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from hemmavid.access.actors import Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.lib.clock import local
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.models import Order, OrderKind, OrderStatus, OrderStep, StepKind

LONGEST_REASON, LONGEST_NAME, LONGEST_PHONE = 500, 200, 40


class OrderRefused(ValueError):
    """The order cannot be written so; `code` says why, and is a word of the screen's table."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class OrderChangedMeanwhile(Exception):
    """Somebody else wrote first: `name` did `step` `at` that instant. Nothing of this write was kept."""

    def __init__(self, *, name: str, step: str, at: datetime | None) -> None:
        super().__init__(f"{name} {step}")
        self.name, self.step, self.at = name, step, at


class WrongState(Exception):
    """The order stands where this cannot be done: `status`."""

    def __init__(self, status: str) -> None:
        super().__init__(status)
        self.status = OrderStatus(status)


def locked_order(order_id: UUID, *, by: Actor, expected_revision: int | None = None) -> Order:
    """The order, locked for the transaction. Raises Order.DoesNotExist, OrderChangedMeanwhile."""
    order = (
        Order.objects.visible_to(by)
        .select_for_update(of=("self",))
        .select_related("unit__provider")
        .get(pk=order_id)
    )
    if expected_revision is not None and order.revision != expected_revision:
        raise _meanwhile(order)
    return order


def _meanwhile(order: Order) -> OrderChangedMeanwhile:
    last = order.steps.in_order().last()
    if last is None:
        return OrderChangedMeanwhile(name=order.officer_name, step="", at=None)
    return OrderChangedMeanwhile(name=last.by_name, step=last.get_step_display(), at=last.at)


def require_sender(order_kind: str, *, by: Actor, unit_id: UUID) -> None:
    """The officers send orders; whoever is on call sends those made on call (R354, JA2). Raises Denied."""
    if by.may(Permission.ORDER_SEND):
        return
    if order_kind != OrderKind.ON_CALL:
        raise Denied(Permission.ORDER_SEND)
    require(by, Permission.ON_CALL_GRANT)
    require(by, Permission.ORDER_ANSWER, unit_id)


def fitting(text: str, most: int) -> str:
    """The text without the space around it; OrderRefused `line_too_long` when the column cannot hold it."""
    stripped = text.strip()
    if len(stripped) > most:
        raise OrderRefused("line_too_long")
    return stripped


def require_state(order: Order, allowed: Collection[str]) -> None:
    """Raises WrongState unless the order stands in one of the states."""
    if order.status not in allowed:
        raise WrongState(order.status)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done, for the log. `unit_id` when a unit did it."""

    kind: StepKind
    text: str = ""
    version_number: int | None = None
    unit_id: UUID | None = None


def note(order: Order, step: Step, *, by: Actor, at: datetime) -> None:
    """Write the step in the order's log and the change in the client's."""
    OrderStep.objects.create(
        order=order,
        step=step.kind,
        version_number=step.version_number,
        unit_id=step.unit_id,
        text=step.text[:500],
        at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    record_changes([order.client_id], what="order", by=by, at=at)


def save(order: Order, *fields: str) -> None:
    """Store the fields, and count the write."""
    order.revision += 1
    order.save(update_fields=[*fields, "revision"])


def tell_unit(order: Order, kind: ThreadKind, subject: str, text: str, *, by: Actor, at: datetime) -> UUID:
    """A message from the authority to the unit's mailbox; its reading is receipted there (R011)."""
    new = NewThread(
        client_id=order.client_id,
        kind=kind,
        subject=subject,
        text=text,
        sender=Side(),
        receivers=(Side(order.unit_id),),
        about_id=order.pk,
    )
    return open_thread(new, by=by, at=at)


def new_code(at: datetime) -> str:
    """The next order's number: U2026-00017. Never given twice."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval('orders_order_number')")
        row = cursor.fetchone()
    return f"U{local(at).year}-{row[0]:05d}"
