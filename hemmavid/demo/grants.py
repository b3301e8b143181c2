"""What the demo's clients are granted: frame time with a heavy tail, and the interventions beside it.

Hours a month follow a log-normal curve (mean 20–24 with all interventions, sweden.md section 11). Minutes of
the interventions beside frame time are invented.
"""

from collections.abc import Iterator
from datetime import date
from math import exp
from statistics import NormalDist

from hemmavid.demo.care import DAYS_A_MONTH, Course, DemoGrant, DemoPlan, Needs, Phase
from hemmavid.demo.chance import Concern, Spread, stream
from hemmavid.demo.providers import NIGHT_UNIT

MEDIAN_HOURS = 12.7
HOURS_SIGMA = 1.1
FEWEST_HOURS, MOST_HOURS = 1.5, 220.0
OWN_KINDS_SHARE = 0.08
PER_MONTH_SHARE = 0.05
MANY_HOURS = 15.0
WATCH_SHARE = 0.4
WATCH_DAYS, WATCH_MINUTES = 12, 900

SERVICE_KINDS = (("stadning", 0.5), ("inkop", 0.3), ("tvatt", 0.2))
CARE_KINDS = (("morgonhjalp", 0.35), ("lunchhjalp", 0.2), ("kvallshjalp_1", 0.3), ("stadning", 0.15))

BY_DAY = (
    (Concern.MEALS, 0.12, "matdistribution", (30, 50, 70), "week"),
    (Concern.RELIEF, 0.035, "avlosning", (240, 480, 720, 960), "month"),
    (Concern.ESCORT, 0.045, "ledsagning", (180, 240, 360), "month"),
    (Concern.SELF_CARE, 0.05, "egenvard", (35, 70, 105), "week"),
)
BY_NIGHT = (
    (Concern.NIGHT, 0.05, "natthjalp", (70, 105, 140), "week"),
    (Concern.ALARM, 0.22, "trygghetslarm", (15, 30), "month"),
    (Concern.DIGITAL, 0.015, "tillsyn_digital", (21, 35), "week"),
)


def needs_of(seed: int, number: int) -> Needs:
    """The needs of an ordinary client."""
    spread = Spread(seed)
    rng = stream(seed, "needs", number)
    point = min(max(spread.at(Concern.HOURS, number), 1e-6), 1 - 1e-6)
    hours = MEDIAN_HOURS * exp(HOURS_SIGMA * NormalDist().inv_cdf(point))
    is_per_month = rng.random() < PER_MONTH_SHARE
    beside: dict[bool, list[tuple[str, int, str]]] = {True: [], False: []}
    for is_day, offers in ((True, BY_DAY), (False, BY_NIGHT)):
        for concern, share, intervention, minutes, per in offers:
            granted = rng.choice(minutes)
            if spread.at(concern, number) < share:
                beside[is_day].append((intervention, granted, per))
    return Needs(
        frame_hours=min(max(hours, FEWEST_HOURS), MOST_HOURS),
        has_own_kinds=spread.at(Concern.OWN_KINDS, number) < OWN_KINDS_SHARE,
        is_per_month=is_per_month,
        by_day=tuple(beside[True]),
        by_night=tuple(beside[False]),
        has_watch=spread.at(Concern.WATCH, number) < WATCH_SHARE,
    )


def grants_of(client: str, course: Course, needs: Needs) -> tuple[DemoGrant, ...]:
    """The grant rows of a course; grants of one intervention never overlap."""
    drafts: list[tuple[Phase, str, int, str]] = []
    for phase in course.phases:
        drafts.extend((phase, *granted) for granted in _levelled(needs, phase.level))
    for phase in _by_unit(course.phases):
        drafts.extend((phase, *granted) for granted in needs.by_day)
    for phase in _by_unit(course.phases, only_unit=NIGHT_UNIT):
        drafts.extend((phase, *granted) for granted in needs.by_night)
    watch = _watch(course) if needs.has_watch else None
    if watch:
        drafts.append((watch, "vak", WATCH_MINUTES, "week"))
    return tuple(
        DemoGrant(
            code=f"{client}-{place}",
            client=client,
            unit=phase.unit,
            intervention=intervention,
            minutes=minutes,
            per=per,
            from_on=phase.from_on,
            to_on=phase.to_on,
            in_effect_from=phase.in_effect_from,
            in_effect_to=phase.in_effect_to,
        )
        for place, (phase, intervention, minutes, per) in enumerate(drafts, start=1)
    )


def plans_of(client: str, course: Course, until: date, *, has_second: bool) -> tuple[DemoPlan, ...]:
    """An approved plan some three weeks after each unit's start; a second gives no second bonus (R197)."""
    plans: list[DemoPlan] = []
    first_days, second_days = course.plan_days
    for place, phase in enumerate(_by_unit(course.phases)):
        if phase.in_effect_from is None:
            continue
        started_on = course.started_on if place == 0 else phase.from_on
        for days in (first_days, second_days) if has_second else (first_days,):
            approved_on = date.fromordinal(started_on.toordinal() + days)
            if approved_on <= min(until, phase.to_on or until, course.deceased_on or until):
                plans.append(DemoPlan(client, phase.unit, approved_on))
    return tuple(plans)


def _levelled(needs: Needs, level: float) -> Iterator[tuple[str, int, str]]:
    hours = needs.frame_hours * level
    weekly = hours * 60 * 7 / DAYS_A_MONTH
    if needs.has_own_kinds:
        kinds = CARE_KINDS if hours >= MANY_HOURS else SERVICE_KINDS
        for intervention, share in kinds:
            yield intervention, max(5, round(weekly * share / 5) * 5), "week"
    elif needs.is_per_month:
        yield "ramtid", max(60, round(hours * 4) * 15), "month"
    else:
        yield "ramtid", max(10, round(weekly)), "week"


def _watch(course: Course) -> Phase | None:
    """The last days of somebody who dies while in care."""
    day, last = course.deceased_on, course.phases[-1]
    if day is None or last.in_effect_from is None or (last.to_on and last.to_on < day):
        return None
    from_on = max(last.in_effect_from, date.fromordinal(day.toordinal() - WATCH_DAYS))
    return Phase(last.unit, from_on, day, from_on, day) if from_on <= day else None


def _by_unit(phases: tuple[Phase, ...], only_unit: str | None = None) -> list[Phase]:
    """Neighbouring phases of one unit as one; `only_unit` takes all for phases of that unit."""
    joined: list[Phase] = []
    for phase in phases:
        unit = only_unit or phase.unit
        if joined and joined[-1].unit == unit:
            first = joined.pop()
            joined.append(Phase(unit, first.from_on, phase.to_on, first.in_effect_from, phase.in_effect_to))
        else:
            joined.append(Phase(unit, phase.from_on, phase.to_on, phase.in_effect_from, phase.in_effect_to))
    return joined
