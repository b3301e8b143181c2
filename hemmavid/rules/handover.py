"""Notice of a handover from the discharge team (R363, R364, R368, A8, S13).

Two working days before for a simplified decision, 24 hours before in ordinary handling.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum

from hemmavid.lib.clock import day_start, local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import day_shown, moment_shown
from hemmavid.rules.working_days import working_days_before

_VERDICTS = {True: ", i tid", False: ", för sent utan förste biståndshandläggarens namn"}


class HandoverKind(StrEnum):
    """The two ways home care starts at discharge (R356)."""

    SIMPLIFIED = "simplified"
    ORDINARY = "ordinary"


@dataclass(frozen=True, slots=True)
class HandoverNotice:
    """Whether the notice came in time.

    `latest_on` is the last day in time. `latest_at` is the last instant in time in ordinary handling; for a
    simplified decision it is the end of that day, which is itself too late. Ask `is_in_time`.
    """

    is_in_time: bool
    latest_on: date
    latest_at: datetime
    explanation: Step


class HandoverFault(StrEnum):
    """Why a handover cannot be set to its time."""

    NO_FIRST_CASE_OFFICER = "no_first_case_officer"  # late without an agreed exception (R364)


def handover_notice(
    *,
    kind: HandoverKind,
    told_at: datetime,
    parameters: ParameterSet,
    handover_on: date | None = None,
    handover_at: datetime | None = None,
) -> HandoverNotice:
    """Whether a handover told at the instant was told in time.

    A simplified decision goes by the day (`handover_on`, or the day of `handover_at`), ordinary handling by
    the instant `handover_at`; ValueError when the one needed is missing.
    """
    if kind is HandoverKind.ORDINARY:
        if handover_at is None:
            raise ValueError("ordinary handling counts hours from handover_at")
        return _by_the_hour(handover_at, told_at, parameters)
    if handover_on is None:
        if handover_at is None:
            raise ValueError("a simplified decision counts days from handover_on")
        handover_on = local_day(handover_at)
    return _by_the_day(handover_on, told_at, parameters)


def fault_of(notice: HandoverNotice, *, first_case_officer: str) -> HandoverFault | None:
    """None when it may be; a late one needs the name of the first case officer who agreed to it (R364)."""
    if notice.is_in_time or first_case_officer.strip():
        return None
    return HandoverFault.NO_FIRST_CASE_OFFICER


def _by_the_day(handover_on: date, told_at: datetime, parameters: ParameterSet) -> HandoverNotice:
    days = parameters.at("hgt.simple_days", handover_on)
    latest_on = working_days_before(handover_on, days.whole, parameters=parameters)
    is_in_time = local_day(told_at) <= latest_on
    told = (
        f"Överlämning {day_shown(handover_on)} berättas senast {days.whole} vardagar innan: "
        f"{day_shown(latest_on)}; den berättades {moment_shown(told_at)}"
    )
    step = parameter_step(
        told + _VERDICTS[is_in_time],
        "R363, A8",
        days,
        {"handover_on": handover_on.isoformat(), "told_at": told_at.isoformat()},
    )
    return HandoverNotice(is_in_time, latest_on, day_start(latest_on + ONE_DAY), step)


def _by_the_hour(handover_at: datetime, told_at: datetime, parameters: ParameterSet) -> HandoverNotice:
    hours = parameters.at("hgt.ordinary_hours", local_day(handover_at))
    latest_at = handover_at.astimezone(UTC) - timedelta(hours=hours.whole)
    is_in_time = told_at <= latest_at
    told = (
        f"Överlämning {moment_shown(handover_at)} berättas senast {hours.whole} timmar innan: "
        f"{moment_shown(latest_at)}; den berättades {moment_shown(told_at)}"
    )
    step = parameter_step(
        told + _VERDICTS[is_in_time],
        "R368, A8",
        hours,
        {"handover_at": handover_at.isoformat(), "told_at": told_at.isoformat()},
    )
    return HandoverNotice(is_in_time, local_day(latest_at), latest_at, step)
