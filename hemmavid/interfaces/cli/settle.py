"""`hemmavid settle`: the settlement proposal of a month (contract.md sections 2 and 5). Nothing is stored."""

import argparse
import json

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.cli import exits, table_output, wanted
from hemmavid.interfaces.cli.terminal import say
from hemmavid.lib import clock, swedish
from hemmavid.reports.settlement_statement import settlement_json, settlement_table
from hemmavid.rules.parameter_files import MalformedParameter, ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.proposal import Proposal
from hemmavid.settlement.queries import settlement_proposal

PAGE = "hemmavid settle"
EXAMPLES = """\
Förslaget räknas om varje gång och sparas inte. Med --format json följer förklaringen till varje rad.

exempel:
  hemmavid settle --month 2026-10                              alla utförare
  hemmavid settle --month 2026-10 --provider P1                en utförare
  hemmavid settle --month 2026-10 --provider P1 --format json  med förklaring, för ett program"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    wanted.add_month(parser)
    parser.add_argument("--provider", metavar="UTFÖRARE", help="bara en utförare, med dess kod")
    parser.add_argument("--format", choices=["table", "json"], default="table", help="form (annars table)")


def run(arguments: argparse.Namespace) -> int:
    """Print the proposal; logged as an export by the system."""
    try:
        with scoped(SYSTEM, read_only=True):
            provider_id = wanted.provider_of(arguments.provider)
            proposal = settlement_proposal(month=arguments.month, by=SYSTEM, provider_id=provider_id)
    except (PriceNotDefined, ParameterNotDefined, MalformedParameter) as error:
        raise exits.Refused(f"{error}.") from error
    seen = Seen(PAGE, Action.EXPORT, rows=len(proposal.lines))
    record_look(seen, by=SYSTEM, at=clock.now())
    if arguments.format == "json":
        say(json.dumps(settlement_json(proposal), ensure_ascii=False, indent=1))
    else:
        _show(proposal)
    return exits.DONE


def _show(proposal: Proposal) -> None:
    if not proposal.providers:
        say(f"Ingen ersättning för {swedish.month_name(proposal.month)}.")
    for paid in proposal.providers:
        table_output.show_table(settlement_table(proposal, paid))
        say("")
    if len(proposal.providers) > 1:
        say(f"Alla utförare: {swedish.kronor(proposal.total)}")
