"""`hemmavid import`: load a folder of CSV files, all or nothing."""

import argparse
from pathlib import Path

from django.db import DatabaseError

from hemmavid.access.actors import SYSTEM
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.progress_bars import progress_shown
from hemmavid.interfaces.cli.terminal import complain, say
from hemmavid.interfaces.exchange.import_folder import ImportRefused, ImportResult, import_folder
from hemmavid.lib import clock
from hemmavid.rules.parameter_files import MalformedParameter

EXAMPLES = """\
Mappen innehåller providers.csv, units.csv och clients.csv, och de av prices.csv, staff.csv, grants.csv,
absences.csv, visits.csv och plans.csv som behövs: UTF-8, komma mellan fälten, rubriker på rad 1.
Är något fel sparas ingenting. Samma mapp en gång till ändrar ingenting; en rad som har ändrats uppdateras
och det gamla finns kvar i historiken; en rad som saknas i en senare mapp står kvar.

exempel:
  hemmavid import oktober --check     pröva mappen utan att spara
  hemmavid import oktober             läs in den"""

FILE_WORDS = {
    "providers": "utförare",
    "units": "enheter",
    "prices": "priser",
    "clients": "brukare",
    "staff": "medarbetare",
    "grants": "beviljade insatser",
    "absences": "frånvaror",
    "visits": "besök",
    "plans": "genomförandeplaner",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("folder", metavar="MAPP", type=Path, help="mappen med CSV-filer")
    parser.add_argument("--check", action="store_true", help="pröva bara; ingenting sparas")


def run(arguments: argparse.Namespace) -> int:
    """Import and tell what changed; or tell, one line each, what is wrong (contract.md section 2)."""
    try:
        with progress_shown() as progress:
            result = import_folder(
                arguments.folder,
                by=SYSTEM,
                at=clock.now(),
                check_only=arguments.check,
                ends_demo=True,
                progress=progress,
            )
    except ImportRefused as refused:
        _tell_problems(refused.result)
        return exits.REFUSED
    except MalformedParameter as malformed:
        raise exits.Refused(str(malformed)) from malformed
    except DatabaseError as error:
        raise exits.Refused(_interrupted(error)) from error
    _tell_problems(result)
    _tell_counts(result, is_check=arguments.check)
    return exits.DONE


def _tell_problems(result: ImportResult) -> None:
    for warning in result.warnings:
        complain(f"warning: {warning}")
    _tell_more(result.more_warnings, "varningar")
    for error in result.errors:
        complain(str(error))
    _tell_more(result.more_errors, "fel")


def _tell_more(count: int, what: str) -> None:
    if count:
        complain(f"… och {_grouped(count)} {what} till som inte visas")


def _tell_counts(result: ImportResult, *, is_check: bool) -> None:
    for name, counts in result.counts.items():
        if counts.rows:
            say(
                f"{FILE_WORDS[name]}: {_grouped(counts.rows)} {'rad' if counts.rows == 1 else 'rader'}"
                f" (nya: {_grouped(counts.new)}, ändrade: {_grouped(counts.changed)})"
            )
    if is_check:
        say("Mappen går att läsa in. Ingenting sparades.")
    else:
        say("Klart: allt är inläst." if result.touched else "Klart: ingenting var ändrat.")


def _grouped(count: int) -> str:
    return f"{count:,}".replace(",", "\N{NO-BREAK SPACE}")


def _interrupted(error: DatabaseError) -> str:
    """What PostgreSQL says first names a constraint or a shortage; its details hold values and stay out."""
    diagnosis = getattr(error.__cause__, "diag", None)
    what = getattr(diagnosis, "message_primary", None) or "okänt fel"
    return f"databasen avbröt importen och ingenting sparades ({what}). Försök igen."
