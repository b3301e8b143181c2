"""That a client has died: the day, once, whoever learned of it first (R301, R302)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.audit.operations import record_changes, record_data_change
from hemmavid.lib.clock import local_day
from hemmavid.people.models import Client


class DeathRefused(ValueError):
    """The day cannot be: `code` is `in_the_future` or `known_already`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def record_death(*, client_id: UUID, died_on: date, by: Actor, at: datetime) -> None:
    """Write the day of death. Raises Client.DoesNotExist outside the actor's area, DeathRefused.

    The caller has checked the right, and tells everybody concerned. The day of death itself counts.
    """
    if died_on > local_day(at):
        raise DeathRefused("in_the_future")
    client = Client.objects.visible_to(by).select_for_update(of=("self",)).get(pk=client_id)
    if client.deceased_on is not None:
        raise DeathRefused("known_already")
    client.deceased_on = died_on
    client.save(update_fields=["deceased_on"])
    record_changes([client_id], what="client", by=by, at=at)
    record_data_change(what="clients", rows=1, at=at)
