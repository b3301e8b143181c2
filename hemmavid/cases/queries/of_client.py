"""From a client or a decision to the case: what the authority's pages link to."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Case, CaseStatus, Decision


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


def case_of_decision(decision_id: UUID | None, *, by: Actor) -> UUID | None:
    """The case of the decision, None without the right to cases or without a case. One query or none."""
    if decision_id is None or not by.may(Permission.CASE_READ):
        return None
    return Decision.objects.visible_to(by).filter(pk=decision_id).values_list("case_id", flat=True).first()
