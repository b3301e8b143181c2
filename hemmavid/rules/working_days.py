"""Working days (arbetsdag, vardag, helgfri vardag): A2, R246.

Monday to Friday, not a public holiday, nor the eves of midsummer, Christmas and the new year.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays.countries.sweden import Sweden

from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.parameter_forms import NOT_DE_FACTO, NOT_PUBLIC, WEEKDAYS


def is_working_day(day: date, *, parameters: ParameterSet) -> bool:
    """Whether the day is a working day by `calendar.working_day` in force on it."""
    words = parameters.at("calendar.working_day", day).words
    if WEEKDAYS[day.weekday()] not in words:
        return False
    kinds = tuple(
        kind for kind, word in (("public", NOT_PUBLIC), ("de_facto", NOT_DE_FACTO)) if word in words
    )
    return not kinds or day not in _days_off(kinds, day.year)


def next_working_day(after: date, *, parameters: ParameterSet) -> date:
    """The first working day strictly after the day."""
    return add_working_days(after, 1, parameters=parameters)


def add_working_days(day: date, count: int, *, parameters: ParameterSet) -> date:
    """The working day that comes `count` working days after the day, which itself is not counted.

    The day itself when `count` is 0. A negative count raises ValueError.
    """
    return _moved(day, count, ONE_DAY.days, parameters)


def working_days_before(day: date, count: int, *, parameters: ParameterSet) -> date:
    """The working day that lies `count` working days before the day, which itself is not counted."""
    return _moved(day, count, -ONE_DAY.days, parameters)


def working_days_left(on: date, until: date, *, parameters: ParameterSet) -> int:
    """How many working days come after `on`, up to and including `until`; 0 when none do."""
    days = (date.fromordinal(number) for number in range(on.toordinal() + 1, until.toordinal() + 1))
    return sum(is_working_day(day, parameters=parameters) for day in days)


def _moved(day: date, count: int, step: int, parameters: ParameterSet) -> date:
    if count < 0:
        raise ValueError(f"a number of working days is not negative: {count}")
    while count:
        day += step * ONE_DAY
        count -= is_working_day(day, parameters=parameters)
    return day


@lru_cache(maxsize=256)
def _days_off(kinds: tuple[str, ...], year: int) -> frozenset[date]:
    # Without include_sundays=False every Sunday is a holiday; the eves are the category de_facto.
    return frozenset(Sweden(categories=kinds, include_sundays=False, years=year))
