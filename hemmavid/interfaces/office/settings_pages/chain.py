"""Loggens kedja: how far the log is sealed, and whether the chain holds."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hemmavid.audit import queries
from hemmavid.interfaces.office.requests import OfficeRequest


@require_http_methods(["GET", "HEAD", "POST"])
def status(request: OfficeRequest) -> HttpResponse:
    """How far the log is sealed; a POST walks the whole chain, which takes a while in a large log."""
    check = queries.check_chain(by=request.actor) if request.method == "POST" else None
    values = {"status": queries.chain_status(by=request.actor), "check": check}
    return render(request, "office/settings_pages/chain.html", values)
