"""Break-glass (nödöppning): a person outside one's area is opened for a time, with a reason (journey JA1).

The search tells nothing but that somebody is there: not who serves, and of a protected person not even that,
unless the whole personal number is known. What is opened is seen by both walls until it ends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Replace

from hemmavid.access.actors import SYSTEM, Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.lib.clock import local_day
from hemmavid.people.models import BreakGlass, BreakGlassReason, Client
from hemmavid.people.search import LONGEST_SEARCH, Folded, folded, is_personal_number
from hemmavid.rules.parameter_files import ParameterSet

LONGEST_REASON = 500
NUMBER_DIGITS = 10


class ReasonRefused(ValueError):
    """Why the client is opened is not said: `code` is `empty` or `too_long`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class AlreadyReadable(Exception):
    """The client is within the person's area, or open already: there is no glass to break."""


@dataclass(frozen=True, slots=True)
class NewOpening:
    """Whom to open and why."""

    client_id: UUID
    reason: BreakGlassReason
    text: str = ""


@transaction.atomic
def open_client(new: NewOpening, *, parameters: ParameterSet, by: Actor, at: datetime) -> BreakGlass:
    """Open a client outside the person's area until `nodoppning.hours` have passed; logged before it is seen.

    Raises Denied, ReasonRefused, AlreadyReadable, Client.DoesNotExist. The serving units are told by
    `messages.break_glass.open_by_break_glass`, which is what screens call.
    """
    require(by, Permission.BREAK_GLASS)
    if by.user_id is None:  # the system has no area to be outside of
        raise Denied(Permission.BREAK_GLASS)
    text = new.text.strip()
    if new.reason is BreakGlassReason.OTHER and not text:
        raise ReasonRefused("empty")
    if len(text) > LONGEST_REASON:
        raise ReasonRefused("too_long")
    if Client.objects.visible_to(by).filter(pk=new.client_id).exists():
        raise AlreadyReadable
    with scoped(SYSTEM, read_only=True):
        Client.objects.get(pk=new.client_id)
    record_look(Seen("client", Action.BREAK_GLASS, new.client_id), by=by, at=at)
    hours = parameters.at("nodoppning.hours", local_day(at)).whole
    return BreakGlass.objects.create(
        client_id=new.client_id,
        user_id=by.user_id,
        user_name=by.name,
        reason=new.reason,
        text=text,
        opened_at=at,
        ends_at=at + timedelta(hours=hours),
    )


def find_outsider(typed: str, *, by: Actor) -> UUID | None:
    """The one person outside the actor's area whose whole number or whole name was typed, or None.

    A protected person is found by the number alone; two of one name are nobody. Raises Denied. One query
    beyond the actor's wall, which answers with an id and nothing else.
    """
    require(by, Permission.BREAK_GLASS)
    wanted = _whole_number(typed) if is_personal_number(typed) else _whole_name(typed)
    if wanted is None:
        return None
    own = list(wanted.filter(pk__in=Client.objects.visible_to(by).values("pk")).values_list("pk", flat=True))
    with scoped(SYSTEM, read_only=True):
        found = list(wanted.exclude(pk__in=own).order_by("pk").values_list("pk", flat=True)[:2])
    return found[0] if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening, for the person who made it and for those who answer for the client."""

    client_id: UUID
    reason: str
    text: str
    opened_at: datetime
    ends_at: datetime
    user_name: str


def own_openings(*, since: datetime, by: Actor) -> list[OpeningRow]:
    """The actor's own openings since an instant, newest first. One query."""
    rows = BreakGlass.objects.visible_to(by).filter(user=by.user_id, opened_at__gte=since)
    return [_row(one) for one in rows.order_by("-opened_at", "pk")]


def opening_of(client_id: UUID, *, by: Actor, at: datetime) -> OpeningRow | None:
    """The actor's opening of a client that still holds, or None. One query."""
    rows = BreakGlass.objects.visible_to(by).filter(
        client_id=client_id, user=by.user_id, opened_at__lte=at, ends_at__gt=at
    )
    newest = rows.order_by("-opened_at", "pk").first()
    return _row(newest) if newest else None


def _row(one: BreakGlass) -> OpeningRow:
    reason = BreakGlassReason(one.reason).label
    return OpeningRow(one.client_id, reason, one.text, one.opened_at, one.ends_at, one.user_name)


def _whole_number(typed: str) -> QuerySet[Client]:
    digits = re.sub(r"[^0-9]", "", typed)
    bare = Replace("personal_number", Value("-"), Value(""))
    clients = Client.objects.alias(bare=bare)
    if len(digits) == NUMBER_DIGITS:
        return clients.filter(bare__endswith=digits)
    return clients.filter(bare=digits)


def _whole_name(typed: str) -> QuerySet[Client] | None:
    words = folded(typed.replace("\0", "")[:LONGEST_SEARCH]).split()
    if len(words) < 2:
        return None
    name = " ".join(words)
    given_first = Folded(Concat("given_name", Value(" "), "family_name"))
    family_first = Folded(Concat("family_name", Value(" "), "given_name"))
    clients = Client.objects.alias(forwards=given_first, backwards=family_first)
    return clients.filter(
        Q(forwards=name) | Q(backwards=name), ~Q(given_name=""), ~Q(family_name=""), is_protected=False
    )
