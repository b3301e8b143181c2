"""A unit is asked before it knows of whom, and answers; it registers when it takes no new clients."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.orders.models import Answer, CapacityStop, Inquiry, Order, OrderStatus, StepKind
from hemmavid.orders.operations.order_rows import (
    LONGEST_NAME,
    LONGEST_REASON,
    OrderRefused,
    Step,
    fitting,
    locked_order,
    note,
    require_sender,
    require_state,
    save,
)
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules import order_answer
from hemmavid.rules.order_answer import MayDecline, answer_due, may_decline


class InquiryAlreadyAnswered(Exception):
    """`name` answered `at` that instant; the answer stands."""

    def __init__(self, *, name: str, at: datetime) -> None:
        super().__init__(name)
        self.name, self.at = name, at


class DeclineRefused(Exception):
    """The unit may not decline: no capacity stop is in force (R048, A25). `ground` explains."""

    def __init__(self, ground: MayDecline) -> None:
        super().__init__(ground.explanation.claim)
        self.ground = ground


@dataclass(frozen=True, slots=True)
class Question:
    """What the unit is told: how much, of what, about where and from when. No name, no address (R047)."""

    minutes_per_week: int
    area: str = ""
    interventions: tuple[str, ...] = field(default_factory=tuple)


@transaction.atomic
def ask_unit(*, order_id: UUID, question: Question, expected_revision: int, by: Actor, at: datetime) -> UUID:
    """Ask the unit of a draft whether it can take a new client; the inquiry's id. 24 hours to answer (R047).

    Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, {OrderStatus.DRAFT, OrderStatus.DECLINED})
    inquiry = _inquiry(order, question, by=by, at=at)
    order.inquiry, order.status = inquiry, OrderStatus.ASKED
    save(order, "inquiry", "status")
    note(order, Step(StepKind.ASKED), by=by, at=at)
    return inquiry.pk


@transaction.atomic
def record_phone_check(
    *, order_id: UUID, question: Question, spoke_with: str, expected_revision: int, by: Actor, at: datetime
) -> UUID:
    """Write down that the unit said on the phone that it can take the client (R048); the inquiry's id.

    Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState, OrderRefused `no_name`,
    `line_too_long`.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, {OrderStatus.DRAFT, OrderStatus.ASKED, OrderStatus.DECLINED})
    name = fitting(spoke_with, LONGEST_NAME)
    if not name:
        raise OrderRefused("no_name")
    inquiry = _inquiry(order, question, by=by, at=at)
    inquiry.answer, inquiry.answered_at = Answer.ACCEPTED, at
    inquiry.answered_by_name, inquiry.is_by_phone = name, True
    inquiry.save(update_fields=["answer", "answered_at", "answered_by_name", "is_by_phone"])
    order.inquiry, order.status = inquiry, OrderStatus.DRAFT
    save(order, "inquiry", "status")
    note(order, Step(StepKind.ACCEPTED, f"Per telefon: {name}"), by=by, at=at)
    return inquiry.pk


def _inquiry(order: Order, question: Question, *, by: Actor, at: datetime) -> Inquiry:
    return Inquiry.objects.create(
        unit_id=order.unit_id,
        starts_on=order.starts_on,
        area=question.area,
        minutes_per_week=question.minutes_per_week,
        interventions=list(question.interventions),
        asked_at=at,
        due_at=answer_due(at, parameters=parameters_in_use()).due_at,
        asked_by_name=by.name,
    )


@transaction.atomic
def answer_inquiry(*, inquiry_id: UUID, answer: Answer, reason: str, by: Actor, at: datetime) -> None:
    """The unit accepts, or declines with a registered capacity stop in force (R048, A25).

    Raises Denied, Inquiry.DoesNotExist, InquiryAlreadyAnswered, DeclineRefused, OrderRefused `no_reason`,
    `line_too_long`.
    """
    inquiry = Inquiry.objects.visible_to(by).select_for_update(of=("self",)).get(pk=inquiry_id)
    require(by, Permission.ORDER_ANSWER, inquiry.unit_id)
    if inquiry.answered_at is not None:
        raise InquiryAlreadyAnswered(name=inquiry.answered_by_name, at=inquiry.answered_at)
    if answer is Answer.DECLINED:
        _check_decline(inquiry.unit_id, reason, on=local_day(at), by=by)
    inquiry.answer, inquiry.reason = answer, fitting(reason, LONGEST_REASON)
    inquiry.answered_at, inquiry.answered_by_name = at, by.name
    inquiry.revision += 1
    inquiry.save(update_fields=["answer", "reason", "answered_at", "answered_by_name", "revision"])
    _bring_home(inquiry, by=by, at=at)


def _bring_home(inquiry: Inquiry, *, by: Actor, at: datetime) -> None:
    """The draft that asked learns of the answer. It is not for the unit's eyes, so the house writes it."""
    has_accepted = inquiry.answer == Answer.ACCEPTED
    kind = StepKind.ACCEPTED if has_accepted else StepKind.DECLINED
    with scoped(SYSTEM):
        for order in Order.objects.filter(inquiry=inquiry, status=OrderStatus.ASKED).order_by("pk"):
            order.status = OrderStatus.DRAFT if has_accepted else OrderStatus.DECLINED
            save(order, "status")
            house = replace(SYSTEM, name=by.name)
            note(order, Step(kind, inquiry.reason, unit_id=inquiry.unit_id), by=house, at=at)


