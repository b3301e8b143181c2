"""What a case waits for, and by when: the line of the officer's list (ux.md journey BH1)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.rules.case_clocks import ClockState, decision_end_clock, home_visit_clock
from hemmavid.rules.parameter_files import ParameterSet


class Step(StrEnum):
    """The next thing to do, in the order of haste when two fall on one day."""

    RECEIVE_ON_CALL = "receive_on_call"
    URGENT = "urgent"
    HOME_VISIT = "home_visit"
    ASSESS = "assess"
    DECIDE = "decide"
    CONFIRM_ENDING = "confirm_ending"
    RENEW = "renew"
    NOTHING = "nothing"


STEP_LABELS = {
    Step.RECEIVE_ON_CALL: "Ta emot jourens beslut",
    Step.URGENT: "Utred genast",
    Step.HOME_VISIT: "Gör hembesök",
    Step.ASSESS: "Gör klar utredningen",
    Step.DECIDE: "Fatta beslut",
    Step.CONFIRM_ENDING: "Bekräfta avslutet",
    Step.RENEW: "Pröva en ny tid",
    Step.NOTHING: "Inget att göra nu",
}
_HASTE = {step: place for place, step in enumerate(Step)}


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What a step follows from. None and empty: there is no such thing in the case."""

    applied_on: date | None = None
    is_new_applicant: bool = False
    is_urgent: bool = False
    is_assessing: bool = False
    is_assessed: bool = False
    visited_on: date | None = None
    has_no_visit_reason: bool = False
    has_draft: bool = False
    ending_asked_on: date | None = None
    on_call_until: datetime | None = None
    decided: Period | None = None


@dataclass(frozen=True, slots=True)
class NextStep:
    """The step, the last day for it (None: no day), and where its clock stands."""

    step: Step
    due_on: date | None
    state: ClockState = ClockState.ON_TIME

    @property
    def label(self) -> str:
        """What to do, in Swedish."""
        return STEP_LABELS[self.step]

    @property
    def order(self) -> tuple[date, int]:
        """Sort key: the nearest day first, on the same day the most urgent."""
        return self.due_on or date.max, _HASTE[self.step]


def next_step(facts: CaseFacts, *, on: date, parameters: ParameterSet) -> NextStep:
    """The step that is due first."""
    steps = list(_steps(facts, on, parameters))
    return min(steps, key=lambda one: (one.step is Step.NOTHING, *one.order))


def _steps(facts: CaseFacts, on: date, parameters: ParameterSet) -> Iterator[NextStep]:
    if facts.on_call_until is not None:
        yield _by_day(Step.RECEIVE_ON_CALL, local_day(facts.on_call_until), on)
    if facts.ending_asked_on is not None:
        yield _by_day(Step.CONFIRM_ENDING, facts.ending_asked_on, on)
    if facts.applied_on is not None:
        yield _of_application(facts, facts.applied_on, on, parameters)
    elif facts.has_draft:
        yield NextStep(Step.DECIDE, on, ClockState.WARN)
    elif facts.is_assessing:
        yield NextStep(Step.ASSESS, on, ClockState.WARN)
    yield _of_decision(facts, on, parameters)


def _of_application(facts: CaseFacts, applied_on: date, on: date, parameters: ParameterSet) -> NextStep:
    clock = home_visit_clock(applied_on=applied_on, on=on, parameters=parameters)
    if facts.has_draft or facts.is_assessed:
        step = Step.DECIDE
    elif facts.is_urgent and not facts.is_assessing:
        return _by_day(Step.URGENT, applied_on, on)
    elif facts.is_new_applicant and facts.visited_on is None and not facts.has_no_visit_reason:
        step = Step.HOME_VISIT
    else:
        step = Step.ASSESS
    return NextStep(step, applied_on if facts.is_urgent else clock.due_on, clock.state)


def _of_decision(facts: CaseFacts, on: date, parameters: ParameterSet) -> NextStep:
    clock = decision_end_clock(period=facts.decided, on=on, parameters=parameters) if facts.decided else None
    if clock is None:
        return NextStep(Step.NOTHING, None)
    step = Step.NOTHING if clock.state is ClockState.ON_TIME else Step.RENEW
    return NextStep(step, clock.due_on, clock.state)


def _by_day(step: Step, due_on: date, on: date) -> NextStep:
    state = ClockState.LATE if on > due_on else ClockState.WARN
    return NextStep(step, due_on, state)
