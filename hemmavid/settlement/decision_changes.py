"""A running decision changed or ended, and every order of it with it: one transaction, or nothing at all.

The only code that calls `cases.operations` to change what a decision in force grants. Each order that the
change concerns gets other grants from the day, its unit a message (R252), and billing a correction when a
month is locked (R299-R309). When one order cannot follow, the decision does not change either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Generic, TypeVar
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.models import Decision, EndingConfirmation
from hemmavid.cases.operations import changing, ending
from hemmavid.cases.operations.changing import ExtentChanged, ExtentRequest
from hemmavid.cases.operations.ending import Confirmed, Ended, Ending
from hemmavid.cases.operations.revision import Seen
from hemmavid.lib.periods import ONE_DAY
from hemmavid.messages.operations import MessageRefused
from hemmavid.orders.models import BillingCorrection, CorrectionCause
from hemmavid.orders.operations.endings import WouldLeaveGap
from hemmavid.orders.operations.following import Concerned, plan_of, sent_orders
from hemmavid.orders.operations.order_rows import OrderChangedMeanwhile, OrderRefused, WrongState
from hemmavid.orders.operations.sending import CallMissing, OnlyTheMunicipality
from hemmavid.settlement import order_changes
from hemmavid.settlement.previews import Change, TwoSidedPreview, two_sided_preview

Result = TypeVar("Result")
UNWRITTEN = "…"
"""Stands for a text that is not written yet, in a preview."""

_REFUSALS = (
    OrderRefused,
    OrderChangedMeanwhile,
    WrongState,
    WouldLeaveGap,
    CallMissing,
    OnlyTheMunicipality,
    MessageRefused,
)


class OrderCannotFollow(Exception):
    """The order `code` at `unit` cannot take the change, so nothing is stored; `because` is the refusal."""

    def __init__(self, order: Concerned, because: Exception) -> None:
        super().__init__(f"{order.code}: {because}")
        self.code, self.unit, self.because = order.code, order.unit, because


@dataclass(frozen=True, slots=True)
class Told:
    """An order that followed the decision, and its unit, which got the message."""

    order_id: UUID
    code: str
    unit: str


@dataclass(frozen=True, slots=True)
class Carried(Generic[Result]):
    """What came of the change: in the decision, and in the orders. `corrections`: written for billing."""

    decision: Result
    told: tuple[Told, ...]
    corrections: int


def change_extent(
    request: ExtentRequest, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> Carried[ExtentChanged]:
    """As `cases.operations.changing.change_extent`, carried to every order of the decision.

    Raises as that, and OrderCannotFollow.
    """
    way = _Way(decision_id, request.valid_from, request.message, CorrectionCause.VERSION)
    return _carried(
        way, lambda: changing.change_extent(request, decision_id, seen, by=by, at=at), by=by, at=at
    )


def end_granted(end: Ending, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> Carried[Ended]:
    """As `cases.operations.ending.end_granted`, carried to every order of the decision.

    Raises as that, and OrderCannotFollow.
    """
    way = _Way(decision_id, end.last_day + ONE_DAY, end.message, CorrectionCause.ENDING)
    return _carried(way, lambda: ending.end_granted(end, decision_id, seen, by=by, at=at), by=by, at=at)


def confirm_ending(
    confirmed: Confirmed, confirmation_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> Carried[Ended]:
    """As `cases.operations.ending.confirm_ending`, carried to every order of the decision.

    Raises as that, and OrderCannotFollow.
    """
    tasks = EndingConfirmation.objects.visible_to(by)
    task = tasks.get(pk=confirmation_id, case_id=seen.case_id)
    way = _Way(task.decision_id, task.ended_from, task.message, CorrectionCause.ENDING)
    return _carried(
        way, lambda: ending.confirm_ending(confirmed, confirmation_id, seen, by=by, at=at), by=by, at=at
    )


def preview_extent(
    request: ExtentRequest, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> TwoSidedPreview:
    """What the change of extent does to frame time and to pay. Nothing is stored.

    Raises as `change_extent`, except that no text needs to be written yet.
    """
    written = replace(request, why=request.why or UNWRITTEN, message=request.message or UNWRITTEN)
    way = _Way(decision_id, request.valid_from, written.message, CorrectionCause.VERSION)
    return _preview(
        way, lambda: changing.change_extent(written, decision_id, seen, by=by, at=at), by=by, at=at
    )


def preview_ending(end: Ending, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> TwoSidedPreview:
    """What the ending does to frame time and to pay, once confirmed. Nothing is stored.

    Raises as `end_granted`, except that no text needs to be written and nothing be confirmed yet.
    """
    written = replace(
        end,
        why=end.why or UNWRITTEN,
        message=end.message or UNWRITTEN,
        confirmed_how=end.confirmed_how or UNWRITTEN,
    )
    way = _Way(decision_id, end.last_day + ONE_DAY, written.message, CorrectionCause.ENDING)
    return _preview(way, lambda: ending.end_granted(written, decision_id, seen, by=by, at=at), by=by, at=at)


@dataclass(frozen=True, slots=True)
class _Way:
    """Which decision's orders a change goes to, from which day, and what their units are told."""

    decision_id: UUID
    from_day: date
    message: str
    cause: CorrectionCause


@transaction.atomic
def _carried(way: _Way, change: Callable[[], Result], *, by: Actor, at: datetime) -> Carried[Result]:
    orders = sent_orders(way.decision_id, from_day=way.from_day, by=by)
    result = change()
    told = tuple(_followed(orders, way, by=by, at=at))
    written = (
        BillingCorrection.objects.visible_to(by)
        .filter(order_id__in=[one.order_id for one in told], registered_at=at)
        .count()
    )
    return Carried(result, told, written)


def _followed(orders: list[Concerned], way: _Way, *, by: Actor, at: datetime) -> Iterator[Told]:
    for order in orders:
        try:
            is_told = order_changes.follow_decision(order, way.message, cause=way.cause, by=by, at=at)
        except _REFUSALS as refused:
            raise OrderCannotFollow(order, refused) from refused
        if is_told:
            yield Told(order.order_id, order.code, order.unit)


def _preview(way: _Way, change: Callable[[], object], *, by: Actor, at: datetime) -> TwoSidedPreview:
    """The change is made and unmade: what is refused is refused here too, and the figures are those."""
    client_id = Decision.objects.visible_to(by).values_list("client_id", flat=True).get(pk=way.decision_id)
    with _unmade():
        orders = sent_orders(way.decision_id, from_day=way.from_day, by=by)
        change()
        plan = plan_of(orders, from_day=way.from_day, by=by)
        list(_followed(orders, way, by=by, at=at))
    return two_sided_preview(Change(client_id, plan), by=by, at=at)


@contextmanager
def _unmade() -> Iterator[None]:
    """Whatever is written within is as if it never was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
