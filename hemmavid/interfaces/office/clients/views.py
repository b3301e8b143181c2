"""Brukare: the list, and the one page about a client (ux.md section 2.3)."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address, page_or_part
from hemmavid.interfaces.office.clients import client_page, list_page
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.orders.client_orders import grants_of_client, service_of_client
from hemmavid.people import operations


@require_safe
def clients(request: OfficeRequest) -> HttpResponse:
    """The clients of the person's area, narrowed by the address; fifty rows, then more."""
    require(request.actor, Permission.CLIENT_READ)
    units = list_page.units_to_choose(request.actor)
    asked = list_page.asked(request, units)
    page = list_page.clients_of(asked, request)
    seen = Seen("clients", Action.LIST, rows=len(page.rows))
    record_look(seen, by=request.actor, at=request.now)
    values = {
        "page": page,
        "units": places.unit_chips(units, asked.unit.unit_id if asked.unit else None, asked.kept),
        "statuses": list_page.status_chips(asked),
        "choices": list_page.choice_chips(asked),
        "more_url": address({**asked.kept, "visa": asked.limit + list_page.ROWS_AT_A_TIME}),
        "all_url": address({"status": "alla"}),
    }
    return page_or_part(request, "office/clients/list.html", values, part="rows")


@require_safe
def client(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Everything about a client on one page. Every opening is written in the look log first."""
    require(request.actor, Permission.CLIENT_READ)
    values = client_page.values(request, client_id)
    record_look(Seen("client", client_id=client_id), by=request.actor, at=request.now)
    part = "visits" if request.htmx.target and "besok" in request.htmx.target else "everything"
    return page_or_part(request, "office/clients/client.html", values, part=part)


@require_http_methods(["GET", "HEAD", "POST"])
def open_protected(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The same page with name and address of a protected person, once: the next page hides them again.

    Whoever comes to the address without pressing the button gets the page as it is.
    """
    if request.method != "POST":
        return redirect("office:client", client_id)
    day = clock.local_day(request.now)
    grants = grants_of_client(client_id, on=day, by=request.actor)
    serving = service_of_client(client_id, grants, on=day, by=request.actor).unit_ids
    operations.open_protected(client_id, serving=serving, by=request.actor, at=request.now)
    values = client_page.values(request, client_id, opens_protected=True)
    record_look(Seen("client", client_id=client_id), by=request.actor, at=request.now)
    return page_or_part(request, "office/clients/client.html", values, part="everything")
