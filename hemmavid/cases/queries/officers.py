"""Who works as a case officer, for the choice of an owner."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Func

from hemmavid.access.actors import Actor, require
from hemmavid.access.models import RoleAssignment
from hemmavid.access.policy import Permission
from hemmavid.cases.operations.owners import OFFICERS


@dataclass(frozen=True, slots=True)
class Officer:
    """A person who may own cases."""

    user_id: UUID
    name: str


def officers(*, on: date, by: Actor) -> list[Officer]:
    """Everybody who works as a case officer on the day, in Swedish order. One query. Raises Denied."""
    require(by, Permission.CASE_READ)
    holders = RoleAssignment.objects.in_force_on(on).filter(role__in=OFFICERS)
    ordered = holders.order_by(Func("user__name", function="swedish_key"), "user_id")
    people = dict.fromkeys(ordered.values_list("user_id", "user__name"))
    return [Officer(user_id, name) for user_id, name in people]
