"""The calculation aid over one case and the policy laboratory over a city, each beside bare arithmetic."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from statistics import median
from time import perf_counter

from hemmavid.rules.assessed_needs import AssessedNeed, Visit
from hemmavid.rules.frame_time import FrameTimeRules, frame_time
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.policy_laboratory import LabCase, run_laboratory
from hemmavid.rules.standard_times import LevelTime, StandardTimes

CASES = 3500
ROUNDS = 5
REPEATS = 200
SEED = 1
DAY = date(2026, 11, 1)
CARE = ("pakladning", "dusch", "maltid", "toalettbesok", "tillsyn", "baddning", "disk_avfall", "post")
SERVICE = ("stadning", "tvatt", "inkop", "apotek", "promenad")
DAILY = tuple(visit for visit in Visit if visit is not Visit.SERVICE)
OFTEN = (
    Occasions(1, OccasionsPer.WEEK),
    Occasions(1, OccasionsPer.TWO_WEEKS),
    Occasions(1, OccasionsPer.FOUR_WEEKS),
    Occasions(1, OccasionsPer.MONTH),
)


@dataclass(frozen=True, slots=True)
class AidFigures:
    """Seconds of our work and of the bare baseline."""

    ours: float
    bare: float

    @property
    def ratio(self) -> float:
        """How many times the baseline."""
        return self.ours / self.bare


def measure_one_case() -> AidFigures:
    """One case with many needs, explained; beside the sum of minutes × occasions."""
    rules = rules_today()
    needs = max(city_of_cases(rules, 100), key=lambda case: len(case.needs)).needs
    return AidFigures(
        ours=_timed(lambda: frame_time(needs, rules)), bare=_timed(lambda: bare_minutes(needs, rules))
    )


def measure_laboratory() -> AidFigures:
    """A city under the table of today and another one; beside the sums alone, under both."""
    rules = rules_today()
    other = with_longer_levels(rules)
    cases = city_of_cases(rules, CASES)

    def bare() -> None:
        for case in cases:
            bare_minutes(case.needs, rules)
            bare_minutes(case.needs, other)

    return AidFigures(
        ours=_timed(lambda: run_laboratory(cases, rules, other), repeats=1), bare=_timed(bare, repeats=1)
    )


def rules_today() -> FrameTimeRules:
    """The shipped rules."""
    return FrameTimeRules.for_day(DAY, load_parameters())


def with_longer_levels(rules: FrameTimeRules) -> FrameTimeRules:
    """The same rules with two minutes more on every level."""
    needs = {
        code: replace(need, levels=tuple(LevelTime(level.minutes + 2, level.means) for level in need.levels))
        for code, need in rules.standard_times.standard_times.needs.items()
    }
    return replace(rules, standard_times=replace(rules.standard_times, value=StandardTimes(needs)))


def city_of_cases(rules: FrameTimeRules, number: int) -> list[LabCase]:
    """Invented cases: a few visits of care on most days, and service now and then."""
    random = Random(SEED)
    return [
        LabCase(f"C{each:05}", _needs(random, rules), f"U{each % 30}", random.choice((1, 1, 1, 2, 2, 3)))
        for each in range(number)
    ]


def bare_minutes(needs: Sequence[AssessedNeed], rules: FrameTimeRules) -> int:
    """Hundredths of a minute a week by standard time alone: no visits, no add-ons, no words."""
    times = rules.standard_times.standard_times.needs
    return sum(
        100
        * times[need.need].levels[need.level - 1].minutes
        * need.per_week.numerator
        // need.per_week.denominator
        for need in needs
    )


def _needs(random: Random, rules: FrameTimeRules) -> tuple[AssessedNeed, ...]:
    care = [
        _need(random, rules, code, Occasions(random.randint(3, 7), OccasionsPer.WEEK), visit)
        for visit in random.sample(DAILY, random.randint(1, 5))
        for code in random.sample(CARE, random.randint(1, 4))
    ]
    service = [
        _need(random, rules, code, random.choice(OFTEN), None)
        for code in random.sample(SERVICE, random.randint(0, 4))
    ]
    return tuple(care + service) or (AssessedNeed.on(OFTEN[0], "stadning", 1, rules.weeks),)


def _need(
    random: Random, rules: FrameTimeRules, code: str, often: Occasions, visit: Visit | None
) -> AssessedNeed:
    levels = len(rules.standard_times.standard_times.needs[code].levels)
    return AssessedNeed.on(often, code, random.randint(1, levels), rules.weeks, visit)


def _timed(work: Callable[[], object], repeats: int = REPEATS) -> float:
    """Seconds of one piece of work: the median of some rounds, after one to warm up."""
    times = []
    for _ in range(ROUNDS + 1):
        started = perf_counter()
        for _ in range(repeats):
            work()
        times.append((perf_counter() - started) / repeats)
    return median(times[1:])
