"""Staff of the units, and the devices they send visit events from."""

from django.db import models

from hemmavid.access.querysets import UnitScopedQuerySet
from hemmavid.database.rows import Row, keeps_history


@keeps_history()
class Staff(Row):
    """A person who performs visits (omsorgspersonal) at a unit."""

    code = models.CharField(max_length=100, unique=True)
    unit = models.ForeignKey("organisations.Unit", models.PROTECT, related_name="staff")
    given_name = models.CharField(max_length=200)
    family_name = models.CharField(max_length=200)

    objects = UnitScopedQuerySet["Staff"].as_manager()

    def __str__(self) -> str:
        return self.code


class DeviceToken(Row):
    """What a device shows at the field app's door (contract section 6); only the token's hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="tokens")
    device = models.CharField(max_length=200)
    issued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(ended_at__gte=models.F("issued_at")),
                name="device_token_ends_after_issue",
            )
        ]

    def __str__(self) -> str:
        return self.device
