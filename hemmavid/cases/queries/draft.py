"""The draft of a decision, for the form: what is filled in, and what may be granted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.calculation import Aid, levels_of
from hemmavid.cases.models import Case, Decision, DecisionStatus
from hemmavid.cases.operations.drafts import draft_of, replaceable
from hemmavid.cases.periods import period_of
from hemmavid.cases.queries.case_views import AreaView, NeedView
from hemmavid.cases.queries.of_assessment import needs_of
from hemmavid.lib.clock import local_day
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.frame_time import FrameTime
from hemmavid.rules.goal_wording import StockPhraseHint, stock_phrase_hint
from hemmavid.rules.life_areas import LifeArea


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft as it is kept. `replaceable_*`: the decision in force that it may take the place of."""

    decision_id: UUID
    number: str
    kind: DecisionKind
    model: str
    first_day: date | None
    last_day: date | None
    begun_on: date | None
    reported_on: date | None
    need_reason: str
    night_minutes: int | None
    has_revocation_clause: bool
    summary: str
    reasons: str
    start_explanation: tuple[str, ...]
    areas: tuple[AreaView, ...]
    needs: tuple[NeedView, ...]
    declined: tuple[UUID, ...]
    replaces_id: UUID | None
    replaceable_id: UUID | None
    replaceable_number: str
    frame_time: FrameTime | None
    hints: tuple[tuple[str, StockPhraseHint], ...]


def draft_view(decision_id: UUID, case_id: UUID, *, by: Actor, at: datetime) -> DraftView:
    """The draft of the case. Raises Denied, Case.DoesNotExist and NoDraft when it is made or taken away."""
    require(by, Permission.CASE_READ)
    case = Case.objects.visible_to(by).get(pk=case_id)
    draft = draft_of(decision_id, case, by)
    day = local_day(at)
    period = period_of(draft.period)
    other = replaceable(case, day, by)
    areas = _areas(draft)
    night = (
        draft.outside.filter(intervention="natthjalp").exclude(pk__in=draft.declined).order_by("pk").first()
    )
    return DraftView(
        decision_id=draft.pk,
        number=draft.number,
        kind=DecisionKind(draft.kind),
        model=draft.get_model_display() if draft.model else "",
        first_day=period.start if period else None,
        last_day=period.last_day if period else None,
        begun_on=draft.begun_on,
        reported_on=draft.reported_on,
        need_reason=draft.need_reason,
        night_minutes=night.minutes if night else None,
        has_revocation_clause=draft.has_revocation_clause,
        summary=draft.summary,
        reasons=draft.reasons,
        start_explanation=tuple(draft.start_explanation),
        areas=areas,
        needs=needs_of(draft.assessment, on=day) if draft.assessment else (),
        declined=tuple(draft.declined),
        replaces_id=draft.replaces_id,
        replaceable_id=other.pk if other else None,
        replaceable_number=other.number if other else "",
        frame_time=_frame_time(draft, day),
        hints=tuple(_hints(areas, day)),
    )


def is_draft(decision_id: UUID, case_id: UUID, *, by: Actor) -> bool:
    """Whether the decision of the case is still a draft. Decision.DoesNotExist when there is none."""
    decision = Decision.objects.visible_to(by).exclude(status=DecisionStatus.DISCARDED)
    return decision.get(pk=decision_id, case_id=case_id).status == DecisionStatus.DRAFT


def _areas(draft: Decision) -> tuple[AreaView, ...]:
    goals = dict(draft.areas.order_by("life_area").values_list("life_area", "goal"))
    return tuple(AreaView(area, area.label, goal=goals[area]) for area in LifeArea if area in goals)


def _frame_time(draft: Decision, day: date) -> FrameTime | None:
    if draft.assessment is None:
        return None
    needs = draft.assessment.needs.filter(removed_at__isnull=True).exclude(pk__in=draft.declined)
    return Aid.for_day(day, parameters_in_use()).frame_time(levels_of(needs.order_by("pk")))


def _hints(areas: Iterable[AreaView], day: date) -> Iterable[tuple[str, StockPhraseHint]]:
    for area in areas:
        hint = stock_phrase_hint(area.goal, on=day, parameters=parameters_in_use())
        if hint is not None:
            yield area.label, hint
