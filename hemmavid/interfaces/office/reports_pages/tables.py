"""The hours statement by client, and the visits behind a line, as tables for the screen and for files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from hemmavid.lib import swedish
from hemmavid.people.naming import ClientName
from hemmavid.reports.hours_statement import COLUMNS, TITLE, StatementView
from hemmavid.reports.statement_details import ClientMonth
from hemmavid.reports.tables import Column, Kind, ReportTable, Value
from hemmavid.rules.hours_statement import StatementRow, statement_total
from hemmavid.rules.interventions import label_of
from hemmavid.visits.client_visits import VisitRow

FIGURE_COLUMNS = COLUMNS[1:]


@dataclass(frozen=True, slots=True)
class LabelledRow:
    """A row of the statement with its Swedish name."""

    label: str
    row: StatementRow


def labelled(rows: Sequence[StatementRow]) -> list[LabelledRow]:
    """Rows with the names of their interventions."""
    return [LabelledRow(label_of(row.intervention), row) for row in rows if row.intervention]


def figures(row: StatementRow) -> tuple[Value, ...]:
    """The figures of a row in the order of `FIGURE_COLUMNS`."""
    return (
        row.granted_hours,
        row.absence_hours,
        row.granted_lov_hours,
        row.performed_hours,
        row.payable_hours,
        row.visits,
        row.hours_per_visit,
    )


def client_table(
    view: StatementView, clients: Sequence[ClientMonth], *, has_codes: bool = True
) -> ReportTable:
    """A row a client, and the sum of them all; a file carries codes too, so that rows can be matched."""
    lines = [atom.line for client in clients for atom in client.atoms]
    return ReportTable(
        title=f"{TITLE} per brukare, {swedish.month_name(view.month)}",
        columns=(Column("Brukare"), *([Column("Kod")] if has_codes else []), *FIGURE_COLUMNS),
        rows=[
            (one.name.listed, *([one.name.code] if has_codes else []), *figures(one.figures))
            for one in clients
        ],
        total=("Totalt", *([""] if has_codes else []), *figures(statement_total(lines, view.rules.rounding))),
        as_of=as_of(view),
    )


def visit_table(visits: Sequence[VisitRow], name: ClientName, view: StatementView) -> ReportTable:
    """The visits of a client in the month, each with why it counts or not."""
    columns = (
        Column("Dag"),
        Column("Start"),
        Column("Slut"),
        Column("Timmar", Kind.HOURS),
        Column("Insats"),
        Column("Enhet"),
        Column("Vem"),
        Column("Registrerat med"),
        Column("Varför"),
    )
    return ReportTable(
        title=f"Besök hos {name.shown}, {swedish.month_name(view.month)}",
        columns=columns,
        rows=[_visit_cells(visit) for visit in visits],
        as_of=as_of(view),
        notes=("Timmar är varje besöks egen tid; summan avrundas en gång i timunderlaget.",),
    )


def as_of(view: StatementView) -> datetime:
    """The last change of the data; the month's start before the first import."""
    return view.as_of or view.month.instants()[0]


def _visit_cells(visit: VisitRow) -> tuple[Value, ...]:
    return (
        swedish.short_date(visit.day) if visit.day else "",
        swedish.clock_table(visit.started_at) if visit.started_at else "",
        swedish.clock_table(visit.ended_at) if visit.ended_at else "",
        visit.hours,
        visit.label,
        visit.unit,
        visit.staff,
        visit.methods,
        visit.reason,
    )
