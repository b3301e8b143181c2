"""When things were done: in office hours, one after the other, never after the demo's last morning."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from random import Random

from hemmavid.lib.clock import STOCKHOLM, local
from hemmavid.lib.periods import ONE_DAY

FRIDAY = 4
OPENS, CLOSES = 8 * 60, 16 * 60
MORNING, NIGHT = 7 * 60, 22 * 60  # somebody at the unit can be reached


def on_weekday(day: date) -> date:
    """The day, or the Friday before it."""
    return day - timedelta(days=max(0, day.weekday() - FRIDAY))


def office_time(day: date, rng: Random) -> datetime:
    """An instant in office hours of the weekday on or before the day."""
    minutes = rng.randint(OPENS, CLOSES)
    return instant(on_weekday(day), minutes // 60, minutes % 60)


def instant(day: date, hour: int, minute: int = 0) -> datetime:
    """A wall-clock time in Stockholm as an instant."""
    return datetime.combine(day, time(hour, minute), STOCKHOLM).astimezone(UTC)


def soon_after(at: datetime, rng: Random, most_minutes: int) -> datetime:
    """Some minutes later, by day: honest delays, most short and some long; nobody answers at night."""
    later = at + timedelta(minutes=1 + int(most_minutes * rng.random() ** 2))
    day, minutes = _wall_clock(later)
    if minutes >= NIGHT:
        day, minutes = day + ONE_DAY, MORNING + minutes % 60
    elif minutes < MORNING:
        minutes = MORNING + minutes % 60
    return instant(day, minutes // 60, minutes % 60)


def next_office_time(at: datetime) -> datetime:
    """The instant itself in office hours, else soon after the office opens next."""
    day, minutes = _wall_clock(at)
    if minutes >= CLOSES:
        day, minutes = day + ONE_DAY, OPENS + minutes % 60
    if day.weekday() > FRIDAY:
        day = day + (7 - day.weekday()) * ONE_DAY
    if minutes < OPENS:
        minutes = OPENS + minutes % 60
    return instant(day, minutes // 60, minutes % 60)


def _wall_clock(at: datetime) -> tuple[date, int]:
    here = local(at)
    return here.date(), here.hour * 60 + here.minute


def days_before(day: date, least: int, most: int, rng: Random) -> date:
    """A weekday so many days before."""
    return on_weekday(day - rng.randint(least, most) * ONE_DAY)
