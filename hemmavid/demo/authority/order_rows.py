"""The orders of a decision: asked, sent, read, received and put into effect, with what each version says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from hemmavid.cases.models.decision import Kind, Model
from hemmavid.cases.queries import FrameTimeSpan, OrderBasis
from hemmavid.cases.queries.order_basis import areas_of
from hemmavid.demo.authority import order_words
from hemmavid.demo.authority.decision_rows import Made, changed_at
from hemmavid.demo.authority.ending_rows import end_order
from hemmavid.demo.authority.handover_rows import hand_over
from hemmavid.demo.authority.moments import days_before, next_office_time, office_time, soon_after
from hemmavid.demo.authority.plans import OrderPlan
from hemmavid.demo.authority.town import ClientFile, Person
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.orders.building import content_of
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import (
    Answer,
    Inquiry,
    Order,
    OrderKind,
    OrderReading,
    OrderStatus,
    OrderStep,
    OrderVersion,
    StepKind,
)

MOST_TO_READ, MOST_TO_RECEIVE = 300, 240  # minutes; the median is a quarter of it
BY_PHONE_SHARE = 0.15


@dataclass(frozen=True, slots=True)
class Handled:
    """Who and when: the moments of one order, each after the one before."""

    receiver: Person
    asked_at: datetime
    answered_at: datetime
    sent_at: datetime
    read_at: datetime
    received_at: datetime


def order_all(file: ClientFile, made: Made, numbers: Iterator[int], before: list[Order]) -> list[Order]:
    """Every order of the decision. `before`: the orders of the decision it takes the place of."""
    found: list[Order] = []
    for plan in made.plan.orders:
        earlier = found[plan.takes_over] if plan.takes_over is not None else _earlier(file, plan, before)
        order = _order(file, made, plan, next(numbers), earlier)
        if earlier is not None and plan.takes_over is not None:
            hand_over(file, earlier, order)
        found.append(order)
    return found


def _earlier(file: ClientFile, plan: OrderPlan, before: list[Order]) -> Order | None:
    unit_id = file.town.places[plan.unit].unit_id
    same = [one for one in before if one.kind == plan.kind and one.unit_id == unit_id]
    return same[-1] if same and plan.grants[0].intervention != "vak" else None


def _order(file: ClientFile, made: Made, plan: OrderPlan, number: int, earlier: Order | None) -> Order:
    handled = _handled(file, made, plan)
    unit_id = file.town.places[plan.unit].unit_id
    inquiry = _inquiry(file, made, plan, handled)
    order = Order(
        id=uuid4(),
        code=f"U{local_day(handled.sent_at).year}-{number:05d}",
        client_id=file.client_id,
        decision=made.decision,
        unit_id=unit_id,
        kind=plan.kind,
        status=_status(file, plan),
        is_lead=_is_lead(file, plan),
        is_chosen=file.rng("chosen").random() < 0.8,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on or made.plan.ends_on,
        officer_id=file.officer.user_id,
        officer_name=file.officer.name,
        inquiry=inquiry,
        replaces=earlier,
        sent_at=handled.sent_at,
        read_at=handled.read_at,
        acknowledged_at=handled.received_at,
        acknowledged_by_name=handled.receiver.name,
    )
    file.rows.add(inquiry, order)
    file.rows.order_of_grant.update({grant.code: order.pk for grant in plan.grants})
    steps = [*_opening_steps(order, file, handled), *_versions(file, made, plan, order, handled)]
    steps += _effect_steps(file, plan, order, handled)
    if order.status == OrderStatus.ENDED:
        steps += end_order(file, plan, order)
    order.revision = 1 + len(steps)
    file.rows.add(*steps)
    return order


def _handled(file: ClientFile, made: Made, plan: OrderPlan) -> Handled:
    """The moments: of a unit that takes over later, shortly before it does."""
    rng = file.rng("handled", plan.unit, plan.kind.value, plan.starts_on)
    decided_at = made.decision.decided_at or file.town.morning
    sent_on = days_before(plan.starts_on, 2, 6, rng)
    asked_at = max(decided_at + timedelta(minutes=rng.randint(10, 120)), office_time(sent_on, rng))
    asked_at = min(asked_at, max(decided_at + timedelta(minutes=10), file.town.morning - 5 * ONE_DAY))
    answered_at = soon_after(asked_at, rng, 20 * 60)
    sent_at = next_office_time(soon_after(answered_at, rng, 90))
    read_at = soon_after(sent_at, rng, MOST_TO_READ)
    received_at = soon_after(read_at, rng, MOST_TO_RECEIVE)
    receiver = file.town.receiver(plan.unit, rng)
    return Handled(receiver, asked_at, answered_at, sent_at, read_at, received_at)


def _status(file: ClientFile, plan: OrderPlan) -> OrderStatus:
    effects = [grant.in_effect_to for grant in plan.grants]
    has_stopped = all(effects) and max(day for day in effects if day) <= file.town.until
    if has_stopped or (plan.ends_on is not None and plan.ends_on <= file.town.until):
        return OrderStatus.ENDED
    return OrderStatus.IN_EFFECT if plan.in_effect_from else OrderStatus.ACKNOWLEDGED


def _is_lead(file: ClientFile, plan: OrderPlan) -> bool:
    return plan.kind is OrderKind.HOME_CARE and _status(file, plan) != OrderStatus.ENDED


def _inquiry(file: ClientFile, made: Made, plan: OrderPlan, handled: Handled) -> Inquiry:
    rng = file.rng("inquiry", plan.unit, plan.starts_on)
    frame = [span.minutes for span in made.spans]
    return Inquiry(
        id=uuid4(),
        unit_id=file.town.places[plan.unit].unit_id,
        starts_on=plan.starts_on,
        area=file.record.person.city,
        minutes_per_week=frame[0] if frame and plan.kind is OrderKind.HOME_CARE else _minutes(plan),
        interventions=sorted({order_words.label(grant.intervention) for grant in plan.grants}),
        asked_at=handled.asked_at,
        due_at=handled.asked_at + ONE_DAY,
        asked_by_name=file.officer.name,
        answer=Answer.ACCEPTED,
        answered_at=handled.answered_at,
        answered_by_name=handled.receiver.name,
        is_by_phone=rng.random() < BY_PHONE_SHARE,
    )


def _minutes(plan: OrderPlan) -> int:
    return round(sum(grant.weekly_minutes for grant in plan.grants if grant.from_on == plan.starts_on)) or 1


def _step(order: Order, kind: StepKind, at: datetime, by: Person, **more: object) -> OrderStep:
    return OrderStep(order=order, step=kind, at=at, by_id=by.user_id, by_name=by.name, **more)


def _opening_steps(order: Order, file: ClientFile, handled: Handled) -> Iterator[OrderStep]:
    unit = {"unit_id": order.unit_id}
    yield _step(order, StepKind.ASKED, handled.asked_at, file.officer)
    yield _step(order, StepKind.ACCEPTED, handled.answered_at, handled.receiver, **unit)
    yield _step(order, StepKind.SENT, handled.sent_at, file.officer, version_number=1)
    yield _step(order, StepKind.READ, handled.read_at, handled.receiver, version_number=1, **unit)
    yield _step(order, StepKind.ACKNOWLEDGED, handled.received_at, handled.receiver, **unit)


def _versions(
    file: ClientFile, made: Made, plan: OrderPlan, order: Order, handled: Handled
) -> Iterator[OrderStep]:
    """Store each version as it was sent and read; the steps of those after the first."""
    other = order_words.other(file, plan)
    for number, day in enumerate(plan.version_days, start=1):
        sent_at = handled.sent_at if number == 1 else changed_at(file, day, handled.received_at)
        read_at = handled.read_at if number == 1 else soon_after(sent_at, file.rng("read", day), MOST_TO_READ)
        read_at = file.within(read_at)
        version = OrderVersion(
            id=uuid4(),
            order=order,
            number=number,
            content=_content(made, plan, day, other).stored(),
            reason="" if number == 1 else "Ändrad omfattning",
            valid_from=day,
            sent_at=sent_at,
            sent_by_id=file.officer.user_id,
            sent_by_name=file.officer.name,
        )
        reading = OrderReading(
            version=version, order=order, user_id=handled.receiver.user_id, read_at=read_at
        )
        file.rows.add(version, reading)
        if number > 1:
            unit = {"unit_id": order.unit_id, "version_number": number}
            yield _step(order, StepKind.VERSION, sent_at, file.officer, version_number=number)
            yield _step(order, StepKind.READ, read_at, handled.receiver, **unit)


def _effect_steps(file: ClientFile, plan: OrderPlan, order: Order, handled: Handled) -> Iterator[OrderStep]:
    """One step a day on which something came into effect; nothing is told of before it is received."""
    days: dict[date, list[str]] = {}
    for grant in plan.grants:
        if grant.in_effect_from is not None:
            days.setdefault(grant.in_effect_from, []).append(order_words.label(grant.intervention))
    for day, labels in sorted(days.items()):
        at = max(handled.received_at, office_time(day, file.rng("effect", day)))
        told = ", ".join(f"{label} {day.isoformat()}" for label in sorted(set(labels)))
        yield _step(
            order, StepKind.IN_EFFECT, file.within(at), handled.receiver, unit_id=order.unit_id, text=told
        )


def _content(made: Made, plan: OrderPlan, day: date, other: str) -> OrderContent:
    """What the order says from the day on: the decision's own words, through the door every order uses."""
    return content_of(_basis(made, day), plan.kind, from_day=day, other=other)


def _basis(made: Made, day: date) -> OrderBasis:
    decision = made.decision
    needs = [row for row in made.needs if day in row.period]
    outside = [row for row in made.outside if day in row.period]
    spans = tuple(FrameTimeSpan(Period(one.starts_on, one.ends_on), one.minutes) for one in made.spans)
    return OrderBasis(
        decision_id=decision.pk,
        decision_number=decision.number,
        client_id=decision.client_id,
        kind=Kind(decision.kind),
        kind_label=decision.get_kind_display(),
        model=Model(decision.model),
        period=Period(made.plan.starts_on, made.plan.ends_on),
        on=day,
        areas=areas_of({area.value: goal for area, goal in made.goals.items()}, needs, outside, made.times),
        frame_time_minutes_per_week=None,
        frame_time_hours_per_month=None,
        frame_time_spans=spans,
        municipal_only=(),
    )
