"""The first wall: querysets that answer for one actor only."""

from typing import Any, Self, TypeVar

from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission

Stored = TypeVar("Stored", bound=models.Model)


class UnitScopedQuerySet(models.QuerySet[Stored]):
    """Rows that belong to one unit. Every read starts at `visible_to`."""

    unit_lookup = "unit_id"

    def visible_to(self, actor: Actor) -> Self:
        """Only rows of units where the actor may read clients; none without such a right."""
        reach = actor.reach(Permission.CLIENT_READ)
        if reach.everywhere:
            return self
        condition: dict[str, Any] = {f"{self.unit_lookup}__in": sorted(reach.unit_ids, key=str)}
        return self.filter(**condition) if reach else self.none()
