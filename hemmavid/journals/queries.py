"""Reads of the journals: newest first, narrowed by kind and by what was written. Constant in queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.db.models.functions import Lower

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.journals.models import EntryKind, JournalEntry, JournalSide

LONGEST_SEARCH = 200


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries are wanted. `text`: words the entry holds, whatever their case; empty for all."""

    client_id: UUID
    kind: EntryKind | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One signed entry. `corrects_id`: the entry it corrects; `corrections`: those that correct it.

    `journal`: whose journal it stands in.
    """

    entry_id: UUID
    journal: str
    unit_id: UUID | None
    kind: EntryKind
    happened_at: datetime
    signed_at: datetime
    signed_by: str
    text: str
    corrects_id: UUID | None
    corrections: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class JournalPage:
    """The entries asked for, and how many there are in all."""

    rows: tuple[EntryRow, ...]
    total: int


def entries(wanted: JournalFilter, *, limit: int, by: Actor) -> JournalPage:
    """Entries of the journals the actor may read: the authority's, or one's own unit's (R270, R399).

    Three queries.
    """
    found = _narrowed(wanted, by)
    shown = list(found.select_related("unit").order_by("-happened_at", "-signed_at", "pk")[:limit])
    corrections: dict[UUID, list[UUID]] = {one.pk: [] for one in shown}
    pointing = JournalEntry.objects.visible_to(by).filter(corrects__in=list(corrections))
    for pk, corrected in pointing.order_by("signed_at", "pk").values_list("pk", "corrects_id"):
        corrections[corrected].append(pk)
    return JournalPage(tuple(_row(one, corrections[one.pk]) for one in shown), found.count())


def entry(entry_id: UUID, *, client_id: UUID, by: Actor) -> EntryRow:
    """One entry about a client, to correct. `JournalEntry.DoesNotExist` outside the actor's journals."""
    rows = JournalEntry.objects.visible_to(by).select_related("unit")
    return _row(rows.get(pk=entry_id, client_id=client_id), [])


def journals_to_write(*, by: Actor, units_of_client: frozenset[UUID]) -> list[UUID | None]:
    """In whose journal the actor may write about a client: None is the authority's. No query.

    `units_of_client`: the units that serve, or have served, the client.
    """
    authority: list[UUID | None] = [None] if by.reach(Permission.JOURNAL_OF_AUTHORITY).everywhere else []
    own = by.reach(Permission.JOURNAL_OF_PROVIDER).unit_ids & units_of_client
    return [*authority, *sorted(own, key=str)]


def _narrowed(wanted: JournalFilter, by: Actor) -> QuerySet[JournalEntry]:
    found = JournalEntry.objects.visible_to(by).filter(client_id=wanted.client_id)
    if wanted.kind is not None:
        found = found.filter(kind=wanted.kind)
    for word in wanted.text.replace("\0", "")[:LONGEST_SEARCH].split():
        found = found.alias(lower=Lower("text")).filter(lower__contains=word.lower())
    return found


def _row(one: JournalEntry, corrections: list[UUID]) -> EntryRow:
    return EntryRow(
        entry_id=one.pk,
        journal=one.unit.name if one.unit else JournalSide(one.side).label,
        unit_id=one.unit_id,
        kind=EntryKind(one.kind),
        happened_at=one.happened_at,
        signed_at=one.signed_at,
        signed_by=one.signed_by_name,
        text=one.text,
        corrects_id=one.corrects_id,
        corrections=tuple(corrections),
    )
