"""The only code that writes grants of orders; the import of files writes its own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q, QuerySet

from hemmavid.access.actors import Actor
from hemmavid.audit.operations import record_data_change
from hemmavid.lib.periods import Month, Period
from hemmavid.orders.grant_plan import GrantPlan, Opened, Replaced, StoredGrant
from hemmavid.orders.models import Grant, Order
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.period_lock import locked_months


class LateChange(Exception):
    """The change reaches into `months` that are locked, and nobody has weighed what billing must correct."""

    def __init__(self, months: tuple[Month, ...]) -> None:
        super().__init__(", ".join(map(str, months)))
        self.months = months


def grants_of_order(order: Order) -> list[StoredGrant]:
    """The order's grants that have not been withdrawn, oldest first. One query."""
    return _stored(Grant.objects.filter(order=order))


def grants_of_client(client_id: UUID, *, by: Actor) -> list[StoredGrant]:
    """Every grant of a client that the actor may see. One query."""
    return _stored(Grant.objects.visible_to(by).filter(client_id=client_id))


def grants_of_clients_units(client_id: UUID, unit_ids: Iterable[UUID]) -> list[StoredGrant]:
    """A client's grants at some units, whatever order they came by. One query."""
    return _stored(Grant.objects.filter(client_id=client_id, unit_id__in=sorted(unit_ids, key=str)))


def _stored(grants: QuerySet[Grant]) -> list[StoredGrant]:
    rows = grants.filter(withdrawn_at__isnull=True).order_by("intervention", "period", "pk")
    return [stored_grant(grant) for grant in rows]


def stored_grant(grant: Grant) -> StoredGrant:
    """A row as the rules need it."""
    in_effect = _period(grant.in_effect) if grant.in_effect else None
    facts = GrantFacts(grant.minutes, Per(grant.per), _period(grant.period), in_effect)
    return StoredGrant(grant.pk, grant.unit_id, grant.client_id, grant.intervention, facts)


def months_too_late(plan: GrantPlan, *, at: datetime) -> tuple[Month, ...]:
    """The months that the plan reaches into after they were locked, oldest first (R299, A5)."""
    if not plan:
        return ()
    locks = locked_months(affects=Period(plan.from_day), registered_at=at, parameters=parameters_in_use())
    return tuple(lock.month for lock in locks)


def carry_out(plan: GrantPlan, *, order: Order, at: datetime, is_weighed: bool = False) -> None:
    """Write the plan in the caller's transaction. Raises LateChange when it is late and not weighed.

    Grants are closed before others open, so that no two of the same kind ever overlap.
    """
    if not plan:
        return
    late = months_too_late(plan, at=at)
    if late and not is_weighed:
        raise LateChange(late)
    withdrawn = [grant.grant_id for grant in plan.withdrawn]
    Grant.objects.filter(pk__in=withdrawn).update(withdrawn_at=at, in_effect=None)
    for one in plan.replaced:
        _replace(one)
    _open(plan.opened, order)
    rows = len(plan.replaced) + len(withdrawn) + len(plan.opened)
    record_data_change(what="grants", rows=rows, at=at)


def _replace(one: Replaced) -> None:
    Grant.objects.filter(pk=one.grant.grant_id).update(
        period=_range(one.after.period),
        in_effect=_range(one.after.in_effect) if one.after.in_effect else None,
    )


def _open(opened: Iterable[Opened], order: Order) -> None:
    made = Grant.objects.filter(Q(order=order)).count()
    Grant.objects.bulk_create(
        Grant(
            code=f"{order.code}:{made + number}",
            client_id=one.client_id,
            unit_id=one.unit_id,
            intervention=one.intervention,
            minutes=one.facts.minutes,
            per=one.facts.per.value,
            period=_range(one.facts.period),
            in_effect=_range(one.facts.in_effect) if one.facts.in_effect else None,
            order=order,
        )
        for number, one in enumerate(opened, start=1)
    )


def _period(days: DateRange) -> Period:
    return Period(days.lower, days.upper)


def _range(period: Period) -> DateRange:
    return DateRange(period.start, period.end)
