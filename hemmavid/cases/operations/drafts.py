"""The draft of a decision: begun from the assessment with everything filled in, and kept as it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.decision_words import plain_summary
from hemmavid.cases.models import Assessment, Case, Decision, DecisionStatus, GrantedArea, GrantedOutside
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.cases.models.fields import LONGEST_TEXT
from hemmavid.cases.operations.needs import TimedNeed, outside_columns
from hemmavid.cases.operations.numbers import next_decision_number
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.interventions import label_of
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.urgent_need import DayMissing, pay_start

DISCHARGE_TEAM = "hemgangsteam"
DISCHARGE_AREA = LifeArea.SENSE_OF_SAFETY


class NoDraft(Exception):
    """The case has no draft of the decision asked for: it is made, or taken away."""


class DraftAlreadyBegun(Exception):
    """The case has a draft under way; there is one at a time. `decision_id` is that one."""

    def __init__(self, decision_id: UUID) -> None:
        super().__init__(decision_id)
        self.decision_id = decision_id


@dataclass(frozen=True, slots=True)
class DecisionText:
    """A decision as the officer writes it; anything may be missing until it is made.

    `first_day` counts for the ordinary and simplified kinds alone: the others are dated by rule from the day
    the need began or was reported (R045, R341, R347, R355). `beside`: night help of a simplified decision.
    """

    kind: DecisionKind
    first_day: date | None = None
    last_day: date | None = None
    begun_on: date | None = None
    reported_on: date | None = None
    need_reason: str = ""
    has_revocation_clause: bool = False
    summary: str = ""
    reasons: str = ""
    goals: Mapping[LifeArea, str] = field(default_factory=dict)
    declined: frozenset[UUID] = frozenset()
    replaces_id: UUID | None = None
    beside: tuple[TimedNeed, ...] = ()


@transaction.atomic
def begin_draft(*, kind: DecisionKind, seen: Seen, by: Actor, at: datetime) -> UUID:
    """Begin a decision of the kind on the latest completed assessment; its id.

    Goals, model and the decision it replaces are filled in. Raises as `locked_case`, DraftAlreadyBegun.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    begun = Decision.objects.visible_to(by).filter(case=case, status=DecisionStatus.DRAFT)
    known = begun.order_by("pk").first()
    if known is not None:
        raise DraftAlreadyBegun(known.pk)
    assessment = None if kind is DecisionKind.SIMPLIFIED else _latest_assessment(case, by)
    day = local_day(at)
    decision = Decision.objects.create(
        number=next_decision_number(day),
        client_id=case.client_id,
        case=case,
        assessment=assessment,
        application=assessment.application if assessment else None,
        kind=kind.value,
        model=parameters_in_use().at("decision.model", day).text,
        has_revocation_clause=True,
        summary=_summary(assessment, day),
        reasons=assessment.proposal if assessment else "",
        drafted_at=at,
        replaces=None if kind is DecisionKind.SIMPLIFIED else replaceable(case, day, by),
    )
    _fill_goals(decision, assessment)
    written(case, "draft_begun", by=by, at=at)
    return decision.pk


