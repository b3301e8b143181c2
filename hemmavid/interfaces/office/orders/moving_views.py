"""Change of provider with its hand-over, and moves to and from the discharge team."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.queries.of_client import decisions_to_order_from
from hemmavid.interfaces.office.orders.acting import attempt, revision_of, text_of, to_order
from hemmavid.interfaces.office.orders.deadline_words import change_deadline, handover_deadline
from hemmavid.interfaces.office.orders.forms import ChangeProviderForm, MoveForm
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.clock import local, local_day
from hemmavid.orders.handover_page import handover_page
from hemmavid.orders.models import HandoverKind, Order, OrderKind
from hemmavid.orders.operations import moving
from hemmavid.orders.operations.moving import NewChange, NewMove
from hemmavid.orders.order_page_rows import OrderPage
from hemmavid.orders.order_pages import order_page
from hemmavid.orders.provider_list import likely_next_unit, units_to_choose
from hemmavid.organisations.queries import parameters_in_use


@require_http_methods(["GET", "HEAD", "POST"])
def change_provider(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Register the client's change of provider and draft the next order (R050)."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    today = local_day(request.now)
    units = units_to_choose(page.client.client_id, on=today, by=request.actor)
    form = ChangeProviderForm(request.POST or None, initial={"requested_on": today})
    form.offer([unit for unit in units if unit.unit_id != page.unit_id])
    if form.is_valid():
        typed = form.cleaned_data
        new = NewChange(
            form.unit_id,
            typed["starts_on"],
            typed["requested_on"],
            typed["requested_by"],
            is_chosen=not typed["not_chosen"],
        )
        if attempt(
            request,
            lambda: moving.change_provider(new, order_id=order_id, by=request.actor, at=request.now),
            done="Bytet är registrerat. Nu skickar du uppdraget till den nya enheten.",
        ):
            return _to_next(request, order_id)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    deadline = change_deadline(today, parameters_in_use())
    values = {"page": page, "form": form, "units": units, "deadline": deadline}
    return render(request, "office/orders/change_provider.html", values)


def _to_next(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    following = Order.objects.visible_to(request.actor).filter(replaces_id=order_id).order_by("-code").first()
    return redirect("office:order-draft", following.pk) if following else to_order(order_id)


@require_http_methods(["GET", "HEAD", "POST"])
def move(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Move the order to the discharge team or from it; too late only with the first case officer's name."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    units = units_to_choose(page.client.client_id, on=local_day(request.now), by=request.actor)
    form = MoveForm(request.POST or None, initial=_move_at_first(request, page))
    form.offer([unit for unit in units if unit.unit_id != page.unit_id])
    decisions = decisions_to_order_from(page.client.client_id, on=local_day(request.now), by=request.actor)
    form.offer_decisions(one for one in decisions if one.decision_id != page.decision_id)
    if form.is_valid():
        new = _new_move(form)
        if attempt(
            request,
            lambda: moving.move_order(
                new,
                order_id=order_id,
                expected_revision=revision_of(request),
                by=request.actor,
                at=request.now,
            ),
            done="Uppdraget är flyttat och skickat. Den som lämnar utför tills nästa har tagit emot.",
        ):
            return to_order(order_id)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    deadline = handover_deadline(local_day(request.now), parameters_in_use())
    return render(request, "office/orders/move.html", {"page": page, "form": form, "deadline": deadline})


def _move_at_first(request: OfficeRequest, page: OrderPage) -> dict[str, object]:
    """Told now; from the team to home care or the other way; the first case officer agrees by doing it."""
    is_first = Role.FIRST_CASE_OFFICER in request.actor.roles
    is_home_care = page.kind == OrderKind.HOME_CARE.label
    to_kind = OrderKind.DISCHARGE_TEAM if is_home_care else OrderKind.HOME_CARE
    return {
        "told_at": local(request.now).replace(second=0, microsecond=0, tzinfo=None),
        "to_kind": to_kind,
        "unit": likely_next_unit(page.order_id, to_kind, by=request.actor),
        "first_case_officer": request.actor.name if is_first else "",
    }


def _new_move(form: MoveForm) -> NewMove:
    typed = form.cleaned_data
    return NewMove(
        form.unit_id,
        OrderKind(typed["to_kind"]),
        typed["handover_at"],
        typed["told_at"],
        HandoverKind(typed["kind"]),
        decision_id=form.decision_id,
        first_case_officer=typed["first_case_officer"],
        planned_return_on=typed["planned_return_on"],
        needs_contact=typed["needs_contact"],
        note=typed["note"],
    )


@require_safe
def handover(request: OfficeRequest, change_id: UUID) -> HttpResponse:
    """The hand-over checklist: plan, keys, tags, delegations, binder; signed by both or explained."""
    require(request.actor, Permission.ORDER_READ)
    page = handover_page(change_id, by=request.actor)
    record_look(Seen("handover", client_id=page.client.client_id), by=request.actor, at=request.now)
    values = {"page": page, "is_officer": request.actor.may(Permission.ORDER_SEND)}
    return render(request, "office/orders/handover.html", values)


@require_POST
def handover_item(request: OfficeRequest, change_id: UUID, item_id: UUID) -> HttpResponse:
    """Sign a line of the checklist, or say why it is not handed over."""
    require(request.actor, Permission.ORDER_READ)
    if "forklara" in request.POST:
        reason = text_of(request, "reason")
        attempt(
            request,
            lambda: moving.explain_item(item_id=item_id, reason=reason, by=request.actor, at=request.now),
            done="Förklaringen är sparad.",
        )
    else:
        attempt(
            request,
            lambda: moving.sign_item(item_id=item_id, by=request.actor, at=request.now),
            done="Signerat.",
        )
    return redirect("office:handover", change_id)


@require_POST
def handover_close(request: OfficeRequest, change_id: UUID) -> HttpResponse:
    """Close the change when everything is receipted or explained."""
    require(request.actor, Permission.ORDER_SEND)
    attempt(
        request,
        lambda: moving.close_change(change_id=change_id, by=request.actor, at=request.now),
        done="Överlämningen är avslutad.",
    )
    return redirect("office:handover", change_id)
