"""Writes of messages. A thread has its sides from the start; whoever is told can show that they have read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.messages.models import (
    LONGEST_TEXT,
    Mailbox,
    MailboxKind,
    Message,
    Participant,
    Reading,
    Thread,
    ThreadKind,
)


class MessageRefused(ValueError):
    """The text cannot be sent: `code` is `empty` or `too_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class ThreadClosed(Exception):
    """Both sides have agreed; a new question opens a new thread."""


class NotTakingPart(Exception):
    """The mailbox has no part in the thread."""


@dataclass(frozen=True, slots=True)
class Side:
    """Whose mailbox: a unit's when `unit_id` is given, else that of a function of the municipality."""

    unit_id: UUID | None = None
    kind: MailboxKind = MailboxKind.AUTHORITY


@dataclass(frozen=True, slots=True)
class NewThread:
    """A matter to open: about whom and what, from which side, to which others, with its first message."""

    client_id: UUID
    kind: ThreadKind
    subject: str
    text: str
    sender: Side
    receivers: tuple[Side, ...] = field(default_factory=tuple)
    about_id: UUID | None = None
    anchor: str = ""


@transaction.atomic
def open_thread(new: NewThread, *, by: Actor, at: datetime) -> UUID:
    """Open a thread with its first message; the thread's id. Raises Denied, MessageRefused.

    The caller has checked that the sender is the actor's own side and that the receivers may know of the
    client: a message is a way to be told, never a way round the walls.
    """
    require(by, Permission.MESSAGE_WRITE, new.sender.unit_id)
    text = _checked(new.text)
    units = [side.unit_id for side in (new.sender, *new.receivers) if side.unit_id is not None]
    thread = Thread.objects.create(
        client_id=new.client_id,
        kind=new.kind,
        about_id=new.about_id,
        subject=new.subject[: Thread._meta.get_field("subject").max_length],
        unit_ids=list(dict.fromkeys(units)),
        opened_at=at,
    )
    sender = _mailbox(new.sender)
    for side in dict.fromkeys((new.sender, *new.receivers)):
        mailbox = _mailbox(side)
        Participant.objects.create(
            thread=thread, mailbox=mailbox, unread_since=None if mailbox == sender else at
        )
    _store(thread, sender, text, new.anchor, by=by, at=at)
    record_changes([new.client_id], what="message", by=by, at=at)
    return thread.pk


@transaction.atomic
def reply(*, thread_id: UUID, sender: Side, text: str, by: Actor, at: datetime) -> UUID:
    """Write in an open thread; the message's id. What was agreed on is open again: there is more to say.

    Raises Denied, Thread.DoesNotExist, ThreadClosed, NotTakingPart, MessageRefused.
    """
    require(by, Permission.MESSAGE_WRITE, sender.unit_id)
    thread = _open_thread(thread_id, by)
    part = _part(thread, sender)
    message = _store(thread, part.mailbox, _checked(text), "", by=by, at=at)
    thread.participants.exclude(agreed_at__isnull=True).update(agreed_at=None, agreed_by_name="")
    others = thread.participants.exclude(mailbox=part.mailbox)
    others.filter(unread_since__isnull=True).update(unread_since=at)
    record_changes([thread.client_id], what="message", by=by, at=at)
    return message.pk


@transaction.atomic
def agree(*, thread_id: UUID, side: Side, by: Actor, at: datetime) -> bool:
    """Say for one side that the matter is settled; closes the thread when all have (R269). True when closed.

    Raises Denied, Thread.DoesNotExist, ThreadClosed, NotTakingPart.
    """
    require(by, Permission.MESSAGE_WRITE, side.unit_id)
    thread = _open_thread(thread_id, by)
    part = _part(thread, side)
    if part.agreed_at is None:
        part.agreed_at, part.agreed_by_name = at, by.name
        part.save(update_fields=["agreed_at", "agreed_by_name"])
    if thread.participants.filter(agreed_at__isnull=True).exists():
        return False
    thread.closed_at = at
    thread.save(update_fields=["closed_at"])
    return True


@transaction.atomic
def mark_read(*, thread_id: UUID, side: Side, by: Actor, at: datetime) -> int:
    """Note that a side has read all messages of the others so far; how many were new to it.

    Raises Denied, Thread.DoesNotExist, NotTakingPart.
    """
    require(by, Permission.MESSAGE_READ, side.unit_id)
    thread = Thread.objects.visible_to(by).get(pk=thread_id)
    # Locked before the messages are read: one that comes meanwhile stays unread.
    part = thread.participants.select_for_update(of=("self",)).get(pk=_part(thread, side).pk)
    mailbox = part.mailbox
    unread = thread.messages.exclude(mailbox=mailbox).exclude(readings__mailbox=mailbox).order_by("pk")
    readings = [
        Reading(message=message, mailbox=mailbox, read_by_name=by.name, read_at=at) for message in unread
    ]
    Reading.objects.bulk_create(readings, ignore_conflicts=True)
    part.unread_since = None
    part.save(update_fields=["unread_since"])
    return len(readings)


def _checked(text: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise MessageRefused("empty")
    if len(stripped) > LONGEST_TEXT:
        raise MessageRefused("too_long")
    return stripped


def _mailbox(side: Side) -> Mailbox:
    if side.unit_id is None:
        return Mailbox.objects.get_or_create(kind=side.kind, unit__isnull=True)[0]
    return Mailbox.objects.get_or_create(kind=MailboxKind.UNIT, unit_id=side.unit_id)[0]


def _open_thread(thread_id: UUID, by: Actor) -> Thread:
    thread = Thread.objects.visible_to(by).select_for_update(of=("self",)).get(pk=thread_id)
    if thread.closed_at is not None:
        raise ThreadClosed
    return thread


def _part(thread: Thread, side: Side) -> Participant:
    part = thread.participants.select_related("mailbox").filter(mailbox=_mailbox(side)).order_by("pk").first()
    if part is None:
        raise NotTakingPart
    return part


def _store(thread: Thread, mailbox: Mailbox, text: str, anchor: str, *, by: Actor, at: datetime) -> Message:
    return Message.objects.create(
        thread=thread,
        mailbox=mailbox,
        author_id=by.user_id,
        author_name=by.name,
        text=text,
        anchor=anchor,
        sent_at=at,
    )
