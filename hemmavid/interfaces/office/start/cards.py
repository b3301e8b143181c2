"""The cards about hours, visits and people. Each answers a question and links to the rows behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from hemmavid.access.actors import Actor
from hemmavid.access.queries import accounts
from hemmavid.audit.queries import chain_status, data_as_of
from hemmavid.interfaces.office import charts
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.parts import KeyFigure
from hemmavid.lib import swedish
from hemmavid.lib.periods import Month
from hemmavid.orders.client_orders import WaitingGrant, away_on
from hemmavid.reports.overview import MonthOverview
from hemmavid.visits.client_visits import count_unapproved


def hours_card(overview: MonthOverview) -> KeyFigure:
    """Granted and performed hours of the month."""
    total = overview.total
    month = swedish.month_name(overview.month)
    return KeyFigure(
        label=f"Utförd tid i {month}",
        value=swedish.number(total.performed_hours),
        unit="h",
        note=f"av {swedish.hours(total.granted_lov_hours)} beviljad tid LOV, {overview.clients} brukare",
        url=reverse("office:hours-statement") + address({"manad": overview.month}),
        link_text="Öppna timunderlaget",
        graphic=charts.bullet(total.granted_lov_hours, total.performed_hours),
    )


def approval_card(month: Month, *, by: Actor) -> KeyFigure:
    """Visits that give no time until somebody approves them."""
    count = count_unapproved(month, by=by)
    return KeyFigure(
        label="Besök att godkänna",
        value=swedish.number(count, 0),
        unit="besök",
        note="Registrerade för hand i båda ändar. De räknas inte förrän de är godkända."
        if count
        else "Inga besök väntar på godkännande.",
        url=_clients({"urval": "att-godkanna", "manad": month}) if count else "",
        link_text="Visa brukarna",
        signal="C" if count else "OK",
    )


def wrong_card(overview: MonthOverview) -> KeyFigure:
    """Clients with visits tagged as something else than frame time."""
    count = len(overview.wrong)
    return KeyFigure(
        label=f"Fel insats taggad i {swedish.month_name(overview.month)}",
        value=swedish.number(count, 0),
        unit="brukare",
        note="Brukaren har ramtid, så besöken skulle ha taggats ramtid."
        if count
        else "Alla besök har rätt insats.",
        url=_clients({"urval": "fel-insats", "manad": overview.month}) if count else "",
        link_text="Visa brukarna",
        signal="C" if count else "OK",
    )


def away_card(day: date, *, by: Actor) -> KeyFigure:
    """Clients who are away today."""
    count = len(away_on(day, by=by))
    return KeyFigure(
        label="Frånvarande idag",
        value=swedish.number(count, 0),
        unit="brukare",
        note="Uppehåll minskar den beviljade tiden." if count else "Ingen brukare är borta idag.",
        url=_clients({"urval": "franvarande"}) if count else "",
        link_text="Visa brukarna",
    )


def waiting_card(waiting: Sequence[WaitingGrant]) -> KeyFigure:
    """Decisions that hold but are not put into effect."""
    longest = max((one.days for one in waiting), default=0)
    return KeyFigure(
        label="Beslut som inte är verkställda",
        value=swedish.number(len(waiting), 0),
        unit="insatser",
        note=f"Den som väntat längst har väntat {longest} dagar."
        if waiting
        else "Alla beslut är verkställda.",
        url=_clients({"urval": "ej-verkstalld"}) if waiting else "",
        link_text="Visa brukarna",
        signal="B" if waiting else "OK",
    )


def unused_card(overview: MonthOverview) -> KeyFigure:
    """Clients with granted time and not one visit in a whole month."""
    count = len(overview.unused)
    return KeyFigure(
        label=f"Beviljad tid utan besök i {swedish.month_name(overview.month)}",
        value=swedish.number(count, 0),
        unit="brukare",
        note="Tiden är verkställd men ingen har fått besök."
        if count
        else "Alla med beviljad tid har fått besök.",
        url=_clients({"urval": "utan-besok", "manad": overview.month}) if count else "",
        link_text="Visa brukarna",
        signal="C" if count else "OK",
    )


def status_cards(*, by: Actor) -> list[KeyFigure]:
    """The system itself: accounts, the log's chain, the last import, the rules."""
    accounts_card = KeyFigure(
        label="Konton",
        value=swedish.number(len(found := accounts(by=by)), 0),
        unit="konto" if len(found) == 1 else "konton",
        note="Roller ges och tas tillbaka på kontots sida.",
        url=reverse("office:accounts"),
        link_text="Visa konton",
    )
    rules_card = KeyFigure(
        label="Regler och priser",
        value="Gällande",
        note="Värden som gäller idag, med beslut och datum.",
        url=reverse("office:rules"),
        link_text="Visa reglerna",
    )
    return [accounts_card, *_chain_cards(by), _import_card(), rules_card]


def _chain_cards(by: Actor) -> list[KeyFigure]:
    chain = chain_status(by=by)
    sealed, since = chain.sealed_at, chain.waiting_since
    return [
        KeyFigure(
            label="Loggens kedja",
            value=swedish.number(chain.sealed_rows, 0),
            unit="rader",
            note=f"Senast förseglad {swedish.moment(sealed)}." if sealed else "Inget block än.",
            url=reverse("office:log-chain"),
            link_text="Kontrollera kedjan",
        ),
        KeyFigure(
            label="Väntar på försegling",
            value=swedish.number(chain.waiting, 0),
            unit="rader",
            note=f"Äldsta raden är från {swedish.moment(since)}." if since else "Alla rader är förseglade.",
            url=reverse("office:log-chain"),
            link_text="Visa läget",
        ),
    ]


def _import_card() -> KeyFigure:
    as_of = data_as_of()
    return KeyFigure(
        label="Senaste inläsning",
        value=swedish.clock_table(as_of) if as_of else "–",
        note=f"{swedish.moment(as_of)}." if as_of else "Inga uppgifter är inlästa än.",
    )


def _clients(query: dict[str, object]) -> str:
    return reverse("office:clients") + address(query)
