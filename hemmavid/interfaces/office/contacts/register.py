"""The register as its pages and the one box show it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from hemmavid.access.policy import Permission
from hemmavid.contacts.models import Audience
from hemmavid.contacts.queries import Clockwork, ContactRow, contacts
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.contacts.words import hours_of
from hemmavid.interfaces.office.parts import Chip, Hit
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.search import MIN_SEARCH, folded


@dataclass(frozen=True, slots=True)
class Shown:
    """A function with its hours in words."""

    row: ContactRow
    hours: str
    tel: str


@dataclass(frozen=True, slots=True)
class Group:
    """The functions of one subject."""

    heading: str
    rows: tuple[Shown, ...]


def now_of(request: OfficeRequest) -> Clockwork:
    """The moment of the request and the hours in use."""
    return Clockwork(request.now, parameters_in_use())


def groups(rows: Iterable[ContactRow], request: OfficeRequest) -> list[Group]:
    """By subject, in the order of the register."""
    found: dict[str, list[Shown]] = {}
    for row in rows:
        found.setdefault(row.subject.label, []).append(shown(row, request))
    return [Group(heading, tuple(ones)) for heading, ones in found.items()]


def shown(row: ContactRow, request: OfficeRequest) -> Shown:
    """One function in words; `tel` is the number as a phone takes it."""
    call = row.call
    digits = "".join(sign for sign in call.phone if sign.isdigit() or sign == "+")
    return Shown(row, hours_of(call, request.now), f"tel:{digits}")


def audience_chips(chosen: Audience | None) -> list[Chip]:
    """All, and each audience."""
    return [
        Chip("Alla", address({"for": ""}) or "?", is_chosen=chosen is None),
        *(Chip(one.label, address({"for": one.value}), is_chosen=one is chosen) for one in Audience),
    ]


def contact_hits(typed: str, request: OfficeRequest) -> list[Hit]:
    """Functions with a word that begins as each word typed: name, unit or what one calls about."""
    words = folded(typed.replace("\0", "")).split()
    if len("".join(words)) < MIN_SEARCH or not request.actor.may(Permission.CONTACTS_READ):
        return []
    rows = contacts(now_of(request), by=request.actor)
    return [_hit(shown(row, request)) for row in rows if all(f" {word}" in _words(row) for word in words)]


def _words(row: ContactRow) -> str:
    return folded(f" {row.reached.name} {row.unit} {row.subject.label}")


def _hit(one: Shown) -> Hit:
    call = one.row.call
    return Hit(
        f"{call.name} {call.phone}",
        f"{reverse('office:contacts')}#kontakt-{one.row.contact_id}",
        kind="kontakt",
        why=one.hours,
    )
