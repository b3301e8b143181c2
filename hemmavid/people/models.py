"""Clients: who they are, where they live, who serves them."""

from typing import Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import UnitOfClientQuerySet
from hemmavid.audit.models import append_only
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
        return self.filter(models.Exists(served) | models.Q(pk__in=sorted(reach.client_ids, key=str)))


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

    objects = UnitOfClientQuerySet["ServingUnit"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "client"], name="serving_unit_once")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.unit_id}"


class BreakGlassReason(models.TextChoices):
    """Why a client outside one's area is opened (nödöppning, journey JA1)."""

    CALL = "call", "Brukaren eller en anhörig har ringt"
    ALARM = "alarm", "Larm"
    MISSING_VISIT = "missing_visit", "Ett besök har uteblivit"
    HOSPITAL = "hospital", "Sjukhuset eller ambulansen har ringt"
    OTHER = "other", "Annat, som jag beskriver"


class BreakGlassQuerySet(models.QuerySet["BreakGlass"]):
    """Openings, seen by whoever opened and by those who answer for the client."""

    def visible_to(self, actor: Actor) -> Self:
        """The actor's own, and those of clients the actor may read."""
        clients = Client.objects.visible_to(actor)
        return self.filter(models.Q(client__in=clients) | models.Q(user_id=actor.user_id))


class BreakGlass(Row):
    """That a person opened a client outside the own area, why, and until when. Never changed afterwards."""

    client = models.ForeignKey(Client, models.PROTECT, related_name="openings")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="openings")
    user_name = models.CharField(max_length=200)
    reason = models.CharField(max_length=20, choices=BreakGlassReason)
    text = models.CharField(max_length=500, blank=True)
    opened_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = BreakGlassQuerySet.as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("opened_at")), name="break_glass_ends_after_opening"
            ),
            models.CheckConstraint(
                condition=~models.Q(reason="other") | ~models.Q(text=""), name="break_glass_says_why"
            ),
        ]
        indexes = [models.Index(fields=["user", "ends_at"], name="break_glass_of_user")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.client_id}"
