"""Uppdrag: the list for both sides, the inquiries, the capacity stops, the changes under way."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.answers import address, page_or_part, rows_asked_for
from hemmavid.interfaces.office.orders.acting import attempt, text_of
from hemmavid.interfaces.office.orders.forms import StopForm
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.clock import local_day
from hemmavid.orders import order_lists
from hemmavid.orders.models import Answer
from hemmavid.orders.operations.asking import (
    answer_inquiry,
    end_capacity_stop,
    set_capacity_stop,
)
from hemmavid.orders.order_lists import Group, OrderFilter
from hemmavid.organisations.queries import UnitFacts

ROWS_AT_A_TIME, MOST_ROWS = 50, 1000
GROUP_LABELS = {
    Group.WAITING: "Att ta emot",
    Group.RUNNING: "Pågående",
    Group.DRAFTS: "Utkast",
    Group.ENDED: "Avslutade",
    Group.ALL: "Alla",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for."""

    group: Group
    unit: UnitFacts | None
    is_mine: bool
    only_late: bool
    limit: int

    @property
    def kept(self) -> dict[str, object]:
        """The address again, without the number of rows."""
        return {
            "lage": "" if self.group is Group.WAITING else self.group.value,
            "enhet": self.unit.code if self.unit else "",
            "mina": "ja" if self.is_mine else "",
            "sena": "ja" if self.only_late else "",
        }


@require_safe
def orders(request: OfficeRequest) -> HttpResponse:
    """The orders of the person's area, those that wait to be received first; narrowed by the address."""
    require(request.actor, Permission.ORDER_READ)
    units = places.units_within(Permission.ORDER_READ, by=request.actor)
    asked = _asked(request, units)
    wanted = OrderFilter(
        asked.group, asked.unit.unit_id if asked.unit else None, asked.is_mine, only_late=asked.only_late
    )
    page = order_lists.order_list(wanted, at=request.now, limit=asked.limit, by=request.actor)
    record_look(Seen("orders", Action.LIST, rows=len(page.rows)), by=request.actor, at=request.now)
    values = {
        "page": page,
        "counts": order_lists.counts(at=request.now, by=request.actor),
        "groups": _group_chips(asked, request),
        "units": places.unit_chips(units, wanted.unit_id, asked.kept),
        "choices": _choice_chips(asked, request),
        "more_url": address({**asked.kept, "visa": asked.limit + ROWS_AT_A_TIME}),
        "all_url": address({"lage": Group.ALL.value}),
        "is_authority": request.actor.reach(Permission.ORDER_READ).everywhere,
        "shows_units": len(units) > 1,
    }
    return page_or_part(request, "office/orders/list.html", values, part="rows")


def _asked(request: OfficeRequest, units: list[UnitFacts]) -> Asked:
    query = request.GET
    return Asked(
        group=next((one for one in Group if one.value == query.get("lage")), Group.WAITING),
        unit=places.chosen_unit(units, query.get("enhet", "")),
        is_mine=query.get("mina") == "ja" and request.actor.may(Permission.ORDER_SEND),
        only_late=query.get("sena") == "ja",
        limit=rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS),
    )


def _group_chips(asked: Asked, request: OfficeRequest) -> list[Chip]:
    sees_drafts = request.actor.reach(Permission.ORDER_READ).everywhere
    return [
        Chip(
            label,
            address({**asked.kept, "lage": "" if group is Group.WAITING else group.value}),
            is_chosen=group is asked.group,
        )
        for group, label in GROUP_LABELS.items()
        if sees_drafts or group is not Group.DRAFTS
    ]


def _choice_chips(asked: Asked, request: OfficeRequest) -> list[Chip]:
    late = address({**asked.kept, "sena": "" if asked.only_late else "ja"})
    chips = [Chip("Sena att ta emot", late, is_chosen=asked.only_late)]
    if request.actor.may(Permission.ORDER_SEND):
        mine = address({**asked.kept, "mina": "" if asked.is_mine else "ja"})
        chips.append(Chip("Skickade av mig", mine, is_chosen=asked.is_mine))
    return chips


