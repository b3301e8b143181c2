"""How an order ended: told by the unit or by the authority, confirmed with the person where that can be."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from hemmavid.demo.authority.moments import office_time, soon_after
from hemmavid.demo.authority.plans import OrderPlan
from hemmavid.demo.authority.town import ClientFile
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Ending, EndingReason, EndingStatus, Order, OrderStep, StepKind

TEXTS = {
    EndingReason.DEATH: "Enheten fick veta det av anhörig samma dag.",
    EndingReason.WISH: "Säger att det går bra på egen hand igen.",
    EndingReason.MOVED: "Har flyttat till särskilt boende.",
    EndingReason.NOT_USED: "Har tackat nej till besöken i två veckor.",
}


def end_order(file: ClientFile, plan: OrderPlan, order: Order) -> Iterator[OrderStep]:
    """The steps of an ended order; with an ending row when it ended before its decision did."""
    last_day = (plan.ends_on or file.town.until) - ONE_DAY
    rng = file.rng("ending", plan.unit, plan.kind.value)
    order.ends_on = last_day + ONE_DAY
    told_at = file.within(office_time(last_day + 2 * ONE_DAY, rng))
    answered_at = file.within(soon_after(told_at, rng, 26 * 60))
    receiver = file.town.receiver(plan.unit, rng)
    reason = _reason(file, last_day)
    if reason is not None and plan is _last(file, plan):
        unit = {"unit_id": order.unit_id, "by_id": receiver.user_id, "by_name": receiver.name}
        yield OrderStep(order=order, step=StepKind.REPORTED, at=told_at, text=TEXTS[reason], **unit)
        is_confirmed_with = reason is not EndingReason.DEATH
        file.rows.add(
            Ending(
                order=order,
                last_day=last_day,
                reason=reason,
                text=TEXTS[reason],
                status=EndingStatus.CONFIRMED,
                reported_at=told_at,
                reported_by_name=receiver.name,
                unit_id=order.unit_id,
                confirmed_on=local_day(answered_at) if is_confirmed_with else None,
                confirmed_with=file.life.given_name if is_confirmed_with else "",
                confirmed_how="Telefonsamtal" if is_confirmed_with else "",
                confirmed_by_name=file.officer.name,
                answered_at=answered_at,
                revision=2,
            )
        )
    yield OrderStep(
        order=order,
        step=StepKind.ENDED,
        at=answered_at + timedelta(minutes=1),
        by_id=file.officer.user_id,
        by_name=file.officer.name,
    )


def _reason(file: ClientFile, last_day: date) -> EndingReason | None:
    """Why care stopped on the day; None when an order only gave place to the next."""
    if file.record.person.deceased_on == last_day:
        return EndingReason.DEATH
    last_of_all = max((grant.to_on or date.max for grant in file.record.grants), default=date.max)
    if last_of_all != last_day:
        return None
    kinds = (EndingReason.WISH, EndingReason.MOVED, EndingReason.NOT_USED)
    found: EndingReason = file.rng("why ended").choice(kinds)
    return found


def _last(file: ClientFile, plan: OrderPlan) -> OrderPlan:
    """The plan of the same kind with the latest end: only that one was ended by somebody's word."""
    same = [one for decision in file.decisions for one in decision.orders if one.kind is plan.kind]
    return max(same, key=lambda one: one.ends_on or date.max)
