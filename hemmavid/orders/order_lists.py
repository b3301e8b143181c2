"""Lists of orders: what a unit has to receive, what an officer has sent, what rings unanswered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Max, Q, QuerySet, When

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.orders.client_orders import CLIENT_FIELDS
from hemmavid.orders.models import (
    Answer,
    CapacityStop,
    Ending,
    EndingReason,
    EndingStatus,
    Inquiry,
    Order,
    OrderKind,
    OrderStatus,
    ProviderChange,
)
from hemmavid.orders.operations.asking import decline_ground
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.naming import ClientName, PersonFields, name_of
from hemmavid.rules.case_clocks import ClockState, new_client_clock, provider_change_clock
from hemmavid.rules.order_answer import MayDecline, is_unread_late
from hemmavid.rules.parameter_files import ParameterSet


class Group(StrEnum):
    """Which orders are wanted, by where they stand."""

    WAITING = "att-ta-emot"
    RUNNING = "pagaende"
    DRAFTS = "utkast"
    ENDED = "avslutade"
    ALL = "alla"


STATUSES: dict[Group, tuple[OrderStatus, ...]] = {
    Group.WAITING: (OrderStatus.SENT,),
    Group.RUNNING: (OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT),
    Group.DRAFTS: (OrderStatus.DRAFT, OrderStatus.ASKED, OrderStatus.DECLINED),
    Group.ENDED: (OrderStatus.ENDED,),
    Group.ALL: tuple(OrderStatus),
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """What to list. `is_mine`: sent by the actor; `only_late`: unanswered past its time."""

    group: Group = Group.WAITING
    unit_id: UUID | None = None
    is_mine: bool = False
    client_id: UUID | None = None
    only_late: bool = False


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in a list. `is_late`: sent, not received, and past 16.00 (R220): it rings on both sides."""

    order_id: UUID
    code: str
    client: ClientName
    unit: str
    kind: OrderKind
    status: OrderStatus
    starts_on: date
    ends_on: date | None
    sent_at: datetime | None
    read_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str
    is_lead: bool
    version: int
    is_late: bool


@dataclass(frozen=True, slots=True)
class OrderListPage:
    """The rows asked for, and how many there are in all."""

    rows: tuple[OrderRow, ...]
    total: int


_FIELDS = (
    *CLIENT_FIELDS,
    *("pk", "code", "unit__name", "kind", "status", "starts_on", "ends_on", "sent_at", "read_at"),
    *("acknowledged_at", "acknowledged_by_name", "is_lead", "version"),
)


def order_list(wanted: OrderFilter, *, at: datetime, limit: int, by: Actor) -> OrderListPage:
    """Orders the actor may see, those that wait longest first. Two queries. Raises Denied."""
    require(by, Permission.ORDER_READ)
    parameters = parameters_in_use()
    found = _chosen(wanted, by)
    rows = [_row(fields, at, parameters) for fields in _ordered(found)[: None if wanted.only_late else limit]]
    if wanted.only_late:
        rows = [row for row in rows if row.is_late]
        return OrderListPage(tuple(rows[:limit]), len(rows))
    return OrderListPage(tuple(rows), found.count())


def late_orders(*, at: datetime, by: Actor) -> list[OrderRow]:
    """Orders that ring: sent, not received, past their time. For the queues of both sides. One query."""
    parameters = parameters_in_use()
    rows = [_row(fields, at, parameters) for fields in _ordered(_chosen(OrderFilter(), by))]
    return [row for row in rows if row.is_late]


def _chosen(wanted: OrderFilter, by: Actor) -> QuerySet[Order]:
    found = Order.objects.visible_to(by).filter(status__in=STATUSES[wanted.group])
    if wanted.unit_id is not None:
        found = found.filter(unit_id=wanted.unit_id)
    if wanted.client_id is not None:
        found = found.filter(client_id=wanted.client_id)
    if wanted.is_mine:
        found = found.filter(officer_id=by.user_id)
    return found


def _ordered(orders: QuerySet[Order]) -> QuerySet[Order, tuple[Any, ...]]:
    waits_first = Case(When(status=OrderStatus.SENT, then=0), default=1, output_field=IntegerField())
    rows = orders.annotate(version=Max("versions__number")).order_by(waits_first, "starts_on", "code")
    return rows.values_list(*_FIELDS)


def _row(fields: tuple[Any, ...], at: datetime, parameters: ParameterSet) -> OrderRow:
    client, rest = fields[:5], fields[5:]
    (
        pk,
        code,
        unit,
        kind,
        status,
        starts_on,
        ends_on,
        sent_at,
        read_at,
        acknowledged_at,
        who,
        lead,
        version,
    ) = rest
    is_waiting = status == OrderStatus.SENT and isinstance(sent_at, datetime)
    return OrderRow(
        order_id=pk,
        code=code,
        client=name_of(PersonFields(*client)),
        unit=unit,
        kind=OrderKind(kind),
        status=OrderStatus(status),
        starts_on=starts_on,
        ends_on=ends_on,
        sent_at=sent_at,
        read_at=read_at,
        acknowledged_at=acknowledged_at,
        acknowledged_by=who,
        is_lead=lead,
        version=version or 0,
        is_late=is_waiting and is_unread_late(sent_at, at, parameters=parameters),
    )


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """A question whether a unit can take a new client; no name, for nobody has it yet (R047)."""

    inquiry_id: UUID
    unit_id: UUID
    unit: str
    starts_on: date
    area: str
    minutes_per_week: int
    interventions: tuple[str, ...]
    asked_at: datetime
    asked_by: str
    due_at: datetime
    state: ClockState
    answer: Answer | None
    answered_at: datetime | None
    answered_by: str
    reason: str
    may_decline: bool
    decline_ground: str


