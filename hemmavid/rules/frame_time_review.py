"""When a review (översyn) of frame time opens by itself, with figures and a draft (A21, R140, R293)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal, as_hundredths
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import HALF_UP
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.frame_time_steps import quoted
from hemmavid.rules.parameter_files import DatedValue, ParameterSet


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """A day with everything looked up once."""

    percent: DatedValue
    min_hours: DatedValue
    months: DatedValue
    carry_over: DatedValue

    @classmethod
    def for_day(cls, day: date, parameters: ParameterSet) -> ReviewRules:
        """The thresholds in force on the day, or ParameterNotDefined."""
        return cls(
            percent=parameters.at("review.percent", day),
            min_hours=parameters.at("review.min_hours", day),
            months=parameters.at("review.months", day),
            carry_over=parameters.at("ramtid.carry_over", day),
        )


@dataclass(frozen=True, slots=True)
class MonthOfFrameTime:
    """Frame time and performed time of one client and month, as the hours statement shows them."""

    month: Month
    granted_lov_hours: Decimal
    performed_hours: Decimal


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """One month judged. `difference` is performed − granted; `percent` of the granted, None when none was."""

    month: MonthOfFrameTime
    difference: Decimal
    percent: Decimal | None
    is_beyond: bool


@dataclass(frozen=True, slots=True)
class FrameTimeReview:
    """Whether a review is open. `months` are the months in a row that open it, or those so far.

    `draft` is empty unless it is open.
    """

    is_open: bool
    months: tuple[MonthFigures, ...]
    opened_on: date | None
    draft: str
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


def frame_time_review(
    months: Iterable[MonthOfFrameTime], order_sentences: Sequence[str], rules: ReviewRules, *, on: date
) -> FrameTimeReview:
    """Whether the last whole months before the day are beyond the threshold, so many in a row.

    A month that is not over on the day never counts, and a month that is missing breaks the row. `months` may
    come in any order; ValueError when one is given twice. The draft quotes the order's own sentences.
    """
    whole = _whole_months(months, on)
    judged = [_judged(month, rules) for month in whole]
    row = _row_at_end(judged)
    needed = rules.months.whole
    is_open = len(row) >= needed
    opened_on = row[needed - 1].month.month.next().first_day if is_open else None
    return FrameTimeReview(
        is_open=is_open,
        months=tuple(row),
        opened_on=opened_on,
        draft=_draft(row, order_sentences) if is_open else "",
        explanation=_explained(judged, row, opened_on, rules),
    )


def _whole_months(months: Iterable[MonthOfFrameTime], on: date) -> list[MonthOfFrameTime]:
    ordered = sorted(months, key=lambda one: one.month)
    if len({one.month for one in ordered}) != len(ordered):
        raise ValueError("a month is given twice")
    return [one for one in ordered if one.month < Month.of(on)]


def _judged(one: MonthOfFrameTime, rules: ReviewRules) -> MonthFigures:
    difference = one.performed_hours - one.granted_lov_hours
    off, granted = abs(as_hundredths(difference)), as_hundredths(one.granted_lov_hours)
    is_beyond = (
        off > 0 and 100 * off >= rules.percent.whole * granted and abs(difference) >= rules.min_hours.decimal
    )
    percent = as_decimal(HALF_UP.hundredths(100 * off, granted)) if granted else None
    return MonthFigures(one, difference, percent, is_beyond)


def _row_at_end(judged: Sequence[MonthFigures]) -> list[MonthFigures]:
    """The months beyond the threshold that follow on each other up to the last, in order."""
    row: list[MonthFigures] = []
    for figures in reversed(judged):
        follows = not row or figures.month.month.next() == row[0].month.month
        if not (figures.is_beyond and follows):
            break
        row.insert(0, figures)
    return row


def _explained(
    judged: Sequence[MonthFigures], row: Sequence[MonthFigures], opened_on: date | None, rules: ReviewRules
) -> Step:
    steps = [
        *_limits(rules),
        *(Step(f"{_figures_text(one)} (R140).", "R140") for one in row or judged[-1:]),
    ]
    if opened_on:
        sentence = f"Översyn öppnades {swedish.long_date(opened_on)} (R140, R293)."
    else:
        sentence = f"Ingen översyn: {len(row)} av {_months_text(rules.months.whole)} (R140)."
    return Step(sentence, "R140, R293" if opened_on else "R140", children=tuple(steps))


def _limits(rules: ReviewRules) -> tuple[Step, ...]:
    limits = (
        (rules.percent, f"Skillnaden ska vara minst {rules.percent.whole} % av ramtiden"),
        (rules.min_hours, f"Den ska också vara minst {swedish.hours(rules.min_hours.decimal)} i månaden"),
        (rules.months, f"Så ska det ha varit {_months_text(rules.months.whole)}"),
    )
    carried = "Varje månad står för sig: tid som inte har använts förs inte över"
    return (
        *(parameter_step(told, "R140, A21", dated, {}) for dated, told in limits),
        parameter_step(carried, "R058, A26", rules.carry_over, {}),
    )


def _months_text(number: int) -> str:
    return "en kalendermånad" if number == 1 else f"{number} kalendermånader i rad"


def _figures_text(one: MonthFigures) -> str:
    month, off = one.month, swedish.hours(abs(one.difference))
    told = f"{swedish.month_name(month.month)}: ramtid {swedish.hours(month.granted_lov_hours)}"
    told += f", utfört {swedish.hours(month.performed_hours)}"
    if not one.difference:
        return f"{told}, ingen skillnad"
    share = "" if one.percent is None else f" ({swedish.number(one.percent)}{swedish.HARD_SPACE}%)"
    return f"{told}, {off} {'mer' if one.difference > 0 else 'mindre'}{share}"


def _draft(row: Sequence[MonthFigures], order_sentences: Sequence[str]) -> str:
    """A text to go on from: the figures, the order's words, and what is asked for."""
    lines = [f"Utförd tid har skilt sig väsentligt från ramtiden {_months_text(len(row))}:"]
    lines += [f"– {_figures_text(one)}" for one in row]
    if order_sentences:
        lines += ["", "I uppdraget står:"]
        lines += [f"– {quoted(sentence)}" for sentence in order_sentences]
    lines += ["", "Så ser behovet ut nu, jämfört med uppdraget:", ""]
    return "\n".join(lines)
