"""An unclear order is asked about at its sentence, and stays open until both sides agree (R269, FB3)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.messages.operations import NewThread, Side, agree, open_thread, reply
from hemmavid.orders.content import LONGEST_ANCHOR
from hemmavid.orders.models import Order
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.orders.operations.versions import current_content


@transaction.atomic
def ask_about_order(*, order_id: UUID, text: str, by: Actor, at: datetime, anchor: str = "") -> UUID:
    """Ask the other side about the order, at one of its sentences or as a whole; the thread's id.

    Raises Denied, Order.DoesNotExist, OrderVersion.DoesNotExist, MessageRefused, OrderRefused
    `unknown_sentence`.
    """
    order = Order.objects.visible_to(by).get(pk=order_id)
    if anchor and anchor not in {line.text for line in current_content(order).lines()}:
        raise OrderRefused("unknown_sentence")
    sender, receiver = sides_of(order, by=by)
    new = NewThread(
        client_id=order.client_id,
        kind=ThreadKind.CLARIFICATION,
        subject=f"Otydligt uppdrag {order.code}",
        text=text,
        sender=sender,
        receivers=(receiver,),
        about_id=order.pk,
        anchor=anchor[:LONGEST_ANCHOR],
    )
    return open_thread(new, by=by, at=at)


@transaction.atomic
def answer_about_order(*, thread_id: UUID, order_id: UUID, text: str, by: Actor, at: datetime) -> None:
    """Write in a thread about the order. Raises Denied, DoesNotExist, ThreadClosed, MessageRefused."""
    order = _order_of(thread_id, order_id, by=by)
    reply(thread_id=thread_id, sender=sides_of(order, by=by)[0], text=text, by=by, at=at)


@transaction.atomic
def agree_about_order(*, thread_id: UUID, order_id: UUID, by: Actor, at: datetime) -> bool:
    """Say that the matter is clear; true when both sides have (R269). Raises as `answer_about_order`."""
    order = _order_of(thread_id, order_id, by=by)
    return agree(thread_id=thread_id, side=sides_of(order, by=by)[0], by=by, at=at)


def sides_of(order: Order, *, by: Actor) -> tuple[Side, Side]:
    """The actor's own side of the order, and the other. Raises Denied for whoever has none."""
    if by.may(Permission.ORDER_ANSWER, order.unit_id):
        return Side(order.unit_id), Side()
    require(by, Permission.MESSAGE_WRITE)
    require(by, Permission.CASE_READ)
    return Side(), Side(order.unit_id)


def _order_of(thread_id: UUID, order_id: UUID, *, by: Actor) -> Order:
    Thread.objects.visible_to(by).get(pk=thread_id, about_id=order_id)
    return Order.objects.visible_to(by).get(pk=order_id)
