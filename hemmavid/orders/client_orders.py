"""Reads of what has been ordered for a client: who serves, what is granted, and when the client is away."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import DateField, Exists, F, Func, OuterRef, Q, QuerySet

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.orders.models import SENT_STATUSES, Absence, Grant, Order, Per
from hemmavid.people.naming import ClientName, PersonFields, name_of
from hemmavid.people.queries import HeadView, in_name_order
from hemmavid.rules.interventions import INTERVENTIONS, row_order

CLIENT_FIELDS = tuple(
    f"client__{field}" for field in ("pk", "code", "given_name", "family_name", "is_protected")
)
"""The columns of `PersonFields` seen from a row that belongs to a client."""


class Standing(StrEnum):
    """What a decision is on a day."""

    IN_EFFECT = "in_effect"
    NOT_IN_EFFECT = "not_in_effect"
    COMING = "coming"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A granted intervention as the client page tells it."""

    grant_id: UUID
    code: str
    intervention: str
    label: str
    is_frame_time: bool
    unit_id: UUID
    unit: str
    provider: str
    minutes: int
    per: Per
    period: Period
    in_effect: Period | None
    standing: Standing


@dataclass(frozen=True, slots=True)
class ServiceOfClient:
    """The units that serve a client on a day, as far as the actor sees, and what of the head that opens."""

    unit_ids: frozenset[UUID]
    units: tuple[str, ...]
    head: HeadView


def label_of_code(code: str) -> str:
    """The Swedish name of an intervention; the code itself for one that has left the list."""
    known = INTERVENTIONS.get(code)
    return known.label if known else code


def grants_of_client(client_id: UUID, *, on: date, by: Actor) -> list[GrantRow]:
    """Every granted intervention the actor may see: frame time first, newest first. One query.

    An old provider sees its own grants only: a grant belongs to a unit.
    """
    rows = (
        Grant.objects.visible_to(by)
        .filter(client_id=client_id, withdrawn_at__isnull=True)
        .select_related("unit__provider")
        .order_by("pk")
    )
    found = [_grant_row(grant, on) for grant in rows]
    found.sort(key=lambda row: row.period.start, reverse=True)
    found.sort(key=lambda row: (row.standing is Standing.ENDED, row_order(row.intervention)))
    return found


def service_of_client(client_id: UUID, grants: Iterable[GrantRow], *, on: date, by: Actor) -> ServiceOfClient:
    """Whether the actor's unit serves the client now, from grants and orders the actor sees. One query.

    A unit serves from the moment an order is sent to it, also before it is received or begun (it must know
    the address), until its last grant and its last order have ended: as the client card's row security has
    it. Actors of the municipality always see the whole head.
    """
    served = [_Served(row.unit_id, row.unit, _last_day(row)) for row in grants]
    served += _orders_of(client_id, by)
    current = [one for one in served if one.last_day is None or one.last_day >= on]
    unit_ids = frozenset(one.unit_id for one in current)
    units = tuple(dict.fromkeys(one.unit for one in current))
    if by.reach(Permission.CLIENT_READ).everywhere:
        return ServiceOfClient(unit_ids, units, HeadView(serves=True))
    last_days = [one.last_day for one in served if one.last_day]
    until = max(last_days, default=None)
    return ServiceOfClient(unit_ids, units, HeadView(serves=bool(current), until=until))


@dataclass(frozen=True, slots=True)
class _Served:
    """A unit's time with a client. `last_day` None: until further notice."""

    unit_id: UUID
    unit: str
    last_day: date | None


def _last_day(row: GrantRow) -> date | None:
    """The last day of a grant: of what is in effect, when that ends first."""
    days = [row.period.last_day, row.in_effect.last_day if row.in_effect else None]
    return min((day for day in days if day is not None), default=None)


def _orders_of(client_id: UUID, by: Actor) -> list[_Served]:
    """The client's sent orders that the actor sees, each with its last day."""
    rows = Order.objects.visible_to(by).filter(client_id=client_id, status__in=SENT_STATUSES)
    fields = rows.order_by("starts_on", "code").values_list("unit_id", "unit__name", "ends_on")
    return [_Served(unit_id, unit, ends_on and ends_on - ONE_DAY) for unit_id, unit, ends_on in fields]


def may_open_protected(service: ServiceOfClient, *, by: Actor) -> bool:
    """Whether the button that opens a protected identity is shown; the operation decides for itself."""
    reach = by.reach(Permission.PROTECTED_OPEN)
    return reach.everywhere or any(reach.covers(unit_id) for unit_id in service.unit_ids)


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """An interruption: the day of leaving, the day of return if known, and why (R307)."""

    left_on: date
    returned_on: date | None
    reason: str
    is_now: bool


