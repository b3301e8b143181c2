"""The journal as its page and the client page show it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.parts import Chip
from hemmavid.journals.models import EntryKind, JournalSide
from hemmavid.journals.queries import JournalFilter, JournalPage, entries, journals_to_write
from hemmavid.organisations.queries import units_by_id

SHOWN_ON_CLIENT_PAGE = 3
AUTHORITY = "myndigheten"


@dataclass(frozen=True, slots=True)
class JournalBlock:
    """The newest entries on the client page."""

    page: JournalPage
    may_write: bool


def may_read(by: Actor) -> bool:
    """Whether the person keeps a journal at all."""
    return by.may(Permission.JOURNAL_OF_AUTHORITY) or by.may(Permission.JOURNAL_OF_PROVIDER)


def block(client_id: UUID, units: Collection[UUID], *, by: Actor) -> JournalBlock | None:
    """The client page's block; None for who keeps no journal. Three queries.

    `units`: the units that serve, or have served, the client.
    """
    if not may_read(by):
        return None
    page = entries(JournalFilter(client_id), limit=SHOWN_ON_CLIENT_PAGE, by=by)
    return JournalBlock(page, bool(journals_to_write(by=by, units_of_client=frozenset(units))))


def kind_chips(chosen: EntryKind | None) -> list[Chip]:
    """All, and each kind of entry."""
    return [
        Chip("Alla", address({"typ": ""}) or "?", is_chosen=chosen is None),
        *(Chip(kind.label, address({"typ": kind.value}), is_chosen=kind is chosen) for kind in EntryKind),
    ]


def journal_choices(journals: list[UUID | None]) -> list[tuple[str, str]]:
    """The journals one may write in, as a form offers them."""
    units = units_by_id() if any(journals) else {}
    return [
        (str(unit_id), units[unit_id].name) if unit_id else (AUTHORITY, JournalSide.AUTHORITY.label)
        for unit_id in journals
    ]
