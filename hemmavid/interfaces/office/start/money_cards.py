"""The cards about kronor. A proposal is called a proposal; nothing here says that it is paid."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.parts import KeyFigure, ScreenTable
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock, swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.reports.tables import Column, Kind, ReportTable
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.summary import MoneySummary, RunningMonth, money_summary, running_month

UNKNOWN = "–"
NO_PRICE = "Månaden saknar pris eller regel och kan inte räknas."


@dataclass(frozen=True, slots=True)
class LatestMoney:
    """The newest whole month against the one before, and the running one. None where it cannot be settled."""

    month: Month
    summary: MoneySummary | None
    running: RunningMonth | None

    @property
    def difference(self) -> Money | None:
        """Against the month before."""
        return self.summary.difference if self.summary else None

    @property
    def sentences(self) -> tuple[str, ...]:
        """Why it differs, at most three."""
        return self.summary.sentences if self.summary else ()

    @property
    def change_heading(self) -> str:
        """Ersättningen i oktober mot september: +1 234,00 kr."""
        if self.difference is None:
            return ""
        names = swedish.month_name(self.month), swedish.month_name(self.month.previous())
        return f"Ersättningen i {names[0]} mot {names[1]}: {swedish.signed_kronor(self.difference)}"


def latest_money(request: OfficeRequest, calendar: places.Calendar) -> LatestMoney:
    """As far as the person may see kronor."""
    by, today = request.actor, clock.local_day(request.now)
    try:
        summary = money_summary(calendar.last_whole, by=by)
    except (PriceNotDefined, ParameterNotDefined):
        summary = None
    return LatestMoney(calendar.last_whole, summary, running_month(calendar.running, today=today, by=by))


def money_card(money: LatestMoney) -> KeyFigure:
    """The newest whole month's proposal, with the forecast of the running one."""
    running = money.running
    note = (
        f"Prognos {swedish.month_name(running.month)}: {swedish.kronor(running.expected)}." if running else ""
    )
    return KeyFigure(
        label=f"Ersättning {swedish.month_name(money.month)}, förslag",
        value=swedish.kronor(money.summary.total) if money.summary else UNKNOWN,
        note=note if money.summary else NO_PRICE,
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
    summary = money.summary
    return KeyFigure(
        label="Betalningsdag",
        value=swedish.short_date(summary.payment_date) if summary else UNKNOWN,
        note=f"{len(summary.providers)} utförare, {swedish.month_name(money.month)}."
        if summary
        else NO_PRICE,
        url=reverse("office:settlement-month", args=[money.month]),
        link_text="Visa brukarna",
    )


def provider_screen(money: LatestMoney, month: Month) -> ScreenTable | None:
    """A row a provider: clients, granted, performed, kronor, against the month before, payment day."""
    summary = money.summary
    if summary is None:
        return None
    rows = [
        (
            one.name,
            one.clients,
            one.granted_lov_hours,
            one.performed_hours,
            one.total,
            one.total - one.previous if one.previous is not None else None,
            swedish.short_date(one.payment_date),
        )
        for one in summary.providers
    ]
    table = ReportTable(
        title=f"Utförare, {swedish.month_name(month)}",
        columns=(
            Column("Utförare"),
            Column("Brukare", Kind.COUNT),
            Column("Beviljad tid LOV", Kind.HOURS),
            Column("Utförd tid", Kind.HOURS),
            Column("Förslag kr", Kind.KRONOR),
            Column("Mot månaden före kr", Kind.CHANGE),
            Column("Betalas"),
        ),
        rows=rows,
        as_of=summary.as_of or month.instants()[0],
    )
    url = reverse("office:settlement-month", args=[month])
    return ScreenTable(table, links=[url + address({"utforare": one.code}) for one in summary.providers])
