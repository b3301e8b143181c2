"""A new goal in a granted life area: the decision stands, the order comes in a new version (R294)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.models import GrantedArea
from hemmavid.cases.models.fields import LONGEST_TEXT
from hemmavid.cases.operations.changing import ChangeRefused, decision_in_force, granted_areas
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.rules.decision_needed import Change, NeededStep, what_is_needed
from hemmavid.rules.life_areas import LifeArea


class GoalMissing(ValueError):
    """A granted life area has a goal: it is rewritten, never left out (R319)."""


@transaction.atomic
def change_goal(area: LifeArea, goal: str, *, decision_id: UUID, seen: Seen, by: Actor, at: datetime) -> int:
    """Rewrite the goal of a granted life area; the case's new revision. The order is to be revised (R294).

    Raises as `locked_case`, DecisionNotInForce, GoalMissing, ChangeRefused, TextTooLong.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = decision_in_force(decision_id, case, by)
    if not goal.strip():
        raise GoalMissing(area)
    needed = what_is_needed(
        Change.NEW_GOAL, granted_areas=granted_areas(decision), area=area, has_need_changed=False
    )
    if needed.step is not NeededStep.REVISED_ORDER:
        raise ChangeRefused(needed)
    GrantedArea.objects.update_or_create(
        decision=decision,
        life_area=area.value,
        defaults={"goal": fitting("goal", goal, LONGEST_TEXT)},
    )
    text = f"Nytt mål för {area.label} i beslut {decision.number}."
    entry = NewEntry(case.client_id, text, at, EntryKind.DECISION, about_id=decision.pk)
    write_entry(entry, by=by, at=at)
    return written(case, f"goal_changed:{area.value}", by=by, at=at)
