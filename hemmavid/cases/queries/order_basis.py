"""What an order may carry of a decision: what is granted, and nothing behind it (R018, R247)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Q, QuerySet

from hemmavid.access.actors import Actor
from hemmavid.cases.models import (
    Decision,
    DecisionStatus,
    FrameTimeSnapshot,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.models.decision import Kind, Model
from hemmavid.cases.models.fields import Extent
from hemmavid.lib.periods import Period
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.assessed_needs import VISIT_LABELS, Visit
from hemmavid.rules.interventions import LOV_CODES, label_of
from hemmavid.rules.life_areas import LifeArea, Support
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.standard_times import StandardTimes


class DecisionNotMade(Exception):
    """A draft carries no order."""


@dataclass(frozen=True, slots=True)
class OrderedNeed:
    """One need within frame time: what, how much of it and how often; never minutes (R131).

    `level` None: granted on call and not yet assessed. `visit` "": no visit is said.
    """

    code: str
    label: str
    level: int | None
    level_means: str
    count: int
    per: OccasionsPer
    occasions: str
    visit: str
    visit_label: str
    extent: str
    support: str


@dataclass(frozen=True, slots=True)
class OrderedOutside:
    """One intervention outside frame time. `per` None: ordered for each of `days` (R049).

    `period`: how long it is granted so; None in a draft.
    """

    code: str
    label: str
    minutes: int
    count: int
    per: OccasionsPer | None
    occasions: str
    days: tuple[date, ...]
    includes_surrounding_time: bool | None
    is_municipal_only: bool
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class OrderedArea:
    """One granted life area with its goal, and what is granted in it on the day."""

    life_area: LifeArea
    label: str
    goal: str
    supports: tuple[str, ...]
    needs: tuple[OrderedNeed, ...]
    outside: tuple[OrderedOutside, ...]


@dataclass(frozen=True, slots=True)
class FrameTimeSpan:
    """Frame time as a grant: whole minutes a week over a period within the decision's."""

    period: Period
    minutes_per_week: int


@dataclass(frozen=True, slots=True)
class OrderBasis:
    """All that an order may say of its decision, as it stands on a day.

    `outside_ahead`: what is granted outside frame time from a later day on.
    `frame_time_*` None: nothing within frame time. `municipal_only`: codes that no private provider may
    perform (R142).
    """

    decision_id: UUID
    decision_number: str
    client_id: UUID
    kind: Kind
    kind_label: str
    model: Model
    period: Period
    on: date
    areas: tuple[OrderedArea, ...]
    frame_time_minutes_per_week: Decimal | None
    frame_time_hours_per_month: Decimal | None
    frame_time_spans: tuple[FrameTimeSpan, ...]
    municipal_only: tuple[str, ...]
    outside_ahead: tuple[OrderedOutside, ...] = ()

    @property
    def outside(self) -> tuple[OrderedOutside, ...]:
        """Every intervention outside frame time, in the order of the life areas."""
        return tuple(one for area in self.areas for one in area.outside)


def order_basis(decision_id: UUID, *, on: date, by: Actor) -> OrderBasis:
    """What an order of the decision carries on the day. Five queries.

    Raises Decision.DoesNotExist outside the actor's area and DecisionNotMade for a draft.
    """
    decision = Decision.objects.visible_to(by).get(pk=decision_id)
    if decision.status not in {DecisionStatus.DECIDED, DecisionStatus.ENDED}:
        raise DecisionNotMade(decision.number)
    period = Period(decision.period.lower, decision.period.upper)
    granted = list(_granted_outside(decision, on, by))
    areas = _areas(decision, on, [one for one in granted if on in one.period], by)
    spans = _spans(decision, period, by)
    now = next((snapshot for span, snapshot in reversed(spans) if span.period.contains(on)), None)
    return OrderBasis(
        decision_id=decision.pk,
        decision_number=decision.number,
        client_id=decision.client_id,
        kind=Kind(decision.kind),
        kind_label=decision.get_kind_display(),
        model=Model(decision.model),
        period=period,
        on=on,
        areas=areas,
        frame_time_minutes_per_week=now.minutes_per_week if now else None,
        frame_time_hours_per_month=now.hours_per_month if now else None,
        frame_time_spans=tuple(span for span, _ in spans),
        municipal_only=tuple(one.code for area in areas for one in area.outside if one.is_municipal_only),
        outside_ahead=tuple(_outside(one) for one in granted if on not in one.period),
    )


