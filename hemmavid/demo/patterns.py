"""A grant as a weekly pattern of planned visits: which weekdays, when on the day, how long."""

from dataclasses import dataclass
from math import exp
from random import Random

from hemmavid.demo.care import CareRecord, DemoGrant
from hemmavid.demo.chance import stream

MINUTE = 60
HOUR = 3_600
PERFORMED_SHARE = 0.86
MEDIAN_TYPICAL_MINUTES = 21.5
TYPICAL_SIGMA = 0.25
LENGTH_SIGMA = 0.78
DOUBLE_STAFF_FROM_MINUTES = 600.0
DOUBLE_VISIT_SHARE = 0.36


@dataclass(frozen=True, slots=True)
class Slot:
    """A planned visit of every such weekday; `kind` is the visit kind a hurried thumb would tag instead."""

    second: int
    kind: str
    weight: float


@dataclass(frozen=True, slots=True)
class Pattern:
    """Slots by weekday, mean length, its spread, and how often two come."""

    by_weekday: tuple[tuple[Slot, ...], ...]
    mean_seconds: float
    sigma: float
    double_share: float
    every_weeks: int = 1


# In the order a growing need fills them; times of day after sweden.md section 11 (peaks 07.30–10 and 18–21).
DAY_SLOTS = (
    Slot(7 * HOUR + 50 * MINUTE, "morgonhjalp", 1.15),
    Slot(18 * HOUR + 20 * MINUTE, "kvallshjalp_1", 1.0),
    Slot(12 * HOUR + 5 * MINUTE, "lunchhjalp", 0.95),
    Slot(20 * HOUR + 15 * MINUTE, "kvallshjalp_2", 0.9),
    Slot(15 * HOUR, "eftermiddagshjalp", 0.9),
    Slot(10 * HOUR + 5 * MINUTE, "formiddagshjalp", 1.0),
    Slot(16 * HOUR + 40 * MINUTE, "ovrigt", 0.8),
)
SELDOM_SLOTS = (
    Slot(10 * HOUR + 5 * MINUTE, "stadning", 1.0),
    Slot(13 * HOUR + 40 * MINUTE, "inkop", 1.0),
    Slot(9 * HOUR + 10 * MINUTE, "bad_dusch", 1.0),
    Slot(14 * HOUR + 30 * MINUTE, "promenad", 1.0),
)
KIND_SLOTS = {slot.kind: slot for slot in (*DAY_SLOTS, *SELDOM_SLOTS)} | {
    "tvatt": Slot(11 * HOUR, "stadning", 1.0),
    "matdistribution": Slot(11 * HOUR + 20 * MINUTE, "lunchhjalp", 1.0),
    "egenvard": Slot(8 * HOUR + 40 * MINUTE, "morgonhjalp", 1.0),
    "avlosning": Slot(13 * HOUR, "ovrigt", 1.0),
    "ledsagning": Slot(13 * HOUR + 15 * MINUTE, "promenad", 1.0),
    "vak": Slot(21 * HOUR + 30 * MINUTE, "kvallshjalp_2", 1.0),
    "natthjalp": Slot(23 * HOUR + 45 * MINUTE, "kvallshjalp_2", 1.0),
    "trygghetslarm": Slot(16 * HOUR, "ovrigt", 1.0),
}
# Mean minutes of a visit, spread, weeks between, visits a week at most; invented.
OWN_TIMES = {
    "matdistribution": (9.0, 0.45, 1, 7),
    "egenvard": (8.0, 0.4, 1, 7),
    "avlosning": (150.0, 0.25, 1, 2),
    "ledsagning": (80.0, 0.3, 1, 1),
    "vak": (200.0, 0.15, 1, 3),
    "natthjalp": (11.0, 0.5, 1, 7),
    "trygghetslarm": (14.0, 0.5, 3, 1),
}
NIGHT_HOURS = (22, 23, 23, 1, 2, 3, 4, 5)
WITHOUT_VISITS = frozenset({"tillsyn_digital", "hemgangsteam"})


def pattern_of(seed: int, record: CareRecord, grant: DemoGrant) -> Pattern | None:
    """The pattern of one grant; the client's own habits stay the same from grant to grant."""
    if grant.intervention in WITHOUT_VISITS:
        return None
    rng = stream(seed, "habits", record.person.number, grant.intervention)
    if grant.intervention == "ramtid":
        return _frame_pattern(rng, grant.weekly_minutes, needs_two=record.needs_two)
    mean, sigma, every_weeks, most = OWN_TIMES.get(grant.intervention, (22.0, 0.7, 1, 7))
    wanted = grant.weekly_minutes * PERFORMED_SHARE * every_weeks
    visits = min(max(1, round(wanted / mean)), most)
    if grant.intervention not in OWN_TIMES:
        mean = wanted / visits
    slot = KIND_SLOTS[grant.intervention]
    second = slot.second + rng.randint(-40, 40) * MINUTE
    if grant.intervention == "natthjalp":
        second = rng.choice(NIGHT_HOURS) * HOUR + rng.randint(0, 59) * MINUTE
    moved = Slot(second, slot.kind, 1.0)
    days = _weekdays(rng, visits)
    return Pattern(
        tuple((moved,) if day in days else () for day in range(7)), mean * 60, sigma, 0.0, every_weeks
    )


def _frame_pattern(rng: Random, weekly: float, *, needs_two: bool) -> Pattern:
    is_double = needs_two and weekly >= DOUBLE_STAFF_FROM_MINUTES
    typical = MEDIAN_TYPICAL_MINUTES * exp(TYPICAL_SIGMA * rng.gauss(0.0, 1.0))
    wanted = weekly * PERFORMED_SHARE / (1 + DOUBLE_VISIT_SHARE * is_double)
    visits = min(max(1, round(wanted / typical)), len(DAY_SLOTS) * 7)
    daily, seldom = divmod(visits, 7)
    moved = [Slot(slot.second + rng.randint(-25, 25) * MINUTE, slot.kind, slot.weight) for slot in DAY_SLOTS]
    first_seldom = rng.choice(SELDOM_SLOTS) if daily == 0 else moved[min(daily, len(moved) - 1)]
    extra_days = _weekdays(rng, seldom)
    by_weekday = tuple(
        tuple(sorted([*moved[:daily], *[first_seldom] * (day in extra_days)], key=lambda slot: slot.second))
        for day in range(7)
    )
    return Pattern(by_weekday, wanted / visits * 60, LENGTH_SIGMA, DOUBLE_VISIT_SHARE * is_double)


def _weekdays(rng: Random, count: int) -> frozenset[int]:
    """`count` weekdays, Monday to Friday first."""
    working = rng.sample(range(5), 5)
    weekend = rng.sample((5, 6), 2)
    return frozenset((working + weekend)[:count])
