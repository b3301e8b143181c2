"""The two journals about a client: the authority's and each unit's own. Signed entries never change."""

from typing import Self

import pgtrigger
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.audit.models import append_only
from hemmavid.database.rows import Row

LONGEST_TEXT = 20_000


class JournalSide(models.TextChoices):
    """Whose journal: neither side reads the other's (R270, R399)."""

    AUTHORITY = "authority", "Myndighetens journal"
    PROVIDER = "provider", "Utförarens journal"


class EntryKind(models.TextChoices):
    """What an entry is. A case event (händelse) is an entry too, and replaces any other note (R403)."""

    NOTE = "note", "Anteckning"
    EVENT = "event", "Händelse"
    CONTACT = "contact", "Kontakt"
    CONSENT = "consent", "Samtycke"
    DECISION = "decision", "Beslut"
    ORDER = "order", "Uppdrag"
    CORRECTION = "correction", "Rättelse"


class JournalQuerySet(models.QuerySet["JournalEntry"]):
    """Entries, seen by the side that keeps the journal."""

    def visible_to(self, actor: Actor) -> Self:
        """The authority's journal for the authority, a unit's for that unit."""
        if actor.is_system:
            return self
        allowed = models.Q(pk__in=[])
        if actor.reach(Permission.JOURNAL_OF_AUTHORITY).everywhere:
            allowed |= models.Q(side=JournalSide.AUTHORITY)
        units = actor.reach(Permission.JOURNAL_OF_PROVIDER).unit_ids
        if units:
            allowed |= models.Q(side=JournalSide.PROVIDER, unit_id__in=sorted(units, key=str))
        return self.filter(allowed)


class JournalEntry(Row):
    """One signed and locked entry. A mistake is corrected by a new entry that points back (`corrects`).

    `happened_at`: when it took place; `signed_at`: when it was written down. `about_id`: the decision or
    order it concerns, if any.
    """

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="journal_entries")
    side = models.CharField(max_length=10, choices=JournalSide)
    unit = models.ForeignKey(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="journal_entries"
    )
    kind = models.CharField(max_length=12, choices=EntryKind)
    happened_at = models.DateTimeField()
    text = models.TextField(max_length=LONGEST_TEXT)
    about_id = models.UUIDField(null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    signed_at = models.DateTimeField()
    signed_by = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="journal_entries")
    signed_by_name = models.CharField(max_length=200)

    objects = JournalQuerySet.as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [
            models.CheckConstraint(
                condition=models.Q(side="authority", unit__isnull=True)
                | models.Q(side="provider", unit__isnull=False),
                name="journal_of_a_provider_has_a_unit",
            ),
        ]
        indexes = [models.Index(fields=["client", "side", "happened_at"], name="journal_of_client")]

    def __str__(self) -> str:
        return f"{self.side} {self.happened_at}"
