"""Decisions still made under the old model, month by month: the list that is to shrink (R130, R178)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Decision, DecisionStatus
from hemmavid.cases.models.decision import Model
from hemmavid.cases.periods import period_of
from hemmavid.lib.periods import Month, Period
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, name_of

MONTHS = 12


@dataclass(frozen=True, slots=True)
class OldDecision:
    """One decision by the old time key that still holds."""

    case_id: UUID | None
    number: str
    client: ClientName
    officer: str
    last_day: date | None


@dataclass(frozen=True, slots=True)
class OldModelReport:
    """How many held on the first day of each month, the newest last, and those that hold today."""

    months: tuple[tuple[Month, int], ...]
    decisions: tuple[OldDecision, ...]


def decisions_under_old_model(*, on: date, by: Actor) -> OldModelReport:
    """The report. Two queries. Raises Denied."""
    require(by, Permission.CASE_READ)
    made = Decision.objects.visible_to(by).filter(
        Q(status=DecisionStatus.DECIDED) | Q(status=DecisionStatus.ENDED), model=Model.TIME_KEY
    )
    stored = made.order_by("period", "pk").values_list("period", flat=True)
    periods = [found for found in map(period_of, stored) if found is not None]
    months = [Month.of(on)]
    while len(months) < MONTHS:
        months.insert(0, months[0].previous())
    counted = [(month, sum(period.contains(month.first_day) for period in periods)) for month in months]
    return OldModelReport(tuple(counted), _holding(made.filter(period__contains=on)))


def _holding(made: QuerySet[Decision]) -> tuple[OldDecision, ...]:
    columns = ("case_id", "number", "case__officer__name", "period", *(f"client__{name}" for name in FIELDS))
    rows = made.order_by("period", "number").values_list(*columns)
    return tuple(
        OldDecision(
            case_id,
            number,
            name_of(PersonFields(*person)),
            officer or "",
            Period(period.lower, period.upper).last_day,
        )
        for case_id, number, officer, period, *person in rows
    )
