"""The calculation aid (beräkningsstöd): assessed needs in, explained frame time out.

docs/rules/frame-time.md; R044, R123, R124, R126-R128, R283-R286, R292. The same needs at the same levels
always give the same time: minutes come from the municipality's standard times and from nowhere else (R284).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hemmavid.lib.hours import MINUTES_AN_HOUR, as_decimal, as_hundredths
from hemmavid.lib.rounding import Rounding, RoundingMode
from hemmavid.rules.assessed_needs import AssessedNeed, NeedsRefused, Visit, faults_of, intervention_of
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time_steps import LineParts, line_step, month_step, week_step
from hemmavid.rules.need_minutes import NeedMinutes, minutes_of_visit, visits_of
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.standard_times import NeedTime

_DAY_ORDER = {visit: number for number, visit in enumerate(Visit)}


@dataclass(frozen=True, slots=True)
class FrameTimeRules:
    """A day with everything looked up once."""

    day: date
    standard_times: DatedValue
    alone_minutes: DatedValue
    weeks_per_month: DatedValue
    hours_mode: DatedValue
    rounding: Rounding

    @classmethod
    def for_day(cls, day: date, parameters: ParameterSet) -> FrameTimeRules:
        """The rules in force on the day assessed (a date of its own, R178), or ParameterNotDefined."""
        mode = parameters.at("round.hours_mode", day)
        decimals = parameters.at("round.hours_decimals", day).whole
        return cls(
            day=day,
            standard_times=parameters.at("frame_time.standard_times", day),
            alone_minutes=parameters.at("frame_time.alone_visit_minutes", day),
            weeks_per_month=parameters.at("frame_time.weeks_per_month", day),
            hours_mode=mode,
            rounding=Rounding(decimals, RoundingMode(mode.text)),
        )

    @property
    def weeks(self) -> Fraction:
        """Exact weeks per month."""
        return Fraction(self.weeks_per_month.text)


@dataclass(frozen=True, slots=True)
class FrameTimeLine:
    """One need with its components (R124), all in minutes a week with two decimals.

    `minutes_per_week` = `standard_minutes` − `gained_minutes` + `added_minutes`.
    """

    assessed: AssessedNeed
    time: NeedTime
    minutes_per_occasion: int
    standard_minutes: Decimal
    gained_minutes: Decimal
    added_minutes: Decimal
    minutes_per_week: Decimal
    explanation: Step

    @property
    def intervention(self) -> str:
        """The visit kind in frame time that the need is done as (R060)."""
        return intervention_of(self.time, self.assessed.visit)

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


@dataclass(frozen=True, slots=True)
class FrameTime:
    """The frame time of one assessment: minutes a week sum the lines, hours a month follow (R124).

    `standard_times` is the version of the table it was computed by (R044, R126).
    """

    day: date
    lines: tuple[FrameTimeLine, ...]
    minutes_per_week: Decimal
    weeks_per_month: Fraction
    hours_per_month: Decimal
    standard_times: DatedValue
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """How the total came about; the lines tell their own grounds."""
        return self.explanation.because()


def frame_time(needs: Sequence[AssessedNeed], rules: FrameTimeRules) -> FrameTime:
    """The frame time of the needs, each line explained; NeedsRefused with every fault.

    Lines come in the order of the day, whatever the order of the needs. Each component is exact until rounded
    once to hundredths of a minute; the total is the sum of the lines shown.
    """
    faults = faults_of(needs, rules.standard_times.standard_times)
    if faults:
        raise NeedsRefused(faults)
    lines = [line for together in visits_of(needs) for line in _lines_of_visit(together, rules)]
    lines.sort(key=_place_in_day)
    minutes = sum((line.minutes_per_week for line in lines), as_decimal(0))
    exact = as_hundredths(minutes) * rules.weeks / (100 * MINUTES_AN_HOUR)
    hours = as_decimal(rules.rounding.hundredths(exact.numerator, exact.denominator))
    week = week_step(len(lines), minutes)
    return FrameTime(
        day=rules.day,
        lines=tuple(lines),
        minutes_per_week=minutes,
        weeks_per_month=rules.weeks,
        hours_per_month=hours,
        standard_times=rules.standard_times,
        explanation=month_step(minutes, hours, rules.weeks_per_month, rules.hours_mode, week),
    )


def _lines_of_visit(needs: Sequence[AssessedNeed], rules: FrameTimeRules) -> list[FrameTimeLine]:
    times = rules.standard_times.standard_times
    found = minutes_of_visit(needs, times, rules.alone_minutes.whole)
    return [
        _line(need, times.needs[need.need], minutes, rules)
        for need, minutes in zip(needs, found, strict=True)
    ]


def _line(need: AssessedNeed, time: NeedTime, minutes: NeedMinutes, rules: FrameTimeRules) -> FrameTimeLine:
    parts = LineParts(
        standard=as_decimal(minutes.standard),
        gained=as_decimal(minutes.gained),
        alone=as_decimal(minutes.alone),
        longest=as_decimal(minutes.longest),
        total=as_decimal(minutes.total),
        standard_times=rules.standard_times,
        alone_minutes=rules.alone_minutes,
        weeks_per_month=rules.weeks_per_month,
    )
    return FrameTimeLine(
        assessed=need,
        time=time,
        minutes_per_occasion=time.levels[need.level - 1].minutes,
        standard_minutes=parts.standard,
        gained_minutes=parts.gained,
        added_minutes=parts.added,
        minutes_per_week=parts.total,
        explanation=line_step(need, time, parts),
    )


def _place_in_day(line: FrameTimeLine) -> tuple[int, int, str, int]:
    """The order of the day; within a visit the longest standard time first; visits of their own last."""
    need = line.assessed
    visit = len(_DAY_ORDER) if need.visit is None else _DAY_ORDER[need.visit]
    return visit, -line.minutes_per_occasion, need.need, need.level