@transaction.atomic
def save_draft(text: DecisionText, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> int:
    """Keep the draft as it stands, faults and all; the case's new revision.

    Raises as `locked_case`, NoDraft, TextTooLong.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = draft_of(decision_id, case, by)
    decision.kind = text.kind.value
    decision.begun_on, decision.reported_on = text.begun_on, text.reported_on
    decision.need_reason = text.need_reason
    decision.has_revocation_clause = text.has_revocation_clause
    decision.summary = fitting("summary", text.summary, LONGEST_TEXT)
    decision.reasons = fitting("reasons", text.reasons, LONGEST_TEXT)
    decision.replaces_id = text.replaces_id
    decision.period, decision.start_explanation = _dated(text)
    decision.declined = sorted(text.declined | _keep_beside(decision, text.beside), key=str)
    decision.save()
    for area, goal in text.goals.items():
        GrantedArea.objects.update_or_create(
            decision=decision,
            life_area=area.value,
            defaults={"goal": fitting(f"goal_{area.value}", goal, LONGEST_TEXT)},
        )
    return written(case, "draft_saved", by=by, at=at)


@transaction.atomic
def discard_draft(*, decision_id: UUID, seen: Seen, by: Actor, at: datetime) -> int:
    """Take the draft away; its number stays used. Raises as `save_draft`."""
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = draft_of(decision_id, case, by)
    decision.status = DecisionStatus.DISCARDED
    decision.save(update_fields=["status"])
    return written(case, "draft_discarded", by=by, at=at)


def draft_of(decision_id: UUID, case: Case, by: Actor) -> Decision:
    """The draft of the case, or NoDraft."""
    drafts = Decision.objects.visible_to(by).filter(pk=decision_id, case=case, status=DecisionStatus.DRAFT)
    decision = drafts.select_related("assessment", "application").order_by("pk").first()
    if decision is None:
        raise NoDraft(decision_id)
    return decision


def _dated(text: DecisionText) -> tuple[DateRange | None, list[str]]:
    """The period as far as it is known, and why it begins when it does."""
    end = text.last_day + ONE_DAY if text.last_day else None
    try:
        found = pay_start(
            kind=text.kind.need_kind,
            begun_on=text.begun_on,
            reported_on=text.reported_on,
            decided_start=text.first_day,
            parameters=parameters_in_use(),
        )
    except DayMissing:
        return None, []
    if end is not None and end <= found.starts_on:
        end = None
    return DateRange(found.starts_on, end), list(found.explanation.because())


def _latest_assessment(case: Case, by: Actor) -> Assessment | None:
    done = Assessment.objects.visible_to(by).filter(case=case, status=AssessmentStatus.COMPLETED)
    return done.select_related("application").order_by("-completed_at", "-pk").first()


def replaceable(case: Case, day: date, by: Actor) -> Decision | None:
    """The decision in force that a new one takes the place of; short additions and the team's stand apart."""
    apart = (DecisionKind.SIMPLIFIED, DecisionKind.ON_CALL, DecisionKind.URGENT_SHORT)
    made = Decision.objects.visible_to(by).filter(case=case, status=DecisionStatus.DECIDED)
    running = made.filter(period__endswith__gt=day).exclude(kind__in=[kind.value for kind in apart])
    return running.order_by("-decided_at", "-pk").first()


def _summary(assessment: Assessment | None, day: date) -> str:
    """What the person is told, to begin with; without the days, which stand beside it."""
    if assessment is None:
        return plain_summary([label_of(DISCHARGE_TEAM)], [], None)
    times = parameters_in_use().at("frame_time.standard_times", day).standard_times
    needs = assessment.needs.filter(removed_at__isnull=True).order_by("need", "pk")
    outside = assessment.outside_needs.filter(removed_at__isnull=True).order_by("intervention", "pk")
    within = [times.needs[need.need].label for need in needs if need.need in times.needs]
    return plain_summary([*within, *(label_of(one.intervention) for one in outside)], [], None)


def _fill_goals(decision: Decision, assessment: Assessment | None) -> None:
    if decision.kind == DecisionKind.SIMPLIFIED:
        GrantedArea.objects.create(decision=decision, life_area=DISCHARGE_AREA.value)
        return
    if assessment is None:
        return
    goals = dict(assessment.areas.order_by("life_area").values_list("life_area", "goal"))
    needs = assessment.needs.filter(removed_at__isnull=True).values_list("life_area", flat=True)
    outside = assessment.outside_needs.filter(removed_at__isnull=True).values_list("life_area", flat=True)
    for area in sorted({*needs, *outside}):
        GrantedArea.objects.create(decision=decision, life_area=area, goal=goals.get(area, ""))


def _keep_beside(decision: Decision, beside: tuple[TimedNeed, ...]) -> frozenset[UUID]:
    """Keep the times beside the standard time; the ids of those that were taken away again."""
    for need in beside:
        GrantedOutside.objects.update_or_create(
            decision=decision, intervention=need.intervention, defaults=outside_columns(need)
        )
    away = decision.outside.exclude(intervention__in=[need.intervention for need in beside])
    return frozenset(away.order_by("pk").values_list("pk", flat=True))