@require_safe
def inquiries(request: OfficeRequest) -> HttpResponse:
    """Questions whether a unit can take a new client, without a name (R047)."""
    require(request.actor, Permission.ORDER_READ)
    rows = order_lists.inquiries(at=request.now, limit=ROWS_AT_A_TIME, by=request.actor)
    answering = [
        {"row": row, "may_answer": request.actor.may(Permission.ORDER_ANSWER, row.unit_id)} for row in rows
    ]
    return render(request, "office/orders/inquiries.html", {"rows": answering})


@require_POST
def answer(request: OfficeRequest, inquiry_id: UUID) -> HttpResponse:
    """The unit accepts or declines."""
    require(request.actor, Permission.ORDER_ANSWER)
    given = Answer.DECLINED if request.POST.get("svar") == Answer.DECLINED else Answer.ACCEPTED
    reason = text_of(request, "reason")
    done = (
        "Svaret är skickat." if given is Answer.DECLINED else "Svaret är skickat. Uppdraget kommer härnäst."
    )
    attempt(
        request,
        lambda: answer_inquiry(
            inquiry_id=inquiry_id, answer=given, reason=reason, by=request.actor, at=request.now
        ),
        done=done,
    )
    return redirect("office:inquiries")


@require_http_methods(["GET", "HEAD", "POST"])
def capacity(request: OfficeRequest) -> HttpResponse:
    """The capacity stops of the person's units; the unit manager sets them (R048, A25)."""
    require(request.actor, Permission.ORDER_READ)
    today = local_day(request.now)
    may_set = request.actor.may(Permission.CAPACITY_SET)
    units = [
        (unit.unit_id, unit.name) for unit in places.units_within(Permission.CAPACITY_SET, by=request.actor)
    ]
    form = StopForm(request.POST or None, initial={"first": today}).offer(units)
    if request.method == "POST":
        require(request.actor, Permission.CAPACITY_SET)
        if form.is_valid() and _set_stop(request, form):
            return redirect("office:capacity")
    values = {
        "rows": [
            {"row": row, "may_end": request.actor.may(Permission.CAPACITY_SET, row.unit_id)}
            for row in order_lists.capacity_stops(on=today, by=request.actor)
        ],
        "form": form,
        "may_set": may_set,
    }
    return render(request, "office/orders/capacity.html", values)


def _set_stop(request: OfficeRequest, form: StopForm) -> bool:
    typed = form.cleaned_data
    return attempt(
        request,
        lambda: set_capacity_stop(
            unit_id=UUID(typed["unit"]),
            first=typed["first"],
            last=typed["last"],
            reason=typed["reason"],
            by=request.actor,
            at=request.now,
        ),
        done="Kapacitetsstoppet är registrerat. Enheten får tacka nej till nya brukare under tiden.",
    )


@require_POST
def end_stop(request: OfficeRequest, stop_id: UUID) -> HttpResponse:
    """From tomorrow the unit takes clients again."""
    require(request.actor, Permission.CAPACITY_SET)
    attempt(
        request,
        lambda: end_capacity_stop(stop_id=stop_id, by=request.actor, at=request.now),
        done="Stoppet slutar idag.",
    )
    return redirect("office:capacity")


@require_safe
def changes(request: OfficeRequest) -> HttpResponse:
    """Changes of provider under way, and endings that the officer is to have confirmed."""
    require(request.actor, Permission.ORDER_READ)
    is_officer = request.actor.may(Permission.ORDER_SEND)
    rows = order_lists.provider_changes(on=local_day(request.now), by=request.actor)
    endings = order_lists.endings_to_confirm(by=request.actor) if is_officer else []
    values = {
        "rows": rows,
        "endings": endings,
        "is_officer": is_officer,
    }
    shown = len(rows) + len(endings)
    record_look(Seen("order_changes", Action.LIST, rows=shown), by=request.actor, at=request.now)
    return render(request, "office/orders/changes.html", values)
