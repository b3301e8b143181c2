"""Banking days in Sweden (contract.md section 5)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from holidays.countries.sweden import Sweden

from hemmavid.rules.parameter_files import ParameterSet

SATURDAY, SUNDAY = 5, 6


def is_banking_day(day: date, parameters: ParameterSet) -> bool:
    """Whether banks are open: the kinds of day in `calendar.non_banking_days` are not banking days."""
    kinds = parameters.at("calendar.non_banking_days", day).words
    if day.weekday() == SATURDAY and "saturday" in kinds:
        return False
    if day.weekday() == SUNDAY and "sunday" in kinds:
        return False
    return not any(kind in kinds and day in _days_off(kind, day.year) for kind in ("public", "de_facto"))


@lru_cache(maxsize=256)
def _days_off(category: str, year: int) -> frozenset[date]:
    # Without include_sundays=False every Sunday is a holiday; the eves are the category de_facto.
    return frozenset(Sweden(categories=(category,), include_sundays=False, years=year))
