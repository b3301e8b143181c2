"""`hemmavid migrate`: bring the database up to the program's version."""

import argparse

from hemmavid.database import preparation
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.terminal import say

EXAMPLES = """\
Den inbyggda databasen uppdateras av sig själv. En egen server, given med HEMMAVID_DATABASE_URL,
uppdateras bara av det här kommandot. Användaren i adressen ska äga databasen.

exempel:
  hemmavid migrate --check      säg bara hur många ändringar som saknas (status 1 om någon)
  hemmavid migrate              uppdatera"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("--check", action="store_true", help="säg bara hur många ändringar som saknas")


def run(arguments: argparse.Namespace) -> int:
    """Migrate, or only count what is missing. Safe to run at any time and by many at once."""
    preparation.start_embedded()
    if arguments.check:
        missing = preparation.migrations_to_run()
        say(f"{missing} ändringar saknas." if missing else "Databasen är i ordning.")
        return exits.REFUSED if missing else exits.DONE
    done = preparation.migrate()
    say(f"Klart: {done} ändringar gjorda." if done else "Databasen var redan i ordning.")
    return exits.DONE
