"""Who leads when several units serve one client (R224), and when they may write to each other (R225)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import SYSTEM, Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.audit.operations import record_changes
from hemmavid.lib.clock import local_day
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import CoordinationConsent, Order, OrderStatus
from hemmavid.orders.operations.order_rows import OrderRefused, locked_order
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.provider_choice import ProviderOrder, lead_provider

RUNNING = (OrderStatus.SENT, OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT)


class NoConsent(Exception):
    """The client has not agreed that the two providers talk with each other (R225, R397)."""


def choose_lead_by_rule(client_id: UUID, *, on: date) -> None:
    """Mark the order whose unit leads the cooperation: that of personal care, unless overruled (R224).

    All the client's running orders count, also of units that the actor does not see: so the house looks.
    """
    with scoped(SYSTEM):
        orders = list(
            Order.objects.filter(client_id=client_id, status__in=RUNNING).order_by("starts_on", "code")
        )
        overruled = next((order.code for order in orders if order.is_lead_chosen), "")
        found = lead_provider(
            [ProviderOrder(order.code, order.starts_on, _codes_of(order)) for order in orders],
            overruled_by=overruled,
            on=on,
            parameters=parameters_in_use(),
        )
        for order in orders:
            if order.is_lead != (order.code == found.provider):
                Order.objects.filter(pk=order.pk).update(is_lead=order.code == found.provider)


def _codes_of(order: Order) -> frozenset[str]:
    stored = order.versions.order_by("-number").values_list("content", flat=True).first()
    return OrderContent.from_stored(stored).codes if stored else frozenset()


@transaction.atomic
def choose_lead(*, order_id: UUID, by: Actor, at: datetime) -> None:
    """The officer says which unit leads, whatever the rule says (R224). Raises Denied, Order.DoesNotExist."""
    require(by, Permission.ORDER_SEND)
    order = locked_order(order_id, by=by)
    Order.objects.filter(client_id=order.client_id).update(is_lead_chosen=False)
    Order.objects.filter(pk=order.pk).update(is_lead_chosen=True)
    choose_lead_by_rule(order.client_id, on=local_day(at))
    record_changes([order.client_id], what="order", by=by, at=at)


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What the client has agreed to: for what, and until when."""

    purpose: str
    given_on: date
    ends_on: date
    is_written: bool = False


@transaction.atomic
def record_consent(new: NewConsent, *, order_id: UUID, other_order_id: UUID, by: Actor, at: datetime) -> UUID:
    """Record that two units of one client may talk with each other about a purpose (R225, R398); its id.

    Raises Denied, Order.DoesNotExist, OrderRefused `no_purpose`, `no_end`, `other_client`.
    """
    require(by, Permission.ORDER_SEND)
    order, other = locked_order(order_id, by=by), locked_order(other_order_id, by=by)
    if not new.purpose.strip():
        raise OrderRefused("no_purpose")
    if new.ends_on <= new.given_on:
        raise OrderRefused("no_end")
    if order.client_id != other.client_id or order.unit_id == other.unit_id:
        raise OrderRefused("other_client")
    consent = CoordinationConsent.objects.create(
        order=order,
        other_order=other,
        purpose=new.purpose.strip(),
        given_on=new.given_on,
        ends_on=new.ends_on,
        is_written=new.is_written,
        recorded_at=at,
        recorded_by_name=by.name,
    )
    record_changes([order.client_id], what="consent", by=by, at=at)
    return consent.pk


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, by: Actor, at: datetime) -> None:
    """The client no longer agrees. Raises Denied, CoordinationConsent.DoesNotExist."""
    require(by, Permission.ORDER_SEND)
    consent = CoordinationConsent.objects.visible_to(by).select_related("order").get(pk=consent_id)
    if consent.withdrawn_at is None:
        consent.withdrawn_at = at
        consent.save(update_fields=["withdrawn_at"])
        record_changes([consent.order.client_id], what="consent", by=by, at=at)


@transaction.atomic
def write_to_other_unit(*, consent_id: UUID, order_id: UUID, text: str, by: Actor, at: datetime) -> UUID:
    """Open a thread from the unit of one order to the other's, within a consent that holds; its id.

    Raises Denied, CoordinationConsent.DoesNotExist, Order.DoesNotExist, NoConsent, MessageRefused.
    """
    consent = CoordinationConsent.objects.visible_to(by).get(pk=consent_id)
    today = local_day(at)
    if consent.withdrawn_at is not None or not consent.given_on <= today < consent.ends_on:
        raise NoConsent
    if order_id not in (consent.order_id, consent.other_order_id):
        raise NoConsent
    order = Order.objects.visible_to(by).get(pk=order_id)
    if not by.may(Permission.ORDER_ANSWER, order.unit_id):
        raise Denied(Permission.ORDER_ANSWER)
    other_id = consent.other_order_id if order_id == consent.order_id else consent.order_id
    with scoped(SYSTEM):
        receiver = Order.objects.values_list("unit_id", flat=True).get(pk=other_id)
    new = NewThread(
        client_id=order.client_id,
        kind=ThreadKind.COORDINATION,
        subject=consent.purpose,
        text=text,
        sender=Side(order.unit_id),
        receivers=(Side(receiver),),
        about_id=order.pk,
    )
    return open_thread(new, by=by, at=at)
