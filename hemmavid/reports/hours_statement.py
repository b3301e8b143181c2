"""Timunderlag LOV: the hours statement of a month, on screen, paper and as JSON (contract.md section 4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.queries import data_as_of
from hemmavid.lib import swedish
from hemmavid.lib.clock import local
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import HALF_UP, Rounding
from hemmavid.organisations.queries import UnitFacts, parameters_in_use, units_by_id
from hemmavid.people.models import Client
from hemmavid.reports.tables import Column, Kind, ReportTable, Row
from hemmavid.rules.hours_statement import (
    PaymentModel,
    StatementRow,
    StatementRules,
    statement_rows,
    statement_total,
)
from hemmavid.rules.interventions import intervention, label_of
from hemmavid.settlement.month import Atom, MonthBooks, month_books, selection_of

TITLE = "Timunderlag LOV"
TOTAL_LABEL = "Totalt"
WRONG_INTERVENTION = "Brukaren har ramtid, så besöken skulle ha taggats ramtid."
FIGURES = ("granted_hours", "absence_hours", "granted_lov_hours", "performed_hours", "payable_hours")
COLUMNS = (
    Column("Insatstyp"),
    Column("Beviljad tid", Kind.HOURS),
    Column("Uppehåll", Kind.HOURS),
    Column("Beviljad tid LOV", Kind.HOURS),
    Column("Utförd tid", Kind.HOURS),
    Column("Ersättn.timmar", Kind.HOURS),
    Column("Antal besök", Kind.COUNT),
    Column("Tid per besök", Kind.HOURS),
)


@dataclass(frozen=True, slots=True)
class StatementView:
    """The statement of a month as far as the actor reaches. `rows` are shown; `total` sums every atom.

    `unit`, `client` and `provider` are the codes that were asked for, None where nothing was. `as_of` is
    the last change of the data, None before the first import.
    """

    month: Month
    rows: tuple[StatementRow, ...]
    total: StatementRow
    atoms: tuple[Atom, ...]
    rules: StatementRules
    as_of: datetime | None
    unit: str | None = None
    client: str | None = None
    provider: str | None = None


def hours_statement(
    *,
    month: Month,
    by: Actor,
    unit_id: UUID | None = None,
    client_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> StatementView:
    """The hours statement of the month. Six queries, whatever the number of clients and visits.

    Raises Denied without the right to hours anywhere, and ParameterNotDefined when a parameter has no value.
    A unit or client outside the actor's reach gives an empty statement.
    """
    units = units_by_id()
    books = hours_books(month, units, by=by, unit_id=unit_id, client_id=client_id, provider_id=provider_id)
    lines = books.lines
    owners = {unit.provider.provider_id: unit.provider.code for unit in units.values()}
    return StatementView(
        month=month,
        rows=tuple(statement_rows(lines, books.rules.rounding)),
        total=statement_total(lines, books.rules.rounding),
        atoms=books.atoms,
        rules=books.rules,
        as_of=data_as_of(),
        unit=units[unit_id].code if unit_id in units else None,
        client=_client_code(client_id, by) if client_id else None,
        provider=owners.get(provider_id) if provider_id else None,
    )


def hours_books(
    month: Month,
    units: Mapping[UUID, UnitFacts],
    *,
    by: Actor,
    unit_id: UUID | None = None,
    client_id: UUID | None = None,
    provider_id: UUID | None = None,
) -> MonthBooks:
    """The atoms behind the statement. Raises Denied without the right to hours anywhere. Four queries."""
    require(by, Permission.HOURS_READ)
    selection = selection_of(
        units,
        by=by,
        permission=Permission.HOURS_READ,
        unit_id=unit_id,
        client_id=client_id,
        provider_id=provider_id,
    )
    return month_books(month, by=by, selection=selection, parameters=parameters_in_use(), units=units)


def rows_of(atoms: Sequence[Atom], rounding: Rounding = HALF_UP) -> list[StatementRow]:
    """The rows of some atoms, as those of one client or unit; they add up to the rows of all."""
    return statement_rows((atom.line for atom in atoms), rounding)


def statement_json(view: StatementView) -> dict[str, object]:
    """The statement with the keys of contract.md section 4; hours are strings with two decimals."""
    return {
        "month": str(view.month),
        "unit": view.unit,
        "client": view.client,
        "as_of": instant_text(view.as_of),
        "rows": [
            {
                "intervention": row.intervention,
                **_figures(row),
                "wrong_intervention": row.wrong_intervention,
            }
            for row in view.rows
        ],
        "total": _figures(view.total),
    }


def statement_table(view: StatementView) -> ReportTable:
    """The statement as printed in seed 001: the same headings, and a blank for every zero."""
    return ReportTable(
        title=f"{TITLE}, {swedish.month_name(view.month)}",
        columns=COLUMNS,
        rows=[_cells(label(row), row) for row in view.rows],
        total=_cells(TOTAL_LABEL, view.total),
        as_of=view.as_of or view.month.instants()[0],
        subtitle=subtitle_of(view),
        notes=notes_of(view),
    )


def label(row: StatementRow) -> str:
    """** Ramtid, Morgonhjälp, Totalt."""
    return TOTAL_LABEL if row.intervention is None else intervention(row.intervention).statement_label


def subtitle_of(view: StatementView) -> list[str]:
    """What the statement is limited to, and how the month is paid."""
    found = [
        f"{word} {code}"
        for word, code in (("Utförare", view.provider), ("Enhet", view.unit), ("Brukare", view.client))
        if code
    ]
    limits = ", ".join(found) if found else "Alla enheter"
    paid = "utförd tid" if view.rules.model is PaymentModel.PERFORMED else "beviljad tid"
    return [limits, f"Månaden ersätts enligt modellen för {paid}."]


def notes_of(view: StatementView) -> list[str]:
    """What a reader should look at: visits tagged with a visit kind where frame time was meant (R082)."""
    misplaced = [
        label_of(row.intervention) for row in view.rows if row.wrong_intervention and row.intervention
    ]
    notes = []
    if misplaced:
        notes.append(f"Fel insats taggad: {', '.join(misplaced)}. {WRONG_INTERVENTION}")
    return notes if view.as_of else [*notes, "Inga uppgifter är inlästa än."]


def instant_text(instant: datetime | None) -> str | None:
    """2022-12-01T06:00:00+01:00, on the clock of Europe/Stockholm."""
    return None if instant is None else local(instant).isoformat(timespec="seconds")


def _figures(row: StatementRow) -> dict[str, object]:
    shown: dict[str, object] = {name: _hours(getattr(row, name)) for name in FIGURES}
    per_visit = None if row.hours_per_visit is None else _hours(row.hours_per_visit)
    return {**shown, "visits": row.visits, "hours_per_visit": per_visit}


def _hours(hours: Decimal) -> str:
    return f"{hours:.2f}"


def _cells(first: str, row: StatementRow) -> Row:
    return (
        first,
        row.granted_hours,
        row.absence_hours,
        row.granted_lov_hours,
        row.performed_hours,
        row.payable_hours,
        row.visits,
        row.hours_per_visit,
    )


def _client_code(client_id: UUID, by: Actor) -> str | None:
    codes = Client.objects.visible_to(by).filter(pk=client_id).order_by("pk")
    return codes.values_list("code", flat=True).first()
