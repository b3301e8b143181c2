"""From which day more help is paid, and by when the provider reports it (R045, R337-R348, R350-R355, A23)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from hemmavid.lib.swedish import long_date
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.wall_clock import day_shown
from hemmavid.rules.working_days import next_working_day


class NeedKind(StrEnum):
    """What sort of need a decision answers; it sets the day the decision is paid from."""

    ORDINARY = "ordinary"  # from the start decided
    EXTENSION = "extension"  # more time in a running case, not urgent: from the day it was reported (R045)
    URGENT_LASTING = "urgent_lasting"  # 5.5: from the day it began (R341)
    URGENT_SHORT = "urgent_short"  # 5.6: from the fourth day (R347)
    URGENT_NEW = "urgent_new"  # 5.7, no home care before: from the day it began (R355)


NEED_KIND_LABELS = {
    NeedKind.ORDINARY: "Ordinarie",
    NeedKind.EXTENSION: "Utökning som inte är akut",
    NeedKind.URGENT_LASTING: "Akut och varaktig förändring",
    NeedKind.URGENT_SHORT: "Akut förändring under en begränsad tid",
    NeedKind.URGENT_NEW: "Akut behov, ny brukare utan hemtjänst",
}


class NeedReason(StrEnum):
    """Why a need cannot wait (R338, R339, R343-R345); OTHER is told in words (R243)."""

    TOILET = "toilet"
    FOOD_AND_DRINK = "food_and_drink"
    NO_FOOD_FOR_THE_DAY = "no_food_for_the_day"
    STOMACH_FLU = "stomach_flu"
    FEVER = "fever"
    URINARY_INFECTION = "urinary_infection"
    CANNOT_BE_LEFT_ALONE = "cannot_be_left_alone"
    OTHER = "other"


NEED_REASON_LABELS = {
    NeedReason.TOILET: "Hjälp vid toalettbesök",
    NeedReason.FOOD_AND_DRINK: "Hjälp att få i sig mat och dryck",
    NeedReason.NO_FOOD_FOR_THE_DAY: "Mat saknas för dagen",
    NeedReason.STOMACH_FLU: "Magsjuka",
    NeedReason.FEVER: "Feber",
    NeedReason.URINARY_INFECTION: "Urinvägsinfektion",
    NeedReason.CANNOT_BE_LEFT_ALONE: "Demenssjukdom, kan inte lämnas ensam när den anhöriga är borta",
    NeedReason.OTHER: "Annat, beskriv",
}

_URGENT = (NeedReason.TOILET, NeedReason.FOOD_AND_DRINK, NeedReason.NO_FOOD_FOR_THE_DAY)
_SHORT = (
    *_URGENT,
    NeedReason.STOMACH_FLU,
    NeedReason.FEVER,
    NeedReason.URINARY_INFECTION,
    NeedReason.CANNOT_BE_LEFT_ALONE,
)
_REASONS = {
    NeedKind.URGENT_LASTING: (*_URGENT, NeedReason.OTHER),
    NeedKind.URGENT_SHORT: (*_SHORT, NeedReason.OTHER),
    NeedKind.URGENT_NEW: (*_SHORT, NeedReason.OTHER),
}


class DayMissing(ValueError):
    """A day that the kind of need is counted from is not given; `field` names it."""

    def __init__(self, kind: NeedKind, field: str) -> None:
        super().__init__(kind, field)
        self.kind = kind
        self.field = field


@dataclass(frozen=True, slots=True)
class PayStart:
    """The day from which the decision is dated and the provider is paid."""

    starts_on: date
    explanation: Step


@dataclass(frozen=True, slots=True)
class ReportDue:
    """The last day to tell the case officer; None when no day is set for the kind."""

    due_on: date | None
    explanation: Step


def reasons_for(kind: NeedKind) -> tuple[NeedReason, ...]:
    """The reasons to choose among for the kind; none for what is not urgent."""
    return _REASONS.get(kind, ())


def pay_start(
    *,
    kind: NeedKind,
    begun_on: date | None = None,
    reported_on: date | None = None,
    decided_start: date | None = None,
    parameters: ParameterSet,
) -> PayStart:
    """The day the decision is paid from, by the kind of need; DayMissing when its day is not given.

    The short urgent need is paid from the fourth day it was performed also when told later, unless
    `urgent_short.late_rule` is `report_day` (A23).
    """
    if kind is NeedKind.ORDINARY:
        day = _given(kind, "decided_start", decided_start)
        return _starting(day, f"Ersätts från beslutets startdag, {day_shown(day)}", "R045")
    if kind is NeedKind.EXTENSION:
        day = _given(kind, "reported_on", reported_on)
        return _starting(day, f"Ersätts från dagen behovet anmäldes, {day_shown(day)}", "R045")
    begun = _given(kind, "begun_on", begun_on)
    if kind is NeedKind.URGENT_SHORT:
        return _short_start(begun, reported_on, parameters)
    rule = "R341" if kind is NeedKind.URGENT_LASTING else "R355"
    return _starting(begun, f"Ersätts från första dagen, {day_shown(begun)}", rule)


def report_due(kind: NeedKind, begun_on: date, *, parameters: ParameterSet) -> ReportDue:
    """By when the provider tells the case officer that the need began on the day (R340, R346)."""
    if kind is NeedKind.URGENT_LASTING:
        due = next_working_day(begun_on, parameters=parameters)
        working = parameters.at("calendar.working_day", due)
        sentence = f"Berätta för handläggaren genast, senast {day_shown(due)}: påföljande vardag"
        return ReportDue(due, parameter_step(sentence, "R340, A2", working, _begun(begun_on)))
    if kind is NeedKind.URGENT_SHORT:
        days = parameters.at("urgent_short.days", begun_on)
        due = begun_on + timedelta(days=days.whole)
        sentence = f"Berätta för handläggaren om behovet finns kvar dag {days.whole + 1}, {day_shown(due)}"
        return ReportDue(due, parameter_step(sentence, "R346, R348, A23", days, _begun(begun_on)))
    return ReportDue(
        None, Step("Ingen dag är satt för anmälan; ersättningen räknas från den (R045).", "R045")
    )


def _short_start(begun_on: date, reported_on: date | None, parameters: ParameterSet) -> PayStart:
    days = parameters.at("urgent_short.days", begun_on)
    late = parameters.at("urgent_short.late_rule", begun_on)
    first_paid = begun_on + timedelta(days=days.whole)
    sentence = (
        f"Dag 1 är {long_date(begun_on)}; {days.whole} dagar ersätts inte, så dag {days.whole + 1} är först"
    )
    ground = parameter_step(sentence, "R347, A23", days, _begun(begun_on))
    if late.text == "day4":
        told = f"Ersätts från {day_shown(first_paid)}, också om behovet anmäldes senare"
        return PayStart(first_paid, parameter_step(told, "R348, A23", late, _begun(begun_on), ground))
    reported = _given(NeedKind.URGENT_SHORT, "reported_on", reported_on)
    day = max(first_paid, reported)
    told = f"Ersätts från {day_shown(day)}, tidigast dagen behovet anmäldes"
    inputs = {**_begun(begun_on), "reported_on": reported.isoformat()}
    return PayStart(day, parameter_step(told, "R348, A23", late, inputs, ground))


def _given(kind: NeedKind, field: str, day: date | None) -> date:
    if day is None:
        raise DayMissing(kind, field)
    return day


def _starting(day: date, sentence: str, rule: str) -> PayStart:
    return PayStart(day, Step(f"{sentence} ({rule}).", rule, {"starts_on": day.isoformat()}))


def _begun(begun_on: date) -> dict[str, str]:
    return {"begun_on": begun_on.isoformat()}
