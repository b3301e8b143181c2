"""The unit opens the order, receives it, and puts its interventions into effect."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import SYSTEM, Actor, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.lib.clock import local_day
from hemmavid.lib.swedish import long_date
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.messages.operations import Side, mark_read
from hemmavid.orders.content import OrderContent, Wanted
from hemmavid.orders.grant_plan import GrantPlan, Whose, effect_plan, ended_plan, wanted_plan
from hemmavid.orders.grant_writes import carry_out, grants_of_clients_units, grants_of_order
from hemmavid.orders.models import (
    SENT_STATUSES,
    ChangeStatus,
    Order,
    OrderReading,
    OrderStatus,
    OrderStep,
    OrderVersion,
    ProviderChange,
    StepKind,
)
from hemmavid.orders.operations.leading import choose_lead_by_rule
from hemmavid.orders.operations.order_rows import (
    OrderRefused,
    Step,
    locked_order,
    note,
    require_state,
    save,
)
from hemmavid.rules.interventions import label_of

RECEIVED = frozenset({OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT})


class OrderAlreadyAcknowledged(Exception):
    """`name` has received the order `at` that instant; it is received once."""

    def __init__(self, *, name: str, at: datetime | None) -> None:
        super().__init__(name)
        self.name, self.at = name, at


@transaction.atomic
def read_order(*, order_id: UUID, by: Actor, at: datetime) -> bool:
    """Note that the newest version is open before the reader; whether the unit had not opened it before.

    The unit's first opening of a version is a step of the order, and receipts the message about it (R011).
    Raises Order.DoesNotExist.
    """
    order = Order.objects.visible_to(by).get(pk=order_id)
    version = order.versions.order_by("-number").first()
    if version is None or by.user_id is None:
        return False
    OrderReading.objects.bulk_create(
        [OrderReading(version=version, order=order, user_id=by.user_id, read_at=at)], ignore_conflicts=True
    )
    if not by.may(Permission.ORDER_ANSWER, order.unit_id):
        return False
    return _read_by_unit(order, version, by=by, at=at)


def _read_by_unit(order: Order, version: OrderVersion, *, by: Actor, at: datetime) -> bool:
    if order.steps.filter(step=StepKind.READ, version_number=version.number).exists():
        return False
    step = OrderStep(
        order=order,
        step=StepKind.READ,
        version_number=version.number,
        unit_id=order.unit_id,
        at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    OrderStep.objects.bulk_create([step], ignore_conflicts=True)
    Order.objects.filter(pk=order.pk, read_at__isnull=True).update(read_at=at)
    told = Thread.objects.visible_to(by).filter(
        about_id=order.pk, kind=ThreadKind.NEW_VERSION, unit_ids__contains=[order.unit_id]
    )
    for thread_id in told.order_by("pk").values_list("pk", flat=True):
        mark_read(thread_id=thread_id, side=Side(order.unit_id), by=by, at=at)
    return True


@transaction.atomic
def acknowledge_order(*, order_id: UUID, by: Actor, at: datetime) -> None:
    """The unit receives the order; its grants are made. The only code that moves SENT → ACKNOWLEDGED.

    Of two who do it at once one wins and the other is told who and when. When the order takes over from
    another unit's, that unit's grants end the day before this one's begin (R227).
    Raises Denied, Order.DoesNotExist, OrderAlreadyAcknowledged, WrongState.
    """
    order = locked_order(order_id, by=by)
    require(by, Permission.ORDER_ANSWER, order.unit_id)
    if order.status in RECEIVED:
        raise OrderAlreadyAcknowledged(name=order.acknowledged_by_name, at=order.acknowledged_at)
    require_state(order, {OrderStatus.SENT})
    order.status, order.acknowledged_at, order.acknowledged_by_name = OrderStatus.ACKNOWLEDGED, at, by.name
    save(order, "status", "acknowledged_at", "acknowledged_by_name")
    note(order, Step(StepKind.ACKNOWLEDGED, unit_id=order.unit_id), by=by, at=at)
    with scoped(SYSTEM):
        if order.replaces_id is not None:
            _take_over(order, order.replaces_id, at=at)
        else:
            carry_out(receipt_plan(order), order=order, at=at)
            _keep_status(order)


def receipt_plan(order: Order) -> GrantPlan:
    """The grants that the order makes when it is received: each version's from its day on."""
    wanted = wanted_of(order)
    earlier = grants_of_clients_units(order.client_id, [order.unit_id])
    codes = {one.intervention for one in wanted}
    return wanted_plan(
        [grant for grant in earlier if grant.intervention in codes],
        wanted,
        from_day=order.starts_on,
        whose=Whose(order.unit_id, order.client_id),
    )


