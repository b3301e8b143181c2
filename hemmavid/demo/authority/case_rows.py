"""A client's case: whose it is, the application it began with, and the assessment behind each decision."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.models import (
    Application,
    AreaAssessment,
    Assessment,
    Capacity,
    Case,
    CaseChange,
    CaseOwner,
    CaseStatus,
    Need,
    OutsideNeed,
)
from hemmavid.cases.models.assessment import AssessmentStatus
from hemmavid.demo.authority import words
from hemmavid.demo.authority.earlier_rows import has_earlier
from hemmavid.demo.authority.frame_needs import Needs
from hemmavid.demo.authority.moments import days_before, office_time
from hemmavid.demo.authority.outside_time import OutsidePart
from hemmavid.demo.authority.town import ClientFile
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.life_areas import LifeArea, Support
from hemmavid.rules.standard_times import StandardTimes

IN_QUEUE_EVERY = 67  # one open case in so many has no owner just now
BESIDE = (LifeArea.MOBILITY, LifeArea.RELATIONSHIPS, LifeArea.COMMUNICATION)
SUPPORTS = (Support.SUPPORTING, Support.PARTLY_COMPENSATING, Support.COMPENSATING)


@dataclass(frozen=True, slots=True)
class Asked:
    """An application and the assessment that followed."""

    application: Application
    assessment: Assessment


def open_case(file: ClientFile, number: int, first_day: date) -> Case:
    """The case of the client, opened some weeks before the first day of its first decision."""
    opened_at = office_time(days_before(first_day, 22, 40, file.rng("opened")), file.rng("opened at"))
    opened_at = min(opened_at, file.town.morning - timedelta(days=21))
    opened_on = local_day(opened_at)
    is_unowned = number % IN_QUEUE_EVERY == 0
    file.note(opened_at, "case_opened")
    file.rows.add(_owner(file, opened_at, file.officer.user_id, reason=""))
    if is_unowned:
        left_at = office_time(file.town.until - 3 * ONE_DAY, file.rng("left"))
        file.note(left_at, "owner_changed")
        file.rows.add(_owner(file, left_at, None, reason="Handläggaren är sjukskriven"))
    return Case(
        id=file.case_id,
        number=f"{opened_on.year}-{number:05d}",
        client_id=file.client_id,
        officer_id=None if is_unowned else file.officer.user_id,
        opened_on=opened_on,
        opened_by_id=file.officer.user_id,
    )


def close_case(case: Case, file: ClientFile, closed_on: date) -> None:
    """Nothing more is to be done."""
    file.note(office_time(closed_on, file.rng("closed")), "case_closed")
    case.status, case.closed_on = CaseStatus.CLOSED, max(closed_on, case.opened_on)


def _owner(file: ClientFile, at: datetime, officer_id: UUID | None, *, reason: str) -> CaseOwner:
    return CaseOwner(
        case_id=file.case_id,
        officer_id=officer_id,
        from_at=at,
        reason=reason,
        by_id=file.officer.user_id,
        by_name=file.officer.name,
    )


def changes_of(case: Case, file: ClientFile) -> Iterable[CaseChange]:
    """Every write in the case in order, one a revision; the case stands at the last."""
    for revision, (at, what) in enumerate(sorted(file.done), start=1):
        case.revision = revision
        yield CaseChange(
            case_id=file.case_id,
            revision=revision,
            what=what,
            at=at,
            by_id=file.officer.user_id,
            by_name=file.officer.name,
        )


def ask(file: ClientFile, place: int, decided_at: datetime, opened_on: date) -> Asked:
    """The application and the completed assessment of the decision at `place`."""
    rng = file.rng("asked", place)
    decided_on = local_day(decided_at)
    received_on = max(opened_on, days_before(decided_on, 7, 19, rng))
    visited_on = max(received_on, days_before(decided_on, 2, 6, rng))
    application = _application(file, place, received_on, decided_on)
    assessment = Assessment(
        id=uuid4(),
        case_id=file.case_id,
        application=application,
        status=AssessmentStatus.COMPLETED,
        background=words.filled(rng.choice(words.BACKGROUNDS), file.life),
        proposal=words.filled(rng.choice(words.PROPOSALS), file.life),
        home_visit_on=visited_on,
        started_on=received_on,
        started_by_id=file.officer.user_id,
        completed_at=decided_at - timedelta(minutes=rng.randint(20, 90)),
        completed_by_name=file.officer.name,
    )
    file.rows.add(application, assessment)
    file.note(office_time(received_on, rng), "application_registered")
    file.note(office_time(visited_on, rng), "assessment_started")
    file.note(assessment.completed_at or decided_at, "assessment_completed")
    return Asked(application, assessment)


def _application(file: ClientFile, place: int, received_on: date, decided_on: date) -> Application:
    rng = file.rng("application", place)
    by_other = rng.random() < 0.3
    return Application(
        id=uuid4(),
        case_id=file.case_id,
        received_on=received_on,
        capacity=Capacity.HELPER if by_other else Capacity.SELF,
        applicant_name=file.life.kin_name if by_other else "",
        on_behalf_reason="Orkar inte ringa själv, vill att det ordnas" if by_other else "",
        client_wish=words.goal(LifeArea.DOMESTIC_LIFE, file.life, rng) if by_other else "",
        applied_for=words.filled(rng.choice(words.APPLIED_FOR), file.life),
        is_new_applicant=place == 0 and not has_earlier(file),
        information_given_on=received_on,
        leaflet_given_on=received_on,
        clause_told_on=received_on,
        home_visit_booked_on=days_before(decided_on, 2, 6, rng),
        decided_on=decided_on,
    )


def assess(
    file: ClientFile, asked: Asked, needs: Sequence[Needs], outside: Iterable[OutsidePart]
) -> dict[LifeArea, str]:
    """Write the life areas of what was found and of one or two more; the goal of each granted area.

    `needs`: of the first stretch of frame time, which the assessment found, and of those that came later.
    """
    completed_on = local_day(asked.assessment.completed_at or file.town.morning)
    times = file.town.aid(completed_on).rules.standard_times.standard_times
    timed = list(outside)
    granted = {times.needs[one.need].life_area for stretch in needs for one in stretch}
    goals = _areas(file, asked.assessment, granted | {one.life_area for one in timed})
    file.rows.add(*(_need(asked.assessment, one, times) for one in (needs[0] if needs else ())))
    file.rows.add(*(_outside(asked.assessment, one) for one in timed))
    return goals


def _areas(file: ClientFile, assessment: Assessment, granted: set[LifeArea]) -> dict[LifeArea, str]:
    rng = file.rng("areas", assessment.home_visit_on)
    goals: dict[LifeArea, str] = {}
    for area in LifeArea:
        if area in granted:
            goals[area] = words.goal(area, file.life, rng)
        elif area not in BESIDE or rng.random() < 0.5:
            continue
        file.rows.add(_area(file, assessment, area, goals.get(area, "")))
    return goals


def _area(file: ClientFile, assessment: Assessment, area: LifeArea, goal: str) -> AreaAssessment:
    rng = file.rng("area", area.value, assessment.home_visit_on)
    return AreaAssessment(
        assessment=assessment,
        life_area=area.value,
        need=words.need(area, file.life, rng),
        can_do=words.can_do(area, file.life, rng),
        problem_grade=rng.choice((1, 2, 2, 3)) if goal else rng.choice((0, 1, 1)),
        support=support_of(file, area.value).value if goal else "",
        goal=goal,
    )


def support_of(file: ClientFile, area: str) -> Support:
    """The character of the support in an area: the same in assessment and decision."""
    return file.rng("support", area).choice(SUPPORTS)


def answer_of(need: LevelOfNeed) -> str:
    """What was answered to the need's factor, such as where the laundry is (R043)."""
    return {1: "bostaden", 2: "gemensam"}[need.level] if need.need == "tvatt" else ""


def _need(assessment: Assessment, need: LevelOfNeed, times: StandardTimes) -> Need:
    return Need(
        assessment=assessment,
        life_area=times.needs[need.need].life_area.value,
        need=need.need,
        level=need.level,
        count=need.count,
        per=need.per,
        visit=need.visit,
        answer=answer_of(need),
    )


def _outside(assessment: Assessment, one: OutsidePart) -> OutsideNeed:
    return OutsideNeed(assessment=assessment, life_area=one.life_area.value, **one.columns)
