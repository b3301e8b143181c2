"""Reads about clients as persons: the head of the client page, and names for other pages' rows."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import models
from django.db.models import Case, F, Func, QuerySet, TextField, Value, When

from hemmavid.access.actors import Actor
from hemmavid.people.models import BreakGlass, Client, RuralMark
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, age_on, masked, name_of


class SwedishKey(Func):
    """The database's sort key of Swedish order: å, ä and ö after z."""

    function = "swedish_key"
    output_field = TextField()


Stored = TypeVar("Stored", bound=models.Model)


def in_name_order(
    rows: QuerySet[Stored], prefix: str = "", *, after: tuple[str, ...] = ()
) -> QuerySet[Stored]:
    """Rows in Swedish order of their client's name; `prefix` leads to the client, `after` sorts before names.

    Protected people come last, by code, so that their place in the list tells nothing.
    """
    order: tuple[str | Case, ...] = (
        *after,
        f"{prefix}is_protected",
        _key(prefix, "family_name"),
        _key(prefix, "given_name"),
        f"{prefix}code",
        "pk",
    )
    return rows.order_by(*order)


def _key(prefix: str, field: str) -> Case:
    is_protected = When(**{f"{prefix}is_protected": True}, then=Value(""))
    return Case(is_protected, default=SwedishKey(F(f"{prefix}{field}")), output_field=TextField())


def client_names(codes: Collection[str], *, by: Actor) -> dict[str, ClientName]:
    """How to write each client of these codes that the actor may see. One query."""
    rows = Client.objects.visible_to(by).filter(code__in=codes).order_by("code")
    return {row[1]: name_of(PersonFields(*row)) for row in rows.values_list(*FIELDS)}


def client_names_by_id(client_ids: Collection[UUID], *, by: Actor) -> dict[UUID, ClientName]:
    """How to write each of these clients that the actor may see. One query."""
    rows = Client.objects.visible_to(by).filter(pk__in=client_ids).order_by("code")
    return {row[0]: name_of(PersonFields(*row)) for row in rows.values_list(*FIELDS)}


def client_name(client_id: UUID, *, by: Actor) -> ClientName:
    """How to write one client. `Client.DoesNotExist` outside the actor's area. One query."""
    row = Client.objects.visible_to(by).values_list(*FIELDS).get(pk=client_id)
    return name_of(PersonFields(*row))


@dataclass(frozen=True, slots=True)
class ClientHead:
    """Who the client page is about. Fields the actor may not see are empty.

    `opened` is true when a protected identity has been opened for this very page view.
    """

    name: ClientName
    personal_number: str
    age: int | None
    street: str
    postcode: str
    city: str
    is_rural: bool
    deceased_on: date | None
    opened: bool = False

    @property
    def address(self) -> str:
        """On one line, or empty."""
        place = f"{self.postcode} {self.city}".strip()
        return ", ".join(part for part in (self.street, place) if part)


@dataclass(frozen=True, slots=True)
class HeadView:
    """How much of the head the actor may see: an old provider no address and nothing after its time (EC1).

    `serves` : the actor's unit serves the client now, or the actor is of the municipality.
    `until`: the last day an old provider served, for what happened afterwards.
    """

    serves: bool
    until: date | None = None
    opens_protected: bool = False


def client_head(client_id: UUID, view: HeadView, *, on: date, by: Actor) -> ClientHead:
    """The head of the client page. `Client.DoesNotExist` outside the actor's area. Two queries."""
    client = Client.objects.visible_to(by).get(pk=client_id)
    fields = PersonFields(
        client.pk,
        client.code,
        client.given_name,
        client.family_name,
        client.is_protected and not view.opens_protected,
    )
    is_hidden = fields.is_protected
    shows_address = view.serves and not is_hidden
    died = client.deceased_on
    if died is not None and not view.serves and (view.until is None or died > view.until):
        died = None
    return ClientHead(
        name=name_of(fields),
        personal_number="" if is_hidden else masked(client.personal_number),
        age=None if is_hidden else age_on(client.personal_number, died or on),
        street=client.street if shows_address else "",
        postcode=client.postcode if shows_address else "",
        city=client.city if shows_address else "",
        is_rural=_is_rural(client_id, on=died or on, by=by) if shows_address else False,
        deceased_on=died,
        opened=client.is_protected and view.opens_protected,
    )


def opened_clients(user_id: UUID, *, at: datetime) -> frozenset[UUID]:
    """The clients a person holds open by break-glass at the moment. One query, in the person's own scope."""
    open_now = BreakGlass.objects.filter(user_id=user_id, opened_at__lte=at, ends_at__gt=at)
    return frozenset(open_now.order_by("pk").values_list("client_id", flat=True))


def _is_rural(client_id: UUID, *, on: date, by: Actor) -> bool:
    marks = RuralMark.objects.visible_to(by).filter(client_id=client_id, period__contains=on)
    return marks.filter(is_rural=True).exists()
