"""What visits sum to, counted by PostgreSQL as the rule says (rules/visit_counting.py)."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from django.db.models import Count, DateTimeField, Exists, F, Func, Max, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import TruncWeek

from hemmavid.access.actors import Actor
from hemmavid.lib.clock import STOCKHOLM, day_start, local_day
from hemmavid.lib.periods import Period
from hemmavid.organisations.selection import Selection
from hemmavid.people.models import Client
from hemmavid.rules.interventions import LOV_CODES
from hemmavid.rules.visit_counting import (
    MANUAL,
    ONE_MICROSECOND,
    PERFORMED,
    TAGGED_METHODS,
    Evidence,
    Performed,
    VisitPolicies,
)
from hemmavid.visits.models import Visit

Instants = tuple[datetime, datetime]
AtomKey = tuple[UUID, UUID, str]
"""Unit, client and intervention."""

ATOM = ("unit_id", "client_id", "intervention")
_BOTH_MANUAL = Q(start_method=MANUAL, end_method=MANUAL)
_CONDITIONS: Mapping[Evidence, Q] = MappingProxyType(
    {
        Evidence.TAGGED: Q(start_method__in=sorted(TAGGED_METHODS))
        | Q(end_method__in=sorted(TAGGED_METHODS)),
        Evidence.MANUAL_APPROVED: _BOTH_MANUAL & Q(is_approved=True),
        Evidence.MANUAL_UNAPPROVED: _BOTH_MANUAL & (Q(is_approved=False) | Q(is_approved__isnull=True)),
    }
)
_TIME = F("ended_at") - F("started_at")


def performed_in(
    instants: Instants,
    *,
    policies: VisitPolicies,
    by: Actor,
    selection: Selection,
    codes: frozenset[str] = LOV_CODES,
) -> dict[AtomKey, Performed]:
    """Exact time and number of the counted visits that start in the span, by atom. One query.

    The same figures as `visit_counting.performed`, the reference. A double-staffed visit counts once
    if any of its rows does, and both staff's time is summed, unless A17 is set otherwise. `codes` are the
    interventions asked for.
    """
    visits = _counted(instants, policies=policies, by=by, selection=selection)
    if codes != LOV_CODES:
        visits = visits.filter(intervention__in=sorted(codes))
    if not policies.sums_double:
        return _longest_of_each(visits, policies)
    number = Count("pk") if policies.counts_per_employee else Count("code", distinct=True)
    rows = visits.values(*ATOM).annotate(time=Sum(_TIME), number=number).order_by()
    return {
        (unit_id, client_id, code): Performed(time // ONE_MICROSECOND, number)
        for unit_id, client_id, code, time, number in rows.values_list(*ATOM, "time", "number")
    }


def weekly_time(
    span: Period, *, policies: VisitPolicies, by: Actor, selection: Selection
) -> dict[date, timedelta]:
    """Exact counted time within LOV by the Monday of the week in which the visits start. One query."""
    if span.end is None:
        raise ValueError("weeks without end have no sums")
    instants = day_start(span.start), day_start(span.end)
    visits = _counted(instants, policies=policies, by=by, selection=selection)
    by_week = visits.annotate(week=TruncWeek("started_at", tzinfo=STOCKHOLM))
    if policies.sums_double:
        rows = by_week.values("week").annotate(time=Sum(_TIME)).order_by()
    else:
        rows = by_week.values("week", "code").annotate(time=Max(_TIME)).order_by()
    found: defaultdict[date, timedelta] = defaultdict(timedelta)
    for week, time in rows.values_list("week", "time"):
        found[local_day(week)] += time
    return dict(found)


def _counted(
    instants: Instants, *, policies: VisitPolicies, by: Actor, selection: Selection
) -> QuerySet[Visit]:
    """The rows that count, each judged for itself: `visit_counting.judge_visit` as one condition."""
    start, end = instants
    accepted = Q(pk__in=[])
    for evidence in sorted(policies.accepted):
        accepted |= _CONDITIONS[evidence]
    return (
        Visit.objects.visible_to(by)
        .filter(
            status=PERFORMED, intervention__in=sorted(LOV_CODES), started_at__gte=start, started_at__lt=end
        )
        .filter(accepted, ~Exists(_dead_before_the_visit(end, by)), **selection.conditions())
    )


def _dead_before_the_visit(end: datetime, by: Actor) -> QuerySet[Client]:
    """The visit's client, if dead before the local day on which it starts; the day of death counts."""
    day_after = Func(
        F("deceased_on"),
        template="timezone('%(zone)s', (%(expressions)s + 1)::timestamp)",
        zone=STOCKHOLM.key,
        output_field=DateTimeField(),
    )
    dead = Client.objects.visible_to(by).filter(deceased_on__lt=local_day(end)).alias(gone_from=day_after)
    return dead.filter(pk=OuterRef("client_id"), gone_from__lte=OuterRef("started_at"))


def _longest_of_each(visits: QuerySet[Visit], policies: VisitPolicies) -> dict[AtomKey, Performed]:
    """A17 set so that only the longest counted row of a double-staffed visit is summed."""
    found: defaultdict[AtomKey, Performed] = defaultdict(lambda: Performed(0, 0))
    rows = visits.values(*ATOM, "code").annotate(time=Max(_TIME), number=Count("pk")).order_by()
    for unit_id, client_id, code, time, number in rows.values_list(*ATOM, "time", "number").iterator():
        key = unit_id, client_id, code
        so_far = found[key]
        found[key] = Performed(
            so_far.microseconds + time // ONE_MICROSECOND,
            so_far.visits + (number if policies.counts_per_employee else 1),
        )
    return dict(found)
