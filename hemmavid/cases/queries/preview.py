"""Frame time before anything is saved: of the needs on the screen, and of a change (R283, R287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.calculation import Aid, LevelOfNeed, levels_of
from hemmavid.cases.models import Decision
from hemmavid.cases.operations.changing import ExtentRequest, granted_areas, levels_after
from hemmavid.cases.operations.snapshots import aid_of, frame_time_on
from hemmavid.lib.clock import local_day
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.decision_needed import Change, Needed, what_is_needed
from hemmavid.rules.frame_time import FrameTime
from hemmavid.rules.frame_time_comparison import FrameTimeComparison, compare
from hemmavid.rules.frame_time_steps import minutes_text, signed_minutes
from hemmavid.rules.life_areas import LifeArea


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change would do. `before` or `after` None: nothing within frame time then."""

    needed: Needed
    before: FrameTime | None
    after: FrameTime | None
    comparison: FrameTimeComparison | None

    @property
    def sentence(self) -> str:
        """Ramtid 105 min → 140 min per vecka, +35 min."""
        was = self.before.minutes_per_week if self.before else Decimal(0)
        now = self.after.minutes_per_week if self.after else Decimal(0)
        difference = signed_minutes(now - was) if now != was else "oförändrad"
        return f"Ramtid {minutes_text(was)} → {minutes_text(now)} per vecka, {difference}."


def preview_needs(needs: Sequence[LevelOfNeed], *, by: Actor, at: datetime) -> FrameTime | None:
    """The frame time of the needs as the aid counts today; None without needs. Denied, NeedsRefused."""
    require(by, Permission.CASE_READ)
    return Aid.for_day(local_day(at), parameters_in_use()).frame_time(needs)


def preview_change(request: ExtentRequest, decision_id: UUID, *, by: Actor, at: datetime) -> ChangePreview:
    """What the change takes, and the frame time before and after it; nothing is stored.

    Raises Denied, Decision.DoesNotExist, NeedsRefused.
    """
    require(by, Permission.CASE_READ)
    decision = Decision.objects.visible_to(by).get(pk=decision_id)
    rows = list(decision.needs.filter(period__isnull=False).order_by("pk"))
    aid = aid_of(decision, at)
    before = frame_time_on(request.valid_from, rows, aid)
    after = aid.frame_time(levels_after(rows, request))
    comparison = compare(before, after, request.valid_from) if before and after else None
    needed = needed_in(decision, request.change, request.life_area, has_need_changed=request.has_need_changed)
    return ChangePreview(needed, before, after, comparison)


def needed_for_change(
    decision_id: UUID, change: Change, area: LifeArea, *, has_need_changed: bool, by: Actor
) -> Needed:
    """What a change in a running case takes: a new decision, a change of extent or a revised order."""
    require(by, Permission.CASE_READ)
    decision = Decision.objects.visible_to(by).get(pk=decision_id)
    return needed_in(decision, change, area, has_need_changed=has_need_changed)


def needed_in(decision: Decision, change: Change, area: LifeArea, *, has_need_changed: bool) -> Needed:
    """The same, of a decision at hand."""
    return what_is_needed(
        change, granted_areas=granted_areas(decision), area=area, has_need_changed=has_need_changed
    )


def preview_ending(
    decision_id: UUID, granted_ids: Sequence[UUID], request: ExtentRequest, *, by: Actor, at: datetime
) -> ChangePreview:
    """As `preview_change`, of rows that end; none chosen: the whole decision."""
    require(by, Permission.CASE_READ)
    decision = Decision.objects.visible_to(by).get(pk=decision_id)
    rows = list(decision.needs.filter(period__isnull=False).order_by("pk"))
    aid = aid_of(decision, at)
    day = request.valid_from
    holds = [row for row in rows if row.period is not None and day in row.period]
    left = [row for row in holds if granted_ids and row.pk not in granted_ids]
    before, after = frame_time_on(day, rows, aid), aid.frame_time(levels_of(left))
    comparison = compare(before, after, day) if before and after else None
    needed = needed_in(decision, request.change, request.life_area, has_need_changed=True)
    return ChangePreview(needed, before, after, comparison)
