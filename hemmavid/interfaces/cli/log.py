"""`hemmavid log`: seal the log of looks, and prove that nobody has touched it."""

import argparse
import re

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit import operations
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.swedish_parser import SwedishParser
from hemmavid.interfaces.cli.terminal import complain, say
from hemmavid.lib import clock

EXAMPLES = """\
Varje rad i loggen ingår i ett block, och varje block i nästa. Ändras, läggs till eller tas bort en rad
stämmer blocket inte längre. Spara sigillet från verify på ett annat ställe: med --seal visas också om
någon har tagit bort blocken i slutet.

exempel:
  hemmavid log verify                     status 0 om kedjan håller, 1 om den är bruten
  hemmavid log verify --seal 41:9f3c…     och att sigillet finns kvar i kedjan
  hemmavid log seal                       försegla det senaste nu, i stället för inom en minut"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(
        title="vad", metavar="VAD", required=True, dest="action", parser_class=SwedishParser
    )
    verify = actions.add_parser("verify", help="räkna om hela kedjan")
    verify.add_argument("--seal", type=_seal, metavar="BLOCK:SUMMA", help="ett sigill som sparats tidigare")
    actions.add_parser("seal", help="försegla det som inte är förseglat")


def run(arguments: argparse.Namespace) -> int:
    """Verify or seal."""
    return _verify(arguments.seal) if arguments.action == "verify" else _seal_now()


def _seal_now() -> int:
    with scoped(SYSTEM):
        sealed = operations.seal_looks(at=clock.now())
    say(f"{sealed} rader förseglade.")
    return exits.DONE


def _verify(expected: operations.Seal | None) -> int:
    with scoped(SYSTEM, read_only=True):
        found = operations.verify_chain(expected=expected)
    if not found.holds:
        complain(f"Kedjan är bruten i block {found.broken_block}. Raderna dessförinnan stämmer.")
        return exits.REFUSED
    say(f"Kedjan håller: {found.blocks} block, {found.rows} rader, {found.unsealed} väntar på försegling.")
    if found.newest:
        say(f"Sigill att spara: {found.newest.number}:{found.newest.hash}")
    return exits.DONE


def _seal(text: str) -> operations.Seal:
    parts = re.fullmatch(r"(\d{1,18}):([0-9a-f]{64})", text)
    if parts is None:
        raise argparse.ArgumentTypeError(f"{text} är inget sigill; det står sist i det verify skriver")
    return operations.Seal(int(parts.group(1)), parts.group(2))
