"""Jouren: the evening's screen, break-glass, help until noon, and the hand-over in the morning."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.operations.on_call import (
    NothingToHandOver,
    OnCallNeed,
    OnCallRefused,
    OnCallRequest,
    grant_on_call,
    sign_handover,
)
from hemmavid.cases.queries.on_call_list import on_call_items
from hemmavid.contacts.models import Subject
from hemmavid.contacts.queries import contacts
from hemmavid.interfaces.office import places
from hemmavid.interfaces.office.cards.card_page import CardSubject, subject_of
from hemmavid.interfaces.office.contacts import register
from hemmavid.interfaces.office.on_call import words
from hemmavid.interfaces.office.on_call.forms import BreakGlassForm, GrantForm, HandoverForm
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import swedish
from hemmavid.lib.clock import local, local_day
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.on_call import News, open_by_break_glass, tell_of_grant
from hemmavid.messages.queries import unread_threads
from hemmavid.orders.models import OrderKind
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.orders.operations.sending import NewOrder, send_on_call_order
from hemmavid.orders.order_lists import Group, OrderFilter, order_list
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.break_glass import (
    AlreadyReadable,
    NewOpening,
    ReasonRefused,
    find_outsider,
    own_openings,
)
from hemmavid.people.models import BreakGlassReason
from hemmavid.people.queries import client_names_by_id
from hemmavid.rules.on_call_grant import OnCallLimit, limit_of_grant, shift_of
from hemmavid.rules.standard_times import StandardTimes
from hemmavid.rules.urgent_need import NeedKind

A_DAY = timedelta(days=1)
MOST_ORDERS = 20
TO_CALL = frozenset({Subject.FIRST_CASE_OFFICER, Subject.NURSE, Subject.NIGHT, Subject.ALARM})


@require_safe
def shift(request: OfficeRequest) -> HttpResponse:
    """What waits this shift: help that ends at noon, openings, new messages, and whom to call."""
    require(request.actor, Permission.ON_CALL_GRANT)
    items = on_call_items(by=request.actor)
    openings = own_openings(since=_since(request.now), by=request.actor)
    names = client_names_by_id([one.client_id for one in openings], by=request.actor)
    rows = [row for row in contacts(register.now_of(request), by=request.actor) if row.subject in TO_CALL]
    waiting = order_list(OrderFilter(Group.WAITING), at=request.now, limit=MOST_ORDERS, by=request.actor)
    shown = len(items) + len(openings) + len(waiting.rows)
    record_look(Seen("on_call", Action.LIST, rows=shown), by=request.actor, at=request.now)
    values = {
        "orders": waiting,
        "items": items,
        "openings": [(one, names.get(one.client_id)) for one in openings],
        "unread": unread_threads(by=request.actor),
        "limit": limit_of_grant(granted_at=request.now, parameters=parameters_in_use()),
        "contacts": [register.shown(row, request) for row in rows],
    }
    return render(request, "office/on_call/shift.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def break_glass(request: OfficeRequest) -> HttpResponse:
    """Ask why, then open. Posted with what was searched for alone, it asks and shows nothing more."""
    require(request.actor, Permission.BREAK_GLASS)
    if request.method != "POST":
        return redirect("office:search")
    if "reason" not in request.POST and "text" not in request.POST:
        return ask_why(request, request.POST.get("q", ""))
    form = BreakGlassForm(request.POST)
    if not form.is_valid():
        return _dialog(request, form)
    found = find_outsider(form.cleaned_data["q"], by=request.actor)
    if found is None:
        return _nobody(request)
    return _opened(request, form, found)


def ask_why(request: OfficeRequest, typed: str) -> HttpResponse:
    """The dialog before the glass, when what was typed names exactly one person outside the area."""
    if find_outsider(typed, by=request.actor) is None:
        return _nobody(request)
    form = BreakGlassForm(initial={"q": typed, "reason": BreakGlassReason.CALL.value})
    return _dialog(request, form)


def _dialog(request: OfficeRequest, form: BreakGlassForm) -> HttpResponse:
    hours = parameters_in_use().at("nodoppning.hours", local_day(request.now)).whole
    return render(request, "office/on_call/break_glass.html", {"form": form, "hours": hours})


def _nobody(request: OfficeRequest) -> HttpResponse:
    messages.info(request, words.NOBODY_FOUND)
    return redirect("office:search")


def _opened(request: OfficeRequest, form: BreakGlassForm, client_id: UUID) -> HttpResponse:
    reason = BreakGlassReason(form.cleaned_data["reason"])
    new = NewOpening(client_id, reason, form.cleaned_data["text"])
    try:
        opening = open_by_break_glass(
            new, words.opened, parameters=parameters_in_use(), by=request.actor, at=request.now
        )
    except ReasonRefused as refused:
        form.add_error(*words.REASONS[refused.code])
        return _dialog(request, form)
    except AlreadyReadable:
        messages.info(request, words.ALREADY_OPEN)
    else:
        messages.success(request, words.OPENED.format(until=swedish.moment(opening.ends_at)))
    return redirect("office:client", client_id)


@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Temporary help, its end set to noon the next working day (R352)."""
    require(request.actor, Permission.ON_CALL_GRANT)
    subject = subject_of(request, client_id)
    limit = limit_of_grant(granted_at=request.now, parameters=parameters_in_use())
    times = _times(request)
    units = places.units_within(Permission.ORDER_ANSWER, by=request.actor)
    if request.method == "POST":
        form = GrantForm(request.POST).offer(times, units).within(limit)
        if form.is_valid() and (answer := _granted(request, subject, form, times)):
            return answer
    else:
        form = GrantForm(initial=_at_first(subject, limit)).offer(times, units).within(limit)
    record_look(Seen("on_call_grant", client_id=client_id), by=request.actor, at=request.now)
    values = {
        "form": form,
        "subject": subject,
        "limit": limit,
        "no_mandate": words.NO_MANDATE,
        "crumbs": [*subject.crumbs, Crumb("Bevilja hjälp")],
    }
    return render(request, "office/on_call/grant.html", values)


