"""The first page after login: what needs me, in figures with links; nothing to click to know (EC1)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.cases.list_page import list_values
from hemmavid.interfaces.office.on_call.views import shift
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.start import screens


@require_safe
def start(request: OfficeRequest) -> HttpResponse:
    """The first screen of each role; on call it is the shift's own page."""
    if screens.is_on_call(request.actor):
        return shift(request)
    screen = screens.screen_of(request)
    if screen.waiting:
        seen = Seen("start", Action.LIST, rows=len(screen.waiting))
        record_look(seen, by=request.actor, at=request.now)
    return render(request, "office/start/start.html", {"screen": screen, **_to_do(request)})


def _to_do(request: OfficeRequest) -> dict[str, object]:
    """The cases of the authority's people stand on their first page: nothing to click to know (BH1)."""
    if not request.actor.may(Permission.CASE_READ):
        return {"found": None}
    values, rows = list_values(request)
    record_look(Seen("cases", Action.LIST, rows=rows), by=request.actor, at=request.now)
    return values
