"""Rapporter: the catalogue, and the hours statement down to the visits it is made of (ux.md section 2.8)."""

from dataclasses import replace
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address, downloads, file_answer, page_or_part, wants_file
from hemmavid.interfaces.office.counting_words import counting_terms
from hemmavid.interfaces.office.parts import Chip, Crumb, ScreenTable
from hemmavid.interfaces.office.reports_pages.asked import ROWS_AT_A_TIME, AskedStatement, asked_statement
from hemmavid.interfaces.office.reports_pages.tables import (
    client_table,
    labelled,
    visit_table,
)
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.reports.hours_statement import StatementView, hours_statement, statement_table
from hemmavid.reports.statement_details import clients_of_statement
from hemmavid.reports.tables import ReportTable
from hemmavid.rules.interventions import label_of
from hemmavid.visits.client_visits import VisitSpan, visits_of_client

REPORTS = Crumb("Rapporter", "/rapporter/")


@require_safe
def reports(request: OfficeRequest) -> HttpResponse:
    """The catalogue: each report by the question it answers."""
    require(request.actor, Permission.HOURS_READ)
    calendar = places.calendar(at=request.now, by=request.actor)
    return render(request, "office/reports_pages/catalogue.html", {"calendar": calendar})


@require_safe
def statement(request: OfficeRequest) -> HttpResponse:
    """Timunderlag LOV, live: by intervention and by client, on screen or as a file of the same figures."""
    asked = asked_statement(request)
    view = hours_statement(
        month=asked.month, by=request.actor, unit_id=asked.unit_id, client_id=asked.client_id
    )
    wanted = [atom for atom in view.atoms if asked.intervention in (None, atom.line.intervention)]
    rows = clients_of_statement(wanted, by=request.actor, rounding=view.rules.rounding)
    action = Action.LOOK if asked.client_id else Action.LIST
    seen = Seen("hours-statement", action, asked.client_id, rows=len(rows))
    if wants_file(request):
        table = (
            client_table(view, rows)
            if request.GET.get("tabell") == "brukare"
            else _shown_statement(view, asked)
        )
        return file_answer(request, table, name=f"timunderlag-{asked.month}", seen=seen)
    record_look(seen, by=request.actor, at=request.now)
    by_client = client_table(view, rows, has_codes=False)
    values = {
        **_frame(asked, view),
        "terms": counting_terms(asked.month, parameters_in_use()),
        "table": ScreenTable(_shown_statement(view, asked), links=_row_links(view, asked)),
        "clients": ScreenTable(
            replace(by_client, rows=by_client.rows[: asked.limit]),
            links=[_client_link(asked, one.name.client_id) for one in rows[: asked.limit]],
        ),
        "shown": min(len(rows), asked.limit),
        "client_count": len(rows),
        "more_url": address({**asked.kept, "visa": asked.limit + ROWS_AT_A_TIME}),
        "client_downloads": downloads({**_texts(asked), "tabell": "brukare"}),
    }
    return page_or_part(request, "office/reports_pages/statement.html", values, part="view")


@require_safe
def statement_visits(request: OfficeRequest) -> HttpResponse:
    """The visits behind a client's lines of the month, each with why it counts or not."""
    require(request.actor, Permission.CLIENT_READ)
    asked = asked_statement(request)
    if asked.client is None:
        raise Http404
    view = hours_statement(
        month=asked.month, by=request.actor, unit_id=asked.unit_id, client_id=asked.client_id
    )
    span = VisitSpan(asked.client.client_id, asked.month.period, asked.unit_id, asked.intervention)
    deaths = [atom.client.deceased_on for atom in view.atoms]
    visits = visits_of_client(
        span, by=request.actor, parameters=parameters_in_use(), deceased_on=deaths[0] if deaths else None
    )
    seen = Seen("hours-statement-visits", client_id=asked.client_id, rows=len(visits))
    if wants_file(request):
        table = visit_table(visits, asked.client, view)
        return file_answer(request, table, name=f"besok-{asked.client.code}-{asked.month}", seen=seen)
    record_look(seen, by=request.actor, at=request.now)
    rows = [row for row in view.rows if asked.intervention in (None, row.intervention)]
    values = _frame(asked, view)
    values |= {
        "visits": visits,
        "rows": labelled(rows),
        "narrowed": _narrowed(asked, is_of_client=True),
        "crumbs": [
            REPORTS,
            Crumb("Timunderlag LOV", str(values["statement_url"])),
            Crumb(asked.client.shown),
        ],
    }
    return page_or_part(request, "office/reports_pages/visits.html", values, part="view")


def _frame(asked: AskedStatement, view: StatementView) -> dict[str, object]:
    kept = asked.kept
    statement_url = reverse("office:hours-statement") + address({**kept, "insats": ""})
    return {
        "asked": asked,
        "view": view,
        "client": asked.client,
        "step": asked.calendar.step(asked.month, {**kept, "visa": None}),
        "units": places.unit_chips(asked.units, asked.unit_id, kept),
        "narrowed": _narrowed(asked),
        "downloads": downloads(_texts(asked)),
        "crumbs": [REPORTS, Crumb("Timunderlag LOV")],
        "statement_url": statement_url,
    }


def _narrowed(asked: AskedStatement, *, is_of_client: bool = False) -> list[Chip]:
    """What the view is limited to; each chip leads out of it."""
    chips = []
    if asked.client and not is_of_client:
        chips.append(Chip(f"{asked.client.shown} ×", address({**asked.kept, "brukare": ""}), is_chosen=True))
    if asked.intervention:
        label = label_of(asked.intervention)
        # The statement itself is always whole; the intervention narrows the clients below it.
        words = label if is_of_client else f"Brukare med {label.lower()}"
        chips.append(Chip(f"{words} ×", address({**asked.kept, "insats": ""}), is_chosen=True))
    return chips


def _texts(asked: AskedStatement) -> dict[str, str]:
    return {name: str(value) for name, value in asked.kept.items() if value}


def _shown_statement(view: StatementView, asked: AskedStatement) -> ReportTable:
    """The statement as printed, with names instead of codes where it is limited."""
    table = statement_table(view)
    limits = [asked.unit.name if asked.unit else "", asked.client.shown if asked.client else ""]
    words = ", ".join(word for word in limits if word)
    return replace(table, subtitle=(words, *table.subtitle[1:])) if words else table


def _client_link(asked: AskedStatement, client_id: UUID) -> str:
    """From the list to the client's own statement; with an intervention chosen, straight to its visits."""
    where = address({**asked.kept, "brukare": client_id})
    return reverse("office:hours-statement-visits") + where if asked.intervention else where


def _row_links(view: StatementView, asked: AskedStatement) -> list[str]:
    """From an intervention to its clients; of one client, straight to the visits."""
    if asked.client is None:
        return [address({**asked.kept, "insats": row.intervention}) + "#per-brukare" for row in view.rows]
    visits = reverse("office:hours-statement-visits")
    return [visits + address({**asked.kept, "insats": row.intervention}) for row in view.rows]
