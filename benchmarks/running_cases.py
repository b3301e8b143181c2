"""The policy laboratory from the database: every decision in force under two tables, beside bare reading."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from statistics import median
from time import perf_counter

from benchmarks import city
from benchmarks.calculation_aid import CASES, city_of_cases, rules_today, with_longer_levels

ROUNDS = 3
DAY = date(2026, 11, 1)
DECIDED_AT = datetime(2026, 10, 1, 8, tzinfo=UTC)
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


def write_running_cases() -> None:
    """Invented decisions for clients with frame time, where the city has none of its own."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.access.scope import scoped
    from hemmavid.cases.models import Case, Decision, GrantedNeed
    from hemmavid.orders.models import Grant

    with scoped(SYSTEM):
        if Decision.objects.filter(status="decided", period__contains=DAY).exists():
            return
        clients = list(
            Grant.objects.filter(intervention="ramtid")
            .order_by("client_id")
            .distinct("client_id")
            .values_list("client_id", flat=True)[:CASES]
        )
        invented = city_of_cases(rules_today(), len(clients))
        period = (date(2026, 1, 1), date(2027, 1, 1))
        cases = Case.objects.bulk_create(
            Case(number=f"BENK-{number:05}", client_id=client_id, opened_on=period[0])
            for number, client_id in enumerate(clients)
        )
        decisions = Decision.objects.bulk_create(
            Decision(
                number=f"BENK-B{number:05}", client_id=case.client_id, case=case, kind="ordinary",
                model="frame_time", status="decided", period=period, has_revocation_clause=True,
                drafted_at=DECIDED_AT, decided_at=DECIDED_AT, decided_by_name="Benk",
            )
            for number, case in enumerate(cases)
        )  # fmt: skip
        times = rules_today().standard_times.standard_times.needs
        GrantedNeed.objects.bulk_create(
            (
                GrantedNeed(
                    decision=decision, life_area=times[need.need].life_area.value, need=need.need,
                    level=need.level, count=need.occasions.count, per=need.occasions.per.value,
                    visit=need.visit.value if need.visit else "", period=period,
                )
                for decision, lab in zip(decisions, invented, strict=True)
                for need in lab.needs
                if need.occasions is not None
            ),
            batch_size=5000,
        )  # fmt: skip


def _read_bare() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE_READING, [DAY, DAY])
        cursor.fetchall()
