"""The sentences of the calculation aid: each component of a line, and the total, with rule and parameter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from hemmavid.lib import swedish
from hemmavid.lib.hours import MINUTES_AN_HOUR, as_decimal
from hemmavid.rules.assessed_needs import VISIT_LABELS, AssessedNeed
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.need_minutes import hundredths
from hemmavid.rules.occasions import Occasions, OccasionsPer, per_week_text
from hemmavid.rules.parameter_files import DatedValue
from hemmavid.rules.standard_times import NeedTime

LEVEL_RULES = {"stadning": "R283, R284, R285", "pakladning": "R283, R284, R286"}
_LEVEL_RULE = "R283, R284"


@dataclass(frozen=True, slots=True)
class LineParts:
    """The figures of one line in minutes a week, and the parameters they rest on."""

    standard: Decimal
    gained: Decimal
    alone: Decimal
    longest: Decimal
    total: Decimal
    standard_times: DatedValue
    alone_minutes: DatedValue
    weeks_per_month: DatedValue

    @property
    def added(self) -> Decimal:
        """What is added, for being alone or for being longest."""
        return self.alone + self.longest


def line_step(need: AssessedNeed, time: NeedTime, parts: LineParts) -> Step:
    """How one line came about."""
    standard, gained, added = parts.standard, parts.gained, parts.added
    sums = minutes_text(standard)
    sums += f" − {minutes_text(gained)}" if gained else ""
    sums += f" + {minutes_text(added)}" if added else ""
    told = f"{sums} = {minutes_text(parts.total)}" if gained or added else sums
    inputs = {"standard_minutes": str(standard), "gained_minutes": str(gained), "added_minutes": str(added)}
    children = tuple(_components(need, time, parts))
    return Step(f"Ramtid per vecka: {told} (R124).", "R124", inputs, children=children)


def week_step(lines: int, minutes: Decimal) -> Step:
    """The minutes of the week as the sum of the lines."""
    rows = "1 rad" if lines == 1 else f"{lines} rader"
    return Step(
        sentence=f"Summan av {rows} är {minutes_text(minutes)} per vecka (R123, R124).",
        rule="R123, R124",
        inputs={"minutes_per_week": str(minutes)},
    )


def month_step(minutes: Decimal, hours: Decimal, weeks: DatedValue, mode: DatedValue, week: Step) -> Step:
    """How the hours of a month follow from the minutes of the week."""
    month = parameter_step(
        f"{minutes_text(minutes)} × {weeks_text(weeks)} veckor per månad ÷ {MINUTES_AN_HOUR}",
        "R124",
        weeks,
        {"weeks_per_month": weeks.text},
        week,
        Step(sentence=f"Veckornas källa: {weeks.source} (R126).", rule="R126"),
    )
    sentence = f"= {swedish.hours(hours)} per månad, avrundat en gång"
    return parameter_step(sentence, "R081, A9", mode, {"hours_per_month": str(hours)}, month)


def weeks_text(weeks: DatedValue) -> str:
    """The factor as people read it: 52/12 (4,33)."""
    shown = swedish.number(as_decimal(hundredths(Fraction(weeks.text))))
    return f"{weeks.text} ({shown})" if "/" in weeks.text else shown


def minutes_text(minutes: Decimal) -> str:
    """10,00 min."""
    return f"{swedish.number(minutes)}{swedish.HARD_SPACE}min"


def signed_minutes(minutes: Decimal) -> str:
    """+10,00 min: for a difference."""
    return f"{'+' if minutes > 0 else ''}{minutes_text(minutes)}"


def version_text(standard_times: DatedValue) -> str:
    """Which table: 2000-01-01 (exempeltabell 1)."""
    named = f" ({standard_times.reference})" if standard_times.reference else ""
    return f"{standard_times.valid_from.isoformat()}{named}"


def often_text(need: AssessedNeed) -> str:
    """How often, as the officer said it: varannan vecka, or 0,5 gånger per vecka."""
    return need.occasions.words if need.occasions else f"{per_week_text(need.per_week)} gånger per vecka"


def quoted(text: str) -> str:
    """The text on one line in Swedish quotation marks."""
    mark = "\N{RIGHT DOUBLE QUOTATION MARK}"
    return f"{mark}{' '.join(text.split())}{mark}"


def _components(need: AssessedNeed, time: NeedTime, parts: LineParts) -> Iterator[Step]:
    if need.occasions and need.occasions.per is OccasionsPer.MONTH:
        yield _month_of_occasions_step(need.occasions, need.per_week, parts.weeks_per_month)
    yield _standard_step(need, time, parts)
    yield Step(sentence=f"Schablontidens källa: {time.source} (R126).", rule="R126")
    if parts.gained:
        yield _gain_step(need, parts)
    if parts.alone:
        yield _alone_step(parts)
    if parts.longest:
        yield _longest_step(parts)
    yield _surrounding_step(time, parts.standard_times)


def _month_of_occasions_step(occasions: Occasions, per_week: Fraction, weeks: DatedValue) -> Step:
    sentence = (
        f"{occasions.words.capitalize()}: {occasions.count} ÷ {weeks_text(weeks)} veckor per månad "
        f"= {per_week_text(per_week)} per vecka"
    )
    return parameter_step(sentence, "R124", weeks, {"occasions_per_month": str(occasions.count)})


def _standard_step(need: AssessedNeed, time: NeedTime, parts: LineParts) -> Step:
    level = time.levels[need.level - 1]
    often = f" ({need.occasions.words})" if need.occasions else ""
    sentence = (
        f"{time.label} nivå {need.level}, {level.means}: {level.minutes} min × "
        f"{per_week_text(need.per_week)} per vecka{often} = {minutes_text(parts.standard)}"
    )
    inputs = {
        "need": need.need,
        "level": str(need.level),
        "minutes_per_occasion": str(level.minutes),
        "per_week": str(need.per_week),
    }
    return parameter_step(sentence, LEVEL_RULES.get(need.need, _LEVEL_RULE), parts.standard_times, inputs)


def _gain_step(need: AssessedNeed, parts: LineParts) -> Step:
    visit = VISIT_LABELS[need.visit] if need.visit else ""
    sentence = (
        f"Samordningsvinst: {minutes_text(parts.gained)} per vecka ryms i tiden för annat "
        f"i samma besök ({visit})"
    )
    return parameter_step(sentence, "R127", parts.standard_times, {"gained_minutes": str(parts.gained)})


def _alone_step(parts: LineParts) -> Step:
    sentence = (
        f"Ensamt i besöket: tillägg {parts.alone_minutes.whole} min per gång, "
        f"{minutes_text(parts.alone)} per vecka"
    )
    return parameter_step(sentence, "R128", parts.alone_minutes, {"alone_minutes": str(parts.alone)})


def _longest_step(parts: LineParts) -> Step:
    sentence = (
        "Ett delat besök är aldrig kortare än dess längsta behov ensamt: "
        f"tillägg {minutes_text(parts.longest)} per vecka"
    )
    inputs = {"longest_minutes": str(parts.longest)}
    return parameter_step(sentence, "R127, R128", parts.alone_minutes, inputs)


def _surrounding_step(time: NeedTime, standard_times: DatedValue) -> Step:
    sentence = "Kringtid ingår i tiden" if time.includes_surrounding_time else "Kringtid ingår inte i tiden"
    flag = "yes" if time.includes_surrounding_time else "no"
    return parameter_step(sentence, "R292, A22", standard_times, {"includes_surrounding_time": flag})
