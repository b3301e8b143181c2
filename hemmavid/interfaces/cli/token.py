"""`hemmavid token`: a key for one device of one staff member (contract.md section 6)."""

import argparse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.terminal import say
from hemmavid.lib import clock
from hemmavid.staffing import operations

EXAMPLES = """\
Nyckeln visas en enda gång; bara dess fingeravtryck sparas. Lägg den i enhetens app.

exempel:
  hemmavid token --staff S17 --device "Mobil 4"        skriver ut nyckeln och inget annat"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("--staff", required=True, metavar="KOD", help="medarbetarens kod")
    parser.add_argument("--device", required=True, metavar="NAMN", help="enhetens namn, som Mobil 4")


def run(arguments: argparse.Namespace) -> int:
    """Print the token alone."""
    try:
        with scoped(SYSTEM):
            token = operations.issue_token(
                staff_code=arguments.staff, device=arguments.device, by=SYSTEM, at=clock.now()
            )
    except operations.UnknownStaff as error:
        raise exits.WrongUsage(f"medarbetaren {arguments.staff} finns inte") from error
    except operations.DeviceNameRefused as error:
        raise exits.WrongUsage("--device: skriv ett namn på högst 200 tecken") from error
    say(token)
    return exits.DONE
