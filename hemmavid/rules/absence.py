"""Days of absence (uppehåll): those strictly between leaving and return (R073, R196, A10; contract.md 4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hemmavid.lib.periods import Month
from hemmavid.rules.parameter_files import ParameterSet

AFTER_ALL_DAYS = date.max.toordinal() + 1
Span = tuple[int, int]  # half-open span of day ordinals (date.toordinal)


@dataclass(frozen=True, slots=True)
class Absence:
    """A client away: the day of leaving and the day of return, None while away."""

    left_on: date
    returned_on: date | None = None


@dataclass(frozen=True, slots=True)
class AbsencePolicy:
    """Whether the day of leaving and the day of return are paid (A10)."""

    is_first_day_paid: bool = True
    is_last_day_paid: bool = True

    @classmethod
    def for_month(cls, month: Month, parameters: ParameterSet) -> AbsencePolicy:
        """The policy in force on the month's last day; `absence.method` daily is the only one honoured."""
        day = month.last_day
        return cls(
            parameters.at("absence.first_day", day).text == "paid",
            parameters.at("absence.last_day", day).text == "paid",
        )


def absent_spans(absences: Iterable[Absence], policy: AbsencePolicy) -> tuple[Span, ...]:
    """The days of absence as disjoint spans in order, whatever the order and overlaps of the input."""
    spans = []
    for absence in absences:
        start = absence.left_on.toordinal() + policy.is_first_day_paid
        end = AFTER_ALL_DAYS
        if absence.returned_on is not None:
            end = absence.returned_on.toordinal() + (not policy.is_last_day_paid)
        if start < end:
            spans.append((start, end))
    spans.sort()
    return tuple(_merged(spans))


def days_within(spans: Iterable[Span], start: int, end: int) -> int:
    """The number of days of disjoint spans that lie in [start, end)."""
    return sum(max(0, min(end, last) - max(start, first)) for first, last in spans)


def _merged(spans: list[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
