"""`make bench`: what it costs, beside a bare baseline in the same run (CONTRIBUTING.md)."""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import city

ROUNDS = 5
BARE_GROUP_BY = """
select unit_id, client_id, intervention, count(*), sum(ended_at - started_at)
from visits_visit where started_at >= '2026-10-01 00:00+02' and started_at < '2026-11-01 00:00+01'
group by 1, 2, 3
"""


def main() -> int:
    """Print every figure; the aims stand beside them, and nothing is judged."""
    _aid_figures()
    with tempfile.TemporaryDirectory(prefix="hemmavid-bench-") as place:
        home = Path(place)
        city.prepare_database(home / "var")
        try:
            _measure_all(home)
        finally:
            from hemmavid.database.preparation import release

            release()
    return 0


def _measure_all(home: Path) -> None:
    from benchmarks.pages import measure_pages

    pages = []
    missing: list[str] = []
    for clients in (city.SMALL, city.FULL_CITY):
        folder = home / f"city{clients}"
        rows = city.write_city(folder, clients)
        seconds = city.load_city(folder, clients)
        say(f"\n{clients} brukare, {rows} besöksrader")
        if clients == city.FULL_CITY:
            _import_figures(folder, seconds)
            _statement_figures()
            _settlement_figures()
            _laboratory_figures()
        measured = measure_pages(clients)
        pages += measured.figures
        missing = measured.missing
    say("\nSidor (servertid i ms, genom hela programmet utom nätet; mål p95 under 100, lika många frågor;")
    say("första = den första efter importen, som räknar det som de andra får ur minnet)")
    for one in pages:
        say(
            f"  {one.page:38} {one.clients:5} brukare  första {one.first:6.1f}  p50 {one.p50:6.1f}"
            f"  p95 {one.p95:6.1f}  {one.queries:3} frågor"
        )
    if missing:
        say(f"  inte mätta, för de finns inte eller har inget att visa: {', '.join(missing)}")


def _aid_figures() -> None:
    from benchmarks.calculation_aid import CASES, measure_laboratory, measure_one_case

    one, many = measure_one_case(), measure_laboratory()
    say("Beräkningsstödet, utan databas")
    say(f"  ett ärende, förklarat      {one.ours * 1000:7.3f} ms  mål under 5 ms")
    say(f"  bar summa av minuter       {one.bare * 1000:7.3f} ms  kvot {one.ratio:5.1f}")
    say(f"  policylabb, {CASES} ärenden  {many.ours:7.2f} s   mål under 10 s")
    say(f"  bara summor, två tabeller  {many.bare:7.3f} s   kvot {many.ratio:5.1f}")


def _import_figures(folder: Path, seconds: float) -> None:
    bare = median(city.bare_copy(folder) for _ in range(3))
    say(f"  import av månaden          {seconds:7.2f} s   mål under 10 s")
    say(f"  bar COPY av samma rader    {bare:7.2f} s   kvot {seconds / bare:5.1f}   mål högst 40")


def _statement_figures() -> None:
    from hemmavid.access.actors import SYSTEM
    from hemmavid.lib.periods import Month
    from hemmavid.reports.hours_statement import hours_statement

    month = Month(2026, 10)
    ours = timed(lambda: hours_statement(month=month, by=SYSTEM))
    bare = timed(_bare_group_by)
    say(f"  timunderlag, hela staden   {ours:7.2f} s   mål under 1 s")
    say(f"  bar GROUP BY               {bare:7.3f} s   kvot {ours / bare:5.1f}   mål högst 15")


def _settlement_figures() -> None:
    from hemmavid.access.actors import SYSTEM
    from hemmavid.lib.periods import Month
    from hemmavid.settlement.queries import settlement_proposal

    seconds = timed(lambda: settlement_proposal(month=Month(2026, 10), by=SYSTEM))
    say(f"  ersättningsförslag, staden {seconds:7.2f} s   mål under 5 s")


def _laboratory_figures() -> None:
    from benchmarks.running_cases import measure_stored_laboratory

    found = measure_stored_laboratory()
    say(f"  regellabb ur databasen     {found.ours:7.2f} s   mål under 10 s, {found.cases} ärenden")
    say(f"  bar läsning av samma rader {found.bare:7.3f} s   kvot {found.ratio:5.1f}")


def _bare_group_by() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BARE_GROUP_BY)
        cursor.fetchall()


def timed(work: Callable[[], object]) -> float:
    """The median of some rounds in the municipality's scope, after one round to warm up."""
    times = []
    for _ in range(ROUNDS + 1):
        with city.speaking_for_all():
            started = perf_counter()
            work()
            times.append(perf_counter() - started)
    return median(times[1:])


def say(line: str) -> None:
    """One line of figures, at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
