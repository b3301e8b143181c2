"""What the one on call tells: that the glass was broken, or that help was granted for the night.

Who serves the client is looked up and told by the system: whoever opens a client outside the own area is
not to learn it that way. The authority takes part, so that a question has somebody to answer it (JA1, R342).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import SYSTEM, Actor, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.messages.card_news import Words
from hemmavid.messages.models import MailboxKind, ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.people.break_glass import NewOpening, open_client
from hemmavid.people.client_cards import units_serving
from hemmavid.people.models import BreakGlass, Client
from hemmavid.rules.parameter_files import ParameterSet

ON_CALL = Side(kind=MailboxKind.ON_CALL)


@transaction.atomic
def open_by_break_glass(
    new: NewOpening,
    words: Callable[[BreakGlass], Words],
    *,
    parameters: ParameterSet,
    by: Actor,
    at: datetime,
) -> BreakGlass:
    """Open the client and tell who serves and the authority. Raises as `people.break_glass.open_client`."""
    opening = open_client(new, parameters=parameters, by=by, at=at)
    _tell(News(new.client_id, ThreadKind.BREAK_GLASS, words(opening), opening.pk), by=by, at=at)
    return opening


@dataclass(frozen=True, slots=True)
class News:
    """What happened to whom in the night. `about_id`: the opening or the decision."""

    client_id: UUID
    kind: ThreadKind
    words: Words
    about_id: UUID


def tell_of_grant(news: News, *, by: Actor, at: datetime) -> None:
    """Tell who serves and the authority that help was granted until noon (R342, R349, R351).

    Raises Denied, Client.DoesNotExist (a client that is neither served nor opened).
    """
    require(by, Permission.ON_CALL_GRANT)
    Client.objects.visible_to(by).get(pk=news.client_id)
    _tell(news, by=by, at=at)


def _tell(news: News, *, by: Actor, at: datetime) -> None:
    """One thread to each serving unit, or to the authority alone when nobody serves."""
    with scoped(SYSTEM):
        serving: list[tuple[Side, ...]] = [
            (Side(unit_id), Side()) for unit_id in units_serving(news.client_id, at=at)
        ]
        for receivers in serving or [(Side(),)]:
            thread = NewThread(
                client_id=news.client_id,
                kind=news.kind,
                subject=news.words.subject,
                text=news.words.text,
                sender=ON_CALL,
                receivers=receivers,
                about_id=news.about_id,
            )
            open_thread(thread, by=by, at=at)
