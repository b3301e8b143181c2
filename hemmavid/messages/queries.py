"""Reads of threads: what lies in one's mailboxes, and one thread with its read receipts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.messages.models import (
    Mailbox,
    MailboxKind,
    Message,
    Participant,
    Reading,
    Thread,
    ThreadKind,
)
from hemmavid.messages.operations import Side
from hemmavid.people.models import Client
from hemmavid.people.naming import ClientName, PersonFields, name_of

THREAD_FIELDS = (
    *(f"client__{field}" for field in ("pk", "code", "given_name", "family_name", "is_protected")),
    *("pk", "kind", "subject", "last_author", "last_at", "is_unread", "closed_at"),
)


class Choice(StrEnum):
    """Which threads of a mailbox are wanted."""

    OPEN = "oppna"
    UNREAD = "olasta"
    MINE = "mina"
    CLOSED = "klara"


@dataclass(frozen=True, slots=True)
class MailboxRow:
    """A mailbox the actor answers for. `unread`: threads with something new in them."""

    mailbox_id: UUID
    side: Side
    label: str
    unread: int


@dataclass(frozen=True, slots=True)
class ThreadRow:
    """A thread in a list: about whom, what, and what was said last."""

    thread_id: UUID
    client: ClientName
    kind: str
    subject: str
    last_author: str
    last_at: datetime
    is_unread: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class ThreadPage:
    """The threads asked for, newest first, and how many there are in all."""

    rows: tuple[ThreadRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """Who of a side read a message, and when (R245)."""

    mailbox: str
    name: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class MessageRow:
    """One message. `receipts`: the others who have read it."""

    author: str
    mailbox: str
    text: str
    anchor: str
    sent_at: datetime
    is_own: bool
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class PartRow:
    """A side of the thread, and whether it has said that the matter is settled (R269)."""

    mailbox: str
    is_own: bool
    agreed_by: str
    agreed_at: datetime | None


@dataclass(frozen=True, slots=True)
class ThreadDetail:
    """A whole thread. `own`: the side the actor writes for, None for who only reads. `has_unread`: for it."""

    thread_id: UUID
    client: ClientName
    kind: ThreadKind
    subject: str
    about_id: UUID | None
    closed_at: datetime | None
    messages: tuple[MessageRow, ...]
    parts: tuple[PartRow, ...]
    own: Side | None
    has_unread: bool

    @property
    def own_agreed(self) -> bool:
        """Whether the actor's side has agreed already."""
        return any(part.is_own and part.agreed_at for part in self.parts)


def mailboxes(*, by: Actor) -> list[MailboxRow]:
    """The mailboxes of the actor's units, or the authority's and billing's; those never used are not there.

    Two queries.
    """
    own = list(_own_mailboxes(by).select_related("unit").order_by("kind", "unit__name", "pk"))
    unread: dict[UUID, int] = defaultdict(int)
    waiting = _unread_parts(by).values_list("mailbox_id", flat=True).order_by("pk")
    for mailbox_id in waiting:
        unread[mailbox_id] += 1
    return [MailboxRow(box.pk, _side(box), _label(box), unread[box.pk]) for box in own]


def unread_threads(*, by: Actor) -> int:
    """How many threads have something new for a mailbox of the actor. One query, none without the right."""
    if not by.may(Permission.MESSAGE_READ):
        return 0
    return _unread_parts(by).values("thread_id").distinct().count()


def threads(
    choice: Choice, *, mailbox_id: UUID | None, limit: int, by: Actor, client_id: UUID | None = None
) -> ThreadPage:
    """Threads of the actor's mailboxes (of one when given; about one client when given). Two queries.

    `MINE` are those in which the actor has written. Closed ones are had by `CLOSED` alone, or by a client.
    """
    own = _own_parts(by).filter(thread=OuterRef("pk"))
    if mailbox_id is not None:
        own = own.filter(mailbox_id=mailbox_id)
    found = Thread.objects.visible_to(by).filter(Exists(own))
    if client_id is not None:
        found = found.filter(client_id=client_id)
    found = found.filter(_condition(choice, own, by)) if client_id is None else found
    last = Message.objects.filter(thread=OuterRef("pk")).order_by("-sent_at", "-pk")
    rows = found.annotate(
        last_at=Subquery(last.values("sent_at")[:1]),
        last_author=Subquery(last.values("author_name")[:1]),
        is_unread=Exists(own.filter(unread_since__isnull=False)),
    )
    shown = rows.order_by("-last_at", "pk").values_list(*THREAD_FIELDS)[:limit]
    return ThreadPage(tuple(_thread_row(row) for row in shown), found.count())