def _check_decline(unit_id: UUID, reason: str, *, on: date, by: Actor) -> None:
    if not reason.strip():
        raise OrderRefused("no_reason")
    ground = decline_ground(unit_id, on=on, by=by)
    if not ground:
        raise DeclineRefused(ground)


def decline_ground(unit_id: UUID, *, on: date, by: Actor) -> MayDecline:
    """Whether the unit may decline on the day, and why. One query."""
    stop = (
        CapacityStop.objects.visible_to(by)
        .filter(unit_id=unit_id, period__contains=on)
        .order_by("pk")
        .first()
    )
    known = order_answer.CapacityStop(Period(stop.period.lower, stop.period.upper)) if stop else None
    return may_decline(stop=known, on=on, parameters=parameters_in_use())


@transaction.atomic
def set_capacity_stop(
    *, unit_id: UUID, first: date, last: date | None, reason: str, by: Actor, at: datetime
) -> UUID:
    """Register that the unit takes no new clients from one day through another (None: until ended).

    Raises Denied, OrderRefused `no_reason`, `ends_before_start`, `stop_in_the_past`, `stop_overlaps`.
    """
    require(by, Permission.CAPACITY_SET, unit_id)
    if not reason.strip():
        raise OrderRefused("no_reason")
    if last is not None and last < first:
        raise OrderRefused("ends_before_start")
    if first < local_day(at):
        raise OrderRefused("stop_in_the_past")
    period = DateRange(first, None if last is None else last + ONE_DAY)
    if CapacityStop.objects.visible_to(by).filter(unit_id=unit_id, period__overlap=period).exists():
        raise OrderRefused("stop_overlaps")
    stop = CapacityStop.objects.create(
        unit_id=unit_id,
        period=period,
        reason=reason.strip(),
        set_at=at,
        set_by_name=by.name,
    )
    return stop.pk


@transaction.atomic
def end_capacity_stop(*, stop_id: UUID, by: Actor, at: datetime) -> None:
    """From tomorrow the unit takes clients again; a stop that has not begun ends on its first day.

    Raises Denied, CapacityStop.DoesNotExist.
    """
    stop = CapacityStop.objects.visible_to(by).select_for_update(of=("self",)).get(pk=stop_id)
    require(by, Permission.CAPACITY_SET, stop.unit_id)
    end = max(local_day(at), stop.period.lower) + ONE_DAY
    if stop.period.upper is None or stop.period.upper > end:
        stop.period = DateRange(stop.period.lower, end)
        stop.save(update_fields=["period"])
