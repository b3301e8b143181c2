"""From a decision to a sent order: drafted, checked, called about when late, and sent as a fixed version."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.cases.models import Decision
from hemmavid.cases.queries import OrderBasis, order_basis
from hemmavid.lib.clock import day_start, local_day
from hemmavid.orders.building import content_of
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import (
    LONGEST_OTHER,
    Answer,
    CalledWhom,
    CallOutcome,
    Order,
    OrderCall,
    OrderKind,
    OrderStatus,
    OrderVersion,
    ProviderChange,
    StepKind,
)
from hemmavid.orders.operations.leading import choose_lead_by_rule
from hemmavid.orders.operations.order_rows import (
    LONGEST_NAME,
    LONGEST_PHONE,
    OrderRefused,
    Step,
    fitting,
    locked_order,
    new_code,
    note,
    require_sender,
    require_state,
    save,
)
from hemmavid.organisations.models import ProviderKind, Unit
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.order_call import OrderCall as CallRule
from hemmavid.rules.order_call import call_before_start

DRAFTS = frozenset({OrderStatus.DRAFT, OrderStatus.ASKED, OrderStatus.DECLINED})


class CapacityNotChecked(Exception):
    """Nobody has asked the unit whether it can take the client (R048)."""


class CallMissing(Exception):
    """The order is sent late and starts soon: a call must be noted first (R248). `rule` says whom to call."""

    def __init__(self, rule: CallRule) -> None:
        super().__init__(rule.explanation.claim)
        self.rule = rule


class OnlyTheMunicipality(Exception):
    """The order holds interventions that only the municipality's own units perform (R142): `codes`."""

    def __init__(self, codes: tuple[str, ...]) -> None:
        super().__init__(", ".join(codes))
        self.codes = codes


@dataclass(frozen=True, slots=True)
class NewOrder:
    """What a draft is made from. `is_chosen`: the client chose the unit's provider (R050)."""

    decision_id: UUID
    unit_id: UUID
    starts_on: date
    kind: OrderKind = OrderKind.HOME_CARE
    other: str = ""
    is_chosen: bool = True
    replaces_id: UUID | None = None


@transaction.atomic
def draft_order(new: NewOrder, *, by: Actor, at: datetime) -> UUID:
    """Begin an order of a decision to a unit; its id. The unit sees nothing of it.

    Raises Denied, Decision.DoesNotExist, DecisionNotMade, OnlyTheMunicipality, OrderRefused
    `nothing_to_order`, `outside_decision`, `too_long`, `no_choice_is_municipal`.
    """
    require(by, Permission.ORDER_SEND)
    basis = order_basis(new.decision_id, on=new.starts_on, by=by)
    unit = Unit.objects.select_related("provider").get(pk=new.unit_id)
    checked_content(basis, new.kind, unit=unit, from_day=new.starts_on, other=new.other)
    _check_choice(unit, is_chosen=new.is_chosen)
    order = Order.objects.create(
        code=new_code(at),
        client_id=basis.client_id,
        decision_id=new.decision_id,
        unit=unit,
        kind=new.kind,
        starts_on=new.starts_on,
        ends_on=basis.period.end,
        other=new.other.strip(),
        is_chosen=new.is_chosen,
        officer_id=by.user_id,
        officer_name=by.name,
        replaces_id=new.replaces_id,
    )
    record_changes([order.client_id], what="order", by=by, at=at)
    return order.pk


@transaction.atomic
def change_draft(
    *,
    order_id: UUID,
    unit_id: UUID,
    starts_on: date,
    other: str,
    expected_revision: int,
    by: Actor,
    at: datetime,
) -> None:
    """Another unit, day or other text before anything is sent; a new unit must be asked anew.

    Raises as `draft_order`, and Order.DoesNotExist, OrderChangedMeanwhile, WrongState.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, DRAFTS)
    unit = Unit.objects.select_related("provider").get(pk=unit_id)
    basis = basis_of(order, on=starts_on, by=by)
    checked_content(basis, OrderKind(order.kind), unit=unit, from_day=starts_on, other=other)
    _check_choice(unit, is_chosen=order.is_chosen)
    if unit.pk != order.unit_id or starts_on != order.starts_on:
        order.inquiry, order.status = None, OrderStatus.DRAFT
    order.unit, order.starts_on, order.other = unit, starts_on, other.strip()
    save(order, "unit", "starts_on", "other", "inquiry", "status")
    record_changes([order.client_id], what="order", by=by, at=at)


@dataclass(frozen=True, slots=True)
class NewCall:
    """A call as it was made: to whom, on which number, whom one spoke with (empty: nobody answered)."""

    whom: CalledWhom
    phone: str
    spoke_with: str


@transaction.atomic
def log_call(call: NewCall, *, order_id: UUID, by: Actor, at: datetime) -> UUID:
    """Note that the receiving side was called, or could not be reached (R248); the call's id.

    Raises Denied, Order.DoesNotExist, OrderRefused `line_too_long`.
    """
    order = locked_order(order_id, by=by)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    spoke_with = fitting(call.spoke_with, LONGEST_NAME)
    made = OrderCall.objects.create(
        order=order,
        whom=call.whom,
        phone=fitting(call.phone, LONGEST_PHONE),
        outcome=CallOutcome.REACHED if spoke_with else CallOutcome.NOT_REACHED,
        spoke_with=spoke_with,
        called_at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    record_changes([order.client_id], what="order", by=by, at=at)
    return made.pk


@transaction.atomic
def send_order(*, order_id: UUID, expected_revision: int, by: Actor, at: datetime) -> None:
    """Send the draft as its first version: from now on the unit knows of the client.

    Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState, CapacityNotChecked, CallMissing,
    OnlyTheMunicipality, OrderRefused.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, {OrderStatus.DRAFT})
    require_capacity_check(order)
    require_call(order, starts_on=order.starts_on, at=at)
    basis = basis_of(order, on=order.starts_on, by=by)
    content = checked_content(
        basis, OrderKind(order.kind), unit=order.unit, from_day=order.starts_on, other=order.other
    )
    send_first_version(order, content, by=by, at=at)


