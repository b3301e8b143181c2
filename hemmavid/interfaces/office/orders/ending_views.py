"""Endings as the officer makes them: both sides of the change are shown before it is saved (BH5)."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.orders.acting import attempt, revision_of, text_of, to_order
from hemmavid.interfaces.office.orders.forms import ConfirmForm, OfficerEndForm
from hemmavid.interfaces.office.orders.order_views import new_ending
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.clock import local_day
from hemmavid.orders.models import EndingReason, EndingStatus, Order
from hemmavid.orders.operations import endings
from hemmavid.orders.operations.endings import Confirmation, NewEnding, ending_plan
from hemmavid.orders.order_pages import ending_of, order_page
from hemmavid.reports.performed_days import performed_days
from hemmavid.settlement import order_changes
from hemmavid.settlement.previews import Change, TwoSidedPreview, two_sided_preview


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """End an order or a part of it, back in time if so it was; the effect first, then the button."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    if page.content is None:
        return redirect("office:order-draft", order_id)
    days = performed_days(page.client.client_id, page.unit_id, by=request.actor)
    initial = {"last_day": days.last or local_day(request.now), "on": local_day(request.now)}
    form = OfficerEndForm(request.POST or None, initial=initial)
    form.offer(page.grants).not_before(page.starts_on)
    preview = None
    if form.is_valid():
        new = new_ending(form)
        if "avsluta" in request.POST and _ended(request, order_id, new, _confirmation(form.cleaned_data)):
            return to_order(order_id)
        preview = _preview(request, order_id, new)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    values = {"page": page, "form": form, "preview": preview, "days": days}
    return render(request, "office/orders/end.html", values)


def _confirmation(typed: dict[str, Any]) -> Confirmation:
    return Confirmation(typed["with_whom"], typed["how"], typed["on"])


def _ended(request: OfficeRequest, order_id: UUID, new: NewEnding, confirmation: Confirmation) -> bool:
    return attempt(
        request,
        lambda: order_changes.end_order(
            new,
            confirmation,
            order_id=order_id,
            expected_revision=revision_of(request),
            by=request.actor,
            at=request.now,
        ),
        done="Avslutet är registrerat och utföraren har fått veta det.",
    )


def _preview(request: OfficeRequest, order_id: UUID, new: NewEnding) -> TwoSidedPreview:
    order = Order.objects.visible_to(request.actor).get(pk=order_id)
    is_death = new.reason is EndingReason.DEATH
    change = Change(order.client_id, ending_plan(order, new), new.last_day if is_death else None)
    return two_sided_preview(change, by=request.actor, at=request.now)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: OfficeRequest, ending_id: UUID) -> HttpResponse:
    """What the unit told of, confirmed with the client, or refused with a word to the unit (R297)."""
    require(request.actor, Permission.ORDER_SEND)
    ending, order_id = ending_of(ending_id, by=request.actor)
    page = order_page(order_id, at=request.now, by=request.actor)
    if ending.status != EndingStatus.REPORTED:
        return to_order(order_id)
    form = ConfirmForm(
        request.POST or None, initial={"last_day": ending.last_day, "on": local_day(request.now)}
    ).not_before(page.starts_on)
    if "avsluta-inte" in request.POST:
        return _refused(request, ending_id, order_id)
    preview = None
    if form.is_valid():
        if "avsluta" in request.POST and _confirmed(request, ending_id, form):
            return to_order(order_id)
        new = NewEnding(
            form.cleaned_data["last_day"],
            EndingReason(ending.reason),
            interventions=tuple(ending.interventions),
        )
        preview = _preview(request, order_id, new)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    values = {"page": page, "ending": ending, "form": form, "preview": preview}
    return render(request, "office/orders/confirm_ending.html", values)


def _confirmed(request: OfficeRequest, ending_id: UUID, form: ConfirmForm) -> bool:
    return attempt(
        request,
        lambda: order_changes.confirm_ending(
            _confirmation(form.cleaned_data),
            ending_id=ending_id,
            last_day=form.cleaned_data["last_day"],
            by=request.actor,
            at=request.now,
        ),
        done="Avslutet är bekräftat och gäller.",
    )


def _refused(request: OfficeRequest, ending_id: UUID, order_id: UUID) -> HttpResponse:
    attempt(
        request,
        lambda: endings.refuse_ending(
            ending_id=ending_id, why=text_of(request, "why"), by=request.actor, at=request.now
        ),
        done="Utföraren har fått veta att stödet fortsätter.",
    )
    return to_order(order_id)
