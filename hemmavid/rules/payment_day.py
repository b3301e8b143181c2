"""The day a month is paid: the 15th of the next, or the next banking day (R208, A15)."""

from __future__ import annotations

from datetime import date

from hemmavid.lib.periods import ONE_DAY, Month
from hemmavid.rules.banking_days import is_banking_day
from hemmavid.rules.parameter_files import ParameterSet


def payment_day(month: Month, parameters: ParameterSet) -> date:
    """The payment day of the month, by the parameters in force on its last day."""
    in_force = month.last_day
    shift = parameters.at("pay.shift", in_force).text
    day = month.next().first_day.replace(day=parameters.at("pay.day", in_force).whole)
    if shift == "none":
        return day
    step = ONE_DAY if shift == "next" else -ONE_DAY
    while not is_banking_day(day, parameters):
        day += step
    return day
