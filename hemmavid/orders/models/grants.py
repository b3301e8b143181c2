"""What a unit has been ordered to do for a client, and when the client is away."""

from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import UnitOfClientQuerySet
from hemmavid.database.rows import Row, keeps_history


class Per(models.TextChoices):
    """What the minutes of a grant are counted for."""

    WEEK = "week", "vecka"
    MONTH = "month", "månad"


@keeps_history()
class Grant(Row):
    """A granted intervention (beviljad insats) that a unit has been ordered to perform.

    `period` is when the decision holds; `in_effect` when it has been put into effect (verkställd),
    null until then (R183, R195). Both are half-open. Minutes never change: what is different from a day on
    is a row of its own. One that never came to be is withdrawn (`withdrawn_at`), and gives no time.
    """

    code = models.CharField(max_length=100, unique=True)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="grants")
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="grants")
    intervention = models.CharField(max_length=40)
    minutes = models.PositiveIntegerField()
    per = models.CharField(max_length=5, choices=Per)
    period = DateRangeField()
    in_effect = DateRangeField(null=True, blank=True)
    order = models.ForeignKey("orders.Order", models.PROTECT, null=True, blank=True, related_name="grants")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = UnitOfClientQuerySet["Grant"].as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="grant_one_at_a_time",
                expressions=[
                    ("client", RangeOperators.EQUAL),
                    ("unit", RangeOperators.EQUAL),
                    ("intervention", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                condition=models.Q(withdrawn_at__isnull=True),
                # Two grants may trade places in one import; it looks at the end of it, not in between.
                deferrable=models.Deferrable.IMMEDIATE,
                violation_error_message="Brukaren har redan insatsen vid enheten under perioden.",
            ),
            models.CheckConstraint(condition=models.Q(minutes__gte=1), name="grant_minutes_positive"),
            models.CheckConstraint(condition=models.Q(per__in=Per.values), name="grant_per_known"),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False, period__startswith__isnull=False),
                name="grant_period_has_a_start",
            ),
            models.CheckConstraint(
                condition=models.Q(in_effect__isnull=True)
                | models.Q(in_effect__isempty=False, in_effect__startswith__isnull=False),
                name="grant_in_effect_has_a_start",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | models.Q(in_effect__isnull=True),
                name="grant_withdrawn_gives_no_time",
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "client"], name="grant_of_unit"),
            models.Index(fields=["order"], name="grant_of_order"),
        ]

    def __str__(self) -> str:
        return self.code


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences, seen by units for the time they served the client."""

    def visible_to(self, actor: Actor) -> Self:
        """Absences that touch a grant at the actor's units; an old provider sees its own period only."""
        reach = actor.reach(Permission.CLIENT_READ)
        if reach.everywhere:
            return self
        if not reach:
            return self.none()
        away = models.Func(
            models.OuterRef("left_on"),
            models.OuterRef("returned_on"),
            models.Value("[]"),
            function="daterange",
            output_field=DateRangeField(),
        )
        served = Grant.objects.filter(
            client=models.OuterRef("client"),
            unit_id__in=sorted(reach.unit_ids, key=str),
            period__overlap=away,
        )
        opened = models.Q(client_id__in=sorted(reach.client_ids, key=str))
        return self.filter(models.Exists(served) | opened)


@keeps_history()
class Absence(Row):
    """An interruption of the whole case (uppehåll): the day of leaving and the day of return (R307, A10).

    Absent days are those strictly between; without a return, every day after the first.
    """

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="absences")
    left_on = models.DateField()
    returned_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["client", "left_on"], name="absence_once_a_day"),
            models.CheckConstraint(
                condition=models.Q(returned_on__isnull=True) | models.Q(returned_on__gte=models.F("left_on")),
                name="absence_returns_after_leaving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.client_id} {self.left_on}"
