"""Hjälp & support, and the accessibility statement. Neither shows anything about a client."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.interfaces.office.counting_words import Term, counting_terms
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.parameter_files import ParameterNotDefined


@require_safe
def help_page(request: OfficeRequest) -> HttpResponse:
    """Keys, how the statement is calculated, whom to ask."""
    return render(request, "office/help/help.html", {"terms": _terms(Month.of_instant(request.now))})


def _terms(month: Month) -> list[Term]:
    """The statement's words as they are counted now; none while the month lacks a rule."""
    try:
        return counting_terms(month, parameters_in_use())
    except ParameterNotDefined:
        return []


@login_not_required
@require_safe
def accessibility(request: OfficeRequest) -> HttpResponse:
    """What is done and not done for accessibility (lag (2018:1937), DOS-lagen)."""
    return render(request, "office/help/accessibility.html")
