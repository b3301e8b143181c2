"""The assessment under way as its page needs it: the stored rows as a form takes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.calculation import LevelOfNeed, levels_of
from hemmavid.cases.models import Assessment, Need, OutsideNeed
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.cases.queries.case_page import case_head
from hemmavid.cases.queries.case_views import AssessmentView, CaseHead
from hemmavid.cases.queries.of_assessment import view_of
from hemmavid.lib.clock import local_day
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.standard_times import StandardTimes


@dataclass(frozen=True, slots=True)
class AssessmentOnPage:
    """The assessment with the case's head, the table in force, and the rows as a form's first values."""

    head: CaseHead
    view: AssessmentView
    times: StandardTimes
    levels: tuple[LevelOfNeed, ...]
    need_initial: tuple[Mapping[str, object], ...]
    timed_initial: tuple[Mapping[str, object], ...]


def assessment_page(case_id: UUID, *, by: Actor, at: datetime) -> AssessmentOnPage:
    """The assessment under way. Raises Denied, Case.DoesNotExist, Assessment.DoesNotExist for none."""
    require(by, Permission.CASE_READ)
    day = local_day(at)
    head = case_head(case_id, on=day, by=by)
    drafts = Assessment.objects.visible_to(by).filter(case_id=case_id, status=AssessmentStatus.DRAFT)
    assessment = drafts.get()
    within = list(assessment.needs.filter(removed_at__isnull=True).order_by("life_area", "need", "pk"))
    outside = assessment.outside_needs.filter(removed_at__isnull=True).order_by("intervention", "pk")
    return AssessmentOnPage(
        head=head,
        view=view_of(assessment, on=day),
        times=parameters_in_use().at("frame_time.standard_times", day).standard_times,
        levels=tuple(levels_of(within)),
        need_initial=tuple(_need(row) for row in within),
        timed_initial=tuple(_timed(row) for row in outside),
    )


def _need(row: Need) -> dict[str, object]:
    return {
        "row": str(row.pk),
        "level": f"{row.need}:{row.level}",
        "count": row.count,
        "per": row.per,
        "visit": row.visit,
        "part": row.extent_text,
        "support": row.support,
    }


def _timed(row: OutsideNeed) -> dict[str, object]:
    surrounding = {True: "yes", False: "no", None: ""}[row.includes_surrounding_time]
    return {
        "row": str(row.pk),
        "intervention": row.intervention,
        "life_area": row.life_area,
        "minutes": row.minutes,
        "count": row.count,
        "per": row.per,
        "days": ", ".join(day.isoformat() for day in row.days),
        "surrounding": surrounding,
        "asks_more": row.asks_more_time,
        "tried": row.tried_within_frame_time,
        "assessor": row.assessor_name,
    }
