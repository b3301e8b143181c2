"""Hjälp & support, and the accessibility statement. Neither shows anything about a client."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.interfaces.office.requests import OfficeRequest


@require_safe
def help_page(request: OfficeRequest) -> HttpResponse:
    """Keys, how the statement is calculated, whom to ask."""
    return render(request, "office/help/help.html")


@login_not_required
@require_safe
def accessibility(request: OfficeRequest) -> HttpResponse:
    """What is done and not done for accessibility (lag (2018:1937), DOS-lagen)."""
    return render(request, "office/help/accessibility.html")
