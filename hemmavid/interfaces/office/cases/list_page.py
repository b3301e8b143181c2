"""Att göra as values: the cases the address asks for, and the ways to narrow them (BH1)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from django.urls import reverse

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.cases.queries.case_list import ROWS, About, CaseList, Owner, case_list
from hemmavid.cases.queries.officers import officers
from hemmavid.interfaces.office.answers import address, rows_asked_for
from hemmavid.interfaces.office.cases.forms.small import OwnerForm
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.orders.officers_queue import OfficersQueue, officers_queue

MOST_ROWS = 1000
OWNER_LABELS = {Owner.MINE: "Mina", Owner.COLLEAGUES: "Kollegors", Owner.UNASSIGNED: "Ofördelade"}
ABOUT_LABELS = {
    About.ALL: "Alla",
    About.VISIT: "Väntar på hembesök",
    About.DECIDE: "Att besluta",
    About.ENDING: "Beslut som går ut",
}
Asked = TypeVar("Asked", bound=StrEnum)


def list_values(request: OfficeRequest) -> tuple[dict[str, object], int]:
    """What the list needs, and how many rows it shows. Raises Denied.

    To begin with one's own cases; for who has none, the others'.
    """
    require(request.actor, Permission.CASE_READ)
    owner = asked_for(Owner, request.GET.get("agare", ""), _at_first(request))
    about = asked_for(About, request.GET.get("visa-bara", ""), About.ALL)
    shown = rows_asked_for(request, at_first=ROWS, most=MOST_ROWS)
    day = clock.local_day(request.now)
    found = case_list(owner, about, shown=shown, on=day, by=request.actor)
    kept = {"agare": owner.value, "visa-bara": "" if about is About.ALL else about.value}
    may_move = request.actor.may(Permission.CASE_REASSIGN)
    people = officers(on=day, by=request.actor) if may_move else []
    waiting = _waiting(request)
    values: dict[str, object] = {
        "found": found,
        "owners": _owner_chips(found, owner, kept),
        "abouts": _about_chips(about, kept),
        "more_url": list_url({**kept, "visa": shown + ROWS}),
        "owner": owner.value,
        "may_move": may_move,
        "may_write": request.actor.may(Permission.CASE_WRITE),
        "waiting": waiting,
        "move_form": OwnerForm().offer(people, with_queue=True) if may_move else None,
    }
    return values, len(found.rows) + (waiting.total if waiting else 0)


def _waiting(request: OfficeRequest) -> OfficersQueue | None:
    """What waits in the orders, for the authority."""
    if not request.actor.reach(Permission.ORDER_READ).everywhere:
        return None
    return officers_queue(at=request.now, by=request.actor)


def list_url(query: Mapping[str, object]) -> str:
    """The address of the list, narrowed."""
    return reverse("office:cases") + address(query)


def asked_for(kind: type[Asked], text: str, otherwise: Asked) -> Asked:
    """What the address says, or otherwise."""
    return next((one for one in kind if one.value == text), otherwise)


def _at_first(request: OfficeRequest) -> Owner:
    is_manager = request.actor.roles == {Role.AUTHORITY_MANAGER}
    return Owner.COLLEAGUES if is_manager else Owner.MINE


def _owner_chips(found: CaseList, chosen: Owner, kept: Mapping[str, object]) -> list[Chip]:
    return [
        Chip(label, list_url({**kept, "agare": owner.value}), owner is chosen, found.owners[owner])
        for owner, label in OWNER_LABELS.items()
    ]


def _about_chips(chosen: About, kept: Mapping[str, object]) -> list[Chip]:
    return [
        Chip(label, list_url({**kept, "visa-bara": _value(about)}), about is chosen)
        for about, label in ABOUT_LABELS.items()
    ]


def _value(about: About) -> str:
    return "" if about is About.ALL else about.value
