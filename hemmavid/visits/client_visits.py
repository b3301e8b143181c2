"""Reads of what was done at a client's: visits of a span of days, and for each why it counts or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

from django.db.models import Max, Min, QuerySet

from hemmavid.access.actors import Actor
from hemmavid.lib.clock import day_start, local_day
from hemmavid.lib.hours import hours_from_seconds
from hemmavid.lib.periods import Month, Period
from hemmavid.orders.client_orders import label_of_code
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.visit_counting import VisitFacts, VisitPolicies, judge_visit
from hemmavid.visits.models import Method, Status, Visit

WHOLE_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One staff member's part of a visit, and whether it counts in the hours statement."""

    code: str
    day: date | None
    started_at: datetime | None
    ended_at: datetime | None
    intervention: str
    label: str
    unit: str
    staff: str
    status: Status
    start_method: str
    end_method: str
    hours: Decimal | None
    counts: bool
    reason: str
    is_double: bool = False

    @property
    def status_label(self) -> str:
        """Utfört, avbokat, ej utfört."""
        return str(Status(self.status).label)

    @property
    def explanation(self) -> str:
        """The reason without the word that the mark beside it says already."""
        return self.reason.partition(": ")[2].strip()[:1].upper() + self.reason.partition(": ")[2].strip()[1:]

    @property
    def methods(self) -> str:
        """tagg, or tagg – för hand when the ends differ; empty without both."""
        words = [str(Method(one).label) for one in (self.start_method, self.end_method) if one]
        return words[0] if len(set(words)) == 1 else " – ".join(words)


@dataclass(frozen=True, slots=True)
class VisitSpan:
    """Which visits: those of a client that start in the period; of one unit or intervention when given."""

    client_id: UUID
    period: Period
    unit_id: UUID | None = None
    intervention: str | None = None


def visits_of_client(
    span: VisitSpan, *, by: Actor, parameters: ParameterSet, deceased_on: date | None = None
) -> list[VisitRow]:
    """The visits of the span the actor may see, in the order they began. One query.

    A visit without a start belongs to no day and is left out. Why a visit counts is decided by the rules of
    its month (`judge_visit`); a parameter without value for a month raises ParameterNotDefined.
    """
    if span.period.end is None:
        raise ValueError("a span of visits has an end")
    rows = (
        Visit.objects.visible_to(by)
        .filter(
            client_id=span.client_id,
            started_at__gte=day_start(span.period.start),
            started_at__lt=day_start(span.period.end),
        )
        .select_related("unit", "staff", "client")
        .order_by("started_at", "code", "pk")
    )
    if span.unit_id is not None:
        rows = rows.filter(unit_id=span.unit_id)
    if span.intervention is not None:
        rows = rows.filter(intervention=span.intervention)
    visits = list(rows)
    codes = [visit.code for visit in visits]
    policies = lru_cache(lambda month: VisitPolicies.for_month(month, parameters))
    return [
        _row(visit, policies(_month(visit)), deceased_on, is_double=codes.count(visit.code) > 1)
        for visit in visits
    ]


def count_unapproved(month: Month, *, by: Actor) -> int:
    """How many performed visits of the month wait for approval: both ends by hand, undecided. One query."""
    return _unapproved(month, by).values("code").distinct().count()


def clients_with_unapproved(month: Month, *, by: Actor) -> frozenset[UUID]:
    """The clients of those visits. One query."""
    rows = _unapproved(month, by).values_list("client_id", flat=True)
    return frozenset(rows.distinct().order_by("client_id"))


def _unapproved(month: Month, by: Actor) -> QuerySet[Visit]:
    start, end = month.instants()
    return Visit.objects.visible_to(by).filter(
        status=Status.PERFORMED,
        start_method=Method.MANUAL,
        end_method=Method.MANUAL,
        is_approved__isnull=True,
        started_at__gte=start,
        started_at__lt=end,
    )


@dataclass(frozen=True, slots=True)
class VisitMonths:
    """The first and the last month in which the actor sees visits."""

    first: Month
    last: Month


def months_with_visits(*, by: Actor) -> VisitMonths | None:
    """From when until when there are visits; None when there are none. One query."""
    ends = Visit.objects.visible_to(by).aggregate(first=Min("started_at"), last=Max("started_at"))
    if ends["first"] is None:
        return None
    return VisitMonths(Month.of_instant(ends["first"]), Month.of_instant(ends["last"]))


def newest_visit_day(client_id: UUID, *, by: Actor) -> date | None:
    """The local day of the client's newest visit that the actor may see; None without visits. One query."""
    newest = (
        Visit.objects.visible_to(by)
        .filter(client_id=client_id, started_at__isnull=False)
        .order_by("-started_at")
        .values_list("started_at", flat=True)
        .first()
    )
    return local_day(newest) if newest else None


def _month(visit: Visit) -> Month:
    if visit.started_at is None:
        raise ValueError("a visit without a start belongs to no month")
    return Month.of_instant(visit.started_at)


def _row(visit: Visit, policies: VisitPolicies, deceased_on: date | None, *, is_double: bool) -> VisitRow:
    facts = VisitFacts(
        visit=visit.code,
        unit=visit.unit.code,
        client=visit.client.code,
        intervention=visit.intervention,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        start_method=visit.start_method,
        end_method=visit.end_method,
        is_approved=visit.is_approved,
        status=visit.status,
    )
    judgement = judge_visit(facts, policies, deceased_on)
    worked = visit.ended_at - visit.started_at if visit.ended_at and visit.started_at else None
    staff = visit.staff
    return VisitRow(
        code=visit.code,
        day=local_day(visit.started_at) if visit.started_at else None,
        started_at=visit.started_at,
        ended_at=visit.ended_at,
        intervention=visit.intervention,
        label=label_of_code(visit.intervention),
        unit=visit.unit.name,
        staff=f"{staff.given_name} {staff.family_name}" if staff else "",
        status=Status(visit.status),
        start_method=visit.start_method,
        end_method=visit.end_method,
        hours=hours_from_seconds(worked // WHOLE_SECOND) if worked is not None else None,
        counts=judgement.counts,
        reason=judgement.reason,
        is_double=is_double,
    )
