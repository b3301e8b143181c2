"""Writes about clients as persons."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from hemmavid.access.actors import Actor, Denied
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.people.models import Client


def open_protected(client_id: UUID, *, serving: Collection[UUID], by: Actor, at: datetime) -> None:
    """Note in the look log that the name and address of a protected person are shown, before they are.

    `serving` are the units that serve the client now: of a unit only they may open (architecture.md 3a,
    "Protected identity"). Raises `Client.DoesNotExist` outside the actor's area and `Denied` without the
    right. The caller shows name and address for one page view and no longer.
    """
    Client.objects.visible_to(by).get(pk=client_id, is_protected=True)
    reach = by.reach(Permission.PROTECTED_OPEN)
    if not (reach.everywhere or any(reach.covers(unit_id) for unit_id in serving)):
        raise Denied(Permission.PROTECTED_OPEN)
    record_look(Seen("client", Action.OPEN_PROTECTED, client_id), by=by, at=at)
