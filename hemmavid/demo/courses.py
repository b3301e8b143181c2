"""The course of an invented client's care: steady, new, changed, moved, ended, waiting or dead.

Shares are a month's, so a longer demo holds more of everything. All are invented (sweden.md section 11).
"""

from datetime import date, timedelta
from enum import Enum

from hemmavid.demo.care import DAYS_A_MONTH, Course, Phase
from hemmavid.demo.chance import Concern, Spread, stream
from hemmavid.demo.providers import HOME_UNITS, home_unit
from hemmavid.demo.window import Window, first_of_month

FREE_CHOICE_STARTS = date(2018, 3, 1)
FRAME_TIME_STARTS = date(2022, 10, 1)
DEATHS_A_MONTH = 0.010
MOST_MONTHS = 9.0  # a longer demo has no more turns and deaths, so that its last month is not empty
OPEN_ENDED_SHARE = 0.08
UNCLOSED_AFTER_DEATH_SHARE = 0.2


class Turn(Enum):
    """What happens to a client in the window; the value is the share of the clients a month."""

    NEW = 0.020
    LEVEL_CHANGE = 0.040
    PROVIDER_CHANGE = 0.012
    ENDED = 0.008


class Standing(Enum):
    """Clients on whom nothing is performed; the value is the share of the clients at any time."""

    NOT_IN_EFFECT = 0.012
    STARTS_LATER = 0.008
    ENDED_LONG_AGO = 0.011


def course_of(seed: int, number: int, window: Window) -> Course:
    """The course of an ordinary client."""
    spread = Spread(seed)
    rng = stream(seed, "course", number)
    unit = home_unit(spread.at(Concern.UNIT, number))
    turn = _turn(spread.at(Concern.COURSE, number), window)
    turned_on = event_day(window, spread.at(Concern.EVENT_DAY, number))
    decided_on = _decided_on(window, rng.randint(10, 400))
    started_on = max(decided_on - timedelta(days=rng.randint(0, 1500)), min(FREE_CHOICE_STARTS, decided_on))
    review_on = window.until + timedelta(days=rng.randint(20, 360))
    last_on = None if spread.at(Concern.OPEN_ENDED, number) < OPEN_ENDED_SHARE else review_on
    delay = timedelta(days=rng.choice([0, 0, 0, 1, 2, 5, 9]))
    other = rng.choice([home.code for home in HOME_UNITS if home.code != unit])
    level = rng.choice([0.6, 0.75, 1.3, 1.5])
    match turn:
        case Turn.NEW:
            started_on = turned_on
            phases = [Phase(unit, turned_on, last_on, min(turned_on + delay, window.until))]
        case Turn.LEVEL_CHANGE:
            phases = changed(Phase(unit, decided_on, last_on, decided_on), turned_on, unit=unit, level=level)
        case Turn.PROVIDER_CHANGE:
            phases = changed(Phase(unit, decided_on, last_on, decided_on), turned_on, unit=other, level=1.0)
        case Turn.ENDED:
            phases = [Phase(unit, decided_on, turned_on, decided_on, turned_on)]
        case Standing.NOT_IN_EFFECT:
            started_on = window.until - timedelta(days=rng.randint(0, 20))
            phases = [Phase(unit, started_on, last_on, None)]
        case Standing.STARTS_LATER:
            started_on = window.until + timedelta(days=rng.randint(3, 30))
            phases = [Phase(unit, started_on, started_on + timedelta(days=180), None)]
        case Standing.ENDED_LONG_AGO:
            ended_on = window.starts_on - timedelta(days=rng.randint(3, 60))
            from_on = min(decided_on, ended_on - timedelta(days=90))
            started_on = min(started_on, from_on)
            phases = [Phase(unit, from_on, ended_on, from_on, ended_on)]
        case _:
            phases = _with_history(Phase(unit, decided_on, last_on, decided_on), started_on, rng.random())
    course = Course(tuple(phases), started_on, None, (rng.randint(14, 28), rng.randint(150, 300)))
    return _until_death(course, _death(seed, number, window))


def changed(phase: Phase, day: date, *, unit: str, level: float) -> list[Phase]:
    """The phase cut in two: from `day` on at another unit or level."""
    before = day - timedelta(days=1)
    first = Phase(phase.unit, phase.from_on, before, phase.in_effect_from, before, phase.level)
    return [first, Phase(unit, day, phase.to_on, day, phase.in_effect_to, level)]


def event_day(window: Window, point: float) -> date:
    """A day from the 5th to the 24th of a month in the window, at `point` of [0, 1) of its months."""
    place = point * (window.months + 1)
    month = first_of_month(window.starts_on, int(place))
    day = month + timedelta(days=4 + int(place % 1.0 * 20))
    return day if day <= window.until else first_of_month(month, -1) + timedelta(days=day.day - 1)


def _turn(point: float, window: Window) -> Turn | Standing | None:
    months = _months(window)
    shares: list[tuple[Turn | Standing, float]] = [(turn, turn.value * months) for turn in Turn]
    shares += [(standing, standing.value) for standing in Standing]
    for turn, share in shares:
        if point < share:
            return turn
        point -= share
    return None


def _months(window: Window) -> float:
    return min(window.days / DAYS_A_MONTH, MOST_MONTHS)


def _decided_on(window: Window, days_before: int) -> date:
    """The decision in force at the start; frame time is granted from October 2022 on."""
    decided_on = window.starts_on - timedelta(days=days_before)
    return max(decided_on, FRAME_TIME_STARTS) if window.starts_on >= FRAME_TIME_STARTS else decided_on


def _with_history(phase: Phase, started_on: date, point: float) -> list[Phase]:
    """Three in ten have an older decision before the one in force."""
    before = phase.from_on - timedelta(days=1)
    if point >= 0.3 or started_on > before:
        return [phase]
    level = 0.6 if point < 0.15 else 0.85
    from_on = max(started_on, before - timedelta(days=365))
    return [Phase(phase.unit, from_on, before, from_on, before, level), phase]


def _death(seed: int, number: int, window: Window) -> tuple[date, float] | None:
    point = Spread(seed).at(Concern.DEATH, number)
    if point >= DEATHS_A_MONTH * _months(window):
        return None
    rng = stream(seed, "death", number)
    return window.starts_on + timedelta(days=rng.randrange(window.days)), rng.random()


def _until_death(course: Course, death: tuple[date, float] | None) -> Course:
    """Ends the decisions on the day of death, but for the few that nobody has closed yet."""
    if death is None or course.phases[0].from_on > death[0]:
        return course
    day, point = death
    phases = tuple(phase for phase in course.phases if phase.from_on <= day)
    last = phases[-1]
    if point >= UNCLOSED_AFTER_DEATH_SHARE and (last.to_on is None or last.to_on > day):
        in_effect_to = day if last.in_effect_from and last.in_effect_from <= day else None
        in_effect_from = last.in_effect_from if in_effect_to else None
        closed = Phase(last.unit, last.from_on, day, in_effect_from, in_effect_to, last.level)
        phases = (*phases[:-1], closed)
    return Course(phases, course.started_on, day, course.plan_days)
