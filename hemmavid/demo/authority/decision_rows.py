"""A decision that led to imported grants: what was granted over which days, and the frame time it gave."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.cases.calculation import LevelOfNeed, lines_as_stored, version_of
from hemmavid.cases.decision_words import plain_summary
from hemmavid.cases.models import (
    Decision,
    DecisionStatus,
    ExtentChange,
    FrameTimeSnapshot,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.models.decision import Kind, Model
from hemmavid.demo.authority import words
from hemmavid.demo.authority.case_rows import Asked, answer_of, ask, assess, support_of
from hemmavid.demo.authority.moments import days_before, office_time
from hemmavid.demo.authority.outside_time import OutsidePart, outside_part
from hemmavid.demo.authority.plans import DecisionPlan
from hemmavid.demo.authority.town import ClientFile
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.decision_needed import Change
from hemmavid.rules.interventions import label_of
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.standard_times import StandardTimes
from hemmavid.rules.urgent_need import NeedReason

LATEST_DECISION = timedelta(days=6)  # before the last day, so that there is time for an order and an answer


@dataclass(frozen=True, slots=True)
class Span:
    """Frame time from a day until another, and the needs that give it."""

    starts_on: date
    ends_on: date
    minutes: int
    needs: tuple[LevelOfNeed, ...]


@dataclass(frozen=True, slots=True)
class Made:
    """A decision with its rows, as the order needs them."""

    plan: DecisionPlan
    decision: Decision
    goals: dict[LifeArea, str]
    needs: tuple[GrantedNeed, ...]
    outside: tuple[GrantedOutside, ...]
    spans: tuple[Span, ...]
    times: StandardTimes


def decide(file: ClientFile, place: int, number: int, opened_on: date) -> Made:
    """The decision at `place` of the client's plan with all that hangs on it."""
    plan = file.decisions[place]
    decided_at = _decided_at(file, place)
    spans = _spans(file, plan, decided_at)
    model = plan.model if spans or not plan.frame else Model.TIME_KEY
    asked = ask(file, place, decided_at, opened_on)
    timed = _timed(plan, model)
    goals = assess(file, asked, [span.needs for span in spans], timed)
    decision = _decision(file, plan, asked, (decided_at, number, model))
    file.note(decided_at, "decided")
    needs = tuple(_granted_needs(file, decision, spans))
    outside = tuple(_granted_outside(decision, plan, timed))
    file.rows.add(decision, *needs, *outside)
    file.rows.add(*(GrantedArea(decision=decision, life_area=area.value, goal=goals[area]) for area in goals))
    file.rows.add(*_snapshots(file, decision, spans))
    file.rows.add(*_extent_changes(file, decision, spans))
    times = file.town.aid(local_day(decided_at)).rules.standard_times.standard_times
    return Made(plan, decision, goals, needs, outside, spans, times)


def _decided_at(file: ClientFile, place: int) -> datetime:
    plan, rng = file.decisions[place], file.rng("decided", place)
    if plan.kind in {Kind.EXTENSION, Kind.URGENT_LASTING}:
        day = plan.starts_on + rng.randint(1, 4) * ONE_DAY
    else:
        day = days_before(plan.starts_on, 3, 12, rng)
    return office_time(min(day, file.town.until - LATEST_DECISION), rng)


def _spans(file: ClientFile, plan: DecisionPlan, decided_at: datetime) -> tuple[Span, ...]:
    """Needs for each stretch of frame time; none under the time key, or when no needs give the minutes."""
    steps = plan.frame_spans
    if plan.model == Model.TIME_KEY or not steps:
        return ()
    finder = file.town.frame_needs(local_day(decided_at))
    found = [finder.matching(minutes, file.rng("needs")) for _, minutes in steps]
    ends = [*(day for day, _ in steps[1:]), plan.ends_on]
    return tuple(
        Span(starts_on, ends_on, minutes, needs)
        for (starts_on, minutes), ends_on, needs in zip(steps, ends, found, strict=True)
        if needs is not None and None not in found
    )


def _timed(plan: DecisionPlan, model: str) -> list[OutsidePart]:
    grants = plan.grants if model == Model.TIME_KEY else plan.outside
    return [outside_part(grant, grant.to_on + ONE_DAY if grant.to_on else plan.ends_on) for grant in grants]


def _decision(
    file: ClientFile, plan: DecisionPlan, asked: Asked, made: tuple[datetime, int, str]
) -> Decision:
    decided_at, number, model = made
    is_reported = plan.kind == Kind.EXTENSION
    is_urgent = plan.kind == Kind.URGENT_LASTING
    return Decision(
        id=uuid4(),
        number=f"B{local_day(decided_at).year}-{number:05d}",
        client_id=file.client_id,
        case_id=file.case_id,
        application=asked.application,
        assessment=asked.assessment,
        kind=plan.kind,
        model=model,
        status=DecisionStatus.ENDED if plan.ends_on <= file.town.until else DecisionStatus.DECIDED,
        period=DateRange(plan.starts_on, plan.ends_on),
        begun_on=plan.starts_on if is_urgent else None,
        reported_on=plan.starts_on if is_reported or is_urgent else None,
        need_reason=NeedReason.OTHER.value if is_urgent else "",
        has_revocation_clause=True,
        summary=plain_summary([label_of(code) for code in _codes(plan)], [], None),
        reasons=asked.assessment.proposal,
        drafted_at=decided_at - timedelta(minutes=15),
        decided_at=decided_at,
        decided_by_id=file.officer.user_id,
        decided_by_name=file.officer.name,
    )


