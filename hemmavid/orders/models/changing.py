"""What becomes of an order: another provider, the discharge team for a time, an ending, a correction."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import UnitOfClientQuerySet
from hemmavid.audit.models import append_only
from hemmavid.database.rows import Row, keeps_history
from hemmavid.orders.models.order import BetweenOrdersQuerySet, OfOrderQuerySet, Order


class ChangeStatus(models.TextChoices):
    """Where a change of provider stands."""

    REQUESTED = "requested", "Önskat"
    PLANNED = "planned", "Planerat"
    DONE = "done", "Genomfört"
    CLOSED = "closed", "Avslutat"
    WITHDRAWN = "withdrawn", "Återtaget"


class BetweenUnitsQuerySet(models.QuerySet["ProviderChange"]):
    """Changes of provider, seen by the units that leave and take over."""

    def visible_to(self, actor: Actor) -> Self:
        """Changes at units where the actor may read orders."""
        reach = actor.reach(Permission.ORDER_READ)
        if reach.everywhere:
            return self
        units = sorted(reach.unit_ids, key=str)
        return self.filter(models.Q(leaving_unit__in=units) | models.Q(next_unit__in=units))


@keeps_history()
class ProviderChange(Row):
    """A client's change of provider, from the wish to the day it is done (R050, R227).

    `next_unit` is empty until the next order has been sent: a unit that is only being asked knows nothing.
    """

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="provider_changes")
    order = models.ForeignKey(Order, models.PROTECT, related_name="changes_from")
    next_order = models.ForeignKey(Order, models.PROTECT, null=True, blank=True, related_name="changes_to")
    leaving_unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="changes_from")
    next_unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="changes_to"
    )
    status = models.CharField(max_length=10, choices=ChangeStatus, default=ChangeStatus.REQUESTED)
    requested_on = models.DateField()
    requested_by = models.CharField(max_length=200)
    is_chosen = models.BooleanField(default=True)
    planned_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=200)
    revision = models.PositiveIntegerField(default=1)

    objects = BetweenUnitsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status__in=["done", "closed"]) | models.Q(done_on__isnull=False),
                name="provider_change_done_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["order"],
                condition=models.Q(status__in=["requested", "planned"]),
                name="provider_change_one_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.requested_on}"


class ItemKind(models.TextChoices):
    """What is handed over at a change of provider (R005, R007, R055)."""

    PLAN = "plan", "Genomförandeplan"
    KEYS = "keys", "Nycklar"
    TAGS = "tags", "Taggar"
    DELEGATIONS = "delegations", "Delegeringar"
    BINDER = "binder", "Hemmapärm rensad"


class OfChangeQuerySet(models.QuerySet["HandoverItem"]):
    """Items, seen by those who see the change."""

    def visible_to(self, actor: Actor) -> Self:
        """Items of changes the actor may read."""
        return self.filter(change__in=ProviderChange.objects.visible_to(actor))


@keeps_history()
class HandoverItem(Row):
    """One line of the hand-over checklist: given by the one who leaves, received by the next, or why not."""

    change = models.ForeignKey(ProviderChange, models.PROTECT, related_name="items")
    kind = models.CharField(max_length=12, choices=ItemKind)
    given_at = models.DateTimeField(null=True, blank=True)
    given_by_name = models.CharField(max_length=200, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    received_by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    reason_by_name = models.CharField(max_length=200, blank=True)

    objects = OfChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "kind"], name="handover_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.change_id} {self.kind}"


class HandoverKind(models.TextChoices):
    """The two ways home care starts at discharge (R356)."""

    SIMPLIFIED = "simplified", "Förenklat beslut"
    ORDINARY = "ordinary", "Ordinarie handläggning"


class TeamMoveQuerySet(BetweenOrdersQuerySet["TeamMove"]):
    """Moves, seen by the one that leaves and by the one that takes over."""

    other_lookup = "next_order"


@keeps_history()
class TeamMove(Row):
    """An order moved to the discharge team, or from it, with the notice that was given (R362-R372).

    `order` is the one that leaves, `next_order` the one that takes over. `planned_return_on` only when it is
    for a time (R372).
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="moves_from")
    next_order = models.OneToOneField(Order, models.PROTECT, related_name="move_to")
    kind = models.CharField(max_length=12, choices=HandoverKind)
    told_at = models.DateTimeField()
    handover_at = models.DateTimeField()
    planned_return_on = models.DateField(null=True, blank=True)
    needs_contact = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    first_case_officer = models.CharField(max_length=200, blank=True)
    is_in_time = models.BooleanField()
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=200)

    objects = TeamMoveQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_in_time=True) | ~models.Q(first_case_officer=""),
                name="team_move_late_names_who_agreed",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.handover_at}"


