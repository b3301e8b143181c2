"""The calculation aid (beräkningsstöd): assessed needs in, explained frame time out.

docs/rules/frame-time.md; R044, R123, R124, R126-R128, R283-R286, R292. The same needs at the same levels
always give the same time: minutes come from the municipality's standard times and from nowhere else (R284).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from hemmavid.lib import swedish
from hemmavid.lib.hours import MINUTES_AN_HOUR, as_decimal, as_hundredths
from hemmavid.lib.rounding import HALF_UP, Rounding, RoundingMode
from hemmavid.rules.assessed_needs import VISIT_LABELS, AssessedNeed, NeedsRefused, Visit, faults_of
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.shared_visits import NeedInVisit, Share, shares_of_visit
from hemmavid.rules.standard_times import NeedTime

LEVEL_RULES = {"stadning": "R283, R284, R285", "pakladning": "R283, R284, R286"}
_LEVEL_RULE = "R283, R284"
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
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


@dataclass(frozen=True, slots=True)
class FrameTime:
    """The frame time of one assessment: minutes a week sum the lines, hours a month follow (R124)."""

    day: date
    lines: tuple[FrameTimeLine, ...]
    minutes_per_week: Decimal
    weeks_per_month: Fraction
    hours_per_month: Decimal
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
    visits: defaultdict[tuple[object, ...], list[AssessedNeed]] = defaultdict(list)
    for need in needs:
        # A need without a visit has one of its own, so nothing else falls under its key.
        visits[(need.visit,) if need.visit else (None, *_key(need))].append(need)
    lines = [line for together in visits.values() for line in _lines_of_visit(together, rules)]
    lines.sort(key=_place_in_day)
    minutes = sum((line.minutes_per_week for line in lines), as_decimal(0))
    weeks = Fraction(rules.weeks_per_month.text)
    exact = as_hundredths(minutes) * weeks / (100 * MINUTES_AN_HOUR)
    hours = as_decimal(rules.rounding.hundredths(exact.numerator, exact.denominator))
    explanation = _total_step(lines, minutes, hours, rules)
    return FrameTime(rules.day, tuple(lines), minutes, weeks, hours, explanation)


def weeks_text(weeks: DatedValue) -> str:
    """The factor as people read it: 52/12 (4,33)."""
    shown = swedish.number(_hundredths(Fraction(weeks.text)))
    return f"{weeks.text} ({shown})" if "/" in weeks.text else shown


def per_week_text(per_week: Fraction) -> str:
    """Occasions a week as people read them: 7, 0,5, 1/3."""
    if per_week.denominator == 1:
        return str(per_week.numerator)
    if 100 % per_week.denominator:
        return f"{per_week.numerator}/{per_week.denominator}"
    return swedish.number(_hundredths(per_week)).rstrip("0")


def _lines_of_visit(needs: Sequence[AssessedNeed], rules: FrameTimeRules) -> list[FrameTimeLine]:
    times = rules.standard_times.standard_times.needs
    in_visit = [
        NeedInVisit(
            _key(need),
            times[need.need].levels[need.level - 1].minutes,
            need.per_week,
            times[need.need].when_shared,
        )
        for need in needs
    ]
    shares = shares_of_visit(in_visit, rules.alone_minutes.whole)
    return [_line(need, times[need.need], shares[_key(need)], rules) for need in needs]


def _line(need: AssessedNeed, time: NeedTime, share: Share, rules: FrameTimeRules) -> FrameTimeLine:
    per_occasion = time.levels[need.level - 1].minutes
    standard = _hundredths(per_occasion * need.per_week)
    gained, alone, longest = (_hundredths(part) for part in (share.gained, share.alone, share.longest))
    total = standard - gained + alone + longest
    steps = [_standard_step(need, time, standard, rules), _source_step(time)]
    if gained:
        steps.append(_gain_step(need, gained, rules))
    if alone:
        steps.append(_alone_step(alone, rules))
    if longest:
        steps.append(_longest_step(longest, rules))
    steps.append(_surrounding_step(time, rules))
    return FrameTimeLine(
        assessed=need,
        time=time,
        minutes_per_occasion=per_occasion,
        standard_minutes=standard,
        gained_minutes=gained,
        added_minutes=alone + longest,
        minutes_per_week=total,
        explanation=_sum_step(standard, gained, alone + longest, total, steps),
    )


def _standard_step(need: AssessedNeed, time: NeedTime, standard: Decimal, rules: FrameTimeRules) -> Step:
    level = time.levels[need.level - 1]
    sentence = (
        f"{time.label} nivå {need.level}, {level.means}: {level.minutes} min × "
        f"{per_week_text(need.per_week)} per vecka = {_minutes(standard)}"
    )
    inputs = {
        "need": need.need,
        "level": str(need.level),
        "minutes_per_occasion": str(level.minutes),
        "per_week": str(need.per_week),
    }
    return parameter_step(sentence, LEVEL_RULES.get(need.need, _LEVEL_RULE), rules.standard_times, inputs)


def _source_step(time: NeedTime) -> Step:
    return Step(sentence=f"Schablontidens källa: {time.source} (R126).", rule="R126")


def _gain_step(need: AssessedNeed, gained: Decimal, rules: FrameTimeRules) -> Step:
    visit = VISIT_LABELS[need.visit] if need.visit else ""
    sentence = (
        f"Samordningsvinst: {_minutes(gained)} per vecka ryms i tiden för annat i samma besök ({visit})"
    )
    return parameter_step(sentence, "R127", rules.standard_times, {"gained_minutes": str(gained)})


def _alone_step(alone: Decimal, rules: FrameTimeRules) -> Step:
    sentence = (
        f"Ensamt i besöket: tillägg {rules.alone_minutes.whole} min per gång, {_minutes(alone)} per vecka"
    )
    return parameter_step(sentence, "R128", rules.alone_minutes, {"alone_minutes": str(alone)})


def _longest_step(longest: Decimal, rules: FrameTimeRules) -> Step:
    sentence = (
        "Ett delat besök är aldrig kortare än dess längsta behov ensamt: "
        f"tillägg {_minutes(longest)} per vecka"
    )
    return parameter_step(sentence, "R127, R128", rules.alone_minutes, {"longest_minutes": str(longest)})


def _surrounding_step(time: NeedTime, rules: FrameTimeRules) -> Step:
    sentence = "Kringtid ingår i tiden" if time.includes_surrounding_time else "Kringtid ingår inte i tiden"
    flag = "yes" if time.includes_surrounding_time else "no"
    return parameter_step(sentence, "R292, A22", rules.standard_times, {"includes_surrounding_time": flag})


def _sum_step(
    standard: Decimal, gained: Decimal, added: Decimal, total: Decimal, steps: Sequence[Step]
) -> Step:
    parts = _minutes(standard)
    parts += f" − {_minutes(gained)}" if gained else ""
    parts += f" + {_minutes(added)}" if added else ""
    told = f"{parts} = {_minutes(total)}" if gained or added else parts
    inputs = {"standard_minutes": str(standard), "gained_minutes": str(gained), "added_minutes": str(added)}
    return Step(f"Ramtid per vecka: {told} (R124).", "R124", inputs, children=tuple(steps))


def _total_step(
    lines: Sequence[FrameTimeLine], minutes: Decimal, hours: Decimal, rules: FrameTimeRules
) -> Step:
    rows = "1 rad" if len(lines) == 1 else f"{len(lines)} rader"
    week = Step(
        sentence=f"Summan av {rows} är {_minutes(minutes)} per vecka (R123, R124).",
        rule="R123, R124",
        inputs={"minutes_per_week": str(minutes)},
    )
    month = parameter_step(
        f"{_minutes(minutes)} × {weeks_text(rules.weeks_per_month)} veckor per månad ÷ {MINUTES_AN_HOUR}",
        "R124",
        rules.weeks_per_month,
        {"weeks_per_month": rules.weeks_per_month.text},
        week,
        Step(sentence=f"Veckornas källa: {rules.weeks_per_month.source} (R126).", rule="R126"),
    )
    inputs = {"hours_per_month": str(hours)}
    sentence = f"= {swedish.hours(hours)} per månad, avrundat en gång"
    return parameter_step(sentence, "R081, A9", rules.hours_mode, inputs, month)


def _place_in_day(line: FrameTimeLine) -> tuple[int, int, str, int]:
    """The order of the day; within a visit the longest standard time first; visits of their own last."""
    need = line.assessed
    visit = len(_DAY_ORDER) if need.visit is None else _DAY_ORDER[need.visit]
    return visit, -line.minutes_per_occasion, need.need, need.level


def _key(need: AssessedNeed) -> tuple[str, int]:
    return need.need, need.level


def _hundredths(exact: Fraction) -> Decimal:
    return as_decimal(HALF_UP.hundredths(exact.numerator, exact.denominator))


def _minutes(minutes: Decimal) -> str:
    return f"{swedish.number(minutes)}{swedish.HARD_SPACE}min"
