"""The municipality, its providers, their units, and what an hour costs."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models

from hemmavid.database.rows import Row, keeps_history


class ProviderKind(models.TextChoices):
    """Own regime or private; the same rules, another price row (R001, R174)."""

    MUNICIPAL = "municipal", "Kommunal"
    PRIVATE = "private", "Privat"


class Municipality(Row):
    """The one municipality of this installation (architecture.md 3a)."""

    name = models.CharField(max_length=200)
    organisation_number = models.CharField(max_length=11, blank=True)
    code = models.CharField(max_length=4, blank=True)
    is_demo = models.BooleanField(default=False)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(only=True), name="municipality_is_one")]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class Provider(Row):
    """Who performs home care under LOV: the municipality itself or a company (R001)."""

    code = models.CharField(max_length=100, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=ProviderKind)
    organisation_number = models.CharField(max_length=11, blank=True)
    bankgiro = models.CharField(max_length=9, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=ProviderKind.values), name="provider_kind_known"
            )
        ]

    def __str__(self) -> str:
        return self.name


@keeps_history()
class Unit(Row):
    """A unit of a provider (enhet); orders, staff and visits belong to it."""

    code = models.CharField(max_length=100, unique=True)
    provider = models.ForeignKey(Provider, models.PROTECT, related_name="units")
    name = models.CharField(max_length=200)

    def __str__(self) -> str:
        return self.name


@keeps_history()
class Price(Row):
    """What an hour costs from a day on, and who decided it (R180, R204–R207). Öre an hour."""

    kind = models.CharField(max_length=10, choices=ProviderKind)
    valid_from = models.DateField()
    base_ore = models.BigIntegerField()
    rural_supplement_ore = models.BigIntegerField()
    deduction_ore = models.BigIntegerField()
    decided_by = models.CharField(max_length=200, blank=True)
    decision_reference = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="price_one_a_kind_and_day"),
            models.CheckConstraint(
                condition=models.Q(base_ore__gte=0, rural_supplement_ore__gte=0, deduction_ore__gte=0),
                name="price_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.valid_from}"


class Right(models.TextChoices):
    """What a company must give its staff to be paid in full (R206)."""

    FULL_TIME = "full_time", "Rätt till heltid"
    COHERENT_HOURS = "coherent_hours", "Rätt till sammanhållen arbetstid"


@keeps_history()
class ProviderRight(Row):
    """Whether a provider gives its staff a right, when, and on what evidence (R206, A13).

    `period` is half-open and may lack both ends: an undated mark of the first import holds for all time.
    """

    provider = models.ForeignKey(Provider, models.PROTECT, related_name="rights")
    right = models.CharField(max_length=20, choices=Right)
    period = DateRangeField()
    is_granted = models.BooleanField()
    evidence = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="provider_right_one_at_a_time",
                expressions=[
                    ("provider", RangeOperators.EQUAL),
                    ("right", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                ],
                violation_error_message="Utföraren har redan en uppgift om rätten under perioden.",
            ),
            models.CheckConstraint(
                condition=models.Q(period__isempty=False), name="provider_right_period_not_empty"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.right}"
