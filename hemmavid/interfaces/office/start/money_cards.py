"""The cards about kronor. A proposal is called a proposal; nothing here says that it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.parts import KeyFigure, ScreenTable
from hemmavid.interfaces.office.reimbursement.running import RunningMonth, running_month
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.reports.tables import Column, Kind, ReportTable
from hemmavid.rules.change_explanation import explain_change
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.proposal import Proposal
from hemmavid.settlement.queries import settlement_proposal

UNKNOWN = "–"
NO_PRICE = "Månaden saknar pris eller regel och kan inte räknas."


@dataclass(frozen=True, slots=True)
class LatestMoney:
    """The newest whole month, the one before, and the running one. None where one cannot be settled."""

    month: Month
    proposal: Proposal | None
    previous: Proposal | None
    running: RunningMonth | None

    @property
    def difference(self) -> Money | None:
        """Against the month before."""
        if self.proposal is None or self.previous is None:
            return None
        return self.proposal.total - self.previous.total

    @property
    def sentences(self) -> list[str]:
        """Why it differs, at most three."""
        if self.proposal is None or self.previous is None:
            return []
        return explain_change(self.previous.figures, self.proposal.figures)

    @property
    def change_heading(self) -> str:
        """Oktober mot september: +1 234,00 kr."""
        if self.difference is None:
            return ""
        names = swedish.month_name(self.month), swedish.month_name(self.month.previous())
        return f"Ersättningen i {names[0]} mot {names[1]}: {swedish.signed_kronor(self.difference)}"


def latest_money(request: OfficeRequest, calendar: places.Calendar) -> LatestMoney:
    """The three months, each settled as far as the person may see kronor."""
    month = calendar.last_whole
    return LatestMoney(
        month,
        _proposal(request, month),
        _proposal(request, month.previous()),
        running_month(request, calendar.running),
    )


def _proposal(request: OfficeRequest, month: Month) -> Proposal | None:
    try:
        return settlement_proposal(month=month, by=request.actor)
    except (PriceNotDefined, ParameterNotDefined):
        return None


def money_card(money: LatestMoney) -> KeyFigure:
    """The newest whole month's proposal, with the forecast of the running one."""
    running = money.running
    note = (
        f"Prognos {swedish.month_name(running.month)}: {swedish.kronor(running.expected)}." if running else ""
    )
    return KeyFigure(
        label=f"Ersättning {swedish.month_name(money.month)}, förslag",
        value=swedish.kronor(money.proposal.total) if money.proposal else UNKNOWN,
        note=note if money.proposal else NO_PRICE,
        url=reverse("office:settlement"),
        link_text="Se varje krona",
    )


def change_card(money: LatestMoney) -> KeyFigure:
    """Against the month before."""
    return KeyFigure(
        label=f"Mot {swedish.month_name(money.month.previous())}",
        value=swedish.signed_kronor(money.difference) if money.difference is not None else UNKNOWN,
        note="Skälen står nedanför." if money.sentences else "",
        url=reverse("office:settlement") + address({"manad": money.month}),
        link_text="Öppna månaden",
    )


def forecast_card(money: LatestMoney) -> KeyFigure:
    """Where the running month is heading."""
    running = money.running
    return KeyFigure(
        label=f"Prognos {swedish.month_name(running.month)}" if running else "Prognos",
        value=swedish.kronor(running.expected) if running else UNKNOWN,
        note=f"Takten till och med {swedish.long_date(running.through)}."
        if running
        else "Inga uppgifter än.",
        url=reverse("office:settlement") + address({"manad": running.month if running else ""}),
        link_text="Öppna månaden",
    )


def payment_card(money: LatestMoney) -> KeyFigure:
    """When the month is paid, if the proposal is approved."""
    proposal = money.proposal
    return KeyFigure(
        label="Betalningsdag",
        value=swedish.short_date(proposal.payment_date) if proposal else UNKNOWN,
        note=f"{len(proposal.providers)} utförare, {swedish.month_name(money.month)}."
        if proposal
        else NO_PRICE,
        url=reverse("office:settlement-month", args=[money.month]),
        link_text="Visa brukarna",
    )


def provider_screen(money: LatestMoney, month: Month) -> ScreenTable | None:
    """A row a provider: clients, granted, performed, kronor, against the month before, payment day."""
    proposal = money.proposal
    if proposal is None:
        return None
    before = {paid.provider.code: paid.total for paid in money.previous.providers} if money.previous else {}
    rows = []
    for paid in proposal.providers:
        own = [one for one in proposal.books.atoms if one.unit.provider.code == paid.provider.code]
        was = before.get(paid.provider.code)
        rows.append(
            (
                paid.provider.name,
                len({one.client.client_id for one in own}),
                sum((one.line.granted_lov_hours for one in own), proposal.hours * 0),
                sum((one.line.performed_hours for one in own), proposal.hours * 0),
                paid.total,
                paid.total - was if was is not None else None,
                swedish.short_date(paid.payment_date),
            )
        )
    table = ReportTable(
        title=f"Utförare, {swedish.month_name(month)}",
        columns=(
            Column("Utförare"),
            Column("Brukare", Kind.COUNT),
            Column("Beviljad tid LOV", Kind.HOURS),
            Column("Utförd tid", Kind.HOURS),
            Column("Förslag kr", Kind.KRONOR),
            Column("Mot månaden före kr", Kind.KRONOR),
            Column("Betalas"),
        ),
        rows=rows,
        as_of=proposal.as_of or month.instants()[0],
    )
    url = reverse("office:settlement-month", args=[month])
    return ScreenTable(
        table, links=[url + address({"utforare": p.provider.code}) for p in proposal.providers]
    )
