"""Assessed needs, and what makes them unfit for the calculation aid (R123, R141, R284)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hemmavid.rules.interventions import TIMED_BY_OFFICER
from hemmavid.rules.occasions import Occasions
from hemmavid.rules.standard_times import BY_VISIT, NeedTime, StandardTimes

MOST_PER_WEEK = 100


class Visit(StrEnum):
    """The visits of a day in which needs may share time, in the order of the day."""

    MORNING = "morgon"
    LATE_MORNING = "formiddag"
    LUNCH = "lunch"
    AFTERNOON = "eftermiddag"
    EVENING_1 = "kvall_1"
    EVENING_2 = "kvall_2"
    SERVICE = "service"


VISIT_LABELS = {
    Visit.MORNING: "morgon",
    Visit.LATE_MORNING: "förmiddag",
    Visit.LUNCH: "lunch",
    Visit.AFTERNOON: "eftermiddag",
    Visit.EVENING_1: "kväll 1",
    Visit.EVENING_2: "kväll 2",
    Visit.SERVICE: "service",
}

_KIND_OF_VISIT = {
    Visit.MORNING: "morgonhjalp",
    Visit.LATE_MORNING: "formiddagshjalp",
    Visit.LUNCH: "lunchhjalp",
    Visit.AFTERNOON: "eftermiddagshjalp",
    Visit.EVENING_1: "kvallshjalp_1",
    Visit.EVENING_2: "kvallshjalp_2",
}
_OTHER_KIND = "ovrigt"


@dataclass(frozen=True, slots=True)
class AssessedNeed:
    """One need at a level, so many occasions a week. `visit` None: it has a visit of its own.

    `occasions` is how the officer said it, where it was not said as a number a week.
    """

    need: str
    level: int
    per_week: Fraction
    visit: Visit | None = None
    occasions: Occasions | None = None

    @classmethod
    def on(
        cls,
        occasions: Occasions,
        need: str,
        level: int,
        weeks_per_month: Fraction,
        visit: Visit | None = None,
    ) -> AssessedNeed:
        """A need on occasions per day, week, two weeks, four weeks or month; exact per week."""
        return cls(need, level, occasions.per_week(weeks_per_month), visit, occasions)


class Fault(StrEnum):
    """Why a need cannot be used."""

    NO_NEEDS = "no_needs"
    UNKNOWN_NEED = "unknown_need"
    OUTSIDE_FRAME_TIME = "outside_frame_time"
    UNKNOWN_LEVEL = "unknown_level"
    PER_WEEK_OUT_OF_BOUNDS = "per_week_out_of_bounds"
    REPEATED = "repeated"


@dataclass(frozen=True, slots=True)
class NeedFault:
    """A fault with the position of the need (from 0; None for the list itself) and the field at fault."""

    fault: Fault
    position: int | None
    field: str = ""


class NeedsRefused(ValueError):
    """The needs cannot be computed; every fault is told at once."""

    def __init__(self, faults: Sequence[NeedFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


def faults_of(needs: Sequence[AssessedNeed], times: StandardTimes) -> list[NeedFault]:
    """Every fault in the order of the needs; empty when all can be computed.

    A need outside frame time is refused: there the case officer sets the time (R141). A need has one level in
    a visit, and stands once for it: more occasions are written as a higher `per_week`.
    """
    if not needs:
        return [NeedFault(Fault.NO_NEEDS, None)]
    faults = []
    seen: set[tuple[str, object]] = set()
    for position, need in enumerate(needs):
        faults += [NeedFault(fault, position, field) for fault, field in _faults_in(need, times)]
        place = (need.need, need.visit or need.level)
        if place in seen:
            faults.append(NeedFault(Fault.REPEATED, position, "need"))
        seen.add(place)
    return faults


def _faults_in(need: AssessedNeed, times: StandardTimes) -> list[tuple[Fault, str]]:
    found = []
    known = times.needs.get(need.need)
    if need.need in TIMED_BY_OFFICER:
        found.append((Fault.OUTSIDE_FRAME_TIME, "need"))
    elif known is None:
        found.append((Fault.UNKNOWN_NEED, "need"))
    elif not 1 <= need.level <= len(known.levels):
        found.append((Fault.UNKNOWN_LEVEL, "level"))
    if not 0 < need.per_week <= MOST_PER_WEEK:
        found.append((Fault.PER_WEEK_OUT_OF_BOUNDS, "per_week"))
    return found


def intervention_of(time: NeedTime, visit: Visit | None) -> str:
    """The visit kind in frame time that the need is done as in the visit (R060)."""
    if time.intervention != BY_VISIT:
        return time.intervention
    return _OTHER_KIND if visit is None else _KIND_OF_VISIT.get(visit, _OTHER_KIND)
