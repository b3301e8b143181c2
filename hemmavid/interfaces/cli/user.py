"""`hemmavid user`: accounts from the command line, the first administrator's among them."""

import argparse
import getpass
import sys
from datetime import date
from uuid import UUID

from hemmavid.access import operations, queries
from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.roles import OF_A_UNIT, Role
from hemmavid.access.scope import scoped
from hemmavid.interfaces.cli import exits
from hemmavid.interfaces.cli.swedish_parser import SwedishParser
from hemmavid.interfaces.cli.terminal import say
from hemmavid.lib import clock
from hemmavid.organisations.models import Unit

EXAMPLES = """\
Lösenordet frågas efter två gånger, eller läses från stdin med --password-stdin. Det ges aldrig som flagga,
för flaggor syns för andra på datorn. Minst 12 tecken.

exempel:
  hemmavid user add "Eva Exempel" --username eva --role system_administrator
  hemmavid user add "Bo Exempel" --username bo --role unit_manager --unit E1 --to 2026-12-31
  hemmavid user password bo
  hemmavid user end bo
  hemmavid user list"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    actions = parser.add_subparsers(
        title="vad", metavar="VAD", required=True, dest="action", parser_class=SwedishParser
    )
    add = actions.add_parser("add", help="lägg upp en användare med en roll")
    add.add_argument("name", metavar="NAMN", help="personens namn")
    add.add_argument("--username", required=True, metavar="ANVÄNDARNAMN")
    add.add_argument("--role", required=True, choices=[role.value for role in Role], metavar="ROLL")
    add.add_argument("--unit", metavar="ENHET", help="enhetens kod, för roller vid en enhet")
    add.add_argument("--from", dest="first_day", type=_day, metavar="ÅÅÅÅ-MM-DD", help="annars från idag")
    add.add_argument("--to", dest="last_day", type=_day, metavar="ÅÅÅÅ-MM-DD", help="annars tills vidare")
    password = actions.add_parser("password", help="ge en användare ett nytt lösenord")
    end = actions.add_parser("end", help="avsluta en användare och alla dess roller, genast")
    for each in (password, end):
        each.add_argument("username", metavar="ANVÄNDARNAMN")
    for each in (add, password):
        each.add_argument("--password-stdin", action="store_true", help="läs lösenordet från stdin")
    actions.add_parser("list", help="visa alla användare och deras roller")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked as the system itself; every change is kept in the history."""
    with scoped(SYSTEM):
        {"add": _add, "password": _password, "end": _end, "list": _list}[arguments.action](arguments)
    return exits.DONE


def _add(arguments: argparse.Namespace) -> None:
    role, first_day = Role(arguments.role), arguments.first_day or clock.today()
    unit_id = _unit(arguments.unit) if arguments.unit else None
    if (role in OF_A_UNIT) != (unit_id is not None):
        raise exits.WrongUsage(
            f"rollen {role.value} {'kräver --unit' if role in OF_A_UNIT else 'har ingen enhet'}"
        )
    new = operations.NewUser(
        arguments.username, arguments.name, _read_password(from_stdin=arguments.password_stdin)
    )
    try:
        user = operations.create_user(new, by=SYSTEM)
        operations.give_role(
            operations.NewRole(role, unit_id, first_day, arguments.last_day), user_id=user.pk, by=SYSTEM
        )
    except operations.UsernameTaken as error:
        raise exits.Refused(f"användarnamnet {arguments.username} är upptaget.") from error
    except operations.PasswordRefused as error:
        raise exits.Refused(" ".join(error.reasons)) from error
    except operations.PeriodEmpty as error:
        raise exits.WrongUsage("--to ligger före --from") from error
    say(f"{arguments.username} är upplagd som {role.label}.")


def _password(arguments: argparse.Namespace) -> None:
    user = _user(arguments.username)
    password = _read_password(from_stdin=arguments.password_stdin)
    try:
        operations.give_password(user_id=user.pk, password=password, by=SYSTEM, is_temporary=False)
    except operations.PasswordRefused as error:
        raise exits.Refused(" ".join(error.reasons)) from error
    except operations.AlreadyEnded as error:
        raise exits.Refused(f"{user.username} är avslutad.") from error
    say(f"{user.username} har ett nytt lösenord.")


def _end(arguments: argparse.Namespace) -> None:
    user = _user(arguments.username)
    try:
        operations.end_user(user_id=user.pk, by=SYSTEM, at=clock.now())
    except operations.AlreadyEnded as error:
        raise exits.Refused(f"{user.username} är redan avslutad.") from error
    say(f"{user.username} är avslutad. Öppna sidor slutar fungera genast.")


def _list(arguments: argparse.Namespace) -> None:
    del arguments
    today = clock.today()
    for account in queries.accounts(by=SYSTEM):
        roles = [
            f"{row.role.value}{f' {row.unit}' if row.unit else ''}"
            for row in account.roles
            if row.holds_on(today)
        ]
        state = ", ".join(roles) or "ingen roll idag"
        say(f"{account.username}\t{account.name}\t{state if account.is_active else 'avslutad'}")


def _user(username: str) -> User:
    try:
        return User.objects.get_by_natural_key(username)
    except User.DoesNotExist as error:
        raise exits.WrongUsage(f"användaren {username} finns inte") from error


def _unit(code: str) -> UUID:
    try:
        return Unit.objects.only("pk").get(code=code).pk
    except Unit.DoesNotExist as error:
        raise exits.WrongUsage(f"enheten {code} finns inte") from error


def _read_password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass("Lösenord: ")
    if getpass.getpass("Lösenord igen: ") != first:
        raise exits.Refused("lösenorden är inte lika.")
    return first


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} är inget datum; skriv det som 2026-11-24") from error
