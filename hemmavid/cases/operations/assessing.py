"""The assessment: begun, written area by area, its needs set, and completed (R260-R262, R271, R283, R284)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.models import Application, AreaAssessment, Assessment, Case
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_TEXT
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.lib.clock import local_day
from hemmavid.rules.life_areas import LifeArea, ProblemGrade, Support


class NoAssessment(Exception):
    """The case has no assessment that may be written in."""


class AssessmentAlreadyBegun(Exception):
    """The case has an assessment under way; there is one at a time."""


class AssessmentIncomplete(ValueError):
    """The assessment cannot be completed: `codes` are `no_home_visit` and `no_area`."""

    def __init__(self, codes: Sequence[str]) -> None:
        super().__init__(tuple(codes))
        self.codes = tuple(codes)


@dataclass(frozen=True, slots=True)
class AssessmentText:
    """What stands about the whole: background, proposal, and the home visit or why there is none (R271)."""

    background: str = ""
    proposal: str = ""
    home_visit_on: date | None = None
    no_home_visit_reason: str = ""


@dataclass(frozen=True, slots=True)
class AreaText:
    """What stands about one life area. `grade` None: not judged yet; `goal` is the client's own (R144)."""

    life_area: LifeArea
    need: str = ""
    can_do: str = ""
    grade: ProblemGrade | None = None
    support: Support | None = None
    goal: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written."""
        return not (self.need or self.can_do or self.goal or self.support or self.grade is not None)


@transaction.atomic
def start_assessment(*, seen: Seen, by: Actor, at: datetime) -> UUID:
    """Begin an assessment of the latest open application; its id.

    Raises as `locked_case` and AssessmentAlreadyBegun.
    """
    case = locked_case(seen, by=by)
    if Assessment.objects.visible_to(by).filter(case=case, status=AssessmentStatus.DRAFT).exists():
        raise AssessmentAlreadyBegun(case.number)
    open_applications = Application.objects.visible_to(by).filter(
        case=case, decided_on__isnull=True, withdrawn_on__isnull=True
    )
    assessment = Assessment.objects.create(
        case=case,
        application=open_applications.order_by("-received_on", "-pk").first(),
        started_on=local_day(at),
        started_by_id=by.user_id,
    )
    written(case, "assessment_started", by=by, at=at)
    return assessment.pk


@transaction.atomic
def save_assessment(text: AssessmentText, seen: Seen, *, by: Actor, at: datetime) -> int:
    """Keep what stands about the whole; the case's new revision.

    Raises as `locked_case`, NoAssessment, TextTooLong.
    """
    case = locked_case(seen, by=by)
    assessment = draft_of(case, by)
    assessment.background = fitting("background", text.background, LONGEST_TEXT)
    assessment.proposal = fitting("proposal", text.proposal, LONGEST_TEXT)
    assessment.home_visit_on = text.home_visit_on
    assessment.no_home_visit_reason = fitting("no_home_visit_reason", text.no_home_visit_reason, LONGEST_LINE)
    assessment.save()
    return written(case, "assessment_saved", by=by, at=at)


@transaction.atomic
def save_area(area: AreaText, seen: Seen, *, by: Actor, at: datetime) -> int:
    """Keep what stands about one life area; the case's new revision. Raises as `save_assessment`."""
    case = locked_case(seen, by=by)
    assessment = draft_of(case, by)
    AreaAssessment.objects.update_or_create(
        assessment=assessment,
        life_area=area.life_area.value,
        defaults={
            "need": fitting("need", area.need, LONGEST_TEXT),
            "can_do": fitting("can_do", area.can_do, LONGEST_TEXT),
            "problem_grade": area.grade,
            "support": area.support.value if area.support else "",
            "goal": fitting("goal", area.goal, LONGEST_TEXT),
        },
    )
    return written(case, f"area_saved:{area.life_area.value}", by=by, at=at)


@transaction.atomic
def complete_assessment(*, seen: Seen, by: Actor, at: datetime) -> int:
    """Close the assessment for writing; the case's new revision.

    Needs at least one life area, and the home visit or the reason why not for a new applicant (R271). Raises
    as `locked_case`, NoAssessment, AssessmentIncomplete.
    """
    case = locked_case(seen, by=by)
    assessment = draft_of(case, by)
    missing = _missing(assessment)
    if missing:
        raise AssessmentIncomplete(missing)
    assessment.status = AssessmentStatus.COMPLETED
    assessment.completed_at, assessment.completed_by_name = at, by.name
    assessment.save(update_fields=["status", "completed_at", "completed_by_name"])
    return written(case, "assessment_completed", by=by, at=at)


def draft_of(case: Case, by: Actor) -> Assessment:
    """The assessment of the case that may be written in, or NoAssessment."""
    drafts = Assessment.objects.visible_to(by).filter(case=case, status=AssessmentStatus.DRAFT)
    assessment = drafts.select_related("application").order_by("pk").first()
    if assessment is None:
        raise NoAssessment(case.number)
    return assessment


def _missing(assessment: Assessment) -> list[str]:
    application = assessment.application
    is_new = application is not None and application.is_new_applicant
    has_visit = bool(assessment.home_visit_on or assessment.no_home_visit_reason.strip())
    missing = ["no_home_visit"] if is_new and not has_visit else []
    return missing if assessment.areas.exists() else [*missing, "no_area"]
