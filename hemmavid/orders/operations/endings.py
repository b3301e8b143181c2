"""An order, or a part of it, ends: told by the unit, confirmed with the client by the officer (R295-R298)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.lib.swedish import long_date
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.grant_plan import GrantPlan, effect_plan, ended_plan
from hemmavid.orders.grant_writes import carry_out, grants_of_order
from hemmavid.orders.models import (
    Ending,
    EndingReason,
    EndingStatus,
    Order,
    OrderStatus,
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
    tell_unit,
)
from hemmavid.rules.interventions import INTERVENTIONS

RUNNING = frozenset({OrderStatus.SENT, OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT})
NEEDS_NO_CONFIRMATION = frozenset({EndingReason.DEATH, EndingReason.NEVER_STARTED, EndingReason.DECISION})


class EndingAlreadyAnswered(Exception):
    """`name` has answered the ending `at` that instant."""

    def __init__(self, *, name: str, at: datetime | None) -> None:
        super().__init__(name)
        self.name, self.at = name, at


class WouldLeaveGap(Exception):
    """Another unit is to take over and has not receipted: whoever leaves performs until then (R227)."""


@dataclass(frozen=True, slots=True)
class NewEnding:
    """What ends, and when it was last performed. No `interventions`: the whole order."""

    last_day: date
    reason: EndingReason
    text: str = ""
    interventions: tuple[str, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """With whom the ending was confirmed, how and when (R297)."""

    with_whom: str = ""
    how: str = ""
    on: date | None = None


@transaction.atomic
def report_ending(new: NewEnding, *, order_id: UUID, by: Actor, at: datetime) -> UUID:
    """The unit tells the authority that an intervention has ended, and when it was last performed (R296).

    Nothing ends by this: the officer has it confirmed first. The ending's id.
    Raises Denied, Order.DoesNotExist, WrongState, OrderRefused `before_start`, `unknown_intervention`.
    """
    order = locked_order(order_id, by=by)
    require(by, Permission.ORDER_ANSWER, order.unit_id)
    require_state(order, RUNNING)
    _check(new, order)
    ending = _store(new, order, unit_id=order.unit_id, by=by, at=at)
    text = f"Senast utfört {long_date(new.last_day)}. {ending.get_reason_display()}. {new.text}".strip()
    note(order, Step(StepKind.REPORTED, text, unit_id=order.unit_id), by=by, at=at)
    open_thread(
        NewThread(
            client_id=order.client_id,
            kind=ThreadKind.ENDING,
            subject=f"Avslut av uppdrag {order.code}",
            text=text,
            sender=Side(order.unit_id),
            receivers=(Side(),),
            about_id=order.pk,
        ),
        by=by,
        at=at,
    )
    return ending.pk


@transaction.atomic
def end_order(
    new: NewEnding,
    confirmation: Confirmation,
    *,
    order_id: UUID,
    expected_revision: int,
    by: Actor,
    at: datetime,
    is_weighed: bool = False,
) -> UUID:
    """The officer ends the order or a part of it, back in time if so it was (R298); the ending's id.

    Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState, WouldLeaveGap, OrderRefused
    `not_confirmed`, `before_start`, `unknown_intervention`, LateChange when it is too late and not weighed.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require(by, Permission.ORDER_SEND)
    require_state(order, RUNNING)
    _check(new, order)
    ending = _store(new, order, unit_id=None, by=by, at=at)
    _confirm(ending, order, confirmation, by=by, at=at, is_weighed=is_weighed)
    return ending.pk


@transaction.atomic
def confirm_ending(
    confirmation: Confirmation,
    *,
    ending_id: UUID,
    last_day: date,
    by: Actor,
    at: datetime,
    is_weighed: bool = False,
) -> None:
    """What the unit told is confirmed with the client and holds; the officer may mend the day.

    Raises Denied, Ending.DoesNotExist, EndingAlreadyAnswered and as `end_order`.
    """
    require(by, Permission.ORDER_SEND)
    ending, order = _locked_ending(ending_id, by=by)
    require_state(order, RUNNING)
    ending.last_day = last_day
    _check(_as_new(ending), order)
    _confirm(ending, order, confirmation, by=by, at=at, is_weighed=is_weighed)


