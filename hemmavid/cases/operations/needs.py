"""The needs of an assessment: levels within frame time, minutes outside it (R141-R143, R283, R284, R291)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import models, transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.calculation import Aid, levels_of
from hemmavid.cases.models import Assessment, Need, OutsideNeed
from hemmavid.cases.models.fields import LONGEST_LINE, PER_OCCASION, Extent
from hemmavid.cases.operations.assessing import draft_of
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.lib.clock import local_day
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.assessed_needs import NeedsRefused, faults_of
from hemmavid.rules.life_areas import LifeArea, Support
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.outside_frame_time import (
    OutsideFault,
    OutsideRules,
    OutsideTime,
    PerOccasion,
    faults_of_outside,
)
from hemmavid.rules.prices import ProviderKind


class OutsideNeedsRefused(ValueError):
    """Times outside frame time cannot be kept; each with its position (from 0) and its faults."""

    def __init__(self, faults: Sequence[tuple[int, OutsideFault]]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


class PartUnsaid(ValueError):
    """A need is met in part, and not said in which; `position` is its place (from 0)."""

    def __init__(self, position: int) -> None:
        super().__init__(position)
        self.position = position


@dataclass(frozen=True, slots=True)
class NeedAtLevel:
    """One need within frame time as the officer sets it. There is no place for minutes (R284)."""

    need: str
    level: int
    count: int
    per: OccasionsPer
    visit: str = ""
    extent: Extent = Extent.WHOLE
    extent_text: str = ""
    support: Support | None = None
    answer: str = ""
    need_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class TimedNeed:
    """One intervention outside frame time with its minutes; `per` None: ordered for each of `days` (R049)."""

    life_area: LifeArea
    intervention: str
    minutes: int
    count: int = 1
    per: OccasionsPer | None = OccasionsPer.WEEK
    days: tuple[date, ...] = ()
    includes_surrounding_time: bool | None = None
    asks_more_time: bool = False
    tried_within_frame_time: str = ""
    assessor_name: str = ""
    need_id: UUID | None = None

    @property
    def time(self) -> OutsideTime:
        """As the rule takes it."""
        occasions = PerOccasion(self.days) if self.per is None else Occasions(self.count, self.per)
        return OutsideTime(
            self.intervention,
            self.minutes,
            occasions,
            self.includes_surrounding_time,
            self.asks_more_time,
            self.tried_within_frame_time,
        )


@transaction.atomic
def save_needs(needs: Sequence[NeedAtLevel], seen: Seen, *, by: Actor, at: datetime) -> int:
    """Make these the needs within frame time; what is not among them is taken away. The new revision.

    Raises as `locked_case`, NoAssessment, TextTooLong, NeedsRefused, PartUnsaid.
    """
    case = locked_case(seen, by=by)
    assessment = draft_of(case, by)
    aid = Aid.for_day(local_day(at), parameters_in_use())
    times = aid.rules.standard_times.standard_times
    faults = faults_of(aid.assessed(levels_of(needs)), times) if needs else []
    if faults:
        raise NeedsRefused(faults)
    for position, need in enumerate(needs):
        if need.extent is Extent.PART and not need.extent_text.strip():
            raise PartUnsaid(position)
    kept = Need.objects.visible_to(by).filter(assessment=assessment, removed_at__isnull=True)
    _take_away(kept, {need.need_id for need in needs}, at)
    for need in needs:
        area = times.needs[need.need].life_area
        _keep(Need, assessment, need.need_id, {"life_area": area.value, **_need_columns(need)})
    return written(case, "needs_saved", by=by, at=at)


@transaction.atomic
def save_outside_needs(needs: Sequence[TimedNeed], seen: Seen, *, by: Actor, at: datetime) -> int:
    """Make these the times outside frame time; the new revision. Raises as above, OutsideNeedsRefused.

    Who performs is chosen with the order, so what only the municipality may do is not refused here (R142).
    """
    case = locked_case(seen, by=by)
    assessment = draft_of(case, by)
    rules = OutsideRules.for_day(local_day(at), parameters_in_use())
    faults = [
        (position, fault)
        for position, need in enumerate(needs)
        for fault in faults_of_outside(need.time, ProviderKind.MUNICIPAL, rules)
    ]
    if faults:
        raise OutsideNeedsRefused(faults)
    kept = OutsideNeed.objects.visible_to(by).filter(assessment=assessment, removed_at__isnull=True)
    _take_away(kept, {need.need_id for need in needs}, at)
    for need in needs:
        _keep(OutsideNeed, assessment, need.need_id, outside_columns(need))
    return written(case, "outside_needs_saved", by=by, at=at)


def outside_columns(need: TimedNeed) -> dict[str, object]:
    """The columns shared by an assessed and a granted time outside frame time."""
    return {
        "life_area": need.life_area.value,
        "intervention": need.intervention,
        "minutes": need.minutes,
        "count": need.count,
        "per": need.per.value if need.per else PER_OCCASION,
        "days": sorted(need.days),
        "includes_surrounding_time": need.includes_surrounding_time,
        "asks_more_time": need.asks_more_time,
        "tried_within_frame_time": fitting(
            "tried_within_frame_time", need.tried_within_frame_time, LONGEST_LINE
        ),
        "assessor_name": fitting("assessor_name", need.assessor_name, 200),
    }


def _need_columns(need: NeedAtLevel) -> dict[str, object]:
    return {
        "need": need.need,
        "level": need.level,
        "count": need.count,
        "per": need.per.value,
        "visit": need.visit,
        "extent": need.extent,
        "extent_text": fitting("extent_text", need.extent_text, LONGEST_LINE),
        "support": need.support.value if need.support else "",
        "answer": need.answer,
    }


def _take_away(
    kept: models.QuerySet[Need] | models.QuerySet[OutsideNeed], still: Collection[UUID | None], at: datetime
) -> None:
    kept.exclude(pk__in=[one for one in still if one is not None]).update(removed_at=at)


def _keep(
    model: type[Need] | type[OutsideNeed],
    assessment: Assessment,
    need_id: UUID | None,
    columns: dict[str, object],
) -> None:
    changed = model.objects.filter(pk=need_id, assessment=assessment, removed_at__isnull=True)
    if need_id is None or not changed.update(**columns):
        model.objects.create(assessment=assessment, **columns)
