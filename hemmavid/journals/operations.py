"""Writes in the journals: an entry is signed as it is written, and is locked from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.journals.models import LONGEST_TEXT, EntryKind, JournalEntry, JournalSide


class EntryRefused(ValueError):
    """The entry cannot be signed: `code` is `empty`, `too_long` or `in_the_future`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What to write. With `unit_id` in that unit's journal, else in the authority's."""

    client_id: UUID
    text: str
    happened_at: datetime
    kind: EntryKind = EntryKind.NOTE
    unit_id: UUID | None = None
    about_id: UUID | None = None


@transaction.atomic
def write_entry(new: NewEntry, *, by: Actor, at: datetime) -> UUID:
    """Sign an entry; its id. Raises Denied, EntryRefused.

    The caller has found the client by `visible_to`: who may not see the client writes nothing about it.
    """
    _require_side(new.unit_id, by)
    return _sign(new, None, by=by, at=at)


@transaction.atomic
def correct_entry(*, entry_id: UUID, text: str, by: Actor, at: datetime) -> UUID:
    """Sign a correction that points back at the entry; the entry itself stays. Raises as `write_entry`."""
    entry = JournalEntry.objects.visible_to(by).get(pk=entry_id)
    _require_side(entry.unit_id, by)
    new = NewEntry(
        entry.client_id, text, entry.happened_at, EntryKind.CORRECTION, entry.unit_id, entry.about_id
    )
    return _sign(new, entry.pk, by=by, at=at)


def _require_side(unit_id: UUID | None, by: Actor) -> None:
    permission = Permission.JOURNAL_OF_PROVIDER if unit_id else Permission.JOURNAL_OF_AUTHORITY
    require(by, permission, unit_id)


def _sign(new: NewEntry, corrects_id: UUID | None, *, by: Actor, at: datetime) -> UUID:
    text = new.text.strip()
    if not text:
        raise EntryRefused("empty")
    if len(text) > LONGEST_TEXT:
        raise EntryRefused("too_long")
    if new.happened_at > at:
        raise EntryRefused("in_the_future")
    entry = JournalEntry.objects.create(
        client_id=new.client_id,
        side=JournalSide.PROVIDER if new.unit_id else JournalSide.AUTHORITY,
        unit_id=new.unit_id,
        kind=new.kind,
        happened_at=new.happened_at,
        text=text,
        about_id=new.about_id,
        corrects_id=corrects_id,
        signed_at=at,
        signed_by_id=by.user_id,
        signed_by_name=by.name,
    )
    record_changes([new.client_id], what="journal", by=by, at=at)
    return entry.pk