class EndingReason(models.TextChoices):
    """Why an order, or a part of it, ends."""

    WISH = "wish", "Brukaren vill avsluta"
    DEATH = "death", "Dödsfall"
    MOVED = "moved", "Flyttat till särskilt boende eller annan kommun"
    NOT_USED = "not_used", "Tar inte emot stödet"
    NEVER_STARTED = "never_started", "Verkställt av misstag, aldrig utfört"
    DECISION = "decision", "Beslutet är slut"
    OTHER = "other", "Annat"


class EndingStatus(models.TextChoices):
    """An ending is told first, and holds once the officer has had it confirmed (R296, R297)."""

    REPORTED = "reported", "Anmält"
    CONFIRMED = "confirmed", "Bekräftat"
    REFUSED = "refused", "Ska inte avslutas"


@keeps_history()
class Ending(Row):
    """An ending of an order: when it was last performed, who told, and how it was confirmed (R295-R298).

    `interventions` lists the codes that end; empty when the whole order does.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="endings")
    last_day = models.DateField()
    interventions = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    reason = models.CharField(max_length=20, choices=EndingReason)
    text = models.CharField(max_length=500, blank=True)
    status = models.CharField(max_length=10, choices=EndingStatus, default=EndingStatus.REPORTED)
    reported_at = models.DateTimeField()
    reported_by_name = models.CharField(max_length=200)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="reported_endings"
    )
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_with = models.CharField(max_length=200, blank=True)
    confirmed_how = models.CharField(max_length=200, blank=True)
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = OfOrderQuerySet["Ending"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="confirmed")
                | models.Q(reason__in=["death", "never_started", "decision"])
                | (models.Q(confirmed_on__isnull=False) & ~models.Q(confirmed_with="")),
                name="ending_confirmed_with_somebody",
            )
        ]
        indexes = [models.Index(fields=["status", "reported_at"], name="ending_by_status")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.last_day}"


class CorrectionCause(models.TextChoices):
    """What reached into a month that was already locked (R299-R309)."""

    ENDING = "ending", "Avslut"
    DEATH = "death", "Dödsfall"
    EFFECT = "effect", "Verkställighet"
    VERSION = "version", "Ändrat uppdrag"
    MOVE = "move", "Byte eller flytt av uppdrag"


class BillingCorrection(Row):
    """That a change came after its month was locked: what billing has to correct, month by month.

    `months` holds for each month and unit the hours and öre before and after. Never changed: a correction of
    a correction is another one. `thread` is the message to billing that told of it.
    """

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="billing_corrections")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="billing_corrections")
    order = models.ForeignKey(
        Order, models.PROTECT, null=True, blank=True, related_name="billing_corrections"
    )
    cause = models.CharField(max_length=10, choices=CorrectionCause)
    months = models.JSONField()
    thread = models.ForeignKey(
        "care_messages.Thread", models.PROTECT, null=True, related_name="billing_corrections"
    )
    registered_at = models.DateTimeField()
    registered_by_name = models.CharField(max_length=200)

    objects = UnitOfClientQuerySet["BillingCorrection"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        indexes = [models.Index(fields=["client", "registered_at"], name="billing_correction_of_client")]

    def __str__(self) -> str:
        return f"{self.client_id} {self.registered_at}"
