"""What is new in a sent order: a new version, told and receipted, or a change without one, told by force."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.lib.swedish import long_date
from hemmavid.messages.models import LONGEST_TEXT, ThreadKind
from hemmavid.messages.operations import MessageRefused
from hemmavid.orders.content import LineChange, OrderContent, difference
from hemmavid.orders.grant_plan import GrantPlan, Whose, wanted_plan
from hemmavid.orders.grant_writes import carry_out, grants_of_order
from hemmavid.orders.models import Order, OrderKind, OrderStatus, StepKind
from hemmavid.orders.operations.order_rows import (
    OrderRefused,
    Step,
    locked_order,
    note,
    require_sender,
    require_state,
    save,
    tell_unit,
)
from hemmavid.orders.operations.receiving import RECEIVED
from hemmavid.orders.operations.sending import add_version, basis_of, checked_content, require_call

RUNNING = frozenset({OrderStatus.SENT, *RECEIVED})


@dataclass(frozen=True, slots=True)
class NewVersion:
    """From which day the order is new, what stands under övrigt, and why it is sent again."""

    valid_from: date
    reason: str
    other: str = ""


@transaction.atomic
def send_version(
    new: NewVersion,
    *,
    order_id: UUID,
    expected_revision: int,
    by: Actor,
    at: datetime,
    is_weighed: bool = False,
) -> int:
    """Send the order anew as its decision stands from the day (R294); the version's number.

    The unit is told what differs, and its reading is receipted (R010, R011). Grants of a received order
    change from the day. Raises Denied, Order.DoesNotExist, OrderChangedMeanwhile, WrongState, CallMissing,
    OnlyTheMunicipality, OrderRefused `nothing_new`, `no_reason`, `before_start` and those of `draft_order`,
    LateChange when it is too late and not weighed.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, RUNNING)
    reason = new.reason.strip()
    if not reason:
        raise OrderRefused("no_reason")
    content = next_content(order, valid_from=new.valid_from, other=new.other, by=by)
    changes = difference(current_content(order), content)
    if not changes:
        raise OrderRefused("nothing_new")
    require_call(order, starts_on=new.valid_from, at=at)
    number = add_version(order, content, valid_from=new.valid_from, reason=reason, by=by, at=at)
    if order.status in RECEIVED:
        carry_out(
            version_plan(order, content, valid_from=new.valid_from), order=order, at=at, is_weighed=is_weighed
        )
    order.ends_on = content.period.end
    save(order, "ends_on")
    note(order, Step(StepKind.VERSION, reason, version_number=number), by=by, at=at)
    told = told_of_version(number, new.valid_from, reason, changes)
    tell_unit(order, ThreadKind.NEW_VERSION, f"Uppdrag {order.code}, version {number}", told, by=by, at=at)
    return number


def next_content(order: Order, *, valid_from: date, other: str, by: Actor) -> OrderContent:
    """What the next version would say from the day. Raises as `send_version`."""
    if valid_from < order.starts_on:
        raise OrderRefused("before_start")
    basis = basis_of(order, on=valid_from, by=by)
    kind = OrderKind(order.kind)
    return checked_content(basis, kind, unit=order.unit, from_day=valid_from, other=other)


def current_content(order: Order) -> OrderContent:
    """The newest version sent. OrderVersion.DoesNotExist for a draft."""
    return OrderContent.from_stored(order.versions.latest("number").content)


def version_plan(order: Order, content: OrderContent, *, valid_from: date) -> GrantPlan:
    """What the content makes of the order's grants from the day."""
    return wanted_plan(
        grants_of_order(order),
        content.grants,
        from_day=valid_from,
        whose=Whose(order.unit_id, order.client_id),
    )


def told_of_version(number: int, valid_from: date, reason: str, changes: tuple[LineChange, ...]) -> str:
    """The message to the unit: what differs, sentence by sentence, or by heading when that does not fit."""
    opening = f"Version {number} av uppdraget gäller från {long_date(valid_from)}. {reason}"
    return "\n".join([opening, "", *difference_words(changes, most=LONGEST_TEXT - len(opening) - 2)])


def difference_words(changes: Sequence[LineChange], *, most: int) -> list[str]:
    """What differs, a sentence for each; a heading each when that is over `most` characters."""
    sentences = _sentences(changes)
    if len("\n".join(sentences)) <= most:
        return sentences
    headings = dict.fromkeys(change.heading for change in changes)
    return [f"{heading}: ändrat, läs i uppdraget." for heading in headings]


def _sentences(changes: Sequence[LineChange]) -> list[str]:
    lines = []
    for change in changes:
        if change.before and change.after:
            lines.append(f"{change.heading}: tidigare ”{change.before}”, nu ”{change.after}”")
        elif change.after:
            lines.append(f"{change.heading}, nytt: ”{change.after}”")
        else:
            lines.append(f"{change.heading}, borttaget: ”{change.before}”")
    return lines


@transaction.atomic
def change_without_order(
    *,
    order_id: UUID,
    valid_from: date,
    message: str,
    expected_revision: int,
    by: Actor,
    at: datetime,
    is_weighed: bool = False,
) -> UUID:
    """The decision changed and no new order is sent: the unit is told in words, or nothing happens (R252).

    The grants follow the decision from the day. Only of a received order: one under way is sent anew. The
    thread's id. Raises as `send_version`, and MessageRefused `empty`: a silent change is refused.
    """
    order = locked_order(order_id, by=by, expected_revision=expected_revision)
    require_sender(order.kind, by=by, unit_id=order.unit_id)
    require_state(order, RECEIVED)
    if not message.strip():
        raise MessageRefused("empty")
    other = current_content(order).other
    content = next_content(order, valid_from=valid_from, other=other, by=by)
    plan = version_plan(order, content, valid_from=valid_from)
    carry_out(plan, order=order, at=at, is_weighed=is_weighed)
    save(order)
    note(order, Step(StepKind.CHANGED, message.strip()), by=by, at=at)
    subject = f"Uppdrag {order.code} ändras från {long_date(valid_from)}"
    return tell_unit(order, ThreadKind.CHANGE, subject, message, by=by, at=at)
