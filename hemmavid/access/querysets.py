"""The first wall: querysets that answer for one actor only."""

from typing import Any, Self, TypeVar

from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission

Stored = TypeVar("Stored", bound=models.Model)


class UnitScopedQuerySet(models.QuerySet[Stored]):
    """Rows that belong to one unit. Every read starts at `visible_to`."""

    unit_lookup = "unit_id"
    client_lookup = ""
    permission = Permission.CLIENT_READ

    def visible_to(self, actor: Actor) -> Self:
        """Only rows of units where the actor may read clients; none without such a right."""
        reach = actor.reach(self.permission)
        if reach.everywhere:
            return self
        condition: dict[str, Any] = {f"{self.unit_lookup}__in": sorted(reach.unit_ids, key=str)}
        allowed = models.Q(**condition)
        if self.client_lookup and reach.client_ids:
            opened: dict[str, Any] = {f"{self.client_lookup}__in": sorted(reach.client_ids, key=str)}
            allowed |= models.Q(**opened)
        return self.filter(allowed) if reach else self.none()


class UnitOfClientQuerySet(UnitScopedQuerySet[Stored]):
    """Rows of a unit about a client; also there when the client is opened by break-glass."""

    client_lookup = "client_id"


class MunicipalQuerySet(models.QuerySet[Stored]):
    """Rows that only roles with a right everywhere may read, such as what lies behind a decision (R018)."""

    permission = Permission.CASE_READ

    def visible_to(self, actor: Actor) -> Self:
        """Every row, or none."""
        return self if actor.reach(self.permission).everywhere else self.none()
