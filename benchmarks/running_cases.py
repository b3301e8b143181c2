"""The policy laboratory from the database: every decision in force under two tables, beside bare reading."""

from dataclasses import dataclass, replace
from datetime import date
from statistics import median
from time import perf_counter

from benchmarks import city
from benchmarks.calculation_aid import rules_today, with_longer_levels

ROUNDS = 3
DAY = date(2026, 11, 1)
BARE_READING = """
select decision.number, need.need, need.level, need.count, need.per, need.visit
from cases_grantedneed need join cases_decision decision on decision.id = need.decision_id
where need.period @> %s::date and decision.period @> %s::date and decision.status = 'decided'
"""


@dataclass(frozen=True, slots=True)
class LaboratoryFigures:
    """Seconds of a run with reading, of reading alone in bare SQL, and how many cases there were."""

    ours: float
    bare: float
    cases: int

    @property
    def ratio(self) -> float:
        """How many times the baseline."""
        return self.ours / self.bare


def measure_stored_laboratory() -> LaboratoryFigures:
    """Read and run every running case as the authority's manager does, the names of the largest included."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.reports.policy_laboratory import run

    before = rules_today()
    after = replace(with_longer_levels(before), day=DAY)
    found = 0
    ours, bare = [], []
    for _ in range(ROUNDS + 1):
        with city.speaking_for_all():
            started = perf_counter()
            found = run(on=DAY, before=before, after=after, by=SYSTEM).result.total.cases
            ours.append(perf_counter() - started)
            started = perf_counter()
            _read_bare()
            bare.append(perf_counter() - started)
    return LaboratoryFigures(median(ours[1:]), median(bare[1:]), found)


def _read_bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE_READING, [DAY, DAY])
        cursor.fetchall()
