"""Stored date ranges as periods, and back."""

from __future__ import annotations

from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.lib.periods import Period


def period_of(stored: DateRange | None) -> Period | None:
    """The period of a stored range; None for none."""
    if stored is None or stored.lower is None:
        return None
    return Period(stored.lower, stored.upper)


def stored(period: Period) -> DateRange:
    """The range to store."""
    return DateRange(period.start, period.end)


def until(day: date, kept: DateRange) -> DateRange | None:
    """What is left of a range that ends when the day begins; None when nothing is."""
    return DateRange(kept.lower, day) if kept.lower < day else None
