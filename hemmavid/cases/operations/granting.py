"""What a decision grants: the needs of the assessment less the declined, or the standard time of the team."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from hemmavid.cases.models import (
    Decision,
    DecisionStatus,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
    Need,
    OutsideNeed,
)
from hemmavid.cases.models.fields import PER_OCCASION
from hemmavid.cases.operations.drafts import DISCHARGE_AREA, DISCHARGE_TEAM
from hemmavid.cases.periods import until
from hemmavid.lib.clock import local_day
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.decision_faults import DecidedNeed, DecisionKind
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.outside_frame_time import (
    OutsideFault,
    OutsideRules,
    OutsideTime,
    PerOccasion,
    faults_of_outside,
)
from hemmavid.rules.prices import ProviderKind

NEED_COLUMNS = (
    "life_area", "need", "level", "count", "per", "visit", "extent", "extent_text", "support", "answer",
)  # fmt: skip
OUTSIDE_COLUMNS = (
    "life_area", "intervention", "minutes", "count", "per", "days", "includes_surrounding_time",
    "asks_more_time", "tried_within_frame_time", "assessor_name",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Content:
    """What is about to be granted. `standard` is the discharge team's row, `beside` what stands with it."""

    needs: tuple[Need, ...]
    outside: tuple[OutsideNeed, ...]
    beside: tuple[GrantedOutside, ...]
    standard: GrantedOutside | None
    outside_faults: tuple[OutsideFault, ...]

    def decided(self, goals: Mapping[LifeArea, str]) -> tuple[DecidedNeed, ...]:
        """As the rule takes it, each with the goal of its life area."""
        within = [
            DecidedNeed(LifeArea(one.life_area), one.need, goals.get(LifeArea(one.life_area), ""), one.level)
            for one in self.needs
        ]
        return tuple(within + [_timed(one, goals) for one in self.timed])

    @property
    def timed(self) -> list[OutsideNeed | GrantedOutside]:
        """Everything outside frame time."""
        timed: list[OutsideNeed | GrantedOutside] = [*self.outside, *self.beside]
        return timed + ([self.standard] if self.standard else [])


def content_of(decision: Decision, at: datetime) -> Content:
    """What the draft would grant."""
    declined = decision.declined
    beside = tuple(decision.outside.exclude(pk__in=declined).order_by("intervention", "pk"))
    standard = _standard(decision, at) if decision.kind == DecisionKind.SIMPLIFIED else None
    assessment = decision.assessment
    if assessment is None:
        return Content((), (), beside, standard, _outside_faults(beside, at))
    needs = assessment.needs.filter(removed_at__isnull=True).exclude(pk__in=declined).order_by("pk")
    outside = assessment.outside_needs.filter(removed_at__isnull=True).exclude(pk__in=declined).order_by("pk")
    timed = tuple(outside)
    return Content(tuple(needs), timed, beside, standard, _outside_faults((*timed, *beside), at))


def grant(decision: Decision, content: Content) -> None:
    """Store what is granted, for the whole period of the decision."""
    period = decision.period
    GrantedNeed.objects.bulk_create(
        GrantedNeed(decision=decision, period=period, **{name: getattr(one, name) for name in NEED_COLUMNS})
        for one in content.needs
    )
    GrantedOutside.objects.bulk_create(
        GrantedOutside(
            decision=decision, period=period, **{name: getattr(one, name) for name in OUTSIDE_COLUMNS}
        )
        for one in content.outside
    )
    for one in content.beside:
        one.period = period
        one.save(update_fields=["period"])
    if content.standard is not None:
        content.standard.period = period
        content.standard.save(force_insert=True)
    granted = {one.life_area for one in content.needs} | {one.life_area for one in content.timed}
    GrantedArea.objects.filter(decision=decision).exclude(life_area__in=granted).update(goal="")


def end_replaced(decision: Decision, day: date, *, at: datetime) -> None:
    """The decision that this one takes the place of holds until the day and no longer."""
    replaced = decision.replaces
    if replaced is None or replaced.period is None:
        return
    if replaced.period.upper is not None and replaced.period.upper <= day:
        return
    rows: list[GrantedNeed | GrantedOutside] = list(replaced.needs.order_by("pk"))
    for row in rows + list(replaced.outside.order_by("pk")):
        if row.period is not None and (row.period.upper is None or row.period.upper > day):
            row.period = until(day, row.period)
            row.save(update_fields=["period"])
    left = until(day, replaced.period)
    if left is None:
        replaced.status = DecisionStatus.ENDED
    else:
        replaced.period = left
    replaced.save(update_fields=["status", "period"])


def _timed(one: OutsideNeed | GrantedOutside, goals: Mapping[LifeArea, str]) -> DecidedNeed:
    area = LifeArea(one.life_area)
    return DecidedNeed(
        area,
        one.intervention,
        goals.get(area, ""),
        minutes=one.minutes,
        licensed_assessor=one.assessor_name,
        asks_more_time=one.asks_more_time,
        is_tried_within_frame_time=bool(one.tried_within_frame_time.strip()),
    )


def _outside_faults(
    timed: tuple[OutsideNeed | GrantedOutside, ...], at: datetime
) -> tuple[OutsideFault, ...]:
    if not timed:
        return ()
    rules = OutsideRules.for_day(local_day(at), parameters_in_use())
    already_told = {OutsideFault.NOT_TRIED_WITHIN_FRAME_TIME, OutsideFault.ONLY_THE_MUNICIPALITY}
    return tuple(
        fault
        for one in timed
        for fault in faults_of_outside(_as_time(one), ProviderKind.MUNICIPAL, rules)
        if fault not in already_told
    )


def _as_time(one: OutsideNeed | GrantedOutside) -> OutsideTime:
    is_per_occasion = one.per == PER_OCCASION
    occasions = (
        PerOccasion(tuple(one.days)) if is_per_occasion else Occasions(one.count, OccasionsPer(one.per))
    )
    return OutsideTime(one.intervention, one.minutes, occasions, one.includes_surrounding_time)


def _standard(decision: Decision, at: datetime) -> GrantedOutside:
    minutes = parameters_in_use().at("hemgangsteam.minutes_per_week", local_day(at)).whole
    return GrantedOutside(
        decision=decision,
        life_area=DISCHARGE_AREA.value,
        intervention=DISCHARGE_TEAM,
        minutes=minutes,
        count=1,
        per=OccasionsPer.WEEK.value,
    )