def _codes(plan: DecisionPlan) -> list[str]:
    return list(dict.fromkeys(grant.intervention for grant in plan.grants))


def _granted_needs(file: ClientFile, decision: Decision, spans: Sequence[Span]) -> Iterator[GrantedNeed]:
    """A need that is the same in stretches that follow each other is one row over all of them."""
    decided_on = local_day(decision.decided_at or file.town.morning)
    times = file.town.aid(decided_on).rules.standard_times.standard_times
    open_rows: dict[LevelOfNeed, tuple[date, date]] = {}
    for span in spans:
        for need in list(open_rows):
            if need not in span.needs:
                yield _need_row(file, decision, need, open_rows.pop(need), times)
        for need in span.needs:
            starts_on = open_rows.get(need, (span.starts_on, span.ends_on))[0]
            open_rows[need] = (starts_on, span.ends_on)
    for need, days in open_rows.items():
        yield _need_row(file, decision, need, days, times)


def _need_row(
    file: ClientFile, decision: Decision, need: LevelOfNeed, days: tuple[date, date], times: StandardTimes
) -> GrantedNeed:
    area = times.needs[need.need].life_area.value
    return GrantedNeed(
        decision=decision,
        life_area=area,
        need=need.need,
        level=need.level,
        count=need.count,
        per=need.per,
        visit=need.visit,
        support=support_of(file, area).value,
        answer=answer_of(need),
        period=DateRange(*days),
    )


def _granted_outside(
    decision: Decision, plan: DecisionPlan, timed: Sequence[OutsidePart]
) -> Iterator[GrantedOutside]:
    for one in timed:
        yield GrantedOutside(
            decision=decision,
            life_area=one.life_area.value,
            period=DateRange(one.starts_on, one.ends_on or plan.ends_on),
            **one.columns,
        )


def _snapshots(file: ClientFile, decision: Decision, spans: Sequence[Span]) -> Iterator[FrameTimeSnapshot]:
    decided_at = decision.decided_at or file.town.morning
    aid = file.town.aid(local_day(decided_at))
    for span in spans:
        found = aid.frame_time(span.needs)
        if found is None:
            continue
        grant = aid.grant(found)
        yield FrameTimeSnapshot(
            decision=decision,
            valid_from=span.starts_on,
            minutes_per_week=found.minutes_per_week,
            whole_minutes_per_week=grant.minutes_per_week,
            hours_per_month=found.hours_per_month,
            table_version=version_of(found),
            result=lines_as_stored(found),
            explanation=list(grant.because),
            made_at=decided_at if span is spans[0] else changed_at(file, span.starts_on, decided_at),
        )


def changed_at(file: ClientFile, day: date, decided_at: datetime) -> datetime:
    """When a change from the day was registered: a few days before, after the decision."""
    rng = file.rng("changed", day)
    return max(decided_at, office_time(min(days_before(day, 1, 5, rng), file.town.until - ONE_DAY), rng))


WHY_MORE = (
    "Uppföljning: {name} behöver mer hjälp på morgonen sedan styrkan i benen gått ned. Behovet är "
    "detsamma som "
    "i beslutet, men tar längre tid.",
    "{kin} har slutat att hjälpa till. Samma behov, större omfattning.",
    "Efter sjukhusvistelsen orkar {name} mindre själv. Grunden i beslutet är oförändrad.",
)
WHY_LESS = (
    "Uppföljning: {name} klarar mer själv efter träningen och vill ha färre besök.",
    "Hjälpmedlen i badrummet gör att {name} behöver hjälp med färre moment.",
    "{kin} tar hand om tvätten igen. {name} önskar själv mindre omfattning.",
)


def _extent_changes(file: ClientFile, decision: Decision, spans: Sequence[Span]) -> Iterator[ExtentChange]:
    decided_at = decision.decided_at or file.town.morning
    for before, after in pairwise(spans):
        rng = file.rng("why", after.starts_on)
        reason = rng.choice(WHY_MORE if after.minutes > before.minutes else WHY_LESS)
        at = changed_at(file, after.starts_on, decided_at)
        file.note(at, f"extent_changed:{Change.CHANGE_LEVEL.value}")
        yield ExtentChange(
            decision=decision,
            valid_from=after.starts_on,
            change=Change.CHANGE_LEVEL.value,
            what=f"Ramtid {before.minutes} → {after.minutes} min per vecka",
            why=words.filled(reason, file.life),
            told_provider="",
            at=at,
            by_id=file.officer.user_id,
            by_name=file.officer.name,
        )
