"""Time outside frame time, set by the case officer: how much, what it includes, and what is refused.

R049, R141-R143, R284, R291, R292, A22. Escort (ledsagning) is ordered per occasion with a planned length; the
rest is said as minutes per occasion, so often.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hemmavid.lib.hours import as_decimal
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.lib.rounding import RoundingMode, divide
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.frame_time_steps import minutes_text, quoted, weeks_text
from hemmavid.rules.granted_time import DAYS_A_WEEK, GrantFacts, Per
from hemmavid.rules.interventions import INTERVENTIONS, LOV_CODES, TIMED_BY_OFFICER, label_of
from hemmavid.rules.need_minutes import hundredths
from hemmavid.rules.occasions import Occasions, OccasionsPer, per_week_text
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.prices import ProviderKind

MOST_MINUTES = 1440
MOST_PER_WEEK = 100
_PER_OCCASION = "ledsagning"


@dataclass(frozen=True, slots=True)
class PerOccasion:
    """Ordered one occasion at a time (R049): the days ordered so far."""

    days: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class OutsideTime:
    """What the officer wrote of one intervention. `minutes` are per occasion; for PerOccasion planned length.

    `includes_surrounding_time` None: not said, then the municipality's own answer holds (A22). `more_time`:
    more than what is in force is asked for, and `tried_within_frame_time` says how it was tried (R143).
    """

    intervention: str
    minutes: int
    occasions: Occasions | PerOccasion
    includes_surrounding_time: bool | None = None
    more_time: bool = False
    tried_within_frame_time: str = ""


class OutsideFault(StrEnum):
    """Why the time cannot be granted so."""

    UNKNOWN_INTERVENTION = "unknown_intervention"
    IN_FRAME_TIME = "in_frame_time"
    MINUTES_OUT_OF_BOUNDS = "minutes_out_of_bounds"
    OCCASIONS_OUT_OF_BOUNDS = "occasions_out_of_bounds"
    NOT_ORDERED_PER_OCCASION = "not_ordered_per_occasion"
    ONLY_ESCORT_PER_OCCASION = "only_escort_per_occasion"
    DAY_REPEATED = "day_repeated"
    NOT_TRIED_WITHIN_FRAME_TIME = "not_tried_within_frame_time"
    ONLY_THE_MUNICIPALITY = "only_the_municipality"


OUTSIDE_FAULT_TEXTS = {
    OutsideFault.UNKNOWN_INTERVENTION: "insatsen är okänd",
    OutsideFault.IN_FRAME_TIME: (
        "insatsen ligger i ramtiden: ange behov och nivå, minuterna följer av nivån och kan inte anges (R284)"
    ),
    OutsideFault.MINUTES_OUT_OF_BOUNDS: f"minuter per gång ska vara ett heltal från 1 till {MOST_MINUTES}",
    OutsideFault.OCCASIONS_OUT_OF_BOUNDS: (
        f"gångerna ska vara minst en, och högst {MOST_PER_WEEK} i veckan sammanlagt"
    ),
    OutsideFault.NOT_ORDERED_PER_OCCASION: (
        "ledsagning beställs per tillfälle: ange planerad tid och vilka dagar (R049)"
    ),
    OutsideFault.ONLY_ESCORT_PER_OCCASION: "bara ledsagning beställs per tillfälle: ange hur ofta (R049)",
    OutsideFault.DAY_REPEATED: "samma dag står två gånger; skriv ett tillfälle per dag",
    OutsideFault.NOT_TRIED_WITHIN_FRAME_TIME: (
        "mer tid kräver en beskrivning av hur utföraren har prövat att göra det inom ramtiden (R143)"
    ),
    OutsideFault.ONLY_THE_MUNICIPALITY: (
        "insatsen ligger utanför LOV och kan bara beställas av kommunens egen regi (R142)"
    ),
}


class OutsideTimeRefused(ValueError):
    """The time cannot be granted so; every fault is told at once."""

    def __init__(self, faults: Sequence[OutsideFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class OutsideRules:
    """A day with everything looked up once."""

    weeks_per_month: DatedValue
    surrounding_time: DatedValue

    @classmethod
    def for_day(cls, day: date, parameters: ParameterSet) -> OutsideRules:
        """The rules in force on the day, or ParameterNotDefined."""
        return cls(
            weeks_per_month=parameters.at("frame_time.weeks_per_month", day),
            surrounding_time=parameters.at("kringtid.included", day),
        )

    @property
    def weeks(self) -> Fraction:
        """Exact weeks per month."""
        return Fraction(self.weeks_per_month.text)


@dataclass(frozen=True, slots=True)
class GrantedOutside:
    """The time as computed and explained.

    `minutes_per_week` and `minutes_per_month` (two decimals) are None for what is ordered per occasion: that
    has a sum of the occasions ordered, `minutes_ordered`, and no rate.
    """

    time: OutsideTime
    minutes_per_week: Decimal | None
    minutes_per_month: Decimal | None
    minutes_ordered: int | None
    includes_surrounding_time: bool
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()

    def grants(self, period: Period, in_effect: Period | None) -> tuple[GrantFacts, ...]:
        """As grants: one for the period, or for escort one for each ordered day within it.

        A rate goes per week or, when said per month, per month, in whole minutes rounded half up, at least 1.
        """
        occasions = self.time.occasions
        if isinstance(occasions, PerOccasion):
            days = [Period(day, day + ONE_DAY) for day in sorted(occasions.days) if period.contains(day)]
            # A week's worth of one day gives that day exactly the planned length.
            weekly = self.time.minutes * DAYS_A_WEEK
            return tuple(GrantFacts(weekly, Per.WEEK, day, in_effect) for day in days)
        if occasions.per is OccasionsPer.MONTH:
            return (GrantFacts(self.time.minutes * occasions.count, Per.MONTH, period, in_effect),)
        exact = self.time.minutes * occasions.per_week(Fraction(1))
        return (GrantFacts(max(1, _whole(exact)), Per.WEEK, period, in_effect),)


def faults_of_outside(time: OutsideTime, performer: ProviderKind, rules: OutsideRules) -> list[OutsideFault]:
    """Every reason against the time at a provider of the kind; empty when it can be granted."""
    if time.intervention not in INTERVENTIONS:
        return [OutsideFault.UNKNOWN_INTERVENTION]
    if time.intervention not in TIMED_BY_OFFICER:
        return [OutsideFault.IN_FRAME_TIME]
    return list(_faults(time, performer, rules))


def outside_time(time: OutsideTime, performer: ProviderKind, rules: OutsideRules) -> GrantedOutside:
    """The time with its explanation; OutsideTimeRefused with every fault."""
    faults = faults_of_outside(time, performer, rules)
    if faults:
        raise OutsideTimeRefused(faults)
    included, surrounding = _surrounding_time(time, rules)
    if isinstance(time.occasions, PerOccasion):
        ordered = time.minutes * len(time.occasions.days)
        step = _per_occasion_step(time, len(time.occasions.days), ordered, surrounding)
        return GrantedOutside(time, None, None, ordered, included, step)
    week = time.minutes * time.occasions.per_week(rules.weeks)
    per_week, per_month = as_decimal(hundredths(week)), as_decimal(hundredths(week * rules.weeks))
    step = _month_step(time, per_month, rules, _week_step(time, time.occasions, per_week, rules), surrounding)
    return GrantedOutside(time, per_week, per_month, None, included, step)


def _faults(time: OutsideTime, performer: ProviderKind, rules: OutsideRules) -> Iterator[OutsideFault]:
    if not 1 <= time.minutes <= MOST_MINUTES:
        yield OutsideFault.MINUTES_OUT_OF_BOUNDS
    yield from _faults_of_occasions(time, rules)
    if time.more_time and not time.tried_within_frame_time.strip():
        yield OutsideFault.NOT_TRIED_WITHIN_FRAME_TIME
    if time.intervention not in LOV_CODES and performer is not ProviderKind.MUNICIPAL:
        yield OutsideFault.ONLY_THE_MUNICIPALITY


def _faults_of_occasions(time: OutsideTime, rules: OutsideRules) -> Iterator[OutsideFault]:
    occasions = time.occasions
    is_escort = time.intervention == _PER_OCCASION
    if isinstance(occasions, PerOccasion):
        if not is_escort:
            yield OutsideFault.ONLY_ESCORT_PER_OCCASION
        if len(set(occasions.days)) != len(occasions.days):
            yield OutsideFault.DAY_REPEATED
    elif is_escort:
        yield OutsideFault.NOT_ORDERED_PER_OCCASION
    elif not 0 < occasions.per_week(rules.weeks) <= MOST_PER_WEEK:
        yield OutsideFault.OCCASIONS_OUT_OF_BOUNDS


def _surrounding_time(time: OutsideTime, rules: OutsideRules) -> tuple[bool, Step]:
    """Whether kringtid is in the minutes, by the officer or else by the municipality, and why."""
    said = time.includes_surrounding_time
    municipal = rules.surrounding_time.table[time.intervention] == "included"
    included = municipal if said is None else said
    sentence = "Kringtid ingår i tiden" if included else "Kringtid ingår inte i tiden"
    inputs = {"includes_surrounding_time": "yes" if included else "no"}
    if said is None:
        return included, parameter_step(sentence, "R292, A22", rules.surrounding_time, inputs)
    return included, Step(f"{sentence}, enligt handläggaren (R292, A22).", "R292, A22", inputs)


def _per_occasion_step(time: OutsideTime, days: int, ordered: int, surrounding: Step) -> Step:
    sentence = (
        f"{label_of(time.intervention)} beställs per tillfälle: {time.minutes} min planerad tid × {days} "
        f"= {minutes_text(Decimal(ordered))} (R049)."
    )
    return Step(
        sentence,
        "R049",
        {"minutes": str(time.minutes), "days": str(days)},
        children=(surrounding, *_tried(time)),
    )


def _week_step(time: OutsideTime, occasions: Occasions, per_week: Decimal, rules: OutsideRules) -> Step:
    often = per_week_text(occasions.per_week(rules.weeks))
    sentence = (
        f"{label_of(time.intervention)}: handläggaren har angett {time.minutes} min {occasions.words} = "
        f"{time.minutes} min × {often} per vecka = {minutes_text(per_week)} (R141, R291)."
    )
    return Step(sentence, "R141, R291", {"minutes": str(time.minutes), "per_week": often})


def _month_step(time: OutsideTime, per_month: Decimal, rules: OutsideRules, *children: Step) -> Step:
    sentence = f"× {weeks_text(rules.weeks_per_month)} veckor per månad = {minutes_text(per_month)} per månad"
    inputs = {"intervention": time.intervention, "minutes_per_month": str(per_month)}
    return parameter_step(sentence, "R124", rules.weeks_per_month, inputs, *children, *_tried(time))


def _tried(time: OutsideTime) -> tuple[Step, ...]:
    if not time.more_time:
        return ()
    return (Step(f"Mer tid: prövat inom ramtiden: {quoted(time.tried_within_frame_time)} (R143).", "R143"),)


def _whole(exact: Fraction) -> int:
    return divide(exact.numerator, exact.denominator, RoundingMode.HALF_UP)
