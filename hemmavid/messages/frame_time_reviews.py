"""Threads about a review of frame time (översyn): one at a time for a client, and one for the same months."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.lib.clock import local_day
from hemmavid.messages.models import Thread, ThreadKind


@dataclass(frozen=True, slots=True)
class ReviewThread:
    """A thread about the review of a client's frame time."""

    thread_id: UUID
    client_id: UUID
    opened_at: datetime
    closed_at: datetime | None

    def is_about(self, opened_on: date | None) -> bool:
        """Whether it is about the drift whose review opened on the day: still open, or begun since then."""
        return self.closed_at is None or (opened_on is not None and local_day(self.opened_at) >= opened_on)


def review_threads(*, by: Actor, client_ids: Collection[UUID] | None = None) -> dict[UUID, ReviewThread]:
    """The newest such thread of each client, of those the actor may read. One query."""
    rows = Thread.objects.visible_to(by).filter(kind=ThreadKind.REVIEW)
    if client_ids is not None:
        rows = rows.filter(client_id__in=sorted(client_ids, key=str))
    found = rows.order_by("opened_at", "pk").values_list("pk", "client_id", "opened_at", "closed_at")
    return {row[1]: ReviewThread(*row) for row in found}