@transaction.atomic
def send_on_call_order(new: NewOrder, *, by: Actor, at: datetime) -> UUID:
    """Send what was granted on call to a unit at once, without the check of capacity (R048, R354); its id.

    Whoever is on call is the one that is called after five (R250), so no call is asked for.
    Raises Denied, Decision.DoesNotExist, DecisionNotMade, OnlyTheMunicipality, OrderRefused as `draft_order`.
    """
    require_sender(OrderKind.ON_CALL, by=by, unit_id=new.unit_id)
    basis = order_basis(new.decision_id, on=new.starts_on, by=by)
    unit = Unit.objects.select_related("provider").get(pk=new.unit_id)
    content = checked_content(basis, OrderKind.ON_CALL, unit=unit, from_day=new.starts_on, other=new.other)
    order = Order.objects.create(
        code=new_code(at),
        client_id=basis.client_id,
        decision_id=new.decision_id,
        unit=unit,
        kind=OrderKind.ON_CALL,
        status=OrderStatus.SENT,
        sent_at=at,
        starts_on=new.starts_on,
        officer_id=by.user_id,
        officer_name=by.name,
    )
    send_first_version(order, content, by=by, at=at)
    return order.pk


def send_first_version(order: Order, content: OrderContent, *, by: Actor, at: datetime) -> None:
    """The order leaves the authority with this content. The caller has checked that it may."""
    order.status, order.sent_at, order.ends_on = OrderStatus.SENT, at, content.period.end
    save(order, "status", "sent_at", "ends_on")
    add_version(order, content, valid_from=order.starts_on, reason="", by=by, at=at)
    note(order, Step(StepKind.SENT, version_number=1), by=by, at=at)
    ProviderChange.objects.filter(next_order=order).update(next_unit_id=order.unit_id)
    choose_lead_by_rule(order.client_id, on=order.starts_on)


def add_version(
    order: Order, content: OrderContent, *, valid_from: date, reason: str, by: Actor, at: datetime
) -> int:
    """Store the next version of the order; its number. It never changes."""
    number = order.versions.count() + 1
    OrderVersion.objects.create(
        order=order,
        number=number,
        content=content.stored(),
        reason=reason,
        valid_from=valid_from,
        sent_at=at,
        sent_by_id=by.user_id,
        sent_by_name=by.name,
    )
    return number


def basis_of(order: Order, *, on: date, by: Actor) -> OrderBasis:
    """What the order's decision grants on the day. Raises Decision.DoesNotExist, DecisionNotMade."""
    if order.decision_id is None:
        raise Decision.DoesNotExist
    return order_basis(order.decision_id, on=on, by=by)


def checked_content(
    basis: OrderBasis, kind: OrderKind, *, unit: Unit, from_day: date, other: str
) -> OrderContent:
    """The recipient's part of the decision, refused when it cannot be ordered of the unit.

    Raises OnlyTheMunicipality, OrderRefused `outside_decision`, `nothing_to_order`, `too_long`.
    """
    if not basis.period.contains(from_day):
        raise OrderRefused("outside_decision")
    if len(other.strip()) > LONGEST_OTHER:
        raise OrderRefused("too_long")
    content = content_of(basis, kind, from_day=from_day, other=other)
    if not (content.areas or content.interventions):
        raise OrderRefused("nothing_to_order")
    codes = {one.code for one in content.interventions}
    forbidden = tuple(sorted(codes & set(basis.municipal_only)))
    if forbidden and unit.provider.kind != ProviderKind.MUNICIPAL:
        raise OnlyTheMunicipality(forbidden)
    return content


def _check_choice(unit: Unit, *, is_chosen: bool) -> None:
    """No choice means the municipality's own (R050)."""
    if not is_chosen and unit.provider.kind != ProviderKind.MUNICIPAL:
        raise OrderRefused("no_choice_is_municipal")


def require_capacity_check(order: Order) -> None:
    """Raises CapacityNotChecked unless the unit has said that it can, or the order is made on call (R048)."""
    inquiry = order.inquiry
    has_accepted = inquiry is not None and inquiry.answer == Answer.ACCEPTED
    if order.kind != OrderKind.ON_CALL and not has_accepted:
        raise CapacityNotChecked


def call_rule(*, starts_on: date, at: datetime) -> CallRule:
    """Whether an order sent now and starting on the day needs a call, and to whom (R248, A6)."""
    return call_before_start(sent_at=at, starts_on=starts_on, parameters=parameters_in_use())


def require_call(order: Order, *, starts_on: date, at: datetime) -> None:
    """Raises CallMissing when a call is needed and none of today, since the last sending, is noted."""
    rule = call_rule(starts_on=starts_on, at=at)
    if not rule.is_required:
        return
    since = day_start(local_day(at))
    last = order.versions.order_by("-number").values_list("sent_at", flat=True).first()
    if last is not None:
        since = max(since, last)
    if not order.calls.filter(called_at__gte=since).exists():
        raise CallMissing(rule)
