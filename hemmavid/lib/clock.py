"""The only clock. Everything below the edges gets its time as an argument."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(tz=UTC)


def today() -> date:
    """Today's date in Europe/Stockholm."""
    return local_day(now())


def local(instant: datetime) -> datetime:
    """The same instant on the wall clock of Europe/Stockholm. A naive datetime is refused."""
    if instant.tzinfo is None:
        raise ValueError("an instant must carry its offset")
    return instant.astimezone(STOCKHOLM)


def local_day(instant: datetime) -> date:
    """The day in Europe/Stockholm on which the instant falls."""
    return local(instant).date()


def day_start(day: date) -> datetime:
    """The instant, in UTC, when the day begins in Europe/Stockholm."""
    return datetime(day.year, day.month, day.day, tzinfo=STOCKHOLM).astimezone(UTC)
