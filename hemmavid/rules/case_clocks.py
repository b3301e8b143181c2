"""The clocks of a case: home visit, change of provider, the decision's end, a new client.

R038, R047, R050, R393, A7, S19; sweden.md section 1.1 (the cut-off day).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY, Month, Period
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.order_answer import answer_due
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.wall_clock import day_shown, moment_shown


class ClockState(StrEnum):
    """Where a clock stands: green, yellow, red. A clock that was stopped is on time or late for good."""

    ON_TIME = "on_time"
    WARN = "warn"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class Clock:
    """A deadline by the day: `due_on` is the last day in time, `warn_on` the first day it warns."""

    started_on: date
    due_on: date
    warn_on: date
    state: ClockState
    explanation: Step


@dataclass(frozen=True, slots=True)
class HourClock:
    """A deadline by the instant (UTC): `due_at` is the last instant in time."""

    started_at: datetime
    due_at: datetime
    warn_at: datetime
    state: ClockState
    explanation: Step


def home_visit_clock(
    *, applied_on: date, on: date, visited_on: date | None = None, parameters: ParameterSet
) -> Clock:
    """From application to home visit: yellow on day 14, red on day 21 (R038)."""
    warn = parameters.at("home_visit.warn_days", applied_on)
    late = parameters.at("home_visit.late_days", applied_on)
    late_on = applied_on + timedelta(days=late.whole)
    span = _Span(applied_on, late_on - ONE_DAY, applied_on + timedelta(days=warn.whole))
    said = f"Hembesöket görs före {day_shown(late_on)}, {late.whole} dagar efter ansökan"
    return _clock(span, visited_on or on, is_done=visited_on is not None, ground=_Ground(said, "R038", late))


def provider_change_clock(
    *, requested_on: date, on: date, changed_on: date | None = None, parameters: ParameterSet
) -> Clock:
    """From a wish to change provider to the change: two months at most, that day included (R050, S19).

    With `provider_change.cutoff_day` the change comes on the first of the second month after a wish by that
    day, and a month later after it, but never later than the two months.
    """
    decided = parameters.at("provider_change.months", requested_on)
    due_on = months_after(requested_on, decided.whole)
    planned = planned_change(requested_on, parameters=parameters)
    if planned is not None and planned < due_on:
        due_on, decided = planned, parameters.at("provider_change.cutoff_day", requested_on)
    warn_days = parameters.at("provider_change.warn_days", requested_on).whole
    span = _Span(requested_on, due_on, max(requested_on, due_on - timedelta(days=warn_days)))
    ground = _Ground(f"Bytet av utförare görs senast {day_shown(due_on)}", "R050, S19", decided)
    return _clock(span, changed_on or on, is_done=changed_on is not None, ground=ground)


def planned_change(requested_on: date, *, parameters: ParameterSet) -> date | None:
    """The day of change by `provider_change.cutoff_day`; None when the municipality has no such day (0).

    As printed for the 20th: 20 June gives 1 August, 21 June gives 1 September.
    """
    cutoff = parameters.at("provider_change.cutoff_day", requested_on).whole
    if not cutoff:
        return None
    month = Month.of(requested_on).next().next()
    return month.first_day if requested_on.day <= cutoff else month.next().first_day


def decision_end_clock(
    *, period: Period, on: date, renewed_on: date | None = None, parameters: ParameterSet
) -> Clock | None:
    """A reminder `decision_end.warn_days` before the last day; None until further notice (R393)."""
    last_day = period.last_day
    if last_day is None:
        return None
    days = parameters.at("decision_end.warn_days", last_day)
    span = _Span(period.start, last_day, max(period.start, last_day - timedelta(days=days.whole)))
    said = f"Beslutet gäller till och med {day_shown(last_day)}; påminnelse {days.whole} dagar innan"
    return _clock(span, renewed_on or on, is_done=renewed_on is not None, ground=_Ground(said, "R393", days))


def new_client_clock(
    *, offered_at: datetime, at: datetime, accepted_at: datetime | None = None, parameters: ParameterSet
) -> HourClock:
    """From an order offered to a new client received: 24 hours, warning when few are left (R047, A7)."""
    due = answer_due(offered_at, parameters=parameters)
    left = parameters.at("accept.warn_hours", local_day(offered_at))
    warn_at = max(offered_at.astimezone(UTC), due.due_at - timedelta(hours=left.whole))
    asked_at = accepted_at or at
    is_warning = accepted_at is None and asked_at >= warn_at
    state = _state(is_late=asked_at > due.due_at, is_warning=is_warning)
    said = f"Påminnelse {moment_shown(warn_at)}, {left.whole} timmar innan"
    step = parameter_step(said, "R047, A7", left, {"state": state.value}, due.explanation)
    return HourClock(offered_at.astimezone(UTC), due.due_at, warn_at, state, step)


def months_after(day: date, months: int) -> date:
    """The same day number so many months later, or the last day of that month when it has no such day."""
    month = Month.of(day)
    for _ in range(months):
        month = month.next()
    return month.first_day.replace(day=min(day.day, month.days))


@dataclass(frozen=True, slots=True)
class _Span:
    started_on: date
    due_on: date
    warn_on: date


@dataclass(frozen=True, slots=True)
class _Ground:
    sentence: str
    rule: str
    parameter: DatedValue


def _clock(span: _Span, asked_on: date, *, is_done: bool, ground: _Ground) -> Clock:
    is_warning = not is_done and asked_on >= span.warn_on
    state = _state(is_late=asked_on > span.due_on, is_warning=is_warning)
    inputs = {
        "started_on": span.started_on.isoformat(),
        "due_on": span.due_on.isoformat(),
        "warn_on": span.warn_on.isoformat(),
        "state": state.value,
    }
    step = parameter_step(ground.sentence, ground.rule, ground.parameter, inputs)
    return Clock(span.started_on, span.due_on, span.warn_on, state, step)


def _state(*, is_late: bool, is_warning: bool) -> ClockState:
    if is_late:
        return ClockState.LATE
    return ClockState.WARN if is_warning else ClockState.ON_TIME
