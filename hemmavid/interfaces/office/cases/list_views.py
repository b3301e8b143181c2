"""Att göra: the officer's cases by deadline, and cases moved between officers (BH1, FB5)."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import on_call, opening, owners
from hemmavid.cases.queries.case_list import Owner
from hemmavid.cases.queries.officers import officers
from hemmavid.cases.queries.old_model import decisions_under_old_model
from hemmavid.interfaces.office.answers import page_or_part
from hemmavid.interfaces.office.cases.forms.decision import ids_of
from hemmavid.interfaces.office.cases.forms.small import OwnerForm
from hemmavid.interfaces.office.cases.list_page import asked_for, list_url, list_values
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock


@require_safe
def cases(request: OfficeRequest) -> HttpResponse:
    """The cases asked for, fifty rows."""
    values, rows = list_values(request)
    record_look(Seen("cases", Action.LIST, rows=rows), by=request.actor, at=request.now)
    return page_or_part(request, "office/cases/list.html", values, part="rows")


@require_POST
def move(request: OfficeRequest) -> HttpResponse:
    """Move the ticked cases to another officer or to the queue (FB5)."""
    require(request.actor, Permission.CASE_REASSIGN)
    people = officers(on=clock.local_day(request.now), by=request.actor)
    form = OwnerForm(request.POST).offer(people, with_queue=True)
    chosen = ids_of(request.POST.getlist("arende"))
    if not chosen:
        messages.warning(request, "Kryssa för de ärenden som ska flyttas.")
    elif form.is_valid():
        moved = owners.move_cases(
            chosen, officer_id=form.officer_id, reason=form.cleaned_data["why"], by=request.actor,
            at=request.now,
        )  # fmt: skip
        messages.success(request, f"{moved} ärenden är flyttade." if moved != 1 else "1 ärende är flyttat.")
    else:
        messages.warning(request, "Välj vem som ska få ärendena.")
    owner = asked_for(Owner, request.POST.get("agare", ""), Owner.MINE)
    return redirect(list_url({"agare": owner.value}))


@require_POST
def receive(request: OfficeRequest, waiting_id: UUID) -> HttpResponse:
    """Take a decision from the night into the client's case, which is opened when there is none."""
    try:
        case_id = on_call.receive_on_call(decision_id=waiting_id, by=request.actor, at=request.now)
    except on_call.AlreadyReceived:
        messages.info(request, "Beslutet är redan mottaget.")
        return redirect("office:cases")
    except opening.ClientDeceased:
        messages.warning(request, "Brukaren har avlidit, så inget ärende öppnas.")
        return redirect("office:cases")
    messages.success(request, "Jourens beslut är mottaget och ligger i ärendet.")
    return redirect("office:case", case_id)


@require_safe
def old_model(request: OfficeRequest) -> HttpResponse:
    """The decisions still made under the old model: the list that is to shrink (R130)."""
    report = decisions_under_old_model(on=clock.local_day(request.now), by=request.actor)
    seen = Seen("cases-old-model", Action.LIST, rows=len(report.decisions))
    record_look(seen, by=request.actor, at=request.now)
    return page_or_part(request, "office/cases/old_model.html", {"report": report}, part="report")
