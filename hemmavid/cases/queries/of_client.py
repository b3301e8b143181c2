"""From a client or a decision to the case: what the authority's pages link to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Case, CaseStatus, Decision, DecisionStatus
from hemmavid.cases.models.decision import Kind
from hemmavid.lib.periods import ONE_DAY


@dataclass(frozen=True, slots=True)
class CaseOfClient:
    """A case of a client, by its number."""

    case_id: UUID
    number: str
    is_open: bool


def cases_of_client(client_id: UUID, *, by: Actor) -> list[CaseOfClient] | None:
    """The client's cases, the newest first; None without the right to cases. One query or none."""
    if not by.may(Permission.CASE_READ):
        return None
    rows = Case.objects.visible_to(by).filter(client_id=client_id).order_by("-number")
    return [
        CaseOfClient(case_id, number, status == CaseStatus.OPEN)
        for case_id, number, status in rows.values_list("pk", "number", "status")
    ]


@dataclass(frozen=True, slots=True)
class DecisionOfClient:
    """A decision that may be ordered from, by its number, kind and last day."""

    decision_id: UUID
    number: str
    kind: str
    last_day: date


def decisions_to_order_from(client_id: UUID, *, on: date, by: Actor) -> list[DecisionOfClient]:
    """The client's decisions that are made and not yet over, the newest first. Raises Denied. One query."""
    require(by, Permission.CASE_READ)
    rows = Decision.objects.visible_to(by).filter(
        client_id=client_id, status=DecisionStatus.DECIDED, period__endswith__gt=on
    )
    fields = rows.order_by("-decided_at", "-number").values_list("pk", "number", "kind", "period__endswith")
    return [DecisionOfClient(pk, number, Kind(kind).label, end - ONE_DAY) for pk, number, kind, end in fields]


def case_of_decision(decision_id: UUID | None, *, by: Actor) -> UUID | None:
    """The case of the decision, None without the right to cases or without a case. One query or none."""
    if decision_id is None or not by.may(Permission.CASE_READ):
        return None
    return Decision.objects.visible_to(by).filter(pk=decision_id).values_list("case_id", flat=True).first()
