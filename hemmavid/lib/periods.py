"""Half-open spans of days, and calendar months."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Self

from hemmavid.lib.clock import day_start, local_day

ONE_DAY = timedelta(days=1)
BEGINNING = date.min  # the start of a range that has none in the database
MONTHS_A_YEAR = 12
_MONTH_FORM = re.compile(r"[0-9]{4}-[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Period:
    """Half-open span of days [start, end). `end=None`: until further notice. Never empty."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end <= self.start:
            raise ValueError(f"empty period: {self.start} - {self.end}")

    @classmethod
    def from_inclusive(cls, first: date, last: date | None) -> Self:
        """From a first and a last day as people and import files write them; no last day: no end."""
        return cls(first, None if last is None else last + ONE_DAY)

    @property
    def last_day(self) -> date | None:
        """The last day that belongs to the period (till och med), or None."""
        return None if self.end is None else self.end - ONE_DAY

    def overlap(self, other: Period) -> Period | None:
        """The days that belong to both, or None."""
        start = max(self.start, other.start)
        end = min((e for e in (self.end, other.end) if e is not None), default=None)
        return None if end is not None and end <= start else Period(start, end)

    def contains(self, day: date) -> bool:
        """Whether the day belongs to the period."""
        return self.start <= day and (self.end is None or day < self.end)

    def days(self) -> int:
        """The number of days. A period until further notice has none and raises ValueError."""
        if self.end is None:
            raise ValueError(f"period without end from {self.start}")
        return (self.end - self.start).days

    def months(self) -> Iterator[Month]:
        """The calendar months that the period touches, in order. Endless when the period is."""
        month = Month.of(self.start)
        while self.end is None or month.first_day < self.end:
            yield month
            month = month.next()


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month. Orders by time; prints as 2022-11."""

    year: int
    month: int

    def __post_init__(self) -> None:
        # The first and last year of the calendar have no instant before or day after them.
        if not date.min.year < self.year < date.max.year:
            raise ValueError(f"a month lies between the years 2 and 9998, not in {self.year}")
        date(self.year, self.month, 1)

    @classmethod
    def parse(cls, text: str) -> Self:
        """From the form YYYY-MM; anything else raises ValueError."""
        if not _MONTH_FORM.fullmatch(text):
            raise ValueError(f"a month is written YYYY-MM, not {text!r}")
        return cls(int(text[:4]), int(text[5:]))

    @classmethod
    def of(cls, day: date) -> Self:
        """The month of a day."""
        return cls(day.year, day.month)

    @classmethod
    def of_instant(cls, instant: datetime) -> Self:
        """The month of an instant in Europe/Stockholm."""
        return cls.of(local_day(instant))

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last_day(self) -> date:
        """The last day."""
        return date(self.year, self.month, self.days)

    @property
    def days(self) -> int:
        """The number of days."""
        return monthrange(self.year, self.month)[1]

    @property
    def period(self) -> Period:
        """The days of the month."""
        return Period(self.first_day, self.last_day + ONE_DAY)

    def next(self) -> Self:
        """The month after."""
        return self._moved(1)

    def previous(self) -> Self:
        """The month before."""
        return self._moved(-1)

    def instants(self) -> tuple[datetime, datetime]:
        """Half-open span in UTC of the month in Europe/Stockholm: 23 or 25 hour days included."""
        return day_start(self.first_day), day_start(self.next().first_day)

    def _moved(self, steps: int) -> Self:
        years, month = divmod(self.year * MONTHS_A_YEAR + self.month - 1 + steps, MONTHS_A_YEAR)
        return type(self)(years, month + 1)

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"
