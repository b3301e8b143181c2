"""The order (uppdrag) from the authority to one unit, and everything that was done with it."""

from typing import Self

import pgtrigger
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import Stored, UnitOfClientQuerySet
from hemmavid.audit.models import append_only
from hemmavid.database.rows import Row, keeps_history

LONGEST_OTHER = 8000
"""Characters under the heading övrigt (R251); more does not help whoever starts."""


class OrderKind(models.TextChoices):
    """To whom and for which part of what was granted (R360)."""

    HOME_CARE = "home_care", "Hemtjänst"
    DISCHARGE_TEAM = "discharge_team", "Hemgångsteam"
    ALARM = "alarm", "Larmteam"
    NIGHT = "night", "Nattdistrikt"
    ON_CALL = "on_call", "Insats under jourtid"


class OrderStatus(models.TextChoices):
    """Where an order stands. That it has been read is a step, not a state (R048)."""

    DRAFT = "draft", "Utkast"
    ASKED = "asked", "Förfrågan skickad"
    DECLINED = "declined", "Utföraren tackade nej"
    SENT = "sent", "Skickat"
    ACKNOWLEDGED = "acknowledged", "Mottaget"
    IN_EFFECT = "in_effect", "Verkställt"
    ENDED = "ended", "Avslutat"


SENT_STATUSES = (
    OrderStatus.SENT,
    OrderStatus.ACKNOWLEDGED,
    OrderStatus.IN_EFFECT,
    OrderStatus.ENDED,
)
"""From here on the unit knows of the client; before it the order is the authority's own."""


class OrderQuerySet(UnitOfClientQuerySet["Order"]):
    """Orders, seen by the authority, and once sent by the unit they went to."""

    permission = Permission.ORDER_READ

    def visible_to(self, actor: Actor) -> Self:
        """Orders of units where the actor may read orders; drafts only for whom all orders are."""
        seen = super().visible_to(actor)
        if actor.reach(Permission.ORDER_READ).everywhere:
            return seen
        return seen.filter(status__in=SENT_STATUSES)


@keeps_history()
class Order(Row):
    """What one unit is to do for one client under one decision.

    `ends_on` is the first day after the last (None: as long as the decision). `other` is what was written
    under övrigt and is kept here only until it is sent: from then on the versions say it (R251).
    `revision` counts the writes, so that of two who write at once one is told.
    """

    code = models.CharField(max_length=40, unique=True)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="orders")
    decision = models.ForeignKey(
        "cases.Decision", models.PROTECT, null=True, blank=True, related_name="orders"
    )
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="orders")
    kind = models.CharField(max_length=20, choices=OrderKind, default=OrderKind.HOME_CARE)
    status = models.CharField(max_length=20, choices=OrderStatus, default=OrderStatus.DRAFT)
    is_lead = models.BooleanField(default=False)
    is_lead_chosen = models.BooleanField(default=False)
    is_chosen = models.BooleanField(default=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    other = models.TextField(max_length=LONGEST_OTHER, blank=True)
    officer = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="orders")
    officer_name = models.CharField(max_length=200, blank=True)
    inquiry = models.ForeignKey(
        "orders.Inquiry", models.PROTECT, null=True, blank=True, related_name="orders"
    )
    replaces = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by_name = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = OrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=OrderKind.values), name="order_kind_known"),
            models.CheckConstraint(
                condition=models.Q(status__in=OrderStatus.values), name="order_status_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["sent", "acknowledged", "in_effect"])
                | models.Q(sent_at__isnull=False),
                name="order_sent_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["acknowledged", "in_effect"])
                | models.Q(acknowledged_at__isnull=False),
                name="order_acknowledged_at_an_instant",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True) | models.Q(ends_on__gte=models.F("starts_on")),
                name="order_ends_after_its_start",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "status", "sent_at"], name="order_of_unit"),
            models.Index(fields=["client"], name="order_of_client"),
            models.Index(fields=["decision"], name="order_of_decision"),
            models.Index(fields=["status", "sent_at"], name="order_by_status"),
        ]

    def __str__(self) -> str:
        return self.code


class OfOrderQuerySet(models.QuerySet[Stored]):
    """Rows of an order, seen by those who see the order."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of orders the actor may read."""
        return self.filter(order__in=Order.objects.visible_to(actor))


