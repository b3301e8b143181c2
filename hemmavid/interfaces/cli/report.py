"""`hemmavid report timunderlag`: the hours statement of a month (contract.md sections 2 and 4)."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.cli import exits, table_output, wanted
from hemmavid.lib import clock
from hemmavid.reports.hours_statement import StatementView, hours_statement, statement_json, statement_table
from hemmavid.reports.pdf import hours_statement_pdf
from hemmavid.reports.spreadsheet import csv_bytes, xlsx_bytes
from hemmavid.rules.parameter_files import MalformedParameter, ParameterNotDefined

PAGE = "hemmavid report timunderlag"
EXAMPLES = """\
Timunderlag LOV: beviljad och utförd tid, uppehåll och ersättningstimmar, insats för insats.

exempel:
  hemmavid report timunderlag --month 2026-10                             hela kommunen
  hemmavid report timunderlag --month 2026-10 --unit E1                   en enhet
  hemmavid report timunderlag --month 2026-10 --client B17 --format json  en brukare, för ett program
  hemmavid report timunderlag --month 2026-10 --format xlsx --output oktober.xlsx
  hemmavid report timunderlag --month 2026-10 --format csv > oktober.csv  för svensk Excel"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    parser.epilog = EXAMPLES
    parser.add_argument("report", choices=["timunderlag"], metavar="timunderlag", help="rapporten")
    wanted.add_month(parser)
    parser.add_argument("--unit", metavar="ENHET", help="bara en enhet, med dess kod")
    parser.add_argument("--client", metavar="BRUKARE", help="bara en brukare, med dess kod")
    parser.add_argument("--format", choices=["table", *FORMATS], default="table", help="form (annars table)")
    parser.add_argument("--output", type=Path, metavar="FIL", help="skriv till en fil i stället")


def run(arguments: argparse.Namespace) -> int:
    """Print the statement of the whole municipality, a unit or a client; logged as an export."""
    is_shown = arguments.output is None
    if is_shown and arguments.format in {"xlsx", "pdf"} and table_output.is_terminal():
        raise exits.WrongUsage(
            f"{arguments.format} är ingen text. Lägg till --output timunderlag.{arguments.format}"
        )
    try:
        view = _statement(arguments)
    except (ParameterNotDefined, MalformedParameter) as error:
        raise exits.Refused(f"{error}.") from error
    if arguments.format != "table":
        table_output.write_out(FORMATS[arguments.format](view), arguments.output)
    elif is_shown:
        table_output.show_table(statement_table(view))
    else:
        table_output.write_out(table_output.plain_text(statement_table(view)).encode(), arguments.output)
    return exits.DONE


def _statement(arguments: argparse.Namespace) -> StatementView:
    with scoped(SYSTEM, read_only=True):
        client_id = wanted.client_of(arguments.client, by=SYSTEM)
        view = hours_statement(
            month=arguments.month,
            by=SYSTEM,
            unit_id=wanted.unit_of(arguments.unit),
            client_id=client_id,
        )
    seen = Seen(PAGE, Action.EXPORT, client_id, rows=len(view.rows))
    record_look(seen, by=SYSTEM, at=clock.now())
    return view


def _json(view: StatementView) -> bytes:
    return f"{json.dumps(statement_json(view), ensure_ascii=False, indent=1)}\n".encode()


FORMATS: dict[str, Callable[[StatementView], bytes]] = {
    "json": _json,
    "csv": lambda view: csv_bytes(statement_table(view)),
    "xlsx": lambda view: xlsx_bytes(statement_table(view)),
    "pdf": lambda view: hours_statement_pdf(statement_table(view)),
}
