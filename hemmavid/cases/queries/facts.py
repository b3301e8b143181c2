"""The facts that next steps follow from, for many cases at once. Five queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet

from hemmavid.access.actors import Actor
from hemmavid.cases.models import (
    Application,
    Assessment,
    Case,
    CaseStatus,
    Decision,
    DecisionStatus,
    EndingConfirmation,
)
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.cases.models.decision import Kind
from hemmavid.cases.next_step import CaseFacts
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period

_Fields = defaultdict[UUID, dict[str, Any]]


def case_facts(cases: QuerySet[Case], *, on: date, by: Actor) -> dict[UUID, CaseFacts]:
    """The facts of each case that has any."""
    fields: _Fields = defaultdict(dict)
    decided_at = _decisions(cases, fields, by)
    _assessments(cases, fields, decided_at, by)
    _applications(cases, fields, on, by)
    _endings(cases, fields, by)
    _on_call(cases, fields, by)
    return {case_id: CaseFacts(**found) for case_id, found in fields.items()}


def waiting_on_call(by: Actor) -> QuerySet[Decision]:
    """Decisions from on-call time that no case officer has received."""
    return Decision.objects.visible_to(by).filter(kind=Kind.ON_CALL, received_at__isnull=True)


def _decisions(cases: QuerySet[Case], fields: _Fields, by: Actor) -> dict[UUID, datetime]:
    """Drafts, and the decision that ends last; when each case was last decided in."""
    apart = (Kind.ON_CALL, Kind.SIMPLIFIED, Kind.URGENT_SHORT)
    rows = (
        Decision.objects.visible_to(by)
        .filter(case__in=cases, status__in=[DecisionStatus.DRAFT, DecisionStatus.DECIDED])
        .order_by("period", "pk")
        .values_list(
            "case_id", "status", "kind", "decided_at", F("period__startswith"), F("period__endswith")
        )
    )
    latest: dict[UUID, datetime] = {}
    for case_id, status, kind, decided_at, start, end in rows:
        found = fields[case_id]
        if status == DecisionStatus.DRAFT:
            found["has_draft"] = True
            continue
        if decided_at is not None:
            latest[case_id] = max(latest.get(case_id, decided_at), decided_at)
        known = found.get("decided")
        if kind not in apart and end is not None and (known is None or known.end < end):
            found["decided"] = Period(start, end)
    return latest


def _assessments(cases: QuerySet[Case], fields: _Fields, decided_at: dict[UUID, datetime], by: Actor) -> None:
    rows = (
        Assessment.objects.visible_to(by)
        .filter(case__in=cases)
        .order_by("started_on", "pk")
        .values_list("case_id", "status", "completed_at", "home_visit_on", "no_home_visit_reason")
    )
    for case_id, status, completed_at, visited_on, reason in rows:
        is_draft = status == AssessmentStatus.DRAFT
        latest = decided_at.get(case_id)
        if is_draft or latest is None or (completed_at is not None and completed_at > latest):
            fields[case_id] |= {
                "is_assessing": is_draft,
                "is_assessed": not is_draft,
                "visited_on": visited_on,
                "has_no_visit_reason": bool(reason),
            }


def _applications(cases: QuerySet[Case], fields: _Fields, on: date, by: Actor) -> None:
    rows = (
        Application.objects.visible_to(by)
        .filter(case__in=cases, decided_on__isnull=True, withdrawn_on__isnull=True, received_on__lte=on)
        .order_by("-received_on", "pk")
        .values_list("case_id", "received_on", "is_new_applicant", "is_urgent")
    )
    for case_id, received_on, is_new, is_urgent in rows:
        found = fields[case_id]
        found["applied_on"] = received_on
        found["is_new_applicant"] = is_new or found.get("is_new_applicant", False)
        found["is_urgent"] = is_urgent or found.get("is_urgent", False)


def _endings(cases: QuerySet[Case], fields: _Fields, by: Actor) -> None:
    rows = (
        EndingConfirmation.objects.visible_to(by)
        .filter(case__in=cases, confirmed_on__isnull=True, refused_on__isnull=True)
        .order_by("-asked_at", "pk")
        .values_list("case_id", "asked_at")
    )
    for case_id, asked_at in rows:
        fields[case_id]["ending_asked_on"] = local_day(asked_at)


def _on_call(cases: QuerySet[Case], fields: _Fields, by: Actor) -> None:
    """The night's decisions land with the case of the client, whoever owns it (R349, R351)."""
    waiting = waiting_on_call(by).filter(client__cases__in=cases.filter(status=CaseStatus.OPEN))
    rows = waiting.order_by("-granted_until", "pk").values_list("client__cases__pk", "granted_until")
    for case_id, granted_until in rows:
        fields[case_id]["on_call_until"] = granted_until
