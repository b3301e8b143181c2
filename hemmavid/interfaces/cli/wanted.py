"""What a figure is wanted for: month, unit, client, provider, as words of a command."""

import argparse
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.interfaces.cli import exits
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import providers_by_code, units_by_id
from hemmavid.people.models import Client


def add_month(parser: argparse.ArgumentParser) -> None:
    """The option --month, which every figure needs."""
    parser.add_argument(
        "--month", type=_month, required=True, metavar="ÅÅÅÅ-MM", help="månaden, till exempel 2026-10"
    )


def _month(text: str) -> Month:
    try:
        month = Month.parse(text)
        month.next()  # the payment day and the month's end lie there; the calendar's last month has none
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} är ingen månad, skriv som 2026-10") from error
    return month


def unit_of(code: str | None) -> UUID | None:
    """The unit of a code; WrongUsage when there is none."""
    if code is None:
        return None
    found = [unit.unit_id for unit in units_by_id().values() if unit.code == code]
    if not found:
        raise exits.WrongUsage(f"enheten {code!r} finns inte.")
    return found[0]


def provider_of(code: str | None) -> UUID | None:
    """The provider of a code; WrongUsage when there is none."""
    if code is None:
        return None
    provider = providers_by_code().get(code)
    if provider is None:
        raise exits.WrongUsage(f"utföraren {code!r} finns inte.")
    return provider.provider_id


def client_of(code: str | None, *, by: Actor) -> UUID | None:
    """The client of a code; WrongUsage when the actor sees none."""
    if code is None:
        return None
    found = (
        Client.objects.visible_to(by).filter(code=code).order_by("pk").values_list("pk", flat=True).first()
    )
    if found is None:
        raise exits.WrongUsage(f"brukaren {code!r} finns inte.")
    return found
