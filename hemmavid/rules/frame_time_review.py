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
from hemmavid.rules.parameter_files import DatedValue, ParameterSet


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """A day with everything looked up once."""

    percent: DatedValue
    min_hours: DatedValue
    months: DatedValue

    @classmethod
    def for_day(cls, day: date, parameters: ParameterSet) -> ReviewRules:
        """The thresholds in force on the day, or ParameterNotDefined."""
        return cls(
            percent=parameters.at("review.percent", day),
            min_hours=parameters.at("review.min_hours", day),
            months=parameters.at("review.months", day),
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
    raise NotImplementedError
