"""The case page, and the small things done on it: owner, event, consent, an ending confirmed."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.cases.operations import assessing, changing, consents, drafts, ending, events, owners
from hemmavid.cases.operations.ending import Ended
from hemmavid.cases.operations.revision import CaseChangedMeanwhile, CaseClosed
from hemmavid.cases.queries.case_page import case_page
from hemmavid.cases.queries.officers import officers
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.carried import told_of
from hemmavid.interfaces.office.cases.forms.decision import KindForm
from hemmavid.interfaces.office.cases.forms.small import (
    ConfirmForm,
    ConsentForm,
    EventNoteForm,
    OwnerForm,
    ReasonForm,
)
from hemmavid.interfaces.office.cases.page import (
    case_answer,
    case_values,
    interventions_of,
    meanwhile_answer,
    shown,
)
from hemmavid.interfaces.office.cases.seen import seen_of
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.settlement import decision_changes
from hemmavid.settlement.decision_changes import Carried

GOES_ON = "behall"
NOT_AN_OFFICER = "Personen arbetar inte som biståndshandläggare idag. Välj någon annan."


@require_safe
def case(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Everything about a case on one page."""
    return shown(request, case_values(request, case_id))


@require_POST
def take(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Take the case, with the reason when it is a colleague's (FB1)."""
    form = ReasonForm(request.POST)

    def write() -> None:
        owners.take_case(
            seen=seen_of(request, case_id),
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
        )

    try:
        return case_answer(request, case_id, form, write, name="take", said="Ärendet är ditt.")
    except owners.ReasonMissing:
        form.add_error("reason", "Skriv varför du tar över kollegans ärende.")
    except owners.NotAnOfficer:
        form.add_error(None, NOT_AN_OFFICER)
    return shown(request, case_values(request, case_id, forms_in_error={"take": form}))


@require_POST
def hand_over(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Hand the case to a colleague."""
    require(request.actor, Permission.CASE_WRITE)
    people = officers(on=clock.local_day(request.now), by=request.actor)
    form = OwnerForm(request.POST).offer(people)

    def write() -> None:
        officer_id = form.officer_id
        if officer_id is not None:
            owners.hand_over_case(
                seen=seen_of(request, case_id),
                officer_id=officer_id,
                reason=form.cleaned_data["why"],
                by=request.actor,
                at=request.now,
            )

    return case_answer(request, case_id, form, write, name="owner", said="Ärendet är överlämnat.")


@require_POST
def event_new(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Register an event: its text is the journal entry."""
    require(request.actor, Permission.CASE_WRITE)
    page = case_page(case_id, on=clock.local_day(request.now), by=request.actor)
    form = EventNoteForm(request.POST).offer(interventions_of(page))
    decision_id = page.in_force[0].decision_id if page.in_force else None

    def write() -> None:
        new = form.as_event(decision_id)
        events.register_event(new, seen_of(request, case_id), by=request.actor, at=request.now)

    try:
        return case_answer(request, case_id, form, write, name="event", said="Händelsen är registrerad.")
    except events.EventRefused as refused:
        form.take(refused)
    return shown(request, case_values(request, case_id, forms_in_error={"event": form}))


@require_POST
def consent_new(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Note a consent for an occasion."""
    require(request.actor, Permission.CASE_WRITE)
    form = ConsentForm(request.POST)

    def write() -> None:
        consents.record_consent(
            form.as_consent(), seen_of(request, case_id), by=request.actor, at=request.now
        )

    try:
        return case_answer(request, case_id, form, write, name="consent", said="Samtycket är noterat.")
    except consents.ConsentRefused as refused:
        form.take(refused)
    except consents.PartiesMissing:
        form.add_error("parties", "Skriv mellan vilka samtycket gäller.")
    return shown(request, case_values(request, case_id, forms_in_error={"consent": form}))


@require_POST
def consent_withdraw(request: OfficeRequest, case_id: UUID, case_consent_id: UUID) -> HttpResponse:
    """The person takes a consent back, today."""
    try:
        consents.withdraw_consent(
            consent_id=case_consent_id,
            seen=seen_of(request, case_id),
            withdrawn_on=clock.local_day(request.now),
            by=request.actor,
            at=request.now,
        )
    except consents.AlreadyWithdrawn:
        messages.info(request, "Samtycket är redan återkallat.")
    except CaseClosed:
        messages.warning(request, refusals.CLOSED)
    except CaseChangedMeanwhile as lost:
        return meanwhile_answer(request, case_id, lost)
    else:
        messages.success(request, "Att samtycket är återkallat är noterat.")
    return redirect("office:case", case_id)


@require_POST
def ending_confirm(request: OfficeRequest, case_id: UUID, confirmation_id: UUID) -> HttpResponse:
    """Note how the person confirmed that something ends, and end it; or that the support goes on (R297)."""
    require(request.actor, Permission.CASE_WRITE)
    form, seen = ConfirmForm(request.POST), seen_of(request, case_id)
    goes_on = request.POST.get("gor") == GOES_ON
    carried: list[Carried[Ended]] = []

    def write() -> None:
        said = form.as_confirmed()
        if goes_on:
            ending.refuse_ending(said, confirmation_id, seen, by=request.actor, at=request.now)
        else:
            done = decision_changes.confirm_ending(
                said, confirmation_id, seen, by=request.actor, at=request.now
            )
            carried.append(done)

    words = "Noterat: stödet fortsätter." if goes_on else "Avslutet är bekräftat."
    try:
        answer = case_answer(request, case_id, form, write, name="confirm", said=words)
        for one in carried:
            told_of(request, one, said="Avslutet gäller.")
        return answer
    except ending.ConfirmationMissing:
        form.add_error("how", "Skriv hur avslutet bekräftades.")
    except ending.AlreadyConfirmed:
        messages.info(request, "Avslutet är redan bekräftat.")
        return redirect("office:case", case_id)
    except changing.DecisionNotInForce:
        form.add_error(None, refusals.NOT_IN_FORCE)
    except (changing.DayOutsideDecision, ending.NothingToEnd):
        form.add_error(None, refusals.ROW_CHANGED)
    except decision_changes.OrderCannotFollow as refused:
        form.add_error(None, refusals.order_refusal(refused)[1])
    return shown(request, case_values(request, case_id, forms_in_error={"confirm": form}))


@require_POST
def assessment_start(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Begin an assessment and go to it; one that is under way is opened."""
    try:
        assessing.start_assessment(seen=seen_of(request, case_id), by=request.actor, at=request.now)
    except assessing.AssessmentAlreadyBegun:
        pass
    except CaseChangedMeanwhile as lost:
        return meanwhile_answer(request, case_id, lost)
    except CaseClosed:
        messages.warning(request, refusals.CLOSED)
        return redirect("office:case", case_id)
    return redirect("office:assessment", case_id)


@require_POST
def decision_begin(request: OfficeRequest, case_id: UUID) -> HttpResponse:
    """Begin a decision of the kind chosen and go to it; one that is under way is opened."""
    require(request.actor, Permission.DECIDE)
    form = KindForm(request.POST)
    if not form.is_valid():
        return shown(request, case_values(request, case_id, forms_in_error={"kind": form}))
    try:
        decision_id = drafts.begin_draft(
            kind=form.chosen, seen=seen_of(request, case_id), by=request.actor, at=request.now
        )
    except drafts.DraftAlreadyBegun as known:
        return redirect("office:decision", case_id, known.decision_id)
    except CaseChangedMeanwhile as lost:
        return meanwhile_answer(request, case_id, lost)
    except CaseClosed:
        messages.warning(request, refusals.CLOSED)
        return redirect("office:case", case_id)
    return redirect("office:decision", case_id, decision_id)
