"""Answers that hold until the data change, kept by the process that worked them out.

The first screens sum a whole municipality; between two changes of the data (`DataChange`) the sums are the
same for everybody with the same reach. Values kept here are sums and ids: never a name, never a queryset.
Whatever changes what is paid or counted must record a data change, or `as_of` would be a lie too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from hemmavid.access.actors import Actor, Reach
from hemmavid.access.policy import Permission
from hemmavid.audit.models import DataChange

MOST_ANSWERS = 256
REACHES = (Permission.CLIENT_READ, Permission.HOURS_READ, Permission.KRONOR_READ)
Answer = TypeVar("Answer")


class Remembered(Generic[Answer]):
    """Answers of one kind, at most so many, all of the newest data. The one kept longest makes room."""

    def __init__(self, *, most: int = MOST_ANSWERS) -> None:
        self._most = most
        self._lock = Lock()
        self._change: int | None = None
        self._answers: dict[Hashable, Answer] = {}

    def get(self, key: Hashable, make: Callable[[], Answer], *, by: Actor) -> Answer:
        """The answer to `key` for the actor's reach, made when it is not known. One query."""
        change = DataChange.objects.order_by("-number").values_list("number", flat=True).first()
        if change is None:
            return make()
        whole_key = (key, reach_of(by))
        with self._lock:
            if self._change != change:
                self._change, self._answers = change, {}
            if whole_key in self._answers:
                return self._answers[whole_key]
        answer = make()
        with self._lock:
            if self._change == change:
                self._answers[whole_key] = answer
                if len(self._answers) > self._most:
                    del self._answers[next(iter(self._answers))]
        return answer


def reach_of(by: Actor) -> tuple[Reach, ...]:
    """Everything that decides which rows the actor's figures are made of."""
    return tuple(by.reach(permission) for permission in REACHES)
