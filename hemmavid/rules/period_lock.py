"""The lock of a month: changes are registered by the 4th of the next, later ones go to billing.

R299-R304, R306, R309, A5, S16.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY, Month, Period
from hemmavid.lib.swedish import long_date, month_name
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.working_days import is_working_day, next_working_day


@dataclass(frozen=True, slots=True)
class PeriodLock:
    """Whether a change to the month came too late for it; `last_day` is the last day in time."""

    is_late: bool
    last_day: date
    month: Month
    explanation: Step

    def __bool__(self) -> bool:
        """True when the month is locked, so that `if is_locked(...)` means what it says."""
        return self.is_late


def is_locked(*, affects_on: date, registered_at: datetime, parameters: ParameterSet) -> PeriodLock:
    """Whether a change that affects the day, registered at the instant, came after its month was locked.

    In time through the last second of the last day in Europe/Stockholm; later it is a matter for billing.
    """
    return _lock(Month.of(affects_on), registered_at, parameters)


def locked_months(
    *, affects: Period, registered_at: datetime, parameters: ParameterSet
) -> tuple[PeriodLock, ...]:
    """The locked months among those the change reaches, oldest first; empty when all of it is in time."""
    months = _months(affects, Month.of_instant(registered_at))
    locks = (_lock(month, registered_at, parameters) for month in months)
    return tuple(lock for lock in locks if lock.is_late)


def last_day_in_time(month: Month, *, parameters: ParameterSet) -> date:
    """The last day on which a change to the month is in time, by the parameters in force at its end."""
    in_force = month.last_day
    limit = month.next().first_day.replace(day=parameters.at("lock.day", in_force).whole)
    shift = parameters.at("lock.shift", in_force).text
    if shift == "next_working" and not is_working_day(limit, parameters=parameters):
        limit = next_working_day(limit, parameters=parameters)
    return limit if parameters.at("lock.inclusive", in_force).flag else limit - ONE_DAY


def _lock(month: Month, registered_at: datetime, parameters: ParameterSet) -> PeriodLock:
    last_day = last_day_in_time(month, parameters=parameters)
    registered_on = local_day(registered_at)
    is_late = registered_on > last_day
    told = f"Ändringar för {month_name(month)} registreras senast {long_date(last_day)}"
    found = f"registrerades {long_date(registered_on)}"
    end = "och går till debiteringen som en rättelse" if is_late else "i tid"
    step = parameter_step(
        f"{told}; den här {found} {end}",
        "R299, R300, A5",
        parameters.at("lock.day", month.last_day),
        {"month": str(month), "last_day": last_day.isoformat(), "registered_on": registered_on.isoformat()},
    )
    return PeriodLock(is_late, last_day, month, step)


def _months(affects: Period, last: Month) -> Iterator[Month]:
    for month in affects.months():
        if month > last:
            return
        yield month
