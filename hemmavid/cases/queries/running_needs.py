"""The granted needs of every decision about frame time that runs on a day, for the policy laboratory."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.models import DecisionStatus, GrantedNeed
from hemmavid.cases.models.decision import Model


@dataclass(frozen=True, slots=True)
class RunningDecision:
    """A decision with its needs in force on the day; number and client are for links, not for sums."""

    number: str
    client_id: UUID
    needs: tuple[LevelOfNeed, ...]


def running_decisions(*, on: date, by: Actor) -> list[RunningDecision]:
    """Decided, under the model of frame time, with needs in force on the day; by number. One query.

    The right to the laboratory opens levels and occasions and nothing else of a decision: no text of it can
    come along. A need without a level, as granted on call, gives no time (R352). Raises Denied without it.
    """
    require(by, Permission.LABORATORY)
    rows = (
        GrantedNeed.objects.filter(
            period__contains=on,
            level__isnull=False,
            decision__status=DecisionStatus.DECIDED,
            decision__model=Model.FRAME_TIME,
            decision__period__contains=on,
        )
        .order_by("decision__number", "need", "visit", "level")
        .values_list("decision__number", "decision__client_id", "need", "level", "count", "per", "visit")
    )
    known: dict[LevelOfNeed, LevelOfNeed] = {}
    needs: defaultdict[tuple[str, UUID], list[LevelOfNeed]] = defaultdict(list)
    for number, client_id, need, level, count, per, visit in rows.iterator(chunk_size=5000):
        said = LevelOfNeed(need, level or 0, count, per, visit)
        needs[number, client_id].append(known.setdefault(said, said))
    return [RunningDecision(number, client_id, tuple(each)) for (number, client_id), each in needs.items()]