def thread_detail(thread_id: UUID, *, by: Actor) -> ThreadDetail:
    """One thread with everything said in it. `Thread.DoesNotExist` outside the actor's area. Five queries."""
    thread = Thread.objects.visible_to(by).select_related("client").get(pk=thread_id)
    parts = list(thread.participants.select_related("mailbox__unit").order_by("mailbox__kind", "pk"))
    own_ids = set(_own_mailboxes(by).order_by("pk").values_list("pk", flat=True))
    own = next((part for part in parts if part.mailbox_id in own_ids), None)
    messages = list(thread.messages.select_related("mailbox__unit").order_by("sent_at", "pk"))
    receipts = _receipts(messages)
    return ThreadDetail(
        thread_id=thread.pk,
        client=_name(thread.client),
        kind=ThreadKind(thread.kind),
        subject=thread.subject,
        about_id=thread.about_id,
        closed_at=thread.closed_at,
        messages=tuple(_message_row(one, own, receipts[one.pk]) for one in messages),
        parts=tuple(
            PartRow(_label(part.mailbox), part == own, part.agreed_by_name, part.agreed_at) for part in parts
        ),
        own=_side(own.mailbox) if own else None,
        has_unread=own is not None and own.unread_since is not None,
    )


def _condition(choice: Choice, own: QuerySet[Participant], by: Actor) -> Q:
    if choice is Choice.CLOSED:
        return Q(closed_at__isnull=False)
    if choice is Choice.UNREAD:
        return Q(Exists(own.filter(unread_since__isnull=False)))
    if choice is Choice.MINE:
        written = Message.objects.filter(thread=OuterRef("pk"), author_id=by.user_id)
        return Q(Exists(written), closed_at__isnull=True)
    return Q(closed_at__isnull=True)


def _own_mailboxes(by: Actor) -> QuerySet[Mailbox]:
    reach = by.reach(Permission.MESSAGE_READ)
    if reach.everywhere:
        return Mailbox.objects.filter(kind__in=[MailboxKind.AUTHORITY, MailboxKind.BILLING])
    return Mailbox.objects.filter(unit_id__in=sorted(reach.unit_ids, key=str))


def _own_parts(by: Actor) -> QuerySet[Participant]:
    return Participant.objects.visible_to(by).filter(mailbox__in=_own_mailboxes(by))


def _unread_parts(by: Actor) -> QuerySet[Participant]:
    return _own_parts(by).filter(unread_since__isnull=False)


def _side(mailbox: Mailbox) -> Side:
    return Side(mailbox.unit_id, MailboxKind(mailbox.kind))


def _label(mailbox: Mailbox) -> str:
    return mailbox.unit.name if mailbox.unit else MailboxKind(mailbox.kind).label


def _receipts(messages: Iterable[Message]) -> dict[UUID, list[Receipt]]:
    found: dict[UUID, list[Receipt]] = defaultdict(list)
    readings = Reading.objects.filter(message__in=[one.pk for one in messages])
    for reading in readings.select_related("mailbox__unit").order_by("read_at", "pk"):
        found[reading.message_id].append(
            Receipt(_label(reading.mailbox), reading.read_by_name, reading.read_at)
        )
    return found


def _name(client: Client) -> ClientName:
    return name_of(
        PersonFields(client.pk, client.code, client.given_name, client.family_name, client.is_protected)
    )


def _thread_row(row: tuple[Any, ...]) -> ThreadRow:
    pk, kind, subject, last_author, last_at, is_unread, closed_at = row[5:]
    return ThreadRow(
        thread_id=pk,
        client=name_of(PersonFields(*row[:5])),
        kind=ThreadKind(kind).label,
        subject=subject,
        last_author=last_author,
        last_at=last_at,
        is_unread=is_unread,
        is_closed=closed_at is not None,
    )


def _message_row(one: Message, own: Participant | None, receipts: list[Receipt]) -> MessageRow:
    return MessageRow(
        author=one.author_name,
        mailbox=_label(one.mailbox),
        text=one.text,
        anchor=one.anchor,
        sent_at=one.sent_at,
        is_own=own is not None and one.mailbox_id == own.mailbox_id,
        receipts=tuple(receipts),
    )
