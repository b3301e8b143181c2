"""Kontakter: whom to call now, and the keeping of the numbers."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.contacts import operations
from hemmavid.contacts.models import Audience
from hemmavid.contacts.queries import ContactRow, contacts, overdue
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.contacts import register, words
from hemmavid.interfaces.office.contacts.forms import AbsenceForm, ContactForm, initial_of
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.organisations.queries import parameters_in_use


@require_safe
def listed(request: OfficeRequest) -> HttpResponse:
    """Every function the person may know, with number and hours now; what is to be confirmed first."""
    require(request.actor, Permission.CONTACTS_READ)
    chosen = next((one for one in Audience if one.value == request.GET.get("for")), None)
    rows = contacts(register.now_of(request), by=request.actor)
    waiting = [register.shown(row, request) for row in overdue(rows)]
    narrowed = [row for row in rows if chosen is None or row.audience is chosen]
    values = {
        "groups": register.groups(narrowed, request),
        "waiting": waiting,
        "chips": register.audience_chips(chosen),
        "may_add": request.actor.may(Permission.CONTACTS_CONFIRM),
    }
    return render(request, "office/contacts/list.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest) -> HttpResponse:
    """Take a function into the register."""
    require(request.actor, Permission.CONTACTS_CONFIRM)
    form = _offered(ContactForm(request.POST or None), request)
    if form.is_valid():
        try:
            operations.add_contact(
                form.facts(), parameters=parameters_in_use(), by=request.actor, at=request.now
            )
        except operations.ContactRefused as refused:
            form.add_error(*words.refusal(refused))
        else:
            messages.success(request, words.SAVED)
            return redirect("office:contacts")
    values = {"form": form, "row": None, "crumbs": _crumbs("Lägg till en kontakt")}
    return render(request, "office/contacts/contact.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficeRequest, contact_id: UUID) -> HttpResponse:
    """Change a function, say that it is absent, or end it."""
    rows = contacts(register.now_of(request), by=request.actor)
    row = _to_keep(rows, contact_id)
    bound = ContactForm(request.POST) if request.method == "POST" else ContactForm(initial=initial_of(row))
    form = _offered(bound, request)
    if form.is_valid():
        try:
            operations.change_contact(
                contact_id, form.facts(), parameters=parameters_in_use(), by=request.actor, at=request.now
            )
        except operations.ContactRefused as refused:
            form.add_error(*words.refusal(refused))
        else:
            messages.success(request, words.SAVED)
            return redirect("office:contacts")
    return _page(request, rows, row, form=form)


@require_POST
def confirm(request: OfficeRequest, contact_id: UUID) -> HttpResponse:
    """The number is right (R222)."""
    operations.confirm_contact(contact_id, by=request.actor, at=request.now)
    messages.success(request, words.CONFIRMED)
    return redirect("office:contacts")


@require_POST
def end(request: OfficeRequest, contact_id: UUID) -> HttpResponse:
    """Out of use from today."""
    operations.end_contact(contact_id, by=request.actor, at=request.now)
    messages.success(request, words.ENDED)
    return redirect("office:contacts")


@require_POST
def add_absence(request: OfficeRequest, contact_id: UUID) -> HttpResponse:
    """Nobody answers for some days; another function does."""
    rows = contacts(register.now_of(request), by=request.actor)
    row = _to_keep(rows, contact_id)
    form = AbsenceForm(request.POST).offer(_others(rows, row))
    if form.is_valid():
        deputy_id = UUID(form.cleaned_data["deputy"])
        try:
            operations.add_absence(contact_id, form.days(), deputy_id=deputy_id, by=request.actor)
        except operations.AbsenceOverlaps:
            form.add_error("first_day", words.OVERLAPS)
        except operations.DeputyRefused as refused:
            form.add_error("deputy", words.DEPUTIES[refused.code])
        else:
            messages.success(request, words.ABSENT)
            return redirect("office:contacts")
    return _page(request, rows, row, absence=form)


@require_POST
def end_absence(request: OfficeRequest, contact_id: UUID) -> HttpResponse:
    """Somebody answers again."""
    operations.end_absence(contact_id, by=request.actor, at=request.now)
    messages.success(request, words.BACK)
    return redirect("office:contacts")


def _page(
    request: OfficeRequest,
    rows: list[ContactRow],
    row: ContactRow,
    *,
    form: ContactForm | None = None,
    absence: AbsenceForm | None = None,
) -> HttpResponse:
    today = clock.local_day(request.now)
    values = {
        "row": row,
        "form": form or _offered(ContactForm(initial=initial_of(row)), request),
        "absence": absence or AbsenceForm(initial={"first_day": today}).offer(_others(rows, row)),
        "crumbs": _crumbs(row.reached.name),
    }
    return render(request, "office/contacts/contact.html", values)


def _to_keep(rows: list[ContactRow], contact_id: UUID) -> ContactRow:
    """The function when it is the person's to keep; else there is no such page."""
    row = next((one for one in rows if one.contact_id == contact_id and one.may_confirm), None)
    if row is None:
        raise Http404
    return row


def _others(rows: list[ContactRow], row: ContactRow) -> list[ContactRow]:
    return [one for one in rows if one.contact_id != row.contact_id]


def _offered(form: ContactForm, request: OfficeRequest) -> ContactForm:
    units = places.units_within(Permission.CONTACTS_CONFIRM, by=request.actor)
    profiles = parameters_in_use().at("hours.profiles", clock.local_day(request.now)).hours_profiles
    return form.offer(
        [(unit.unit_id, unit.name) for unit in units],
        [(code, profile.label) for code, profile in profiles.profiles.items()],
        common=request.actor.reach(Permission.CONTACTS_CONFIRM).everywhere,
    )


def _crumbs(here: str) -> list[Crumb]:
    return [Crumb("Kontakter", reverse("office:contacts")), Crumb(here)]
