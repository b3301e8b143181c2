"""The case page as values, and how the small forms on it answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations.revision import CaseChangedMeanwhile
from hemmavid.cases.queries.case_page import case_page
from hemmavid.cases.queries.case_views import CasePage
from hemmavid.cases.queries.officers import officers
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.forms.decision import KindForm
from hemmavid.interfaces.office.cases.forms.opening import InformationForm
from hemmavid.interfaces.office.cases.forms.small import (
    ConfirmForm,
    ConsentForm,
    EventNoteForm,
    OwnerForm,
    ReasonForm,
)
from hemmavid.interfaces.office.cases.seen import attempt
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.orders.order_lists import Group, OrderFilter, order_list

ORDERS_SHOWN = 50
SECTIONS = {
    "ansokan": "Ansökan",
    "utredning": "Utredning",
    "behov": "Behov och nivåer",
    "beslut": "Beslut",
    "uppdrag": "Uppdrag",
    "handelser": "Händelser",
    "samtycken": "Samtycken",
    "agare": "Handläggare",
}


def case_values(
    request: OfficeRequest,
    case_id: UUID,
    *,
    forms_in_error: Mapping[str, forms.Form] | None = None,
    meanwhile: tuple[str, ...] = (),
) -> dict[str, object]:
    """What the template needs; a form that was refused takes the place of the empty one."""
    day = clock.local_day(request.now)
    page = case_page(case_id, on=day, by=request.actor)
    people = officers(on=day, by=request.actor)
    is_own = page.head.officer_id is not None and page.head.officer_id == request.actor.user_id
    may_write = request.actor.may(Permission.CASE_WRITE) and page.head.is_open
    offered: dict[str, forms.Form] = {
        "take": ReasonForm(),
        "owner": OwnerForm().offer([one for one in people if one.user_id != page.head.officer_id]),
        "event": EventNoteForm(initial={"occurred_on": day}).offer(interventions_of(page)),
        "consent": ConsentForm(initial={"given_on": day}),
        "confirm": ConfirmForm(initial={"confirmed_on": day}),
        "kind": KindForm(),
        "information": _information(page),
    }
    offered |= forms_in_error or {}
    of_client = OrderFilter(Group.ALL, client_id=page.head.client.client_id)
    may_hand_over = request.actor.may(Permission.CASE_REASSIGN) or is_own or page.head.officer_id is None
    return {
        "page": page,
        "head": page.head,
        "sections": SECTIONS,
        "forms": offered,
        "in_error": next(iter(forms_in_error or {}), ""),
        "meanwhile": meanwhile,
        "is_own": is_own,
        "may_write": may_write,
        "may_order": request.actor.may(Permission.ORDER_SEND),
        "orders": order_list(of_client, at=request.now, limit=ORDERS_SHOWN, by=request.actor).rows,
        "may_hand_over": may_write and may_hand_over,
        "changes": [refusals.change_words(change) for change in page.changes],
    }


def case_answer(
    request: OfficeRequest,
    case_id: UUID,
    form: forms.Form,
    write: Callable[[], object],
    *,
    name: str,
    said: str,
) -> HttpResponse:
    """Write when the form holds; then back to the page, else the page with the words at the form."""
    meanwhile: tuple[str, ...] = ()
    if form.is_valid():
        outcome = attempt(form, write)
        if outcome.is_done:
            messages.success(request, said)
            return redirect("office:case", case_id)
        meanwhile = outcome.meanwhile
    return shown(request, case_values(request, case_id, forms_in_error={name: form}, meanwhile=meanwhile))


def shown(request: OfficeRequest, values: Mapping[str, object]) -> HttpResponse:
    """The page, written in the look log first."""
    require(request.actor, Permission.CASE_READ)
    page = values["page"]
    if isinstance(page, CasePage):
        seen = Seen("case", client_id=page.head.client.client_id)
        record_look(seen, by=request.actor, at=request.now)
    return render(request, "office/cases/case.html", dict(values))


def meanwhile_answer(request: OfficeRequest, case_id: UUID, lost: CaseChangedMeanwhile) -> HttpResponse:
    """The page as it is now, with what somebody else did since it was shown."""
    told = tuple(refusals.meanwhile_words(lost))
    return shown(request, case_values(request, case_id, meanwhile=told))


def interventions_of(page: CasePage) -> list[str]:
    """What a follow-up may be about: what the decisions in force grant."""
    words = [need.words for decision in page.in_force for need in decision.needs]
    return list(dict.fromkeys(word.partition(" nivå ")[0].partition(",")[0] for word in words))


def _information(page: CasePage) -> InformationForm:
    latest = next((one for one in page.applications if one.is_open), None)
    if latest is None:
        return InformationForm()
    return InformationForm(
        initial={
            "information_given_on": latest.information_given_on,
            "leaflet_given_on": latest.leaflet_given_on,
            "clause_told_on": latest.clause_told_on,
            "home_visit_booked_on": latest.home_visit_booked_on,
        }
    )
