"""Clients: who they are, where they live, who serves them."""

from collections.abc import Iterable
from typing import Self
from uuid import UUID

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import Stored, UnitOfClientQuerySet, UnitScopedQuerySet
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


class ClientCardQuerySet(models.QuerySet["ClientCard"]):
    """Client cards, seen by those who order care, those who serve, and whoever has opened the client."""

    def visible_to(self, actor: Actor) -> Self:
        """Cards of clients the actor may read; not for who only counts money."""
        if not actor.may(Permission.ORDER_READ):
            return self.none()
        return self.filter(client__in=Client.objects.visible_to(actor))


@keeps_history()
class ClientCard(Row):
    """A client's card (personkort). `number`: the version that holds now; 0 before the first (R010)."""

    client = models.OneToOneField(Client, models.PROTECT, related_name="card")
    number = models.PositiveIntegerField(default=0)

    objects = ClientCardQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.client_id} v{self.number}"


class ServedDuring(models.Func):
    """Whether one of the units served the client, or is to, at some time within [since, before].

    Asks the database itself, so that this room need not know how orders are kept. `before` null: no end.
    """

    function = "client_served_during"
    output_field = models.BooleanField()


def listed_units(units: Iterable[UUID]) -> models.Value:
    """Units as the database takes a list of them."""
    return models.Value(sorted(units, key=str), output_field=ArrayField(models.UUIDField()))


class ClientCardVersionQuerySet(models.QuerySet["ClientCardVersion"]):
    """Versions of client cards: a unit sees those of its own time, whoever has opened a client the newest."""

    def visible_to(self, actor: Actor) -> Self:
        """Versions that held while the actor's units served, that were read, or of an opened client."""
        reach = actor.reach(Permission.ORDER_READ)
        if reach.everywhere or not reach:
            return self if reach else self.none()
        after = ClientCardVersion.objects.filter(
            card=models.OuterRef("card"), number=models.OuterRef("number") + 1
        )
        in_own_time = ServedDuring(
            models.F("card__client_id"),
            listed_units(reach.unit_ids),
            models.F("made_at"),
            models.Subquery(after.values("made_at"), output_field=models.DateTimeField()),
        )
        read_before = ClientCardReading.objects.filter(
            version=models.OuterRef("pk"), user=actor.user_id, unit_id__in=sorted(reach.unit_ids, key=str)
        )
        newest_of_opened = models.Q(
            card__client_id__in=sorted(reach.client_ids, key=str), number=models.F("card__number")
        )
        allowed = models.Q(in_own_time) | models.Q(models.Exists(read_before)) | newest_of_opened
        return self.filter(allowed, card__client__in=Client.objects.visible_to(actor))


class ClientCardVersion(Row):
    """One version of a card, never changed: a correction is the next version (R010, R011).

    `content`: heading (people.card_content.CardField) to lines.
    """

    card = models.ForeignKey(ClientCard, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="card_versions")
    made_by_name = models.CharField(max_length=200)

    objects = ClientCardVersionQuerySet.as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [models.UniqueConstraint(fields=["card", "number"], name="card_version_once")]

    def __str__(self) -> str:
        return f"{self.card_id} v{self.number}"


class OfUnitOrOwnQuerySet(UnitScopedQuerySet[Stored]):
    """Rows from a unit, seen there and by the person who made them."""

    permission = Permission.ORDER_READ

    def visible_to(self, actor: Actor) -> Self:
        """All, those of the actor's units, or the actor's own; none without the right to what is ordered."""
        reach = actor.reach(Permission.ORDER_READ)
        if reach.everywhere or not reach:
            return self if reach else self.none()
        own_units = models.Q(unit_id__in=sorted(reach.unit_ids, key=str))
        return self.filter(own_units | models.Q(user=actor.user_id))


class ClientCardReading(Row):
    """That a person has read a version, from which unit, and when (R011). The first time counts."""

    version = models.ForeignKey(ClientCardVersion, models.PROTECT, related_name="readings")
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="card_readings")
    user_name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="card_readings"
    )
    read_at = models.DateTimeField()

    objects = OfUnitOrOwnQuerySet["ClientCardReading"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="card_read_once_a_person")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.user_id}"


class CardErrorOutcome(models.TextChoices):
    """What came of a reported error (R031)."""

    CORRECTED = "corrected", "Personkortet är rättat"
    NO_ERROR = "no_error", "Personkortet stämmer"
    OTHER = "other", "Hanteras på annat sätt"


@keeps_history()
class CardError(Row):
    """A unit's report that the card does not agree with how things are (R012, R031), and what came of it."""

    version = models.ForeignKey(ClientCardVersion, models.PROTECT, related_name="errors")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="card_errors")
    user = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="card_errors")
    user_name = models.CharField(max_length=200)
    text = models.CharField(max_length=1000)
    reported_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=CardErrorOutcome, blank=True)
    outcome_text = models.CharField(max_length=1000, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    objects = OfUnitOrOwnQuerySet["CardError"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(settled_at__isnull=True, outcome="")
                | (models.Q(settled_at__isnull=False) & ~models.Q(outcome="")),
                name="card_error_settled_with_outcome",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id} {self.unit_id}"
