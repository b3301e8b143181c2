"""Granted time by the day: minutes a week or a month, shared over the days it is in effect (R072, R195)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from hemmavid.lib.hours import MINUTES_AN_HOUR
from hemmavid.lib.periods import Period
from hemmavid.rules.absence import AFTER_ALL_DAYS, Absence, AbsencePolicy, Span, absent_spans, days_within

DAYS_A_WEEK = 7


class Per(StrEnum):
    """What the granted minutes are granted per."""

    WEEK = "week"
    MONTH = "month"


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What the rules need of a grant. `in_effect=None`: not yet put into effect, gives no time (R195)."""

    minutes: int
    per: Per
    period: Period
    in_effect: Period | None

    def days_in(self, span: Span, deceased_on: date | None = None) -> Span | None:
        """The days of the span on which the grant is valid, in effect and the client alive.

        The day of death counts. Spans are half-open day ordinals; None when no day is left.
        """
        in_effect = self.in_effect
        if in_effect is None:
            return None
        period = self.period
        start = max(span[0], period.start.toordinal(), in_effect.start.toordinal())
        end = span[1]
        if period.end is not None:
            end = min(end, period.end.toordinal())
        if in_effect.end is not None:
            end = min(end, in_effect.end.toordinal())
        if deceased_on is not None:
            end = min(end, deceased_on.toordinal() + 1)
        return (start, end) if start < end else None

    def share(self, days: int, days_in_month: int) -> int:
        """The time of so many days of a month, in parts of an hour: divide by `parts_an_hour`."""
        return self.minutes * days * (days_in_month if self.per is Per.WEEK else DAYS_A_WEEK)


def parts_an_hour(days_in_month: int) -> int:
    """The common denominator that keeps weekly and monthly shares whole numbers."""
    return DAYS_A_WEEK * days_in_month * MINUTES_AN_HOUR


def granted_hours(grants: Iterable[GrantFacts], period: Period, deceased_on: date | None = None) -> Fraction:
    """Exact granted hours of the grants over any period with an end. Additive over any split of it."""
    return _exact(grants, period, deceased_on, ((1, AFTER_ALL_DAYS),))


def absent_hours(
    grants: Iterable[GrantFacts],
    absences: Iterable[Absence],
    period: Period,
    deceased_on: date | None = None,
    policy: AbsencePolicy | None = None,
) -> Fraction:
    """Exact granted hours that fall on days of absence, at the same rate (R073, A10)."""
    return _exact(grants, period, deceased_on, absent_spans(absences, policy or AbsencePolicy()))


def _exact(
    grants: Iterable[GrantFacts], period: Period, deceased_on: date | None, days: tuple[Span, ...]
) -> Fraction:
    if period.end is None:
        raise ValueError("a period without end has no total")
    grants = tuple(grants)
    total = Fraction(0)
    for month in period.months():
        first, last = max(period.start, month.first_day), min(period.end, month.next().first_day)
        span = first.toordinal(), last.toordinal()
        parts = 0
        for grant in grants:
            covered = grant.days_in(span, deceased_on)
            if covered is not None:
                parts += grant.share(days_within(days, *covered), month.days)
        total += Fraction(parts, parts_an_hour(month.days))
    return total
