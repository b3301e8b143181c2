"""The decisions of a case as the page shows them. Six queries whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db import models

from hemmavid.access.actors import Actor
from hemmavid.cases.decision_words import need_words, timed_words
from hemmavid.cases.models import (
    Case,
    Decision,
    DecisionStatus,
    ExtentChange,
    FrameTimeSnapshot,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.periods import period_of
from hemmavid.cases.queries.case_views import AreaView, DecisionView, ExtentView, NeedView, SnapshotView
from hemmavid.cases.queries.facts import waiting_on_call
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.standard_times import StandardTimes

Stored = TypeVar("Stored", GrantedArea, GrantedNeed, GrantedOutside, FrameTimeSnapshot, ExtentChange)


def decisions_of(case: Case, *, on: date, by: Actor) -> tuple[DecisionView, ...]:
    """The decisions of the case, the draft first, then the latest; without drafts taken away."""
    decisions = Decision.objects.visible_to(by).filter(case=case).exclude(status=DecisionStatus.DISCARDED)
    return _views(decisions.select_related("replaces").order_by("-drafted_at", "-pk"), on=on)


def waiting_of(case: Case, *, on: date, by: Actor) -> tuple[DecisionView, ...]:
    """The night's decisions about the client that nobody has received."""
    waiting = waiting_on_call(by).filter(client_id=case.client_id)
    return _views(waiting.select_related("replaces").order_by("-drafted_at", "-pk"), on=on)


def decision_of(decision_id: UUID, case_id: UUID, *, on: date, by: Actor) -> DecisionView:
    """One decision of the case. Decision.DoesNotExist when the case has no such."""
    return _only(Decision.objects.visible_to(by).filter(pk=decision_id, case_id=case_id), on=on)


def _only(decisions: models.QuerySet[Decision], *, on: date) -> DecisionView:
    found = _views(decisions.select_related("replaces"), on=on)
    if not found:
        raise Decision.DoesNotExist
    return found[0]


def _views(decisions: models.QuerySet[Decision], *, on: date) -> tuple[DecisionView, ...]:
    listed = list(decisions)
    times = parameters_in_use().at("frame_time.standard_times", on).standard_times
    areas = _by_decision(GrantedArea.objects.exclude(goal="").order_by("life_area"), listed)
    needs = _by_decision(GrantedNeed.objects.order_by("period", "need", "pk"), listed)
    outside = _by_decision(GrantedOutside.objects.order_by("period", "intervention", "pk"), listed)
    snapshots = _by_decision(FrameTimeSnapshot.objects.order_by("valid_from", "made_at", "pk"), listed)
    changes = _by_decision(ExtentChange.objects.order_by("-valid_from", "-at", "pk"), listed)
    return tuple(
        DecisionView(
            decision_id=one.pk,
            number=one.number,
            kind=one.get_kind_display(),
            model=one.get_model_display() if one.model else "",
            status=one.get_status_display(),
            is_draft=one.status == DecisionStatus.DRAFT,
            is_in_force=one.status == DecisionStatus.DECIDED and _lasts(one, on),
            period=period_of(one.period),
            granted_until=one.granted_until,
            decided_at=one.decided_at,
            decided_by=one.decided_by_name,
            start_explanation=tuple(one.start_explanation),
            summary=one.summary,
            reasons=one.reasons,
            areas=_areas(areas[one.pk]),
            needs=_needs(needs[one.pk], outside[one.pk], times),
            snapshots=_snapshots(snapshots[one.pk]),
            extent_changes=tuple(
                ExtentView(row.valid_from, row.what, row.why, row.at, row.by_name) for row in changes[one.pk]
            ),
            replaces=one.replaces.number if one.replaces else "",
        )
        for one in listed
    )


def _by_decision(
    rows: models.QuerySet[Stored], decisions: Sequence[Decision]
) -> defaultdict[UUID, list[Stored]]:
    found: defaultdict[UUID, list[Stored]] = defaultdict(list)
    for row in rows.filter(decision__in=[one.pk for one in decisions]):
        found[row.decision_id].append(row)
    return found


def _lasts(decision: Decision, on: date) -> bool:
    period = period_of(decision.period)
    return period is not None and (period.end is None or period.end > on)


def _areas(rows: Sequence[GrantedArea]) -> tuple[AreaView, ...]:
    goals = {row.life_area: row.goal for row in rows}
    granted = [area for area in LifeArea if area.value in goals]
    return tuple(AreaView(area, area.label, goal=goals[area.value]) for area in granted)


def _needs(
    needs: Sequence[GrantedNeed], outside: Sequence[GrantedOutside], times: StandardTimes
) -> tuple[NeedView, ...]:
    within = [
        NeedView(
            row_id=row.pk,
            life_area=LifeArea(row.life_area),
            code=row.need,
            words=need_words(row, times),
            period=period_of(row.period),
            extent_text=row.extent_text,
            guideline=times.needs[row.need].guideline.section if row.need in times.needs else "",
            guideline_link=times.needs[row.need].guideline.link if row.need in times.needs else "",
        )
        for row in needs
        if row.period is not None
    ]
    timed = [
        NeedView(
            row_id=row.pk,
            life_area=LifeArea(row.life_area),
            code=row.intervention,
            words=timed_words(row),
            period=period_of(row.period),
            is_outside=True,
        )
        for row in outside
        if row.period is not None
    ]
    return (*within, *timed)


def _line(stored: dict[str, object]) -> dict[str, object]:
    """A line as it is kept, its minutes a number again."""
    return {**stored, "minutes_per_week": Decimal(str(stored["minutes_per_week"]))}


def _snapshots(rows: Sequence[FrameTimeSnapshot]) -> tuple[SnapshotView, ...]:
    """The latest made of each day."""
    latest = {row.valid_from: row for row in rows}
    return tuple(
        SnapshotView(
            valid_from=day,
            minutes_per_week=row.minutes_per_week,
            hours_per_month=row.hours_per_month,
            table_version=row.table_version,
            lines=tuple(_line(stored) for stored in row.result),
            because=tuple(row.explanation),
        )
        for day, row in sorted(latest.items())
    )
