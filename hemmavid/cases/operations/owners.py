"""Who owns a case. Every case has an owner or lies in the queue; each move is remembered with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.models import RoleAssignment
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.cases.models import Case, CaseOwner, CaseStatus
from hemmavid.cases.models.fields import LONGEST_LINE
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.lib.clock import local_day

OFFICERS = (Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER)


class NotAnOfficer(Exception):
    """The person does not work as a case officer today, so no case can be theirs."""


class ReasonMissing(Exception):
    """Another's case is taken over with priority only when it is said why (FB1)."""


@transaction.atomic
def take_case(*, seen: Seen, reason: str = "", by: Actor, at: datetime) -> None:
    """The actor becomes the owner: of a case in the queue freely, of a colleague's with a reason (FB1).

    Raises as `locked_case`, NotAnOfficer, ReasonMissing.
    """
    case = locked_case(seen, by=by)
    if by.user_id is None:
        raise NotAnOfficer
    if case.officer_id == by.user_id:
        return
    is_priority = case.officer_id is not None
    if is_priority and not reason.strip():
        raise ReasonMissing
    owned_by(case, by.user_id, reason, is_priority=is_priority, by=by, at=at)


@transaction.atomic
def hand_over_case(*, seen: Seen, officer_id: UUID, reason: str = "", by: Actor, at: datetime) -> None:
    """Hand one's own case to a colleague; another's takes the right to move cases.

    Raises as `locked_case`, NotAnOfficer.
    """
    case = locked_case(seen, by=by)
    if case.officer_id not in {None, by.user_id}:
        require(by, Permission.CASE_REASSIGN)
    _check_officer(officer_id, at)
    owned_by(case, officer_id, reason, is_priority=False, by=by, at=at)


@transaction.atomic
def move_cases(
    case_ids: Sequence[UUID], *, officer_id: UUID | None, reason: str = "", by: Actor, at: datetime
) -> int:
    """Move open cases to an officer, or to the queue; how many changed owner (FB5, MC3).

    Says nothing of revisions: whoever writes in a case keeps what they write. Raises Denied, NotAnOfficer.
    """
    require(by, Permission.CASE_REASSIGN)
    if officer_id is not None:
        _check_officer(officer_id, at)
    cases = (
        Case.objects.visible_to(by)
        .filter(pk__in=case_ids, status=CaseStatus.OPEN)
        .exclude(officer_id=officer_id)
        .order_by("pk")
        .select_for_update(of=("self",))
    )
    moved = list(cases)
    for case in moved:
        owned_by(case, officer_id, reason, is_priority=False, by=by, at=at)
    return len(moved)


def owned_by(
    case: Case, officer_id: UUID | None, reason: str, *, is_priority: bool, by: Actor, at: datetime
) -> None:
    """Give a locked case its owner, and remember who had it before and why."""
    case.officer_id = officer_id
    case.save(update_fields=["officer"])
    CaseOwner.objects.create(
        case=case,
        officer_id=officer_id,
        from_at=at,
        reason=fitting("reason", reason, LONGEST_LINE),
        is_priority=is_priority,
        by_id=by.user_id,
        by_name=by.name,
    )
    written(case, "owner_changed", by=by, at=at)


def _check_officer(user_id: UUID, at: datetime) -> None:
    holds = RoleAssignment.objects.in_force_on(local_day(at)).of_user(user_id)
    if not holds.filter(role__in=OFFICERS).exists():
        raise NotAnOfficer(user_id)