class OrderVersion(Row):
    """The order as it was sent. Never changed: what is new is a new version (R010).

    `content` is `orders.content.OrderContent` as JSON: the order itself and nothing that lies behind it.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    reason = models.CharField(max_length=500, blank=True)
    valid_from = models.DateField()
    sent_at = models.DateTimeField()
    sent_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="order_versions")
    sent_by_name = models.CharField(max_length=200)

    objects = OfOrderQuerySet["OrderVersion"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.UniqueConstraint(fields=["order", "number"], name="order_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="order_version_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} v{self.number}"


class StepKind(models.TextChoices):
    """What happened to an order."""

    ASKED = "asked", "Förfrågan"
    ACCEPTED = "accepted", "Utföraren kan ta emot"
    DECLINED = "declined", "Utföraren tackade nej"
    SENT = "sent", "Skickat"
    READ = "read", "Läst"
    ACKNOWLEDGED = "acknowledged", "Mottaget"
    IN_EFFECT = "in_effect", "Verkställt"
    VERSION = "version", "Ny version"
    CHANGED = "changed", "Ändrat utan nytt uppdrag"
    MOVED = "moved", "Flyttat"
    REPORTED = "reported", "Avslut anmält"
    ENDED = "ended", "Avslutat"


class OrderStepQuerySet(OfOrderQuerySet["OrderStep"]):
    """Steps, in the order they happened."""

    def in_order(self) -> Self:
        """The earliest first; what one press did at the same instant in the order of the kinds."""
        places = [models.When(step=kind, then=place) for place, kind in enumerate(StepKind)]
        return self.order_by("at", models.Case(*places, output_field=models.IntegerField()), "pk")


class OrderStep(Row):
    """One thing that happened to an order, when and by whom; `unit` is empty when the authority did it.

    `text` is read by both sides.
    """

    order = models.ForeignKey(Order, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=20, choices=StepKind)
    version_number = models.PositiveIntegerField(null=True, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="order_steps"
    )
    text = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="order_steps")
    by_name = models.CharField(max_length=200)

    objects = OrderStepQuerySet.as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.UniqueConstraint(
                fields=["order", "version_number"],
                condition=models.Q(step="read"),
                name="order_step_read_once_a_version",
            )
        ]
        indexes = [models.Index(fields=["order", "at"], name="order_step_of_order")]

    def __str__(self) -> str:
        return f"{self.order_id} {self.step}"


class OrderReading(Row):
    """That a person has opened a version: what is new is told from the last one read."""

    version = models.ForeignKey(OrderVersion, models.PROTECT, related_name="readings")
    order = models.ForeignKey(Order, models.PROTECT, related_name="readings")
    user = models.ForeignKey("access.User", models.PROTECT, related_name="order_readings")
    read_at = models.DateTimeField()

    objects = OfOrderQuerySet["OrderReading"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [models.UniqueConstraint(fields=["version", "user"], name="order_reading_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.user_id}"


class CalledWhom(models.TextChoices):
    """Who was called about an order sent late (R249, R250)."""

    UNIT = "unit", "Enheten"
    ON_CALL = "on_call", "Jourhavande arbetsledare"


class CallOutcome(models.TextChoices):
    """How the call went."""

    REACHED = "reached", "Nådde"
    NOT_REACHED = "not_reached", "Nådde ej"


class OrderCall(Row):
    """A call made because the order is sent after 14.00 and starts soon (R248)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="calls")
    whom = models.CharField(max_length=10, choices=CalledWhom)
    phone = models.CharField(max_length=40, blank=True)
    outcome = models.CharField(max_length=12, choices=CallOutcome)
    spoke_with = models.CharField(max_length=200, blank=True)
    called_at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="order_calls")
    by_name = models.CharField(max_length=200)

    objects = OfOrderQuerySet["OrderCall"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome="not_reached") | ~models.Q(spoke_with=""),
                name="order_call_names_whom_it_reached",
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.called_at}"


class BetweenOrdersQuerySet(models.QuerySet[Stored]):
    """Rows about two orders, seen by those who see one of them. `other_lookup` leads to the second."""

    other_lookup = "other_order"

    def visible_to(self, actor: Actor) -> Self:
        """Rows where the actor may read one of the orders."""
        orders = Order.objects.visible_to(actor)
        other = models.Q(**{f"{self.other_lookup}__in": orders})
        return self.filter(models.Q(order__in=orders) | other)


@keeps_history()
class CoordinationConsent(Row):
    """The client's consent that two providers talk with each other: for what, until when (R225, R398)."""

    order = models.ForeignKey(Order, models.PROTECT, related_name="consents")
    other_order = models.ForeignKey(Order, models.PROTECT, related_name="consents_of_others")
    purpose = models.CharField(max_length=500)
    given_on = models.DateField()
    ends_on = models.DateField()
    is_written = models.BooleanField(default=False)
    recorded_at = models.DateTimeField()
    recorded_by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = BetweenOrdersQuerySet["CoordinationConsent"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(purpose=""), name="coordination_consent_has_a_purpose"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on__gt=models.F("given_on")), name="coordination_consent_ends"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.other_order_id}"
