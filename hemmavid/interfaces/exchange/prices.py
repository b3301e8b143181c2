"""The decision behind each imported price: a dated parameter, as the folder does not carry it (R180)."""

from django.db.backends.utils import CursorWrapper

from hemmavid.interfaces.exchange.problems import Findings, Problem
from hemmavid.interfaces.exchange.staging import copy_rows
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.parameter_files import ParameterNotDefined

PARAMETER = "price_decision"


def gather_decisions(cursor: CursorWrapper, errors: Findings) -> None:
    """Make a table `price_decisions` of day, deciding body and reference for each day of a staged price."""
    cursor.execute(
        "create temporary table price_decisions "
        "(valid_from date primary key, decided_by text, reference text)"
    )
    cursor.execute("select valid_from, min(line) from staged_prices group by valid_from order by min(line)")
    parameters = parameters_in_use()
    rows = []
    for day, line in cursor.fetchall():
        try:
            decision = parameters.at(PARAMETER, day)
        except ParameterNotDefined:
            reason = f"parametern {PARAMETER} saknar värde den dagen; rätta datumet eller lägg till beslutet"
            errors.add(Problem("prices.csv", line, "valid_from", reason, day.isoformat()))
        else:
            rows.append((day, decision.decided_by, decision.reference))
    copy_rows(cursor, "price_decisions", rows)
