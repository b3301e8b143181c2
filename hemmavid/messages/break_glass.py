"""Who serves a client is told when somebody has broken the glass, so that the manager can ask why (JA1)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.scope import scoped
from hemmavid.messages.card_news import Words
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.people.break_glass import NewOpening, open_client
from hemmavid.people.client_cards import units_serving
from hemmavid.people.models import BreakGlass
from hemmavid.rules.parameter_files import ParameterSet


@transaction.atomic
def open_by_break_glass(
    new: NewOpening,
    words: Callable[[BreakGlass], Words],
    *,
    parameters: ParameterSet,
    by: Actor,
    at: datetime,
) -> BreakGlass:
    """Open the client and tell each serving unit's mailbox. Raises as `people.break_glass.open_client`.

    Who serves is looked up and told by the system: whoever opens is not to learn it this way. The authority
    is the other side of the thread, so that a question about the opening has somebody to answer it.
    """
    opening = open_client(new, parameters=parameters, by=by, at=at)
    said = words(opening)
    with scoped(SYSTEM):
        for unit_id in units_serving(new.client_id, at=at):
            thread = NewThread(
                client_id=new.client_id,
                kind=ThreadKind.BREAK_GLASS,
                subject=said.subject,
                text=said.text,
                sender=Side(),
                receivers=(Side(unit_id),),
                about_id=opening.pk,
            )
            open_thread(thread, by=by, at=at)
    return opening
