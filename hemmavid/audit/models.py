"""Who looked at whom, and the seal that shows when a row has been tampered with.

Looks are append-only: a database trigger refuses every UPDATE and DELETE, and the application's role
has no right to either. The chain of blocks holds ids and hashes only (architecture.md 3a, "The look log").
"""

import pgtrigger
from django.db import models


class Action(models.TextChoices):
    """What was done."""

    LOOK = "look", "Öppnade"
    LIST = "list", "Visade lista"
    SEARCH = "search", "Sökte"
    OPEN_PROTECTED = "open_protected", "Öppnade skyddad identitet"
    BREAK_GLASS = "break_glass", "Nödöppnade"
    EXPORT = "export", "Laddade ner"
    CHANGE = "change", "Ändrade"


def append_only() -> list[pgtrigger.Trigger]:
    """The trigger that refuses to change or remove a row of the log."""
    return [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Look(models.Model):
    """One look at, or change of, a client's record. `client_id` is empty for lists and searches."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    unit_id = models.UUIDField(null=True)
    action = models.CharField(max_length=20, choices=Action)
    client_id = models.UUIDField(null=True)
    page = models.CharField(max_length=200)
    rows = models.IntegerField(default=1)

    class Meta:
        triggers = append_only()
        indexes = [
            models.Index(fields=["client_id", "at"], name="look_of_client"),
            models.Index(fields=["actor_id", "at"], name="look_by_actor"),
            models.Index(fields=["unit_id", "at"], name="look_from_unit"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class Block(models.Model):
    """A sealed run of looks: hash of the block before and of every row, in order."""

    number = models.BigIntegerField(primary_key=True)
    first_look = models.BigIntegerField()
    last_look = models.BigIntegerField()
    rows = models.IntegerField()
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    sealed_at = models.DateTimeField()

    class Meta:
        triggers = append_only()
        constraints = [
            models.UniqueConstraint(fields=["previous_hash"], name="block_chain_does_not_fork"),
        ]

    def __str__(self) -> str:
        return f"{self.number}"


class DataChange(models.Model):
    """That facts behind the statements changed, and when; the newest is their `as_of` (contract.md 4)."""

    number = models.BigAutoField(primary_key=True)
    at = models.DateTimeField()
    what = models.CharField(max_length=100)
    rows = models.IntegerField()

    class Meta:
        triggers = append_only()
        indexes = [models.Index(fields=["-at"], name="data_change_newest")]

    def __str__(self) -> str:
        return f"{self.at} {self.what}"