def absences_of_client(
    client_id: UUID, *, on: date, by: Actor, until: date | None = None
) -> list[AbsenceRow]:
    """The absences the actor may see, newest first. One query.

    `until`: an old provider's last day; of what went on beyond it, neither the return nor today is told.
    """
    rows = Absence.objects.visible_to(by).filter(client_id=client_id).order_by("-left_on")
    return [_absence_row(row.left_on, row.returned_on, row.reason, on=on, until=until) for row in rows]


def _absence_row(
    left_on: date, returned_on: date | None, reason: str, *, on: date, until: date | None
) -> AbsenceRow:
    is_beyond = until is not None and (returned_on is None or returned_on > until)
    is_now = left_on <= on and (returned_on is None or returned_on > on)
    return AbsenceRow(left_on, None if is_beyond else returned_on, reason, is_now=is_now and not is_beyond)


def serving_on(day: date, *, by: Actor) -> Q:
    """Condition on clients: a unit of the actor serves now or will, or the actor is of the municipality.

    Only then is the address the actor's to know (`service_of_client` says it of one client).
    """
    if by.reach(Permission.CLIENT_READ).everywhere:
        return Q()
    is_ordered = Q(ends_on__isnull=True) | Q(ends_on__gt=day)
    ordered = Order.objects.visible_to(by).filter(is_ordered, status__in=SENT_STATUSES)
    lasts = Q(period__endswith__isnull=True) | Q(period__endswith__gt=day)
    goes_on = Q(in_effect__isnull=True) | Q(in_effect__endswith__isnull=True) | Q(in_effect__endswith__gt=day)
    granted = Grant.objects.visible_to(by).filter(lasts, goes_on, withdrawn_at__isnull=True)
    return Q(Exists(granted.filter(client=OuterRef("pk")))) | Q(Exists(ordered.filter(client=OuterRef("pk"))))


@dataclass(frozen=True, slots=True)
class AwayRow:
    """A client who is away on a day."""

    client: ClientName
    left_on: date
    reason: str


def away_on(day: date, *, by: Actor) -> list[AwayRow]:
    """Clients away on the day and served then by a unit of the actor, by name. One query."""
    served = _grants_on(day, by).filter(client=OuterRef("client"))
    away = (
        Absence.objects.visible_to(by)
        .filter(Q(returned_on__isnull=True) | Q(returned_on__gt=day), left_on__lte=day)
        .filter(Exists(served), client__deceased_on__isnull=True)
    )
    rows = in_name_order(away, "client__").values_list(*CLIENT_FIELDS, "left_on", "reason")
    return [AwayRow(name_of(PersonFields(*row[:5])), *row[5:]) for row in rows]


@dataclass(frozen=True, slots=True)
class WaitingGrant:
    """A decision that holds but has not been put into effect (ej verkställt beslut, R183)."""

    client: ClientName
    label: str
    unit: str
    since: date
    days: int


def not_in_effect(*, on: date, by: Actor) -> list[WaitingGrant]:
    """Grants that hold on the day without being in effect, the longest wait first. One query."""
    rows = (
        _grants_on(on, by)
        .filter(in_effect__isnull=True, client__deceased_on__isnull=True)
        .annotate(since=_start_of("period"))
        .order_by("since", "code")
        .values_list(*CLIENT_FIELDS, "intervention", "unit__name", "since")
    )
    return [
        WaitingGrant(
            name_of(PersonFields(*row[:5])), label_of_code(row[5]), row[6], row[7], (on - row[7]).days
        )
        for row in rows
    ]


def _grants_on(day: date, by: Actor) -> QuerySet[Grant]:
    return Grant.objects.visible_to(by).filter(period__contains=day, withdrawn_at__isnull=True)


def _start_of(field: str) -> Func:
    return Func(F(field), function="lower", output_field=DateField())


def _grant_row(grant: Grant, on: date) -> GrantRow:
    period = Period(grant.period.lower, grant.period.upper)
    in_effect = Period(grant.in_effect.lower, grant.in_effect.upper) if grant.in_effect else None
    return GrantRow(
        grant_id=grant.pk,
        code=grant.code,
        intervention=grant.intervention,
        label=label_of_code(grant.intervention),
        is_frame_time=row_order(grant.intervention)[0] is False,
        unit_id=grant.unit_id,
        unit=grant.unit.name,
        provider=grant.unit.provider.name,
        minutes=grant.minutes,
        per=Per(grant.per),
        period=period,
        in_effect=in_effect,
        standing=_standing(period, in_effect, on),
    )


def _standing(period: Period, in_effect: Period | None, on: date) -> Standing:
    if period.end is not None and period.end <= on:
        return Standing.ENDED
    if in_effect is not None and in_effect.end is not None and in_effect.end <= on:
        return Standing.ENDED
    if in_effect is not None and in_effect.contains(on):
        return Standing.IN_EFFECT
    return Standing.COMING if period.start > on else Standing.NOT_IN_EFFECT