def wanted_of(order: Order) -> list[Wanted]:
    """What the order's versions want granted over time: each holds until the next one's day."""
    versions = list(order.versions.order_by("number"))
    wanted: list[Wanted] = []
    for version in versions:
        wanted = [_until(one, version.valid_from) for one in wanted if one.period.start < version.valid_from]
        wanted += OrderContent.from_stored(version.content).grants
    return wanted


def _until(one: Wanted, day: date) -> Wanted:
    end = day if one.period.end is None else min(one.period.end, day)
    return replace(one, period=replace(one.period, end=end))


def takeover_plan(order: Order, leaving: Order, *, day: date) -> GrantPlan:
    """From the day the unit that leaves is granted nothing more, and the next what its order says (R227).

    What was in effect goes on without a break, at the new unit: the client is served every day, and each
    day is paid to whoever performs it.
    """
    left = tuple(grants_of_order(leaving))
    own = grants_of_clients_units(order.client_id, [order.unit_id])
    wanted = wanted_of(order)
    codes = {one.intervention for one in wanted}
    return ended_plan(left, from_day=day) + wanted_plan(
        [grant for grant in own if grant.intervention in codes],
        wanted,
        from_day=day,
        whose=Whose(order.unit_id, order.client_id, takes_over=left),
    )


def _take_over(order: Order, leaving_id: UUID, *, at: datetime) -> None:
    leaving = Order.objects.select_for_update(of=("self",)).get(pk=leaving_id)
    day = max(order.starts_on, local_day(at))
    carry_out(takeover_plan(order, leaving, day=day), order=order, at=at)
    leaving.status, leaving.ends_on = OrderStatus.ENDED, max(day, leaving.starts_on)
    save(leaving, "status", "ends_on")
    house = replace(SYSTEM, name=order.unit.name)
    note(leaving, Step(StepKind.MOVED, f"Nästa utförare tar över {long_date(day)}"), by=house, at=at)
    ProviderChange.objects.filter(next_order=order).update(status=ChangeStatus.DONE, done_on=day)
    _keep_status(order)
    choose_lead_by_rule(order.client_id, on=day)


@transaction.atomic
def put_into_effect(
    effects: Mapping[str, date], *, order_id: UUID, by: Actor, at: datetime, is_weighed: bool = False
) -> None:
    """Each intervention is in effect from its first performed day (R183, R310, A27); a new day corrects it.

    Raises Denied, Order.DoesNotExist, WrongState, OrderRefused `unknown_intervention`, `in_the_future`,
    `before_start`, and LateChange when it is too late and not weighed (R304).
    """
    order = locked_order(order_id, by=by)
    require(by, Permission.ORDER_ANSWER, order.unit_id)
    require_state(order, RECEIVED)
    plan = effects_plan(order, effects, today=local_day(at))
    carry_out(plan, order=order, at=at, is_weighed=is_weighed)
    told = ", ".join(f"{label_of(code)} {day.isoformat()}" for code, day in sorted(effects.items()))
    _keep_status(order)
    note(order, Step(StepKind.IN_EFFECT, told, unit_id=order.unit_id), by=by, at=at)


def effects_plan(order: Order, effects: Mapping[str, date], *, today: date) -> GrantPlan:
    """What putting interventions into effect makes of the grants. Raises OrderRefused."""
    stored = grants_of_order(order)
    plan = GrantPlan(today)
    for code, day in sorted(effects.items()):
        own = [grant for grant in stored if grant.intervention == code]
        if not own:
            raise OrderRefused("unknown_intervention")
        if day > today:
            raise OrderRefused("in_the_future")
        if day < min(grant.facts.period.start for grant in own):
            raise OrderRefused("before_start")
        plan += effect_plan(own, since=day)
    return plan


def _keep_status(order: Order) -> None:
    """In effect when every intervention that is granted is; received until then (R330)."""
    if order.status not in SENT_STATUSES or order.status == OrderStatus.ENDED:
        return
    grants = grants_of_order(order)
    is_whole = bool(grants) and all(grant.facts.in_effect for grant in grants)
    status = OrderStatus.IN_EFFECT if is_whole else OrderStatus.ACKNOWLEDGED
    if status != order.status:
        order.status = status
        save(order, "status")
