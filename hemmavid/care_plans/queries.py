"""Reads of approved care plans for the settlement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import BooleanField, F, Func, Value

from hemmavid.access.actors import Actor
from hemmavid.care_plans.models import ApprovedPlan
from hemmavid.lib.periods import Period
from hemmavid.organisations.selection import Selection


@dataclass(frozen=True, slots=True)
class FirstPlan:
    """An approval that no earlier one stands before."""

    client_id: UUID
    unit_id: UUID
    approved_on: date
    number: int


def first_plans_in(span: Period, *, scope: str, by: Actor, selection: Selection) -> list[FirstPlan]:
    """The approvals of the span that are the client's first with the provider, or at all (A11). One query.

    An earlier approval at a unit the actor cannot see counts as well; of it nothing is told but that it is
    there. The rule it must agree with is `care_plan_bonus.first_approvals`.
    """
    first = Func(
        F("pk"), Value(scope == "provider"), function="is_first_approved_plan", output_field=BooleanField()
    )
    rows = (
        ApprovedPlan.objects.visible_to(by)
        .filter(approved_on__gte=span.start, **selection.conditions())
        .filter(**({} if span.end is None else {"approved_on__lt": span.end}))
        .alias(is_first=first)
        .filter(is_first=True)
        .order_by("client_id", "approved_on", "number")
        .values_list("client_id", "unit_id", "approved_on", "number")
    )
    return [FirstPlan(*row) for row in rows]
