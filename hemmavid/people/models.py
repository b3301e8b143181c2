"""Clients: who they are, where they live, who serves them."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import UnitScopedQuerySet
from hemmavid.database.rows import Row, keeps_history


class ClientQuerySet(models.QuerySet["Client"]):
    """Clients, seen by those who serve them or decide about them."""

    def visible_to(self, actor: Actor) -> Self:
        """Clients with a grant, a visit or a plan at a unit where the actor may read clients."""
        reach = actor.reach(Permission.CLIENT_READ)
        if reach.everywhere:
            return self
        if not reach:
            return self.none()
        served = ServingUnit.objects.filter(
            client=models.OuterRef("pk"), unit_id__in=sorted(reach.unit_ids, key=str)
        )
        return self.filter(models.Exists(served))


@keeps_history()
class Client(Row):
    """A person with home care (brukare). With protected identity only the code and initials are shown."""

    code = models.CharField(max_length=100, unique=True)
    personal_number = models.CharField(max_length=13, blank=True)
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)
    street = models.CharField(max_length=200, blank=True)
    postcode = models.CharField(max_length=20, blank=True)
    city = models.CharField(max_length=100, blank=True)
    is_protected = models.BooleanField(default=False)
    deceased_on = models.DateField(null=True, blank=True)

    objects = ClientQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["personal_number"], name="client_personal_number")]

    def __str__(self) -> str:
        return self.code


class OfClientQuerySet(models.QuerySet["RuralMark"]):
    """Rows of a client, seen by those who see the client."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of clients the actor may read."""
        return self.filter(client__in=Client.objects.visible_to(actor))


@keeps_history()
class RuralMark(Row):
    """Whether a client lives in the countryside, and when (R207, A14). Unbounded ends hold for all time."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="rural_marks")
    period = DateRangeField()
    is_rural = models.BooleanField()

    objects = OfClientQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="rural_mark_one_at_a_time",
                expressions=[("client", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="Brukaren har redan en uppgift om landsbygd under perioden.",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False), name="rural_mark_period_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id}"


class ServingUnit(Row):
    """That a unit has, or has had, something to do with a client. Written by database triggers only."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="serving_units")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="served_clients")

    objects = UnitScopedQuerySet["ServingUnit"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "client"], name="serving_unit_once")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.unit_id}"
