"""How long the on-call supervisor may grant home care: until 12.00 the next working day (R352, A24).

On-call time (jourtid) is everything outside the office hours of a working day. It is one shift from the end
of one working day to the morning of the next: what is granted at 02.00 on a Tuesday belongs to Monday's.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from hemmavid.lib.clock import local_day
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import clock_of, instant_of, moment_shown, seasonal
from hemmavid.rules.working_days import is_working_day, next_working_day, working_days_before


@dataclass(frozen=True, slots=True)
class Shift:
    """One on-call shift, half-open [started_at, ends_at) in UTC."""

    started_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class OnCallLimit:
    """The last instant, in UTC, that a grant made in the shift may last."""

    ends_at: datetime
    explanation: Step


def shift_of(at: datetime, *, parameters: ParameterSet) -> Shift | None:
    """The on-call shift that runs at the instant, or None in office hours: then the case officer decides."""
    day = local_day(at)
    is_working = is_working_day(day, parameters=parameters)
    if is_working and _morning(day, parameters) <= at < _evening(day, parameters):
        return None
    is_evening = is_working and at >= _evening(day, parameters)
    began_on = day if is_evening else working_days_before(day, 1, parameters=parameters)
    next_morning = next_working_day(began_on, parameters=parameters)
    return Shift(_evening(began_on, parameters), _morning(next_morning, parameters))


def latest_end(*, shift_started_at: datetime, parameters: ParameterSet) -> OnCallLimit:
    """The end no grant of the shift may pass: `jour.until` on the working day after the shift's first day."""
    began_on = local_day(shift_started_at)
    last_day = next_working_day(began_on, parameters=parameters)
    until = parameters.at("jour.until", last_day)
    ends_at = instant_of(last_day, clock_of(until))
    step = parameter_step(
        f"Jouren kan bevilja längst till {moment_shown(ends_at)}; "
        f"passet började {moment_shown(shift_started_at)}",
        "R352, A24",
        until,
        {"shift_started_at": shift_started_at.isoformat(), "ends_at": ends_at.isoformat()},
    )
    return OnCallLimit(ends_at, step)


def limit_of_grant(*, granted_at: datetime, parameters: ParameterSet) -> OnCallLimit | None:
    """The limit of a grant made at the instant; None in office hours, when there is no mandate (R352)."""
    shift = shift_of(granted_at, parameters=parameters)
    return None if shift is None else latest_end(shift_started_at=shift.started_at, parameters=parameters)


def is_within(ends_at: datetime, limit: OnCallLimit) -> bool:
    """Whether a grant that ends at the instant keeps within the limit; at the very limit it does."""
    return ends_at <= limit.ends_at


def _evening(day: date, parameters: ParameterSet) -> datetime:
    return instant_of(day, clock_of(seasonal("jour.shift_start", day, parameters)))


def _morning(day: date, parameters: ParameterSet) -> datetime:
    return instant_of(day, clock_of(parameters.at("jour.shift_end", day)))
