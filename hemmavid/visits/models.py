"""Visits as they were registered: one row a staff member, so two rows when a visit is double-staffed."""

from django.db import models

from hemmavid.access.querysets import UnitOfClientQuerySet
from hemmavid.database.rows import Row, keeps_history


class Method(models.TextChoices):
    """How one end of a visit was registered (R021)."""

    TAG = "tag", "tagg"
    LOCK = "lock", "lås"
    QR = "qr", "QR-kod"
    MANUAL = "manual", "för hand"


class Status(models.TextChoices):
    """What became of a visit; only a performed one can count (R057, A18)."""

    PERFORMED = "performed", "utfört"
    CANCELLED = "cancelled", "avbokat"
    NOT_PERFORMED = "not_performed", "ej utfört"


@keeps_history()
class Visit(Row):
    """One staff member's part of a visit. Instants are UTC; the visit belongs to the local day it starts."""

    code = models.CharField(max_length=100)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="visits", db_index=False)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="visits", db_index=False)
    intervention = models.CharField(max_length=40)
    staff = models.ForeignKey("staffing.Staff", models.PROTECT, null=True, blank=True, related_name="visits")
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    start_method = models.CharField(max_length=6, choices=Method, blank=True)
    end_method = models.CharField(max_length=6, choices=Method, blank=True)
    is_approved = models.BooleanField(null=True, blank=True)
    status = models.CharField(max_length=13, choices=Status)

    objects = UnitOfClientQuerySet["Visit"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "staff"], nulls_distinct=False, name="visit_once_a_staff_member"
            ),
            models.CheckConstraint(condition=models.Q(status__in=Status.values), name="visit_status_known"),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("started_at")),
                name="visit_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="performed")
                | models.Q(
                    started_at__isnull=False,
                    ended_at__isnull=False,
                    staff__isnull=False,
                    start_method__in=Method.values,
                    end_method__in=Method.values,
                ),
                name="visit_performed_is_complete",
            ),
        ]
        indexes = [
            models.Index(fields=["client", "started_at"], name="visit_of_client"),
            models.Index(fields=["unit", "started_at"], name="visit_of_unit"),
            models.Index(fields=["started_at"], name="visit_by_time"),
        ]

    def __str__(self) -> str:
        return self.code
