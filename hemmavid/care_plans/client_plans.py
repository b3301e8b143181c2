"""Reads of a client's care plans."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.care_plans.models import ApprovedPlan


@dataclass(frozen=True, slots=True)
class PlanRow:
    """An approved care plan."""

    approved_on: date
    unit: str


def plans_of_client(client_id: UUID, *, by: Actor) -> list[PlanRow]:
    """The approved plans the actor may see, newest first. One query."""
    plans = ApprovedPlan.objects.visible_to(by).filter(client_id=client_id)
    rows = plans.order_by("-approved_on", "pk").values_list("approved_on", "unit__name")
    return [PlanRow(*row) for row in rows]
