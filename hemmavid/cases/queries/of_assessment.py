"""The assessment of a case as the page shows it. Four queries."""

from __future__ import annotations

from datetime import date

from hemmavid.access.actors import Actor
from hemmavid.cases.decision_words import need_words, timed_words
from hemmavid.cases.models import AreaAssessment, Assessment, Case, Need, OutsideNeed
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.cases.queries.case_views import AreaView, AssessmentView, NeedView
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.standard_times import StandardTimes


def assessment_of(case: Case, *, on: date, by: Actor) -> AssessmentView | None:
    """The assessment under way, else the latest; None when there is none."""
    found = Assessment.objects.visible_to(by).filter(case=case)
    assessment = found.order_by("-status", "-started_on", "-pk").first()
    return None if assessment is None else view_of(assessment, on=on)


def view_of(assessment: Assessment, *, on: date) -> AssessmentView:
    """An assessment at hand. Three queries."""
    return AssessmentView(
        assessment_id=assessment.pk,
        is_draft=assessment.status == AssessmentStatus.DRAFT,
        started_on=assessment.started_on,
        completed_at=assessment.completed_at,
        completed_by=assessment.completed_by_name,
        background=assessment.background,
        proposal=assessment.proposal,
        home_visit_on=assessment.home_visit_on,
        no_home_visit_reason=assessment.no_home_visit_reason,
        areas=_areas(assessment),
        needs=needs_of(assessment, on=on),
    )


def needs_of(assessment: Assessment, *, on: date) -> tuple[NeedView, ...]:
    """The needs of an assessment in words, those outside frame time last. Two queries."""
    times = parameters_in_use().at("frame_time.standard_times", on).standard_times
    within = assessment.needs.filter(removed_at__isnull=True).order_by("life_area", "need", "pk")
    outside = assessment.outside_needs.filter(removed_at__isnull=True).order_by("intervention", "pk")
    return (*(_within(row, times) for row in within), *(_outside(row) for row in outside))


def _areas(assessment: Assessment) -> tuple[AreaView, ...]:
    rows = {row.life_area: row for row in assessment.areas.order_by("life_area")}
    return tuple(_area(rows[area.value]) for area in LifeArea if area.value in rows)


def _area(row: AreaAssessment) -> AreaView:
    area = LifeArea(row.life_area)
    return AreaView(
        life_area=area,
        label=area.label,
        need=row.need,
        can_do=row.can_do,
        grade=row.problem_grade,
        grade_label=row.get_problem_grade_display() if row.problem_grade is not None else "",
        support=row.support,
        support_label=row.get_support_display() if row.support else "",
        goal=row.goal,
    )


def _within(row: Need, times: StandardTimes) -> NeedView:
    known = times.needs.get(row.need)
    return NeedView(
        row_id=row.pk,
        life_area=LifeArea(row.life_area),
        code=row.need,
        words=need_words(row, times),
        extent_text=row.extent_text,
        guideline=known.guideline.section if known else "",
        guideline_link=known.guideline.link if known else "",
    )


def _outside(row: OutsideNeed) -> NeedView:
    return NeedView(
        row_id=row.pk,
        life_area=LifeArea(row.life_area),
        code=row.intervention,
        words=timed_words(row),
        is_outside=True,
    )
