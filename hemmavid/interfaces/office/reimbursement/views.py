"""Ersättning: from the month's total to the sentence behind a krona in two clicks (ux.md section 2.7)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import (
    address,
    downloads,
    file_answer,
    page_or_part,
    rows_asked_for,
    wants_file,
)
from hemmavid.interfaces.office.parts import Chip, Crumb, ScreenTable
from hemmavid.interfaces.office.reimbursement import lines
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock, swedish
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import ProviderFacts
from hemmavid.people.queries import client_name
from hemmavid.reports.money_month import money_month
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.queries import settlement_proposal
from hemmavid.settlement.summary import money_summary, running_month

ROWS_AT_A_TIME, MOST_ROWS = 50, 5000
CannotSettle = (PriceNotDefined, ParameterNotDefined)


@require_safe
def months(request: OfficeRequest) -> HttpResponse:
    """Level 1: the month's total, why it differs from the one before, and where the running one heads."""
    by = request.actor
    require(by, Permission.KRONOR_READ)
    calendar = places.calendar(at=request.now, by=by)
    month = places.month_asked_for(request.GET.get("manad", ""), calendar.last_whole)
    providers, chosen = _providers(request)
    kept: dict[str, object] = {"utforare": chosen.code if chosen else ""}
    values: dict[str, object] = {
        "month": month,
        "step": calendar.step(month, kept),
        "providers": _provider_chips(providers, chosen, {"manad": month}),
        "is_running": month == calendar.running,
        "kept": address(kept),
    }
    try:
        summary = money_summary(month, by=by, provider_id=_id(chosen))
    except CannotSettle as gap:
        return _cannot(request, values, gap)
    table = lines.provider_table(summary)
    if wants_file(request):
        return file_answer(request, table, name=f"ersattning-{month}", seen=Seen("settlement"))
    month_url = reverse("office:settlement-month", args=[month])
    values |= {
        "summary": summary,
        "previous_month": month.previous(),
        "table": ScreenTable(
            table, links=[month_url + address({"utforare": one.code}) for one in summary.providers]
        ),
        "downloads": downloads({"manad": str(month), **_texts(kept)}),
        "status": lines.STATUS_WORD,
        "forecast": running_month(
            calendar.running, today=clock.local_day(request.now), by=by, provider_id=_id(chosen)
        ),
    }
    return page_or_part(request, "office/reimbursement/months.html", values, part="view")


@require_safe
def month(request: OfficeRequest, month: Month) -> HttpResponse:
    """Level 2: the clients of a month; every figure is a sum of rows that open."""
    by = request.actor
    require(by, Permission.KRONOR_READ)
    providers, chosen = _providers(request)
    kept: dict[str, object] = {"utforare": chosen.code if chosen else ""}
    values: dict[str, object] = {
        "month": month,
        "crumbs": _crumbs(month),
        "providers": _provider_chips(providers, chosen, {}),
        "downloads": downloads(_texts(kept)),
        "status": lines.STATUS_WORD,
    }
    try:
        known = money_month(month, by=by, provider_id=_id(chosen))
    except CannotSettle as gap:
        return _cannot(request, values, gap)
    proposal, count = known.proposal, len(known.clients)
    seen = Seen("settlement-month", Action.LIST, rows=count)
    if wants_file(request):
        table = lines.client_money_table(known.named(by=by), proposal)
        return file_answer(request, table, name=f"ersattning-brukare-{month}", seen=seen)
    record_look(seen, by=by, at=request.now)
    limit = rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS)
    shown = known.named(by=by, most=limit)
    links = [reverse("office:settlement-client", args=[month, row.name.client_id]) for row in shown]
    values |= {
        "proposal": proposal,
        "table": lines.on_screen(lines.client_money_table(shown, proposal), links, proposal),
        "shown": len(links),
        "client_count": count,
        "more_url": address({**kept, "visa": limit + ROWS_AT_A_TIME}),
    }
    return page_or_part(request, "office/reimbursement/month.html", values, part="view")


@require_safe
def client(request: OfficeRequest, month: Month, client_id: UUID) -> HttpResponse:
    """Level 3: each line of a client's month with its sentences: formula, parameters, prices, dates."""
    by = request.actor
    require(by, Permission.KRONOR_READ)
    name = client_name(client_id, by=by)
    values: dict[str, object] = {
        "month": month,
        "name": name,
        "crumbs": [
            *_crumbs(month)[:-1],
            Crumb(swedish.month_name(month).capitalize(), reverse("office:settlement-month", args=[month])),
            Crumb(name.shown),
        ],
        "downloads": downloads({}),
        "status": lines.STATUS_WORD,
    }
    try:
        proposal = settlement_proposal(month=month, by=by, client_id=client_id)
    except CannotSettle as gap:
        return _cannot(request, values, gap)
    explained = lines.explained_lines(proposal)
    seen = Seen("settlement-client", client_id=client_id, rows=len(explained))
    if wants_file(request):
        table = lines.line_table(explained, name, proposal)
        return file_answer(request, table, name=f"ersattning-{name.code}-{month}", seen=seen)
    record_look(seen, by=by, at=request.now)
    values |= {"proposal": proposal, "lines": explained}
    return render(request, "office/reimbursement/client.html", values)


def _crumbs(month: Month) -> list[Crumb]:
    first = Crumb("Ersättning", reverse("office:settlement") + address({"manad": month}))
    return [first, Crumb(swedish.month_name(month).capitalize())]


def _providers(request: OfficeRequest) -> tuple[list[ProviderFacts], ProviderFacts | None]:
    """The providers whose kronor the person may see, and the one in the address."""
    found = places.providers_of(places.units_within(Permission.KRONOR_READ, by=request.actor))
    code = request.GET.get("utforare", "")
    return found, next((provider for provider in found if provider.code == code), None)


def _provider_chips(
    providers: list[ProviderFacts], chosen: ProviderFacts | None, kept: dict[str, object]
) -> list[Chip]:
    if len(providers) < 2:
        return []
    everyone = Chip("Alla", address(kept) if kept else "?", is_chosen=chosen is None)
    return [
        everyone,
        *(
            Chip(one.name, address({**kept, "utforare": one.code}), is_chosen=one == chosen)
            for one in providers
        ),
    ]


def _id(provider: ProviderFacts | None) -> UUID | None:
    return provider.provider_id if provider else None


def _texts(kept: dict[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in kept.items() if value}


def _cannot(request: OfficeRequest, values: dict[str, object], gap: Exception) -> HttpResponse:
    """What is missing, and who can put it right; a month without a price is never shown as zero kronor."""
    return render(request, "office/reimbursement/cannot.html", {**values, "gap": str(gap)})
