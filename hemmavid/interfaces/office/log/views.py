"""Vem har sett vad: who has looked at whose record, those from outside the unit first."""

from urllib.parse import urlencode

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.days import day as day_field
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.lib.periods import Period
from hemmavid.reports import look_log

ROWS_AT_FIRST, MOST_ROWS = 50, 1000
DAYS_AT_FIRST = 30


class LookForm(forms.Form):
    """What the reader asks for; persons and clients are chosen by links in the rows, so they are ids."""

    dag = day_field("Dag", required=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    brukare = forms.UUIDField(required=False, widget=forms.HiddenInput)
    visa = forms.IntegerField(required=False, min_value=1, max_value=MOST_ROWS, widget=forms.HiddenInput)


@require_safe
def looks(request: OfficeRequest) -> HttpResponse:
    """The log of the last thirty days, or of one day; by one person, or at one client."""
    require(request.actor, Permission.LOG_READ)
    form = LookForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    limit = chosen.get("visa") or ROWS_AT_FIRST
    day = chosen.get("dag")
    days = look_log.last_days(1 if day else DAYS_AT_FIRST, until=day or clock.local_day(request.now))
    wanted = look_log.LookFilter(days, chosen.get("person"), chosen.get("brukare"))
    page = look_log.looks(wanted, limit=limit, by=request.actor)
    # An id from the address that gave nothing may be another provider's client: no row is to say otherwise.
    client_id = wanted.client_id if page.rows else None
    seen = Seen("looks", Action.LIST, client_id, rows=len(page.rows))
    record_look(seen, by=request.actor, at=request.now)
    values = {
        "form": form,
        "page": page,
        "days": days,
        "lead": _lead(days, is_one_day=day is not None),
        "chips": _chips(chosen, page),
        "more_url": _url(chosen, visa=min(limit + ROWS_AT_FIRST, MOST_ROWS)),
        "kept": _url({**chosen, "visa": None}),
    }
    return render(request, "office/log/looks.html", values)


def _lead(days: Period, *, is_one_day: bool) -> str:
    if is_one_day:
        return f"Öppnade uppgifter {days.start.isoformat()}."
    return f"Öppnade uppgifter de senaste {DAYS_AT_FIRST} dagarna, utifrån enheten först."


def _chips(chosen: dict[str, object], page: look_log.LookPage) -> list[Chip]:
    """What the list is narrowed to; each chip leads out of it."""
    first = page.rows[0] if page.rows else None
    chips = []
    if chosen.get("person"):
        chips.append(
            Chip(
                f"Person: {first.person if first else '–'} ×",
                _url({**chosen, "person": None}),
                is_chosen=True,
            )
        )
    if chosen.get("brukare"):
        chips.append(
            Chip(
                f"Brukare: {first.client if first else '–'} ×",
                _url({**chosen, "brukare": None}),
                is_chosen=True,
            )
        )
    return chips


def _url(chosen: dict[str, object], **changed: object) -> str:
    kept = {name: str(value) for name, value in {**chosen, **changed}.items() if value}
    return f"?{urlencode(kept)}"