@transaction.atomic
def refuse_ending(*, ending_id: UUID, why: str, by: Actor, at: datetime) -> None:
    """The client goes on with the support; the unit is told why. Raises as `confirm_ending`, `no_reason`."""
    require(by, Permission.ORDER_SEND)
    ending, order = _locked_ending(ending_id, by=by)
    if not why.strip():
        raise OrderRefused("no_reason")
    ending.status, ending.answered_at, ending.confirmed_by_name = EndingStatus.REFUSED, at, by.name
    ending.revision += 1
    ending.save(update_fields=["status", "answered_at", "confirmed_by_name", "revision"])
    tell_unit(order, ThreadKind.ENDING, f"Uppdrag {order.code} avslutas inte", why, by=by, at=at)


def _locked_ending(ending_id: UUID, *, by: Actor) -> tuple[Ending, Order]:
    ending = Ending.objects.visible_to(by).select_for_update(of=("self",)).get(pk=ending_id)
    if ending.status != EndingStatus.REPORTED:
        raise EndingAlreadyAnswered(name=ending.confirmed_by_name, at=ending.answered_at)
    return ending, locked_order(ending.order_id, by=by)


def _as_new(ending: Ending) -> NewEnding:
    codes = tuple(ending.interventions)
    return NewEnding(ending.last_day, EndingReason(ending.reason), ending.text, codes)


def _check(new: NewEnding, order: Order) -> None:
    if new.last_day < order.starts_on - ONE_DAY:
        raise OrderRefused("before_start")
    if not set(new.interventions) <= INTERVENTIONS.keys():
        raise OrderRefused("unknown_intervention")


def _store(new: NewEnding, order: Order, *, unit_id: UUID | None, by: Actor, at: datetime) -> Ending:
    return Ending.objects.create(
        order=order,
        last_day=new.last_day,
        interventions=list(new.interventions),
        reason=new.reason,
        text=new.text.strip(),
        reported_at=at,
        reported_by_name=by.name,
        unit_id=unit_id,
    )


def _confirm(
    ending: Ending,
    order: Order,
    confirmation: Confirmation,
    *,
    by: Actor,
    at: datetime,
    is_weighed: bool,
) -> None:
    is_death = ending.reason == EndingReason.DEATH
    if ending.reason not in NEEDS_NO_CONFIRMATION and not (
        confirmation.with_whom.strip() and confirmation.on
    ):
        raise OrderRefused("not_confirmed")
    if not ending.interventions and not is_death and _is_awaited(order):
        raise WouldLeaveGap
    carry_out(ending_plan(order, _as_new(ending)), order=order, at=at, is_weighed=is_weighed)
    ending.status, ending.answered_at = EndingStatus.CONFIRMED, at
    ending.confirmed_on, ending.confirmed_with = confirmation.on, confirmation.with_whom.strip()
    ending.confirmed_how, ending.confirmed_by_name = confirmation.how.strip(), by.name
    ending.revision += 1
    ending.save()
    close_order(order, ending, by=by, at=at)
    if not is_death:
        _tell_of_ending(order, ending, by=by, at=at)


def _is_awaited(order: Order) -> bool:
    """Whether another unit's order is on its way to take over and has not been received."""
    waiting = order.replaced_by.exclude(status__in=(OrderStatus.DECLINED, OrderStatus.ENDED))
    return waiting.filter(acknowledged_at__isnull=True).exists()


def ending_plan(order: Order, new: NewEnding) -> GrantPlan:
    """What the ending makes of the order's grants: none from the day after, or never in effect (R305)."""
    stored = grants_of_order(order)
    codes = frozenset(new.interventions) or None
    chosen = [grant for grant in stored if codes is None or grant.intervention in codes]
    if new.reason is EndingReason.NEVER_STARTED:
        undone = effect_plan(chosen, since=None)
        if undone:
            return undone
    return ended_plan(chosen, from_day=new.last_day + ONE_DAY)


def close_order(order: Order, ending: Ending, *, by: Actor, at: datetime) -> None:
    """The order is over when all of it ends; a part leaves it running."""
    text = f"{ending.get_reason_display()}, till och med {long_date(ending.last_day)}"
    if ending.interventions:
        save(order)
        note(order, Step(StepKind.ENDED, f"En del: {text}"), by=by, at=at)
        return
    order.status, order.ends_on = OrderStatus.ENDED, max(ending.last_day + ONE_DAY, order.starts_on)
    save(order, "status", "ends_on")
    note(order, Step(StepKind.ENDED, text), by=by, at=at)
    choose_lead_by_rule(order.client_id, on=local_day(at))


def _tell_of_ending(order: Order, ending: Ending, *, by: Actor, at: datetime) -> None:
    text = f"{ending.get_reason_display()}. Sista dag {long_date(ending.last_day)}. {ending.text}".strip()
    tell_unit(order, ThreadKind.ENDING, f"Uppdrag {order.code} avslutas", text, by=by, at=at)