def inquiries(*, at: datetime, limit: int, by: Actor) -> list[InquiryRow]:
    """Inquiries to the actor's units: unanswered by deadline, then the newest answers. Raises Denied.

    Two queries and one a unit.
    """
    require(by, Permission.ORDER_READ)
    found = Inquiry.objects.visible_to(by).filter(is_by_phone=False).select_related("unit")
    newest_answer = F("answered_at").desc(nulls_first=True)
    rows = list(found.order_by(newest_answer, "due_at", "pk")[:limit])
    grounds = {
        unit_id: decline_ground(unit_id, on=local_day(at), by=by)
        for unit_id in sorted({row.unit_id for row in rows}, key=str)
    }
    parameters = parameters_in_use()
    return [_inquiry_row(row, grounds[row.unit_id], at, parameters) for row in rows]


def _inquiry_row(row: Inquiry, ground: MayDecline, at: datetime, parameters: ParameterSet) -> InquiryRow:
    clock = new_client_clock(
        offered_at=row.asked_at, at=at, accepted_at=row.answered_at, parameters=parameters
    )
    return InquiryRow(
        inquiry_id=row.pk,
        unit_id=row.unit_id,
        unit=row.unit.name,
        starts_on=row.starts_on,
        area=row.area,
        minutes_per_week=row.minutes_per_week,
        interventions=tuple(row.interventions),
        asked_at=row.asked_at,
        asked_by=row.asked_by_name,
        due_at=row.due_at,
        state=clock.state,
        answer=Answer(row.answer) if row.answer else None,
        answered_at=row.answered_at,
        answered_by=row.answered_by_name,
        reason=row.reason,
        may_decline=bool(ground),
        decline_ground=ground.explanation.claim,
    )


@dataclass(frozen=True, slots=True)
class StopRow:
    """A capacity stop of a unit."""

    stop_id: UUID
    unit_id: UUID
    unit: str
    period: Period
    reason: str
    set_by: str
    set_at: datetime
    is_over: bool


def capacity_stops(*, on: date, by: Actor) -> list[StopRow]:
    """Stops of the actor's units, the newest first. One query. Raises Denied."""
    require(by, Permission.ORDER_READ)
    rows = CapacityStop.objects.visible_to(by).select_related("unit").order_by("-period", "pk")
    return [
        StopRow(
            row.pk,
            row.unit_id,
            row.unit.name,
            Period(row.period.lower, row.period.upper),
            row.reason,
            row.set_by_name,
            row.set_at,
            is_over=row.period.upper is not None and row.period.upper <= on,
        )
        for row in rows
    ]


@dataclass(frozen=True, slots=True)
class EndingRow:
    """An ending told by a unit that the officer is to have confirmed (R297)."""

    ending_id: UUID
    client: ClientName
    order_code: str
    unit: str
    last_day: date
    reason: str
    reported_at: datetime
    reported_by: str


def endings_to_confirm(*, by: Actor) -> list[EndingRow]:
    """Endings that wait for the officer, the oldest first. One query. Raises Denied."""
    require(by, Permission.ORDER_SEND)
    rows = Ending.objects.visible_to(by).filter(status=EndingStatus.REPORTED)
    client = tuple(f"order__{field}" for field in CLIENT_FIELDS)
    fields = (
        "pk",
        "order__code",
        "order__unit__name",
        "last_day",
        "reason",
        "reported_at",
        "reported_by_name",
    )
    return [
        EndingRow(
            ending_id=row[5],
            client=name_of(PersonFields(*row[:5])),
            order_code=row[6],
            unit=row[7],
            last_day=row[8],
            reason=EndingReason(row[9]).label,
            reported_at=row[10],
            reported_by=row[11],
        )
        for row in rows.order_by("reported_at", "pk").values_list(*client, *fields)
    ]


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of provider, with the clock of two months (R050)."""

    change_id: UUID
    client: ClientName
    leaving_unit: str
    next_unit: str
    requested_on: date
    planned_on: date | None
    done_on: date | None
    due_on: date
    state: ClockState
    status: str
    open_items: int


def provider_changes(*, on: date, by: Actor) -> list[ChangeRow]:
    """Changes of provider that are not closed, the oldest wish first. Two queries. Raises Denied."""
    require(by, Permission.ORDER_READ)
    parameters = parameters_in_use()
    rows = (
        ProviderChange.objects.visible_to(by)
        .exclude(status__in=("closed", "withdrawn"))
        .select_related("leaving_unit", "next_unit", "client")
        .prefetch_related("items")
        .order_by("requested_on", "pk")
    )
    made = []
    for row in rows:
        clock = provider_change_clock(
            requested_on=row.requested_on, on=on, changed_on=row.done_on, parameters=parameters
        )
        person = row.client
        fields = (person.pk, person.code, person.given_name, person.family_name, person.is_protected)
        made.append(
            ChangeRow(
                change_id=row.pk,
                client=name_of(PersonFields(*fields)),
                leaving_unit=row.leaving_unit.name,
                next_unit=row.next_unit.name if row.next_unit else "",
                requested_on=row.requested_on,
                planned_on=row.planned_on,
                done_on=row.done_on,
                due_on=clock.due_on,
                state=clock.state,
                status=row.get_status_display(),
                open_items=sum(1 for item in row.items.all() if not (item.received_at or item.reason)),
            )
        )
    return made


def counts(*, at: datetime, by: Actor) -> dict[str, int]:
    """How many orders wait to be received, and how many questions are unanswered. Two queries."""
    waiting = Order.objects.visible_to(by).filter(status=OrderStatus.SENT).count()
    asked = Inquiry.objects.visible_to(by).filter(Q(answer="")).count()
    return {"waiting": waiting, "asked": asked}
