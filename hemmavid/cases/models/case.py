"""The case, who owns it, how it changed, and the application it began with."""

import pgtrigger
from django.db import models

from hemmavid.access.querysets import MunicipalQuerySet
from hemmavid.audit.models import append_only
from hemmavid.cases.models.fields import LONGEST_LINE, long_text
from hemmavid.database.rows import Row, keeps_history


class CaseStatus(models.TextChoices):
    """Whether somebody works with the case."""

    OPEN = "open", "Pågår"
    CLOSED = "closed", "Avslutat"


class Case(Row):
    """One client's case at the authority (ärende). `officer` null: it lies in the queue of unassigned cases.

    `revision` grows by one with every write; the rows of `CaseChange` and `CaseOwner` are its history.
    """

    number = models.CharField(max_length=20, unique=True)
    client = models.ForeignKey("people.Client", models.PROTECT, related_name="cases")
    officer = models.ForeignKey(
        "access.User", models.PROTECT, null=True, blank=True, related_name="owned_cases"
    )
    status = models.CharField(max_length=10, choices=CaseStatus, default=CaseStatus.OPEN)
    opened_on = models.DateField()
    opened_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="opened_cases")
    closed_on = models.DateField(null=True, blank=True)
    revision = models.PositiveIntegerField(default=1)

    objects = MunicipalQuerySet["Case"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=models.Q(status="open"), name="case_one_open_a_client"
            ),
            models.CheckConstraint(
                condition=models.Q(status="open", closed_on__isnull=True)
                | models.Q(status="closed", closed_on__isnull=False),
                name="case_closed_has_a_day",
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "status"], name="case_of_officer"),
            models.Index(fields=["client"], name="case_of_client"),
        ]

    def __str__(self) -> str:
        return self.number


class CaseOwner(Row):
    """That the case came to an officer, or to the queue (`officer` null); why, and by whom (FB1, FB5)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="owners")
    officer = models.ForeignKey("access.User", models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField()
    reason = models.CharField(max_length=LONGEST_LINE, blank=True)
    is_priority = models.BooleanField(default=False)
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    objects = MunicipalQuerySet["CaseOwner"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(is_priority=False) | ~models.Q(reason=""),
                name="case_owner_of_priority_says_why",
            )
        ]
        indexes = [models.Index(fields=["case", "from_at"], name="owner_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.from_at}"


class CaseChange(Row):
    """That the case came to a revision: what was done, by whom and when. What a late saver is told."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="changes")
    revision = models.PositiveIntegerField()
    what = models.CharField(max_length=60)
    at = models.DateTimeField()
    by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)

    objects = MunicipalQuerySet["CaseChange"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.UniqueConstraint(fields=["case", "revision"], name="case_change_one_a_revision")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.revision}"


class Capacity(models.TextChoices):
    """In what capacity somebody applies: the provider only when the client cannot or will not (R138)."""

    SELF = "self", "Brukaren själv"
    LEGAL_REPRESENTATIVE = "legal_representative", "Legal företrädare"
    HELPER = "helper", "Anhörig eller annan som hjälper till"
    PROVIDER = "provider", "Utföraren"


@keeps_history()
class Application(Row):
    """What was applied for, by whom, and what the person was told (R040, R138, R256, R272, R273, R275).

    `is_new_applicant`: has no home care, so a home visit is made or a reason given (R271).
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="applications")
    received_on = models.DateField()
    capacity = models.CharField(max_length=20, choices=Capacity)
    applicant_name = models.CharField(max_length=200, blank=True)
    on_behalf_reason = models.CharField(max_length=LONGEST_LINE, blank=True)
    client_wish = long_text()
    applied_for = long_text()
    is_new_applicant = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    urgent_reason = models.CharField(max_length=LONGEST_LINE, blank=True)
    information_given_on = models.DateField(null=True, blank=True)
    leaflet_given_on = models.DateField(null=True, blank=True)
    clause_told_on = models.DateField(null=True, blank=True)
    home_visit_booked_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)

    objects = MunicipalQuerySet["Application"].as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(capacity="self") | ~models.Q(applicant_name=""),
                name="application_says_who_applies",
            ),
            models.CheckConstraint(
                condition=~models.Q(capacity__in=["helper", "provider"]) | ~models.Q(on_behalf_reason=""),
                name="application_for_another_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(is_urgent=False) | ~models.Q(urgent_reason=""),
                name="application_urgent_says_why",
            ),
        ]
        indexes = [models.Index(fields=["case", "received_on"], name="application_of_case")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.received_on}"
