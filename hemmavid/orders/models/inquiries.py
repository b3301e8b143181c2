"""What is asked of a unit before it knows of whom, and when it takes no new clients."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.policy import Permission
from hemmavid.access.querysets import UnitScopedQuerySet
from hemmavid.database.rows import Row, keeps_history


class CapacityStopQuerySet(UnitScopedQuerySet["CapacityStop"]):
    """Stops, seen by the unit itself and by the authority."""

    permission = Permission.ORDER_READ


class InquiryQuerySet(UnitScopedQuerySet["Inquiry"]):
    """Inquiries, seen by the unit that was asked and by the authority."""

    permission = Permission.ORDER_READ


@keeps_history()
class CapacityStop(Row):
    """A unit's registered stop for new clients: only in its time may a unit decline (R048, A25)."""

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="capacity_stops")
    period = DateRangeField()
    reason = models.CharField(max_length=500)
    set_at = models.DateTimeField()
    set_by_name = models.CharField(max_length=200)

    objects = CapacityStopQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="capacity_stop_one_at_a_time",
                expressions=[("unit", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                violation_error_message="Enheten har redan ett kapacitetsstopp under perioden.",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False, period__startswith__isnull=False),
                name="capacity_stop_has_a_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.period}"


class Answer(models.TextChoices):
    """What the unit answered."""

    ACCEPTED = "accepted", "Tar emot"
    DECLINED = "declined", "Tackar nej"


@keeps_history()
class Inquiry(Row):
    """Whether a unit can take a new client, asked before the name is shared (R047, R048).

    Holds no client: the draft order points here, and is not for the unit's eyes. `is_by_phone`: the officer
    asked on the phone and wrote down the answer.
    """

    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="inquiries")
    starts_on = models.DateField()
    area = models.CharField(max_length=100, blank=True)
    minutes_per_week = models.PositiveIntegerField()
    interventions = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    asked_by_name = models.CharField(max_length=200)
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=200, blank=True)
    is_by_phone = models.BooleanField(default=False)
    revision = models.PositiveIntegerField(default=1)

    objects = InquiryQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answer="", answered_at__isnull=True)
                | (~models.Q(answer="") & models.Q(answered_at__isnull=False)),
                name="inquiry_answered_at_an_instant",
            ),
            models.CheckConstraint(
                condition=~models.Q(answer="declined") | ~models.Q(reason=""),
                name="inquiry_declined_says_why",
            ),
        ]
        indexes = [models.Index(fields=["unit", "asked_at"], name="inquiry_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.asked_at}"
