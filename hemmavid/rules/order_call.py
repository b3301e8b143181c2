"""An order sent late that starts soon needs a call, and whom to call right now (R248-R250, A6).

On a day that is no working day nobody reads the unit's mailbox (R245): the whole day counts as after 14.00,
unless the municipality goes by the clock (`phone_rule.days_off`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from hemmavid.lib.clock import local
from hemmavid.lib.swedish import moment
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import clock_of, clock_shown, day_shown, moment_shown, seasonal
from hemmavid.rules.working_days import is_working_day, next_working_day


class CallWhom(StrEnum):
    """Who answers for the receiving side at a moment."""

    UNIT = "unit"  # manager, team leader or administrator (R249)
    ON_CALL = "on_call"  # the on-call supervisor (R250)


WHOM_LABELS = {
    CallWhom.UNIT: "enhetens chef, gruppledare eller administratör",
    CallWhom.ON_CALL: "jourhavande arbetsledare",
}


@dataclass(frozen=True, slots=True)
class WhomToCall:
    """Who is called at a moment, and until when today that holds (None: through the on-call time)."""

    whom: CallWhom
    until: time | None
    explanation: Step


@dataclass(frozen=True, slots=True)
class OrderCall:
    """Whether the order may leave only with a call noted, and whom to call at the moment it is sent."""

    is_required: bool
    whom: CallWhom
    until: time | None
    explanation: Step


def call_before_start(*, sent_at: datetime, starts_on: date, parameters: ParameterSet) -> OrderCall:
    """Whether an order sent at the instant and starting on the day needs a call, and to whom (A6).

    Needed when it is sent strictly after `phone_rule.time` and starts on any day up to and including the next
    working day. A naive `sent_at` raises ValueError.
    """
    late = _lateness(sent_at, parameters)
    soon = _nearness(local(sent_at).date(), starts_on, parameters)
    whom = whom_to_call(sent_at, parameters=parameters)
    is_required = late.holds and soon.holds
    said = "Ring och berätta att uppdraget är på väg" if is_required else "Inget samtal behövs"
    explanation = Step(
        sentence=(
            f"{said}: uppdraget skickas {moment(sent_at)} och startar {day_shown(starts_on)} (R248, A6)."
        ),
        rule="R248, A6",
        inputs={"sent_at": sent_at.isoformat(), "starts_on": starts_on.isoformat()},
        children=(late.step, soon.step, whom.explanation),
    )
    return OrderCall(is_required, whom.whom, whom.until, explanation)


def whom_to_call(at: datetime, *, parameters: ParameterSet) -> WhomToCall:
    """Whom to call at the moment: the unit on working days until 17.00, else the on-call supervisor.

    The unit answers from `phone_rule.unit_from` up to, not including, `phone_rule.unit_until` (in the summer
    months `phone_rule.unit_until_summer`).
    """
    moment_there = local(at)
    day = moment_there.date()
    until = seasonal("phone_rule.unit_until", day, parameters)
    opens = parameters.at("phone_rule.unit_from", day)
    is_unit = is_working_day(day, parameters=parameters) and (
        clock_of(opens) <= moment_there.time() < clock_of(until)
    )
    whom = CallWhom.UNIT if is_unit else CallWhom.ON_CALL
    rule = "R249" if is_unit else "R250"
    hours = f"enheten svarar arbetsdagar {opens.text.replace(':', '.')}–{until.text.replace(':', '.')}"
    step = parameter_step(
        f"{moment_shown(at).capitalize()}: ring {WHOM_LABELS[whom]}; {hours}",
        rule,
        until,
        {"at": at.isoformat(), "whom": whom.value},
    )
    return WhomToCall(whom, clock_of(until) if is_unit else None, step)


@dataclass(frozen=True, slots=True)
class _Ground:
    holds: bool
    step: Step


def _lateness(sent_at: datetime, parameters: ParameterSet) -> _Ground:
    sent = local(sent_at)
    limit = parameters.at("phone_rule.time", sent.date())
    days_off = parameters.at("phone_rule.days_off", sent.date())
    inputs = {"sent_at": sent_at.isoformat()}
    if days_off.text == "all_day" and not is_working_day(sent.date(), parameters=parameters):
        said = f"{day_shown(sent.date()).capitalize()} är ingen arbetsdag"
        sentence = f"{said} och räknas som efter {clock_shown(clock_of(limit))}"
        return _Ground(holds=True, step=parameter_step(sentence, "R248, A6", days_off, inputs))
    is_late = sent.time() > clock_of(limit)
    told = "efter" if is_late else "inte efter"
    sentence = f"Uppdraget skickas {told} {clock_shown(clock_of(limit))}"
    return _Ground(is_late, parameter_step(sentence, "R248, A6", limit, inputs))


def _nearness(sent_on: date, starts_on: date, parameters: ParameterSet) -> _Ground:
    scope = parameters.at("phone_rule.scope", sent_on)
    last = sent_on if scope.text == "same" else next_working_day(sent_on, parameters=parameters)
    is_near = starts_on <= last
    told = "senast" if is_near else "efter"
    sentence = f"Starten är {told} {day_shown(last)}"
    inputs = {"starts_on": starts_on.isoformat(), "last_near_day": last.isoformat()}
    return _Ground(is_near, parameter_step(sentence, "R248, A6", scope, inputs))
