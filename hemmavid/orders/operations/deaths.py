"""A death reaches everybody concerned at once, whoever learned of it, and ends every order (R301, R302)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hemmavid.access.actors import SYSTEM, Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.lib.clock import local
from hemmavid.lib.swedish import long_date
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.grant_writes import carry_out
from hemmavid.orders.models import Ending, EndingReason, EndingStatus, Grant, Order
from hemmavid.orders.operations.endings import RUNNING, NewEnding, close_order, ending_plan
from hemmavid.people.deaths import record_death
from hemmavid.people.models import Client

AUTHORITY = replace(SYSTEM, name="Myndigheten")
"""In whose name units are told of what another reported: who else serves the client is not theirs to know."""


@transaction.atomic
def report_death(
    *, client_id: UUID, died_on: date, unit_id: UUID | None, by: Actor, at: datetime, is_weighed: bool = False
) -> None:
    """Write the day of death, tell the other side and every unit at once, and end the orders (R301, R302).

    `unit_id`: the unit that reports, None for the authority. The day of death is the last that counts.
    Raises Denied, Client.DoesNotExist, DeathRefused, LateChange when it is too late and not weighed.
    """
    require(by, Permission.DEATH_REPORT, unit_id)
    speaks_as_authority = unit_id is None
    if speaks_as_authority and not by.reach(Permission.DEATH_REPORT).everywhere:
        raise Denied(Permission.DEATH_REPORT)
    Client.objects.visible_to(by).get(pk=client_id)
    record_death(client_id=client_id, died_on=died_on, by=by, at=at)
    text = f"Brukaren avled {long_date(died_on)}. Registrerat {_moment(at)}."
    if unit_id is not None:
        _tell(client_id, text, Side(unit_id), Side(), by=by, at=at)
    with scoped(SYSTEM):
        voice = AUTHORITY if unit_id is not None else by
        concerned = _units_of(client_id, died_on)
        for order in orders_running(client_id):
            _end(order, died_on, at=at, is_weighed=is_weighed)
        for other in sorted(concerned - {unit_id}, key=str):
            _tell(client_id, text, Side(), Side(other), by=voice, at=at)


def orders_running(client_id: UUID) -> list[Order]:
    """The client's orders that have been sent and are not over. Call as the system to see them all."""
    running = Order.objects.filter(client_id=client_id, status__in=RUNNING)
    return list(running.select_for_update(of=("self",)).order_by("pk"))


def _end(order: Order, died_on: date, *, at: datetime, is_weighed: bool) -> None:
    new = NewEnding(died_on, EndingReason.DEATH)
    carry_out(ending_plan(order, new), order=order, at=at, is_weighed=is_weighed)
    ending = Ending.objects.create(
        order=order,
        last_day=died_on,
        reason=EndingReason.DEATH,
        status=EndingStatus.CONFIRMED,
        reported_at=at,
        reported_by_name=AUTHORITY.name,
        answered_at=at,
        confirmed_by_name=AUTHORITY.name,
    )
    close_order(order, ending, by=AUTHORITY, at=at)


def _units_of(client_id: UUID, died_on: date) -> set[UUID]:
    """Units whose order or grant reached to the death: all that may still plan a visit."""
    ahead = Q(ends_on__isnull=True) | Q(ends_on__gt=died_on)
    orders = Order.objects.filter(ahead, client_id=client_id, sent_at__isnull=False)
    granted = Grant.objects.filter(client_id=client_id, withdrawn_at__isnull=True, period__contains=died_on)
    units = set(orders.order_by("unit_id").values_list("unit_id", flat=True))
    return units | set(granted.order_by("unit_id").values_list("unit_id", flat=True))


def _tell(client_id: UUID, text: str, sender: Side, receiver: Side, *, by: Actor, at: datetime) -> None:
    new = NewThread(
        client_id=client_id,
        kind=ThreadKind.DEATH,
        subject="Dödsfall",
        text=text,
        sender=sender,
        receivers=(receiver,),
    )
    open_thread(new, by=by, at=at)


def _moment(at: datetime) -> str:
    return f"{long_date(local(at).date())} kl. {local(at).strftime('%H.%M')}"