def _at_first(subject: CardSubject, limit: OnCallLimit | None) -> dict[str, object]:
    """The form when it is opened: noon the next working day, and the unit that serves already."""
    serving = sorted(subject.service.unit_ids, key=str)
    kind = NeedKind.URGENT_LASTING if serving else NeedKind.URGENT_NEW
    until = local(limit.ends_at).replace(tzinfo=None) if limit else None
    unit = {"unit": str(serving[0])} if serving else {}
    return {"until": until, "count": 1, "kind": kind.value, **unit}


def _times(request: OfficeRequest) -> StandardTimes:
    return parameters_in_use().at("frame_time.standard_times", local_day(request.now)).standard_times


def _granted(
    request: OfficeRequest, subject: CardSubject, form: GrantForm, times: StandardTimes
) -> HttpResponse | None:
    chosen = [times.needs[code] for code in form.cleaned_data["needs"]]
    until, why = form.cleaned_data["until"], form.cleaned_data["why"]
    asked = OnCallRequest(
        client_id=subject.client_id,
        needs=tuple(OnCallNeed(one.life_area, one.code, form.cleaned_data["count"]) for one in chosen),
        until=until,
        why=why,
        need_kind=NeedKind(form.cleaned_data["kind"]),
    )
    try:
        with transaction.atomic():
            decision_id = grant_on_call(asked, by=request.actor, at=request.now)
            order = NewOrder(
                decision_id,
                UUID(form.cleaned_data["unit"]),
                local_day(request.now),
                OrderKind.ON_CALL,
                why,
            )
            send_on_call_order(order, by=request.actor, at=request.now)
            said = words.granted((one.label for one in chosen), until, why)
            news = News(subject.client_id, ThreadKind.ON_CALL, said, decision_id)
            tell_of_grant(news, by=request.actor, at=request.now)
    except OnCallRefused as refused:
        for fault in refused.faults:
            form.add_error("until", fault.explanation.sentence)
        return None
    except OrderRefused:
        form.add_error("needs", words.NOT_ORDERED)
        return None
    messages.success(request, words.GRANTED.format(until=swedish.moment(until)))
    return redirect("office:client", subject.client_id)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: OfficeRequest) -> HttpResponse:
    """The list that has written itself, and the signature by which it lands with its owners (JA5)."""
    require(request.actor, Permission.ON_CALL_GRANT)
    form = HandoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            sign_handover(note=form.cleaned_data["note"], by=request.actor, at=request.now)
        except NothingToHandOver:
            messages.info(request, words.NOTHING)
        else:
            messages.success(request, words.SIGNED)
        return redirect("office:on-call")
    items = on_call_items(by=request.actor)
    openings = own_openings(since=_since(request.now), by=request.actor)
    names = client_names_by_id([one.client_id for one in openings], by=request.actor)
    shown = len(items) + len(openings)
    record_look(Seen("on_call", Action.LIST, rows=shown), by=request.actor, at=request.now)
    values = {
        "items": items,
        "openings": [(one, names.get(one.client_id)) for one in openings],
        "form": form,
        "crumbs": [Crumb("Jouren", reverse("office:on-call")), Crumb("Överlämning")],
    }
    return render(request, "office/on_call/handover.html", values)


def _since(now: datetime) -> datetime:
    """The beginning of the shift, or of the last day in office hours."""
    running = shift_of(now, parameters=parameters_in_use())
    return running.started_at if running else now - A_DAY
