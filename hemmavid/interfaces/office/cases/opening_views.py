"""Open a case, and register the application it begins with (R040, R041, R138)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import applications, opening
from hemmavid.cases.operations.revision import CaseChangedMeanwhile, CaseClosed
from hemmavid.cases.queries.case_page import case_head
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.forms.opening import (
    ApplicationForm,
    InformationForm,
    OwnCaseForm,
    PersonForm,
)
from hemmavid.interfaces.office.cases.page import case_answer, meanwhile_answer
from hemmavid.interfaces.office.cases.seen import attempt, seen_of
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.lib.identity_numbers import NoSuchDate, WrongCheckDigits, WrongForm, WrongIdentityNumber
from hemmavid.people.queries import client_name
from hemmavid.people.registration import ClientAlreadyKnown, PersonIncomplete

WRONG_NUMBERS: dict[type[WrongIdentityNumber], str] = {
    WrongCheckDigits: "Personnumret stämmer inte: kontrollera siffrorna.",
    NoSuchDate: "De åtta första siffrorna är ingen dag. Skriv ÅÅÅÅMMDD-NNNN.",
    WrongForm: "Skriv personnumret som ÅÅÅÅMMDD-NNNN.",
}
INCOMPLETE = {"given_name": "Skriv förnamnet.", "family_name": "Skriv efternamnet."}
ALREADY_OPEN = "Brukaren har redan ett öppet ärende. Här är det."
READ_METHODS = ["GET", "HEAD", "POST"]


@require_http_methods(READ_METHODS)
def new(request: OfficeRequest) -> HttpResponse:
    """A case for a person who is new to home care."""
    require(request.actor, Permission.CASE_WRITE)
    form = PersonForm(request.POST or None)
    if form.is_valid():
        try:
            opened = opening.open_case_for_new_person(
                form.as_client(), is_own=form.cleaned_data["is_own"], by=request.actor, at=request.now
            )
        except WrongIdentityNumber as wrong:
            form.add_error("personal_number", WRONG_NUMBERS[type(wrong)])
        except PersonIncomplete as missing:
            form.add_error(missing.field, INCOMPLETE[missing.field])
        except ClientAlreadyKnown as known:
            form.add_error("personal_number", _known(known.client_id))
        else:
            return redirect("office:application-new", opened.case_id)
    return render(request, "office/cases/new.html", {"form": form})


@require_http_methods(READ_METHODS)
def new_for_client(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """A case for a client we know; an open one is shown instead."""
    require(request.actor, Permission.CASE_WRITE)
    name = client_name(client_id, by=request.actor)
    form = OwnCaseForm(request.POST or None, initial={"client": client_id})
    if form.is_valid():
        try:
            opened = opening.open_case(
                client_id=client_id, is_own=form.cleaned_data["is_own"], by=request.actor, at=request.now
            )
        except opening.CaseAlreadyOpen as known:
            messages.info(request, ALREADY_OPEN)
            return redirect("office:case", known.case_id)
        except opening.ClientDeceased:
            form.add_error(None, "Brukaren har avlidit, så inget ärende öppnas.")
        else:
            return redirect("office:application-new", opened.case_id)
    record_look(Seen("case-new", client_id=client_id), by=request.actor, at=request.now)
    return render(request, "office/cases/new_for_client.html", {"form": form, "name": name})


@require_http_methods(READ_METHODS)
def application_new(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Register an application in the case."""
    require(request.actor, Permission.CASE_WRITE)
    day = clock.local_day(request.now)
    form = ApplicationForm(request.POST or None, initial={"received_on": day, "capacity": "self"})
    meanwhile: tuple[str, ...] = ()
    if form.is_valid():
        seen = seen_of(request, case_id)

        def write() -> None:
            applications.register_application(form.as_application(), seen, by=request.actor, at=request.now)

        try:
            outcome = attempt(form, write)
        except applications.ApplicationRefused as refused:
            form.take(refused)
        else:
            if outcome.is_done:
                messages.success(request, "Ansökan är registrerad.")
                return redirect("office:case", case_id)
            meanwhile = outcome.meanwhile
    head = case_head(case_id, on=day, by=request.actor)
    record_look(Seen("application-new", client_id=head.client.client_id), by=request.actor, at=request.now)
    values = {"form": form, "head": head, "meanwhile": meanwhile}
    return render(request, "office/cases/application.html", values)


@require_POST
def information(request: OfficeRequest, case_id: UUID, application_id: UUID) -> HttpResponse:
    """Note what the person has been told, and when the home visit is."""
    form = InformationForm(request.POST)
    require(request.actor, Permission.CASE_WRITE)

    def write() -> None:
        applications.note_information(
            form.as_given(), application_id, seen_of(request, case_id), by=request.actor, at=request.now
        )

    return case_answer(request, case_id, form, write, name="information", said="Noterat.")


@require_POST
def withdraw(request: OfficeRequest, case_id: UUID, application_id: UUID) -> HttpResponse:
    """The person takes the application back, today."""
    try:
        applications.withdraw_application(
            application_id=application_id,
            seen=seen_of(request, case_id),
            withdrawn_on=clock.local_day(request.now),
            by=request.actor,
            at=request.now,
        )
    except applications.ApplicationAlreadyClosed:
        messages.info(request, "Ansökan är redan avgjord.")
    except CaseChangedMeanwhile as lost:
        return meanwhile_answer(request, case_id, lost)
    except CaseClosed:
        messages.warning(request, refusals.CLOSED)
    else:
        messages.success(request, "Ansökan är återtagen.")
    return redirect("office:case", case_id)


def _known(client_id: UUID) -> str:
    url = reverse("office:case-new-client", args=[client_id])
    return format_html('Personen finns redan. <a href="{}">Öppna ett ärende för personen</a>.', url)
