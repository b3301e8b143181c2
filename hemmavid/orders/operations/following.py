"""Orders follow their decision: what it grants from a day on is what every unit performs and is paid for.

The orders are read before the decision changes and follow it after, in the same transaction: each one that
the change concerns gets other grants from the day, and its unit a message (R252), or nothing happens at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from hemmavid.access.actors import Actor
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.lib.swedish import long_date
from hemmavid.messages.models import LONGEST_TEXT as LONGEST_MESSAGE
from hemmavid.messages.models import ThreadKind
from hemmavid.orders.building import content_of
from hemmavid.orders.content import OrderContent, Wanted, difference
from hemmavid.orders.grant_plan import GrantPlan, Whose, ended_plan, wanted_plan
from hemmavid.orders.grant_writes import carry_out, grants_of_order
from hemmavid.orders.models import EndingReason, Order, OrderKind, OrderStatus, StepKind
from hemmavid.orders.operations import endings, versions
from hemmavid.orders.operations.endings import Confirmation, NewEnding
from hemmavid.orders.operations.order_rows import (
    Step,
    locked_order,
    note,
    require_sender,
    save,
    tell_unit,
)
from hemmavid.orders.operations.sending import basis_of
from hemmavid.orders.operations.versions import (
    NewVersion,
    current_content,
    difference_words,
    next_content,
)

LONGEST_REASON, LONGEST_TEXT = 500, 500


@dataclass(frozen=True, slots=True)
class Concerned:
    """A sent order of a decision before the decision changes, and what it says from `day` on.

    `said` None: the decision orders nothing of the unit from that day.
    """

    order_id: UUID
    code: str
    unit: str
    client_id: UUID
    day: date
    said: OrderContent | None


def sent_orders(decision_id: UUID, *, from_day: date, by: Actor) -> list[Concerned]:
    """The decision's orders that a change from the day may concern, newest first: whoever takes over first.

    Locks every order of the decision, also drafts, so that none is sent from what the decision said before.
    An order that has ended since the day is among them. Call it in the transaction of the change.
    """
    sent = [OrderStatus.SENT, OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT, OrderStatus.ENDED]
    orders = (
        Order.objects.visible_to(by)
        .filter(decision_id=decision_id)
        .exclude(Q(status=OrderStatus.ENDED) & Q(ends_on__lte=from_day))
        .select_for_update(of=("self",))
        .select_related("unit__provider")
        .order_by("-code")
    )
    found = []
    for order in orders:
        if order.status in sent:
            day = max(from_day, order.starts_on)
            said = _said(order, day, by)
            found.append(Concerned(order.pk, order.code, order.unit.name, order.client_id, day, said))
    return found


def follow_decision(
    order: Concerned, message: str, *, by: Actor, at: datetime, is_weighed: bool = False
) -> bool:
    """The order becomes what its decision says now, and its unit is told; whether anything concerned it.

    A received order's grants change from the day, only those that the decision changed. One that is not yet
    received is sent anew. An order of which nothing is left ends. Raises Denied, WrongState, WouldLeaveGap,
    CallMissing, OnlyTheMunicipality, OrderRefused, MessageRefused, LateChange when late and not weighed.
    """
    row, hand = locked_order(order.order_id, by=by), _Hand(by, at, is_weighed)
    require_sender(row.kind, by=by, unit_id=row.unit_id)
    says = _said(row, order.day, by)
    if says == order.said:
        return False
    if row.status == OrderStatus.ENDED:
        _change(row, order, says, message, hand)
    elif says is None:
        _end(row, order, message, hand)
    else:
        content = next_content(row, valid_from=order.day, other=current_content(row).other, by=by)
        if row.status == OrderStatus.SENT:
            _send_anew(row, order, content, message, hand)
        else:
            _change(row, order, says, message, hand)
    return True


@dataclass(frozen=True, slots=True)
class _Hand:
    """Who changes the order, when, and whether it has been weighed that it may come late."""

    by: Actor
    at: datetime
    is_weighed: bool


def plan_of(orders: Iterable[Concerned], *, from_day: date, by: Actor) -> GrantPlan:
    """What following makes of the grants, once the decision says something else. Nothing is written."""
    plan = GrantPlan(from_day)
    for order in orders:
        row = Order.objects.visible_to(by).select_related("unit__provider").get(pk=order.order_id)
        if row.status != OrderStatus.SENT:
            plan += _plan(row, order, _said(row, order.day, by))
    return plan


def _said(order: Order, day: date, by: Actor) -> OrderContent | None:
    """What the decision orders of the unit from the day on; None when that is nothing."""
    basis = basis_of(order, on=day, by=by)
    if not basis.period.contains(day):
        return None
    content = content_of(basis, OrderKind(order.kind), from_day=day, other="")
    has_something = content.grants or content.interventions or any(area.needs for area in content.areas)
    return content if has_something else None


def _plan(row: Order, order: Concerned, says: OrderContent | None) -> GrantPlan:
    """From the day the grants that the decision changed are what it says now; the rest is left alone."""
    stored = grants_of_order(row)
    if says is None and row.status != OrderStatus.ENDED:
        return ended_plan(stored, from_day=order.day)
    before, now = _by_code(order.said), _by_code(says)
    codes = {code for code in before.keys() | now.keys() if before.get(code) != now.get(code)}
    return wanted_plan(
        [grant for grant in stored if grant.intervention in codes],
        _within(row, [one for code in sorted(codes) for one in now.get(code, ())]),
        from_day=order.day,
        whose=Whose(row.unit_id, row.client_id),
    )


def _by_code(content: OrderContent | None) -> dict[str, list[Wanted]]:
    found: dict[str, list[Wanted]] = {}
    for one in content.grants if content else ():
        found.setdefault(one.intervention, []).append(one)
    return found


def _within(row: Order, wanted: Collection[Wanted]) -> list[Wanted]:
    """What an ended order still covers ends with it."""
    if row.status != OrderStatus.ENDED or row.ends_on is None:
        return list(wanted)
    order_period = Period(row.starts_on, row.ends_on) if row.ends_on > row.starts_on else None
    return [
        replace(one, period=within)
        for one in wanted
        if order_period is not None and (within := one.period.overlap(order_period)) is not None
    ]


def _change(row: Order, order: Concerned, says: OrderContent | None, message: str, hand: _Hand) -> None:
    carry_out(_plan(row, order, says), order=row, at=hand.at, is_weighed=hand.is_weighed)
    save(row)
    note(row, Step(StepKind.CHANGED, message.strip()), by=hand.by, at=hand.at)
    _tell(row, order, _with_difference(message, order.said, says), hand)


def _with_difference(message: str, said: OrderContent | None, says: OrderContent | None) -> str:
    """The message, and below it what differs, while there is room."""
    changes = difference(said, says) if said and says else ()
    opening = message.strip()
    words = difference_words(changes, most=LONGEST_MESSAGE - len(opening) - 2)
    text = "\n".join([opening, "", *words]).strip()
    return text if len(text) <= LONGEST_MESSAGE else opening


def _send_anew(row: Order, order: Concerned, content: OrderContent, message: str, hand: _Hand) -> None:
    """Not yet received: what will be received is the order as it is now. The message is told whole beside."""
    if difference(current_content(row), content):
        versions.send_version(
            NewVersion(order.day, message.strip()[:LONGEST_REASON], content.other),
            order_id=row.pk,
            expected_revision=row.revision,
            by=hand.by,
            at=hand.at,
            is_weighed=hand.is_weighed,
        )
    _tell(row, order, message, hand)


def _end(row: Order, order: Concerned, message: str, hand: _Hand) -> None:
    is_short = len(message.strip()) <= LONGEST_TEXT
    endings.end_order(
        NewEnding(order.day - ONE_DAY, EndingReason.DECISION, message if is_short else ""),
        Confirmation(),
        order_id=row.pk,
        expected_revision=row.revision,
        by=hand.by,
        at=hand.at,
        is_weighed=hand.is_weighed,
    )
    if not is_short:
        _tell(row, order, message, hand)


def _tell(row: Order, order: Concerned, message: str, hand: _Hand) -> None:
    subject = f"Uppdrag {row.code} ändras från {long_date(order.day)}"
    tell_unit(row, ThreadKind.CHANGE, subject, message, by=hand.by, at=hand.at)
