"""Threads about a client between mailboxes: what was said, by whom, and when the other side read it."""

from typing import Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.access.querysets import Stored
from hemmavid.audit.models import append_only
from hemmavid.database.rows import Row, keeps_history

LONGEST_TEXT = 8000
"""Characters in one message; more belongs in the journal or in the order itself."""


class MailboxKind(models.TextChoices):
    """Whose mailbox (funktionsbrevlåda) it is: a unit's, the authority's, billing's (R146, R244).

    What the one on call sends comes from a mailbox of its own, so that both sides have it as unread.
    """

    UNIT = "unit", "Enhet"
    AUTHORITY = "authority", "Myndigheten"
    BILLING = "billing", "Debiteringen"
    ON_CALL = "on_call", "Jouren"


class Mailbox(Row):
    """A shared mailbox; every unit has one, and so have the authority and billing. Holds nothing itself."""

    kind = models.CharField(max_length=10, choices=MailboxKind)
    unit = models.OneToOneField(
        "organisations.Unit", models.PROTECT, null=True, blank=True, related_name="mailbox"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="unit", unit__isnull=False)
                | (~models.Q(kind="unit") & models.Q(unit__isnull=True)),
                name="mailbox_of_a_unit_has_one",
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(unit__isnull=True), name="mailbox_one_a_function"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.unit_id or ''}"


class ThreadKind(models.TextChoices):
    """What a thread is about; a clarification stays open until both sides agree (R269)."""

    CLARIFICATION = "clarification", "Otydligt uppdrag"
    CHANGE = "change", "Ändring utan nytt uppdrag"
    NEW_VERSION = "new_version", "Ny version"
    CARD_ERROR = "card_error", "Fel på personkortet"
    COORDINATION = "coordination", "Samordning mellan utförare"
    ENDING = "ending", "Avslut"
    DEATH = "death", "Dödsfall"
    CORRECTION = "correction", "Rättelse till debiteringen"
    HANDOVER = "handover", "Överlämning"
    ON_CALL = "on_call", "Insats under jourtid"
    REVIEW = "review", "Översyn av ramtid"
    BREAK_GLASS = "break_glass", "Nödöppning"
    QUESTION = "question", "Fråga"


class ThreadQuerySet(models.QuerySet["Thread"]):
    """Threads, seen by the mailboxes that take part."""

    def visible_to(self, actor: Actor) -> Self:
        """Threads of the actor's units, or all for whom the municipality's messages are."""
        reach = actor.reach(Permission.MESSAGE_READ)
        if reach.everywhere:
            return self
        return self.filter(unit_ids__overlap=sorted(reach.unit_ids, key=str)) if reach else self.none()


@keeps_history()
class Thread(Row):
    """One matter about one client, on one line for both sides (R258). `about_id`: the order or card version.

    `unit_ids` repeats the units among the participants, so that the database can answer for a unit alone.
    """

    client = models.ForeignKey("people.Client", models.PROTECT, related_name="threads")
    kind = models.CharField(max_length=20, choices=ThreadKind)
    about_id = models.UUIDField(null=True, blank=True)
    subject = models.CharField(max_length=200)
    unit_ids = ArrayField(models.UUIDField(), default=list)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ThreadQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["client", "opened_at"], name="thread_of_client"),
            models.Index(fields=["about_id"], name="thread_about"),
        ]

    def __str__(self) -> str:
        return self.subject


class OfThreadQuerySet(models.QuerySet[Stored]):
    """Rows of a thread, seen by those who see the thread."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows of threads the actor may read."""
        return self.filter(thread__in=Thread.objects.visible_to(actor))


@keeps_history(exclude=["unread_since"])
class Participant(Row):
    """A mailbox that takes part in a thread, and when it agreed that the matter is settled (R269).

    `unread_since`: when the oldest message that nobody of the mailbox has read was sent; null when all are.
    """

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="participants")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="participations")
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by_name = models.CharField(max_length=200, blank=True)
    unread_since = models.DateTimeField(null=True, blank=True)

    objects = OfThreadQuerySet["Participant"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread", "mailbox"], name="participant_once_a_thread")
        ]
        indexes = [
            models.Index(
                fields=["mailbox", "unread_since"],
                condition=models.Q(unread_since__isnull=False),
                name="participant_with_unread",
            )
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.mailbox_id}"


class Message(Row):
    """What one side wrote. Never changed: a slip is followed by another message.

    `anchor` quotes the sentence of the order that the message is about, and survives a new version (FB3).
    """

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="messages")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="sent_messages")
    author = models.ForeignKey("access.User", models.PROTECT, null=True, related_name="messages")
    author_name = models.CharField(max_length=200)
    text = models.TextField(max_length=LONGEST_TEXT)
    anchor = models.CharField(max_length=500, blank=True)
    sent_at = models.DateTimeField()

    objects = OfThreadQuerySet["Message"].as_manager()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        indexes = [models.Index(fields=["thread", "sent_at"], name="message_of_thread")]

    def __str__(self) -> str:
        return f"{self.thread_id} {self.sent_at}"


class Reading(Row):
    """That a mailbox has read a message, by whom and when; the first reader counts (R011, R245)."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="readings")
    mailbox = models.ForeignKey(Mailbox, models.PROTECT, related_name="readings")
    read_by_name = models.CharField(max_length=200)
    read_at = models.DateTimeField()

    class Meta:
        triggers: list[pgtrigger.Trigger] = append_only()
        constraints = [models.UniqueConstraint(fields=["message", "mailbox"], name="reading_once_a_mailbox")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.mailbox_id}"
