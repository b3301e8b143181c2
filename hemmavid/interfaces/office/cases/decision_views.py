"""A decision: written as a draft with every fault at its field, read when it is made, had as a document."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import deciding, drafts
from hemmavid.cases.operations.revision import CaseChangedMeanwhile, CaseClosed
from hemmavid.cases.operations.revision import Seen as SeenCase
from hemmavid.cases.queries.case_page import case_head
from hemmavid.cases.queries.case_views import CaseHead
from hemmavid.cases.queries.draft import DraftView, draft_view, is_draft
from hemmavid.cases.queries.of_decisions import decision_of
from hemmavid.interfaces.office.answers import page_or_part
from hemmavid.interfaces.office.cases import refusals
from hemmavid.interfaces.office.cases.forms.decision import DecisionForm
from hemmavid.interfaces.office.cases.seen import Outcome, attempt, seen_of
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.reports.decision_document import decision_pdf, document_of

DECIDE = "besluta"


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """The draft as a form, or the decision as it was made."""
    require(request.actor, Permission.CASE_READ)
    head = case_head(case_id, on=clock.local_day(request.now), by=request.actor)
    if not is_draft(decision_id, case_id, by=request.actor):
        return _made(request, head, decision_id)
    draft = draft_view(decision_id, case_id, by=request.actor, at=request.now)
    if request.method != "POST":
        return _form(request, head, draft, DecisionForm(draft))
    require(request.actor, Permission.DECIDE)
    return _posted(request, head, draft)


def _posted(request: OfficeRequest, head: CaseHead, draft: DraftView) -> HttpResponse:
    """Keep the draft whatever is wrong with it, then decide if that was the button."""
    form = DecisionForm(draft, request.POST)
    if not form.is_valid():
        return _form(request, head, draft, form)
    outcome = _saved(request, form, head, draft)
    if not outcome.is_done:
        return _form(request, head, draft, form, outcome.meanwhile)
    kept = draft_view(draft.decision_id, head.case_id, by=request.actor, at=request.now)
    is_early = form.too_early(kept.first_day)
    if request.POST.get("gor") == DECIDE and not is_early and _is_decided(request, form, head, draft):
        messages.success(request, f"Beslut {draft.number} är fattat.")
        return redirect("office:decision", head.case_id, draft.decision_id)
    if form.errors:
        fresh = case_head(head.case_id, on=clock.local_day(request.now), by=request.actor)
        return _form(request, fresh, kept, form)
    messages.success(request, "Utkastet är sparat.")
    return redirect("office:decision", head.case_id, draft.decision_id)


def _saved(request: OfficeRequest, form: DecisionForm, head: CaseHead, draft: DraftView) -> Outcome:
    def write() -> None:
        drafts.save_draft(
            form.as_text(),
            draft.decision_id,
            seen_of(request, head.case_id),
            by=request.actor,
            at=request.now,
        )

    return attempt(form, write)


def _is_decided(request: OfficeRequest, form: DecisionForm, head: CaseHead, draft: DraftView) -> bool:
    """Decide at the revision that the saved draft left: this request holds the lock between the two."""
    fresh = case_head(head.case_id, on=clock.local_day(request.now), by=request.actor)
    seen = SeenCase(head.case_id, fresh.revision)
    try:
        deciding.decide(decision_id=draft.decision_id, seen=seen, by=request.actor, at=request.now)
    except deciding.DecisionRefused as refused:
        form.take(refused.faults)
        return False
    return True


@require_POST
def discard(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """Take a draft away."""
    try:
        drafts.discard_draft(
            decision_id=decision_id, seen=seen_of(request, case_id), by=request.actor, at=request.now
        )
    except CaseChangedMeanwhile as lost:
        messages.warning(request, " ".join([*refusals.meanwhile_words(lost), "Utkastet är kvar."]))
    except CaseClosed:
        messages.warning(request, refusals.CLOSED)
    except drafts.NoDraft:
        messages.info(request, "Utkastet finns inte längre.")
    else:
        messages.success(request, "Utkastet är borttaget.")
    return redirect("office:case", case_id)


@require_safe
def document(request: OfficeRequest, case_id: UUID, decision_id: UUID) -> HttpResponse:
    """The decision as an accessible PDF: plain summary first, law second, how to appeal."""
    head = case_head(case_id, on=clock.local_day(request.now), by=request.actor)
    found = document_of(decision_id, case_id, by=request.actor, at=request.now)
    seen = Seen("decision", Action.EXPORT, head.client.client_id)
    record_look(seen, by=request.actor, at=request.now)
    name = content_disposition_header(as_attachment=True, filename=f"beslut-{found.number}.pdf")
    headers = {"Content-Disposition": name or "attachment"}
    return HttpResponse(decision_pdf(found), content_type="application/pdf", headers=headers)


def _form(
    request: OfficeRequest,
    head: CaseHead,
    draft: DraftView,
    form: DecisionForm,
    meanwhile: tuple[str, ...] = (),
) -> HttpResponse:
    record_look(Seen("decision", client_id=head.client.client_id), by=request.actor, at=request.now)
    values = {
        "head": head,
        "draft": draft,
        "form": form,
        "meanwhile": meanwhile,
        "may_decide": request.actor.may(Permission.DECIDE) and head.is_open,
    }
    return page_or_part(request, "office/cases/draft.html", values, part="form")


def _made(request: OfficeRequest, head: CaseHead, decision_id: UUID) -> HttpResponse:
    day = clock.local_day(request.now)
    found = decision_of(decision_id, head.case_id, on=day, by=request.actor)
    record_look(Seen("decision", client_id=head.client.client_id), by=request.actor, at=request.now)
    values = {
        "head": head,
        "decision": found,
        "may_change": request.actor.may(Permission.DECIDE) and head.is_open and found.is_in_force,
    }
    return render(request, "office/cases/decision.html", values)
