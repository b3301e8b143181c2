"""Another provider, or the discharge team for a time: who leaves goes on until the next has receipted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.cases.queries import order_basis
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import moment
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import (
    ChangeStatus,
    HandoverItem,
    HandoverKind,
    ItemKind,
    Order,
    OrderKind,
    ProviderChange,
    StepKind,
    TeamMove,
)
from hemmavid.orders.operations.order_rows import (
    LONGEST_REASON,
    OrderRefused,
    Step,
    fitting,
    locked_order,
    new_code,
    note,
    require_state,
    tell_unit,
)
from hemmavid.orders.operations.receiving import RECEIVED
from hemmavid.orders.operations.sending import NewOrder, checked_content, draft_order, send_first_version
from hemmavid.orders.operations.versions import current_content
from hemmavid.organisations.models import Unit
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules import handover
from hemmavid.rules.handover import HandoverNotice, fault_of, handover_notice


class HandoverNotReceipted(Exception):
    """Something of the hand-over is neither receipted nor explained: `kinds` (R007)."""

    def __init__(self, kinds: tuple[str, ...]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = kinds


class LateHandover(Exception):
    """The hand-over was told too late, and no first case officer has agreed to it (R363, R364, R368)."""

    def __init__(self, notice: HandoverNotice) -> None:
        super().__init__(notice.explanation.claim)
        self.notice = notice


@dataclass(frozen=True, slots=True)
class NewChange:
    """A wish to change provider: whose, to which unit, from which day. Not chosen: the municipality."""

    unit_id: UUID
    starts_on: date
    requested_on: date
    requested_by: str
    is_chosen: bool = True


@transaction.atomic
def change_provider(new: NewChange, *, order_id: UUID, by: Actor, at: datetime) -> UUID:
    """Register the change and draft the next order, of the same decision; the change's id (R050).

    The leaving unit goes on until the next has received (R227), and gets its hand-over checklist now.
    Raises Denied, Order.DoesNotExist, WrongState, OrderRefused `same_unit`, `no_name`, `no_decision` and
    those of `draft_order`.
    """
    require(by, Permission.ORDER_SEND)
    order = locked_order(order_id, by=by)
    require_state(order, RECEIVED)
    if new.unit_id == order.unit_id:
        raise OrderRefused("same_unit")
    if not new.requested_by.strip():
        raise OrderRefused("no_name")
    if order.decision_id is None:
        raise OrderRefused("no_decision")
    draft = _next_draft(order, order.decision_id, new)
    change = ProviderChange.objects.create(
        client_id=order.client_id,
        order=order,
        next_order_id=draft_order(draft, by=by, at=at),
        leaving_unit_id=order.unit_id,
        status=ChangeStatus.PLANNED,
        requested_on=new.requested_on,
        requested_by=new.requested_by.strip(),
        is_chosen=new.is_chosen,
        planned_on=new.starts_on,
        registered_at=at,
        registered_by_name=by.name,
    )
    HandoverItem.objects.bulk_create(HandoverItem(change=change, kind=kind) for kind in ItemKind)
    record_changes([order.client_id], what="order", by=by, at=at)
    return change.pk


def _next_draft(order: Order, decision_id: UUID, new: NewChange) -> NewOrder:
    return NewOrder(
        decision_id=decision_id,
        unit_id=new.unit_id,
        starts_on=new.starts_on,
        kind=OrderKind(order.kind),
        other=current_content(order).other,
        is_chosen=new.is_chosen,
        replaces_id=order.pk,
    )


@transaction.atomic
def sign_item(*, item_id: UUID, by: Actor, at: datetime) -> None:
    """The leaving unit signs that it has given, the next that it has received; each for itself (R007, R055).

    Raises Denied, HandoverItem.DoesNotExist, OrderRefused `not_given_yet`, `signed_already`.
    """
    item = _item(item_id, by=by)
    change = item.change
    if by.may(Permission.ORDER_ANSWER, change.leaving_unit_id) and item.given_at is None:
        item.given_at, item.given_by_name = at, by.name
        item.save(update_fields=["given_at", "given_by_name"])
    elif change.next_unit_id and by.may(Permission.ORDER_ANSWER, change.next_unit_id):
        if item.given_at is None:
            raise OrderRefused("not_given_yet")
        if item.received_at is not None:
            raise OrderRefused("signed_already")
        item.received_at, item.received_by_name = at, by.name
        item.save(update_fields=["received_at", "received_by_name"])
    elif by.may(Permission.ORDER_ANSWER, change.leaving_unit_id):
        raise OrderRefused("signed_already")
    else:
        raise Denied(Permission.ORDER_ANSWER)
    record_changes([change.client_id], what="handover", by=by, at=at)


@transaction.atomic
def explain_item(*, item_id: UUID, reason: str, by: Actor, at: datetime) -> None:
    """Say why something is not handed over, such as that there is no key (R007). Raises as `sign_item`."""
    item = _item(item_id, by=by)
    change = item.change
    sides = [unit for unit in (change.leaving_unit_id, change.next_unit_id) if unit]
    if not (by.may(Permission.ORDER_SEND) or any(by.may(Permission.ORDER_ANSWER, unit) for unit in sides)):
        raise Denied(Permission.ORDER_ANSWER)
    said = fitting(reason, LONGEST_REASON)
    if not said:
        raise OrderRefused("no_reason")
    item.reason, item.reason_by_name = said, by.name
    item.save(update_fields=["reason", "reason_by_name"])
    record_changes([change.client_id], what="handover", by=by, at=at)


def _item(item_id: UUID, *, by: Actor) -> HandoverItem:
    items = HandoverItem.objects.visible_to(by).select_for_update(of=("self",)).select_related("change")
    return items.get(pk=item_id)


@transaction.atomic
def close_change(*, change_id: UUID, by: Actor, at: datetime) -> None:
    """The change is over: done, and everything handed over or explained (R007).

    Raises Denied, ProviderChange.DoesNotExist, OrderRefused `not_done`, HandoverNotReceipted.
    """
    require(by, Permission.ORDER_SEND)
    change = ProviderChange.objects.visible_to(by).select_for_update(of=("self",)).get(pk=change_id)
    if change.status != ChangeStatus.DONE:
        raise OrderRefused("not_done")
    open_items = change.items.filter(reason="", received_at__isnull=True).order_by("kind")
    kinds = tuple(item.get_kind_display() for item in open_items)
    if kinds:
        raise HandoverNotReceipted(kinds)
    change.status = ChangeStatus.CLOSED
    change.save(update_fields=["status"])
    record_changes([change.client_id], what="handover", by=by, at=at)


@dataclass(frozen=True, slots=True)
class NewMove:
    """A move to the discharge team or from it: to whom, when, told when, and who agreed if that was too late.

    `decision_id`: the home care decision that follows a simplified one; None: the order moves as it is.
    """

    unit_id: UUID
    to_kind: OrderKind
    handover_at: datetime
    told_at: datetime
    kind: HandoverKind
    decision_id: UUID | None = None
    first_case_officer: str = ""
    planned_return_on: date | None = None
    needs_contact: bool = False
    note: str = ""


@transaction.atomic
def move_order(new: NewMove, *, order_id: UUID, expected_revision: int, by: Actor, at: datetime) -> UUID:
    """Move the order to another unit with its history; it is sent anew and must be receipted (R370, R372).

    Whoever leaves is paid through the day before the next has both started and receipted, by the day.
    The next order's id. Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState, LateHandover,
    OrderRefused `same_unit`, `other_decision` and those of `draft_order`.
    """
    require(by, Permission.ORDER_SEND)
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_state(order, RECEIVED)
    if new.unit_id == order.unit_id:
        raise OrderRefused("same_unit")
    notice = notice_of(new)
    if fault_of(notice, first_case_officer=new.first_case_officer) is not None:
        raise LateHandover(notice)
    content = moved_content(order, new, by=by)
    following = _sent_order(order, new, content, by=by, at=at)
    TeamMove.objects.create(
        order=order,
        next_order=following,
        kind=new.kind,
        told_at=new.told_at,
        handover_at=new.handover_at,
        planned_return_on=new.planned_return_on,
        needs_contact=new.needs_contact,
        note=new.note.strip(),
        first_case_officer=new.first_case_officer.strip(),
        is_in_time=notice.is_in_time,
        registered_at=at,
        registered_by_name=by.name,
    )
    note(order, Step(StepKind.MOVED, f"Flyttas {moment(new.handover_at)}"), by=by, at=at)
    text = f"Uppdraget lämnas över {moment(new.handover_at)}. Fortsätt tills nästa utförare har tagit emot."
    tell_unit(order, ThreadKind.HANDOVER, f"Uppdrag {order.code} flyttas", text, by=by, at=at)
    return following.pk


def notice_of(new: NewMove) -> HandoverNotice:
    """Whether the move is told in time: two working days before, or 24 hours (R363, R368)."""
    return handover_notice(
        kind=handover.HandoverKind(new.kind.value),
        told_at=new.told_at,
        handover_at=new.handover_at,
        parameters=parameters_in_use(),
    )


def moved_content(order: Order, new: NewMove, *, by: Actor) -> OrderContent:
    """What the order says at the unit it moves to. Raises as `move_order`."""
    day = local_day(new.handover_at)
    current = current_content(order)
    if new.decision_id is not None:
        unit = Unit.objects.select_related("provider").get(pk=new.unit_id)
        basis = order_basis(new.decision_id, on=day, by=by)
        if basis.client_id != order.client_id:
            raise OrderRefused("other_decision")
        return checked_content(basis, new.to_kind, unit=unit, from_day=day, other=current.other)
    period = current.period.overlap(Period(day))
    if period is None:
        raise OrderRefused("outside_decision")
    ahead = [(one, one.period.overlap(period)) for one in current.grants]
    grants = tuple(replace(one, period=within) for one, within in ahead if within is not None)
    return replace(current, kind=new.to_kind.value, period=period, grants=grants)


def _sent_order(order: Order, new: NewMove, content: OrderContent, *, by: Actor, at: datetime) -> Order:
    following = Order.objects.create(
        code=new_code(at),
        client_id=order.client_id,
        decision_id=new.decision_id or order.decision_id,
        unit=Unit.objects.select_related("provider").get(pk=new.unit_id),
        kind=new.to_kind,
        starts_on=local_day(new.handover_at),
        officer_id=by.user_id,
        officer_name=by.name,
        replaces=order,
    )
    send_first_version(following, content, by=by, at=at)
    return following


@transaction.atomic
def ask_for_move(*, order_id: UUID, text: str, by: Actor, at: datetime) -> UUID:
    """The unit asks that another takes over, or says that it can hand over (R362, R371); the thread's id.

    Raises Denied, Order.DoesNotExist, MessageRefused.
    """
    order = Order.objects.visible_to(by).get(pk=order_id)
    require(by, Permission.ORDER_ANSWER, order.unit_id)
    new = NewThread(
        client_id=order.client_id,
        kind=ThreadKind.HANDOVER,
        subject=f"Överlämning av uppdrag {order.code}",
        text=text,
        sender=Side(order.unit_id),
        receivers=(Side(),),
        about_id=order.pk,
    )
    return open_thread(new, by=by, at=at)
