"""The one box: two keys to a client. It posts, so that what is typed stands in no address and no log."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.contacts.register import contact_hits
from hemmavid.interfaces.office.on_call.views import ask_why
from hemmavid.interfaces.office.parts import Hit
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.search.pages import page_hits
from hemmavid.lib import clock
from hemmavid.orders.client_orders import serving_on
from hemmavid.people.break_glass import find_outsider
from hemmavid.people.search import find_clients, is_personal_number

HITS_IN_BOX, HITS_ON_PAGE = 8, 50
HITS = "office/parts/search_hits.html"
FORM = "sok-formular"


@require_http_methods(["GET", "HEAD", "POST"])
def search(request: OfficeRequest) -> HttpResponse:
    """Hits under the box for htmx; the top hit's page for Enter; a page of hits when that is asked for.

    A personal number in the address is not looked up: such an address would stay in histories and logs.
    The key that leads to the box may have been typed in a box that had the focus already.
    """
    require(request.actor, Permission.CLIENT_READ)
    typed = (request.POST if request.method == "POST" else request.GET).get("q", "").lstrip("/").strip()
    if request.method != "POST" and is_personal_number(typed):
        return redirect("office:search")
    wants_list = request.method != "POST" or "lista" in request.POST
    limit = HITS_ON_PAGE if wants_list else HITS_IN_BOX
    clients = _clients(typed, limit, request)
    others = [*contact_hits(typed, request), *page_hits(typed, by=request.actor)]
    outside = _outside(typed, request)
    hits = [*clients, *others][:limit]
    values = {"hits": hits, "query": typed, "outside": outside, "form_id": ""}
    if request.htmx and not wants_list:
        return render(request, HITS, values)
    if outside and not clients and not wants_list:
        return ask_why(request, typed)
    if hits and not wants_list:
        return redirect(hits[0].url)
    return render(request, "office/search/search.html", {**values, "form_id": FORM})


def _outside(typed: str, request: OfficeRequest) -> str:
    """Where the neutral line leads: when exactly one outside the area was named, for who may break glass."""
    if not request.actor.may(Permission.BREAK_GLASS) or find_outsider(typed, by=request.actor) is None:
        return ""
    return reverse("office:break-glass")


def _clients(typed: str, limit: int, request: OfficeRequest) -> list[Hit]:
    serving = serving_on(clock.local_day(request.now), by=request.actor)
    found = find_clients(typed, by=request.actor, limit=limit, knows_address=serving)
    if typed:
        seen = Seen("search", Action.SEARCH, rows=len(found))
        record_look(seen, by=request.actor, at=request.now)
    return [
        Hit(
            hit.name.shown,
            reverse("office:client", args=[hit.name.client_id]),
            kind="brukare",
            why=hit.why,
        )
        for hit in found
    ]
