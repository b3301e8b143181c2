"""The dispatcher: finds the command, makes the database ready, turns refusals into words and a status."""

import importlib
import importlib.util
import os
import signal
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from types import FrameType, ModuleType
from typing import NoReturn

from hemmavid.database.errors import DatabaseUnusable
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.swedish_parser import SwedishParser
from hemmavid.interfaces.cli.terminal import complain
from hemmavid.interfaces.cli.words import explain

PACKAGE = "hemmavid.interfaces.cli"
PRODUCTION = "config.settings.production"
DESCRIPTION = """\
Hemmavid – från beviljad tid till kronor.

Första gången: hemmavid demo visar en påhittad kommun i webbläsaren."""
EXAMPLES = """\
exempel:
  hemmavid demo                                         en påhittad kommun, tre månader
  hemmavid import mappen --check                        prova en importmapp utan att spara
  hemmavid report timunderlag --month 2026-10           månadens timunderlag som tabell
  hemmavid report timunderlag --month 2026-10 --unit E1 --format xlsx --output oktober.xlsx
  hemmavid settle --month 2026-10 --provider P1         förslag till ersättning
  hemmavid serve --port 8080                            webben på egen port

Data ligger i mappen var/ eller i den som HEMMAVID_VAR namnger.
HEMMAVID_DATABASE_URL pekar i stället ut en egen PostgreSQL.
Läs mer om ett kommando: hemmavid KOMMANDO --help"""


@dataclass(frozen=True, slots=True)
class Command:
    """One subcommand: its module is imported only when it is called."""

    name: str
    module: str
    summary: str
    needs_database: bool = True
    is_hidden: bool = False

    @property
    def exists(self) -> bool:
        """Whether the module is part of this installation."""
        return importlib.util.find_spec(f"{PACKAGE}.{self.module}") is not None


COMMANDS = (
    Command("demo", "demo", "skapa en påhittad kommun och visa den i webbläsaren"),
    Command("serve", "serve", "starta webben på det som finns", needs_database=False),
    Command("import", "import_folder", "läs in en mapp med CSV-filer, allt eller inget"),
    Command("report", "report", "skriv ut en rapport: Timunderlag LOV"),
    Command("settle", "settle", "räkna fram månadens förslag till ersättning"),
    Command("frame-time", "frame_time", "räkna ramtid ur bedömda behov", needs_database=False),
    Command("token", "token", "ge en medarbetares enhet en nyckel"),
    Command("user", "user", "lägg upp användare, som den första administratören"),
    Command("log", "log", "granska loggen över vem som sett vad"),
    Command("migrate", "migrate", "uppdatera databasen till programmets version", needs_database=False),
    Command("worker", "worker", "kör bakgrundsjobben (startas av serve)", is_hidden=True),
)


def main(words: Sequence[str]) -> int:
    """Run one command and return its exit status. Expected failures are told in Swedish, in one line."""
    _speak_utf8()
    _end_in_order_when_told()
    try:
        status = _status_of(words)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader has gone, as `head` does. Python must not try to flush again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exits.DONE
    except KeyboardInterrupt:
        complain("\nAvbrutet.")
        return exits.STOPPED
    return status


def _status_of(words: Sequence[str]) -> int:
    """argparse ends with SystemExit, and so does a signal; both are statuses like any other."""
    try:
        return _run(words)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else exits.DONE


def _run(words: Sequence[str]) -> int:
    os.environ.setdefault(
        "DJANGO_SETTINGS_MODULE", f"config.settings.{os.environ.get('HEMMAVID_SETTINGS') or 'dev'}"
    )
    command = next((each for each in COMMANDS if words and each.name == words[0] and each.exists), None)
    if command is None:
        parser = _general_parser()
        if words:
            parser.parse_args(words)
        parser.print_help()
        return exits.USAGE
    try:
        _refuse_a_demo_in_production(command, words)
        return _run_command(command, words[1:])
    except exits.WrongUsage as wrong:
        complain(f"hemmavid {command.name}: {wrong}")
        return exits.USAGE
    except exits.Refused as refused:
        complain(f"hemmavid {command.name}: {refused}")
    except DatabaseUnusable as unusable:
        complain(f"hemmavid {command.name}: {explain(unusable)}")
    return exits.REFUSED


def _refuse_a_demo_in_production(command: Command, words: Sequence[str]) -> None:
    """Wrong usage by the words alone, before it is seen whether the installation has all it needs."""
    if os.environ["DJANGO_SETTINGS_MODULE"] != PRODUCTION or {"-h", "--help"} & set(words):
        return
    if command.name == "demo":
        raise exits.WrongUsage("demon får inte skapas i produktionsläge.")
    if command.name == "serve" and "--demo-login" in words:
        raise exits.WrongUsage("--demo-login får inte användas i produktionsläge.")


def _run_command(command: Command, words: Sequence[str]) -> int:
    module = _load(command)
    summary = f"{command.summary[:1].upper()}{command.summary[1:]}."
    parser = SwedishParser(prog=f"hemmavid {command.name}", description=summary)
    module.add_arguments(parser)
    arguments = parser.parse_args(words)
    if command.needs_database:
        from hemmavid.database.preparation import prepare

        prepare()
    status: int = module.run(arguments)
    return status


def _load(command: Command) -> ModuleType:
    """Set Django up first, so that a command may import models as any module does."""
    import django
    from django.core.exceptions import ImproperlyConfigured

    try:
        django.setup()
    except ImproperlyConfigured as wrong:
        raise exits.Refused(str(wrong)) from wrong
    return importlib.import_module(f"{PACKAGE}.{command.module}")


def _general_parser() -> SwedishParser:
    parser = SwedishParser(prog="hemmavid", description=DESCRIPTION, epilog=EXAMPLES)
    commands = parser.add_subparsers(title="kommandon", metavar="KOMMANDO", required=True)
    for command in COMMANDS:
        if command.exists and not command.is_hidden:
            commands.add_parser(command.name, help=command.summary)
    return parser


def _speak_utf8() -> None:
    """The contract promises UTF-8 whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8")


def _end_in_order_when_told() -> None:
    """A polite kill or a closed terminal ends like any other end, so that the database is left in order."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is signal.SIG_DFL:
            signal.signal(number, _exit_on_signal)


def _exit_on_signal(number: int, frame: FrameType | None) -> NoReturn:
    del frame
    raise SystemExit(128 + number)