def _granted_outside(decision: Decision, on: date, by: Actor) -> QuerySet[GrantedOutside]:
    """What is granted outside frame time on the day or later."""
    lasts = Q(period__endswith__isnull=True) | Q(period__endswith__gt=on)
    rows = GrantedOutside.objects.visible_to(by).filter(lasts, decision=decision, period__isnull=False)
    return rows.order_by("intervention", "period")


def _areas(
    decision: Decision, on: date, outside: Sequence[GrantedOutside], by: Actor
) -> tuple[OrderedArea, ...]:
    times = parameters_in_use().at("frame_time.standard_times", on).standard_times
    goals = dict(
        GrantedArea.objects.visible_to(by)
        .filter(decision=decision)
        .exclude(goal="")
        .order_by("life_area")
        .values_list("life_area", "goal")
    )
    on_the_day = {"decision": decision, "period__contains": on}
    needs = list(GrantedNeed.objects.visible_to(by).filter(**on_the_day).order_by("need", "visit", "pk"))
    return areas_of(goals, needs, outside, times)


def areas_of(
    goals: Mapping[str, str],
    needs: Sequence[GrantedNeed],
    outside: Sequence[GrantedOutside],
    times: StandardTimes,
) -> tuple[OrderedArea, ...]:
    """What is granted, area by area in IBIC's order, in the words an order may carry."""
    granted = {*goals, *(need.life_area for need in needs), *(one.life_area for one in outside)}
    return tuple(
        _area(
            area,
            goals.get(area, ""),
            [need for need in needs if need.life_area == area],
            [one for one in outside if one.life_area == area],
            times,
        )
        for area in LifeArea
        if area in granted
    )


def _area(
    area: LifeArea,
    goal: str,
    needs: Sequence[GrantedNeed],
    outside: Sequence[GrantedOutside],
    times: StandardTimes,
) -> OrderedArea:
    supports = dict.fromkeys(Support(need.support).label for need in needs if need.support)
    return OrderedArea(
        life_area=area,
        label=area.label,
        goal=goal,
        supports=tuple(supports),
        needs=tuple(_need(need, times) for need in needs),
        outside=tuple(_outside(one) for one in outside),
    )


def _need(need: GrantedNeed, times: StandardTimes) -> OrderedNeed:
    known = times.needs.get(need.need)
    level = known.levels[need.level - 1] if known and need.level and need.level <= len(known.levels) else None
    per = OccasionsPer(need.per)
    return OrderedNeed(
        code=need.need,
        label=known.label if known else need.need,
        level=need.level,
        level_means=level.means if level else "",
        count=need.count,
        per=per,
        occasions=Occasions(need.count, per).words,
        visit=need.visit,
        visit_label=VISIT_LABELS[Visit(need.visit)] if need.visit else "",
        extent=need.extent_text if need.extent == Extent.PART else Extent.WHOLE.label,
        support=Support(need.support).label if need.support else "",
    )


def _outside(one: GrantedOutside) -> OrderedOutside:
    per = None if one.per == "occasion" else OccasionsPer(one.per)
    return OrderedOutside(
        code=one.intervention,
        label=label_of(one.intervention),
        minutes=one.minutes,
        count=one.count,
        per=per,
        occasions="per tillfälle" if per is None else Occasions(one.count, per).words,
        days=tuple(one.days),
        includes_surrounding_time=one.includes_surrounding_time,
        is_municipal_only=one.intervention not in LOV_CODES,
        period=Period(one.period.lower, one.period.upper) if one.period else None,
    )


def _spans(decision: Decision, period: Period, by: Actor) -> list[tuple[FrameTimeSpan, FrameTimeSnapshot]]:
    """Each snapshot from its day until the next, within the decision; the latest made of a day counts."""
    rows = (
        FrameTimeSnapshot.objects.visible_to(by)
        .filter(decision=decision)
        .order_by("valid_from", "made_at", "pk")
    )
    by_day = {snapshot.valid_from: snapshot for snapshot in rows}
    days = sorted(by_day)
    spans = []
    for day, following in zip(days, [*days[1:], None], strict=False):
        span = Period(day, following).overlap(period)
        snapshot = by_day[day]
        if span is not None and snapshot.whole_minutes_per_week:
            spans.append((FrameTimeSpan(span, snapshot.whole_minutes_per_week), snapshot))
    return spans
