"""Whose card it is, and how much of it the reader may see; shared by the card's pages and the client page."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.urls import reverse

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.orders.client_orders import (
    ServiceOfClient,
    grants_of_client,
    may_open_protected,
    service_of_client,
)
from hemmavid.people.client_cards import Card, client_card
from hemmavid.people.queries import ClientHead, HeadView, client_head


@dataclass(frozen=True, slots=True)
class CardSubject:
    """The client, and what the reader may see and do.

    `shows_identity`: what tells who and where is shown; `may_open`: a protected identity can be opened.
    """

    client_id: UUID
    head: ClientHead
    service: ServiceOfClient
    may_open: bool

    @property
    def serves(self) -> bool:
        """The reader's unit serves the client now, or the reader is of the municipality."""
        return self.service.head.serves

    @property
    def shows_identity(self) -> bool:
        """Neither protected (unless opened just now) nor of an old provider's."""
        return shows_identity(self.head, self.service)

    @property
    def crumbs(self) -> list[Crumb]:
        """The way here; a name that was opened stands in no breadcrumb."""
        name = self.head.name.code if self.head.opened else self.head.name.shown
        return [
            Crumb("Brukare", reverse("office:clients")),
            Crumb(name, reverse("office:client", args=[self.client_id])),
        ]


def shows_identity(head: ClientHead, service: ServiceOfClient) -> bool:
    """Whether what tells who and where may be shown on the card."""
    return service.head.serves and not head.name.is_protected


def subject_of(request: OfficeRequest, client_id: UUID, *, opens_protected: bool = False) -> CardSubject:
    """The client of the address. `Client.DoesNotExist` outside the person's area. Four queries."""
    by, day = request.actor, clock.local_day(request.now)
    service = service_of_client(client_id, grants_of_client(client_id, on=day, by=by), on=day, by=by)
    view = HeadView(service.head.serves, service.head.until, opens_protected=opens_protected)
    head = client_head(client_id, view, on=day, by=by)
    may_open = head.name.is_protected and may_open_protected(service, by=by)
    return CardSubject(client_id, head, service, may_open)


@dataclass(frozen=True, slots=True)
class CardBlock:
    """The card on the client page: the line at the top, and what stands on it."""

    card: Card | None
    may_write: bool
    may_print: bool


def block(client_id: UUID, head: ClientHead, service: ServiceOfClient, *, by: Actor) -> CardBlock | None:
    """The client page's block, None without the right to what is ordered. Two queries."""
    if not by.may(Permission.ORDER_READ):
        return None
    card = client_card(client_id, shows_identity=shows_identity(head, service), by=by)
    may_print = card is not None and service.head.serves and may_print_of(client_id, by)
    return CardBlock(card, by.may(Permission.CARD_WRITE), may_print)


def may_print_of(client_id: UUID, by: Actor) -> bool:
    """Whether the person may take the card out on paper: never of a client opened by break-glass alone."""
    return by.may(Permission.EXPORT) and client_id not in by.opened
