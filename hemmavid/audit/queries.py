"""Reads from the log."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, Sum
from django.db.models.functions import Coalesce

from hemmavid.access.actors import SYSTEM, Actor, require
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Block, DataChange, Look
from hemmavid.audit.operations import BEFORE_ALL, ChainCheck, verify_chain


def data_as_of() -> datetime | None:
    """When the facts behind the statements last changed; None before the first import (contract.md 4)."""
    return DataChange.objects.order_by("-at").values_list("at", flat=True).first()


@dataclass(frozen=True, slots=True)
class ChainStatus:
    """How far the log is sealed. `waiting_since` is the oldest row that is not."""

    blocks: int
    sealed_rows: int
    sealed_at: datetime | None
    waiting: int
    waiting_since: datetime | None


def chain_status(*, by: Actor) -> ChainStatus:
    """How far the log is sealed, without recomputing it. Three queries. Raises Denied.

    Counts only: whoever may ask need not be allowed to read a single row, so the system reads.
    """
    require(by, Permission.STATUS_READ)
    with scoped(SYSTEM, read_only=True):
        newest = Block.objects.order_by("-number").first()
        sealed = Block.objects.aggregate(rows=Coalesce(Sum("rows"), 0))
        after = newest.last_look if newest else BEFORE_ALL
        waiting = Look.objects.filter(number__gt=after).aggregate(rows=Count("pk"), since=Min("at"))
    return ChainStatus(
        blocks=newest.number if newest else 0,
        sealed_rows=sealed["rows"],
        sealed_at=newest.sealed_at if newest else None,
        waiting=waiting["rows"],
        waiting_since=waiting["since"],
    )


def check_chain(*, by: Actor) -> ChainCheck:
    """The whole chain recomputed, for whoever keeps the system running. Raises Denied."""
    require(by, Permission.STATUS_READ)
    with scoped(SYSTEM):
        return verify_chain()
