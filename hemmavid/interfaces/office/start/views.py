"""The first page after login: what needs me, in figures with links; nothing to click to know (EC1)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
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
    return render(request, "office/start/start.html", {"screen": screen})
