"""The settlement of a month as the screen tells it: by client, and line by line with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from django.utils.html import format_html

from hemmavid.interfaces.office.parts import ScreenTable
from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.people.naming import ClientName
from hemmavid.reports.statement_details import ClientMonth
from hemmavid.reports.tables import Column, Kind, ReportTable, Value
from hemmavid.rules.explanation import Step
from hemmavid.rules.hours_statement import StatementLine, StatementRow, statement_total
from hemmavid.rules.interventions import label_of
from hemmavid.settlement.month import Atom
from hemmavid.settlement.proposal import Proposal
from hemmavid.settlement.summary import MoneySummary

STATUS_WORD = "Förslag"
NO_HOURS = Decimal("0.00")


CLIENT_COLUMNS = (
    Column("Brukare"),
    Column("Enhet"),
    Column("Beviljad tid", Kind.HOURS),
    Column("Uppehåll", Kind.HOURS),
    Column("Beviljad tid LOV", Kind.HOURS),
    Column("Utförd tid", Kind.HOURS),
    Column("Ersättn.timmar", Kind.HOURS),
    Column("Antal besök", Kind.COUNT),
    Column("Kronor", Kind.KRONOR),
)


def client_money_table(clients: Sequence[ClientMonth], proposal: Proposal) -> ReportTable:
    """A row for each of these clients; the total is that of the month, the sum of all clients' rows."""
    rounding = proposal.books.rules.rounding
    total = statement_total(proposal.books.lines, rounding)
    return ReportTable(
        title=f"Ersättning per brukare, {swedish.month_name(proposal.month)} ({STATUS_WORD.lower()})",
        columns=CLIENT_COLUMNS,
        rows=[
            (one.name.listed, units_of(one), *_figures(one.figures, one.paid_hours), one.amount)
            for one in clients
        ],
        total=("Totalt", "", *_figures(total, proposal.hours), proposal.total),
        as_of=proposal.as_of or proposal.month.instants()[0],
    )


def on_screen(table: ReportTable, links: Sequence[str], proposal: Proposal) -> ScreenTable:
    """The unit stands under the name instead of in a column, and only where the month has several."""
    narrow = replace(
        table,
        columns=(table.columns[0], *table.columns[2:]),
        rows=[(row[0], *row[2:]) for row in table.rows],
        total=(table.total[0], *table.total[2:]) if table.total else None,
    )
    units = {atom.unit.unit_id for atom in proposal.books.atoms}
    units |= {line.unit.unit_id for line in proposal.lines}
    extras = [format_html('<span class="hv-under">{}</span>', row[1]) for row in table.rows]
    return ScreenTable(narrow, links=links, extras=extras if len(units) > 1 else ())


def units_of(client: ClientMonth) -> str:
    """The units the client had that month."""
    names = [atom.unit.name for atom in client.atoms] + [line.unit.name for line in client.lines]
    return ", ".join(dict.fromkeys(names))


def _figures(row: StatementRow, paid_hours: Decimal) -> tuple[Value, ...]:
    return (
        row.granted_hours,
        row.absence_hours,
        row.granted_lov_hours,
        row.performed_hours,
        paid_hours,
        row.visits,
    )


def provider_table(summary: MoneySummary) -> ReportTable:
    """A row a provider."""
    columns = (Column("Utförare"), Column("Timmar", Kind.HOURS), Column("Kronor", Kind.KRONOR))
    return ReportTable(
        title=f"Ersättning per utförare, {swedish.month_name(summary.month)} ({STATUS_WORD.lower()})",
        columns=columns,
        rows=[(one.name, one.hours, one.total) for one in summary.providers],
        total=("Totalt", summary.hours, summary.total),
        as_of=summary.as_of or summary.month.instants()[0],
    )


@dataclass(frozen=True, slots=True)
class ExplainedLine:
    """One line of a client's month: paid or not, and why, one sentence a step."""

    label: str
    unit: str
    unit_code: str
    intervention: str
    hours: Decimal
    price: Money | None
    amount: Money
    steps: tuple[Step, ...]
    statement: StatementLine | None

    @property
    def because(self) -> tuple[str, ...]:
        """The steps as whole sentences, for a file."""
        return tuple(step.sentence for step in self.steps)

    @property
    def is_paid(self) -> bool:
        """Whether the line gives kronor."""
        return self.price is not None


def explained_lines(proposal: Proposal) -> list[ExplainedLine]:
    """The paid lines with the proposal's own explanation, then the lines that give nothing, and why not."""
    paid = [
        ExplainedLine(
            label=label_of(line.intervention),
            unit=line.unit.name,
            unit_code=line.unit.code,
            intervention=line.intervention,
            hours=line.hours,
            price=line.price,
            amount=line.amount,
            steps=tuple(line.explanation.steps()),
            statement=line.statement,
        )
        for line in proposal.lines
    ]
    return paid + [_unpaid(atom) for atom in proposal.books.atoms if not atom.line.payable_hours]


def _unpaid(atom: Atom) -> ExplainedLine:
    line = atom.line
    return ExplainedLine(
        label=label_of(line.intervention),
        unit=atom.unit.name,
        unit_code=atom.unit.code,
        intervention=line.intervention,
        hours=line.payable_hours,
        price=None,
        amount=Money(0),
        steps=(_why_not(line),),
        statement=line,
    )


def _why_not(line: StatementLine) -> Step:
    done = f"Utförd tid {swedish.hours(line.performed_hours)} i {line.visits} besök"
    label = label_of(line.intervention).lower()
    if line.wrong_intervention:
        return _because(
            f"{done} är taggad {label} fast brukaren har ramtid. Tiden räknas som utförd, men ger ingen egen "
            "ersättning: ramtiden ersätts som beviljat",
            "R076, R082, R195",
        )
    if line.granted_lov_hours and not line.performed_hours:
        return _because(
            f"Ingen utförd tid räknas, och {label} ersätts som utfört upp till beviljat, så det finns inget "
            "att ersätta",
            "R198",
        )
    if line.granted_hours and not line.granted_lov_hours:
        return _because(f"Hela den beviljade tiden, {swedish.hours(line.granted_hours)}, är uppehåll", "R196")
    nothing = "ger ingen ersättning: enheten har ingen beviljad och verkställd tid för insatsen"
    return _because(f"{done} {nothing}", "R195")


def _because(claim: str, rule: str) -> Step:
    return Step(sentence=f"{claim} ({rule}).", rule=rule)


def line_table(lines: Sequence[ExplainedLine], name: ClientName, proposal: Proposal) -> ReportTable:
    """A client's lines with the reason in words, for a file."""
    return ReportTable(
        title=f"Ersättning för {name.shown}, {swedish.month_name(proposal.month)} ({STATUS_WORD.lower()})",
        columns=(
            Column("Insats"),
            Column("Enhet"),
            Column("Timmar", Kind.HOURS, keeps_zero=True),
            Column("Pris kr/h", Kind.KRONOR),
            Column("Kronor", Kind.KRONOR),
            Column("Så räknas det"),
        ),
        rows=[
            (line.label, line.unit, line.hours, line.price, line.amount, " ".join(line.because))
            for line in lines
        ],
        total=("Totalt", "", sum((one.hours for one in lines), NO_HOURS), None, proposal.total, ""),
        as_of=proposal.as_of or proposal.month.instants()[0],
    )
