"""The settlement proposal on paper and as JSON (contract.md section 5); clients by code, never by name."""

from collections.abc import Sequence

from hemmavid.lib import swedish
from hemmavid.reports.tables import Column, Kind, ReportTable, Row
from hemmavid.rules.interventions import CARE_PLAN, label_of
from hemmavid.settlement.proposal import Proposal, ProposalLine, ProviderProposal

TITLE = "Förslag till ersättning"
TOTAL_LABEL = "Totalt"
COLUMNS = (
    Column("Brukare"),
    Column("Enhet"),
    Column("Insats"),
    Column("Timmar", Kind.HOURS),
    Column("Pris kr/h", Kind.KRONOR),
    Column("Belopp kr", Kind.KRONOR),
)


def settlement_json(proposal: Proposal) -> dict[str, object]:
    """The proposal with the keys of contract.md section 5, every line with its explanation."""
    return {
        "month": str(proposal.month),
        "providers": [
            {
                "provider": paid.provider.code,
                "payment_date": paid.payment_date.isoformat(),
                "lines": [_line(line) for line in paid.lines],
                "total": str(paid.total),
            }
            for paid in proposal.providers
        ],
        "total": str(proposal.total),
    }


def settlement_table(proposal: Proposal, paid: ProviderProposal) -> ReportTable:
    """What one provider is to be paid, line by line."""
    return ReportTable(
        title=f"{TITLE}, {swedish.month_name(proposal.month)}",
        columns=COLUMNS,
        rows=[_cells(line) for line in paid.lines],
        total=(TOTAL_LABEL, "", "", paid.hours, None, paid.total),
        as_of=proposal.as_of or proposal.month.instants()[0],
        subtitle=(
            f"Utförare {paid.provider.code}, {paid.provider.name}",
            f"Betalas {swedish.long_date(paid.payment_date)}",
        ),
        notes=_notes(paid.lines),
    )


def _line(line: ProposalLine) -> dict[str, object]:
    return {
        "client": line.client.code,
        "unit": line.unit.code,
        "intervention": line.intervention,
        "hours": f"{line.hours:.2f}",
        "price": str(line.price),
        "amount": str(line.amount),
        "because": list(line.because),
    }


def _cells(line: ProposalLine) -> Row:
    return (
        line.client.code,
        line.unit.code,
        label_of(line.intervention),
        line.hours,
        line.price,
        line.amount,
    )


def _notes(lines: Sequence[ProposalLine]) -> list[str]:
    """How many care plans are paid, since their hours were never worked."""
    plans = sum(line.intervention == CARE_PLAN for line in lines)
    rows = "1 rad" if plans == 1 else f"{plans} rader"
    return [f"Varav {rows} för första godkända genomförandeplanen."] if plans else []
