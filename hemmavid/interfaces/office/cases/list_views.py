"""Att göra: the officer's cases by deadline, and cases moved between officers (BH1, FB5)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations import on_call, opening, owners
from hemmavid.cases.queries.case_list import ROWS, About, CaseList, Owner, case_list
from hemmavid.cases.queries.officers import officers
from hemmavid.cases.queries.old_model import decisions_under_old_model
from hemmavid.interfaces.office.answers import address, page_or_part, rows_asked_for
from hemmavid.interfaces.office.cases.forms.decision import ids_of
from hemmavid.interfaces.office.cases.forms.small import OwnerForm
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock

MOST_ROWS = 1000
OWNER_LABELS = {Owner.MINE: "Mina", Owner.COLLEAGUES: "Kollegors", Owner.UNASSIGNED: "Ofördelade"}
ABOUT_LABELS = {
    About.ALL: "Alla",
    About.VISIT: "Väntar på hembesök",
    About.DECIDE: "Att besluta",
    About.ENDING: "Beslut som går ut",
}
Asked = TypeVar("Asked", bound=StrEnum)


@require_safe
def cases(request: OfficeRequest) -> HttpResponse:
    """The cases asked for, fifty rows; to begin with one's own, for who has none the others'."""
    require(request.actor, Permission.CASE_READ)
    owner = _asked(Owner, request.GET.get("agare", ""), _at_first(request))
    about = _asked(About, request.GET.get("visa-bara", ""), About.ALL)
    shown = rows_asked_for(request, at_first=ROWS, most=MOST_ROWS)
    day = clock.local_day(request.now)
    found = case_list(owner, about, shown=shown, on=day, by=request.actor)
    record_look(Seen("cases", Action.LIST, rows=len(found.rows)), by=request.actor, at=request.now)
    kept = {"agare": owner.value, "visa-bara": "" if about is About.ALL else about.value}
    may_move = request.actor.may(Permission.CASE_REASSIGN)
    people = officers(on=day, by=request.actor) if may_move else []
    values = {
        "found": found,
        "owners": _owner_chips(found, owner, kept),
        "abouts": _about_chips(about, kept),
        "more_url": address({**kept, "visa": shown + ROWS}),
        "may_move": may_move,
        "may_write": request.actor.may(Permission.CASE_WRITE),
        "move_form": OwnerForm().offer(people, with_queue=True) if may_move else None,
        "here": address(kept),
        "today": day,
    }
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
    return redirect(reverse("office:cases") + _here(request))


@require_POST
def receive(request: OfficeRequest, decision_id: UUID) -> HttpResponse:
    """Take a decision from the night into the client's case, which is opened when there is none."""
    try:
        case_id = on_call.receive_on_call(decision_id=decision_id, by=request.actor, at=request.now)
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


def _at_first(request: OfficeRequest) -> Owner:
    is_manager = request.actor.roles == {Role.AUTHORITY_MANAGER}
    return Owner.COLLEAGUES if is_manager else Owner.MINE


def _asked(kind: type[Asked], text: str, otherwise: Asked) -> Asked:
    return next((one for one in kind if one.value == text), otherwise)


def _here(request: OfficeRequest) -> str:
    """Back to the list as it was narrowed."""
    owner = _asked(Owner, request.POST.get("agare", ""), Owner.MINE)
    return address({"agare": owner.value})


def _owner_chips(found: CaseList, chosen: Owner, kept: Mapping[str, object]) -> list[Chip]:
    return [
        Chip(label, address({**kept, "agare": owner.value}), owner is chosen, found.owners[owner])
        for owner, label in OWNER_LABELS.items()
    ]


def _about_chips(chosen: About, kept: Mapping[str, object]) -> list[Chip]:
    return [
        Chip(
            label, address({**kept, "visa-bara": "" if about is About.ALL else about.value}), about is chosen
        )
        for about, label in ABOUT_LABELS.items()
    ]
