"""`hemmavid demo`: an invented municipality, from an import folder to a web page."""

import argparse
import tempfile
from datetime import UTC, date, datetime, time
from pathlib import Path

from django.conf import settings

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.demo import stage
from hemmavid.demo.authority.furnish import furnish
from hemmavid.demo.municipality import DemoSummary, write_demo_folder
from hemmavid.demo.providers import MUNICIPALITY
from hemmavid.interfaces.cli import exits, main, serve
from hemmavid.interfaces.cli.progress_bars import progress_shown
from hemmavid.interfaces.cli.terminal import complain, say
from hemmavid.interfaces.exchange.import_folder import import_folder
from hemmavid.lib import clock
from hemmavid.lib.periods import Month
from hemmavid.organisations.models import Unit

CLIENTS, MONTHS, SEED = 400, 3, 1
MORNING = time(6)
FIRST_DAY, LAST_DAY = date(2019, 1, 1), date(2099, 12, 31)
EXAMPLES = """\
Kommunen, utförarna och människorna är påhittade. Kommandot vägrar om databasen innehåller något annat än
en demo, annars görs demon om från början. Samma val och samma dag ger samma siffror, byte för byte.

exempel:
  hemmavid demo                                  400 brukare, tre månader, webben på port 8000
  hemmavid demo --clients 3500                   en hel stad
  hemmavid demo --until 2026-10-31 --no-serve    bara data och siffror, till och med en viss dag"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command (contract.md section 2)."""
    parser.epilog = EXAMPLES
    add = parser.add_argument
    add("--clients", type=_count, default=CLIENTS, metavar="N", help=f"antal brukare (annars {CLIENTS})")
    add("--months", type=_count, default=MONTHS, metavar="M", help=f"antal hela månader (annars {MONTHS})")
    add("--seed", type=_number, default=SEED, metavar="S", help="frö för slumpen, för en annan kommun")
    add("--until", type=_day, default=None, metavar="ÅÅÅÅ-MM-DD", help="sista dagen med data (annars i dag)")
    serve.add_port(parser)
    add("--no-serve", action="store_true", help="starta inte webben efteråt")


def run(arguments: argparse.Namespace) -> int:
    """Make the demo municipality, print a month of it, and serve it."""
    if not settings.MAY_HOLD_DEMO:
        raise exits.WrongUsage("demon får inte skapas i produktionsläge.")
    if not arguments.no_serve:
        serve.check(host=serve.HOST, port=arguments.port, demo_login=True)
    until: date = arguments.until or clock.today()
    summary = _make(arguments, until)
    complain(
        f"{MUNICIPALITY.name}: {summary.clients} brukare, {summary.staff} i personalen, "
        f"{summary.visits} besöksrader från {summary.starts_on} till {summary.until}."
    )
    status = _print_month(summary)
    if status or arguments.no_serve:
        return status
    return serve.serve(port=arguments.port, demo_login=True)


def _make(arguments: argparse.Namespace, until: date) -> DemoSummary:
    try:
        stage.clear()
    except stage.NotADemo as error:
        raise exits.WrongUsage(
            "databasen innehåller något annat än en demo, och den rörs inte. "
            "Peka ut en annan plats med HEMMAVID_VAR eller HEMMAVID_DATABASE_URL."
        ) from error
    stage.found_municipality(
        name=MUNICIPALITY.name,
        organisation_number=MUNICIPALITY.organisation_number,
        code=MUNICIPALITY.code,
    )
    with tempfile.TemporaryDirectory(prefix="hemmavid-demo-") as place, progress_shown() as progress:
        folder = Path(place)
        summary = write_demo_folder(
            folder,
            clients=arguments.clients,
            months=arguments.months,
            seed=arguments.seed,
            until=until,
            progress=progress,
        )
        import_folder(folder, by=SYSTEM, at=_morning_of(until), progress=progress)
        stage.seat_people(since=summary.starts_on)
        furnish(
            clients=arguments.clients,
            months=arguments.months,
            seed=arguments.seed,
            until=until,
            progress=progress,
        )
    return summary


def _print_month(summary: DemoSummary) -> int:
    """Statement and settlement of the last full month for one provider, by the commands themselves."""
    month = str(Month.of(summary.last_full_month))
    provider = summary.showcase_provider
    words = [["report", "timunderlag", "--month", month, "--unit", unit] for unit in _units_of(provider)]
    words.append(["settle", "--month", month, "--provider", provider])
    for command in words:
        say(f"\n$ hemmavid {' '.join(command)}")
        if status := main.main(command):
            return status
    return exits.DONE


def _morning_of(until: date) -> datetime:
    """When the demo's data last changed: the same for the same day, whatever the clock says."""
    return datetime.combine(until, MORNING, clock.STOCKHOLM).astimezone(UTC)


def _units_of(provider: str) -> list[str]:
    """The codes of the units: a report is per unit, a settlement per provider."""
    with scoped(SYSTEM):
        units = Unit.objects.filter(provider__code=provider).order_by("code")
        return list(units.values_list("code", flat=True))


def _number(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or len(text) > 18:
        raise argparse.ArgumentTypeError(f"{text} är inget heltal; skriv ett tal som 400")
    return int(text)


def _count(text: str) -> int:
    count = _number(text)
    if not count:
        raise argparse.ArgumentTypeError("måste vara minst 1")
    return count


def _day(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är ingen dag; skriv den som 2026-10-31") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise argparse.ArgumentTypeError(f"{text} ligger utanför {FIRST_DAY}–{LAST_DAY}")
    return day
