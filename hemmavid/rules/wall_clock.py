"""The wall clock of a day as instants: what the deadlines by clock time share."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from hemmavid.lib.clock import STOCKHOLM, local_day
from hemmavid.lib.swedish import HARD_SPACE, WEEKDAY_NAMES, long_date, moment
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.parameter_forms import MONTHS


def clock_of(dated: DatedValue) -> time:
    """The clock time of a parameter written hh:mm."""
    return time.fromisoformat(dated.text)


def instant_of(day: date, clock: time) -> datetime:
    """The instant, in UTC, when the wall clock of Europe/Stockholm shows the time on the day.

    A time that the wall clock shows twice is the first of the two; one it skips is as long after midnight.
    """
    return datetime.combine(day, clock, tzinfo=STOCKHOLM).astimezone(UTC)


def seasonal(name: str, day: date, parameters: ParameterSet) -> DatedValue:
    """The parameter of the name, or in the summer months (R249) the one with `_summer` after it."""
    months = parameters.at("phone_rule.summer_months", day).words
    return parameters.at(f"{name}_summer" if MONTHS[day.month - 1] in months else name, day)


def clock_shown(clock: time) -> str:
    """kl. 14.00."""
    return f"kl.{HARD_SPACE}{clock.hour}.{clock.minute:02d}"


def day_shown(day: date) -> str:
    """tisdag 24 november 2026."""
    return f"{WEEKDAY_NAMES[day.weekday()]} {long_date(day)}"


def moment_shown(instant: datetime) -> str:
    """tisdag 24 november 2026 kl. 12.00."""
    return f"{WEEKDAY_NAMES[local_day(instant).weekday()]} {moment(instant)}"
