"""From a decision to a sent order, and a sent order anew: with the receiver's eyes before it leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.queries import OrderBasis, order_basis
from hemmavid.cases.queries.of_client import case_of_decision
from hemmavid.cases.queries.order_basis import DecisionNotMade
from hemmavid.contacts.models import Subject
from hemmavid.contacts.queries import Clockwork, ContactRow, whom_to_call
from hemmavid.interfaces.office.orders import words
from hemmavid.interfaces.office.orders.acting import attempt, revision_of, text_of, to_order
from hemmavid.interfaces.office.orders.deadline_words import answer_deadline
from hemmavid.interfaces.office.orders.forms import CallForm, ChangeForm, DraftForm, PhoneForm, VersionForm
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.clock import local_day
from hemmavid.orders.building import recipients_of
from hemmavid.orders.content import OrderContent, difference
from hemmavid.orders.models import Answer, CalledWhom, Order, OrderKind
from hemmavid.orders.operations import asking, sending, versions
from hemmavid.orders.operations.asking import Question
from hemmavid.orders.operations.sending import NewCall, NewOrder, call_rule
from hemmavid.orders.operations.versions import NewVersion
from hemmavid.orders.order_page_rows import OrderPage
from hemmavid.orders.order_pages import order_page, receivers_eyes
from hemmavid.orders.provider_list import units_to_choose
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client
from hemmavid.people.queries import client_name
from hemmavid.rules.order_call import CallWhom
from hemmavid.rules.order_call import OrderCall as CallRule
from hemmavid.settlement import order_changes
from hemmavid.settlement.previews import Change, two_sided_preview

SUBJECTS = {CallWhom.UNIT: Subject.UNIT, CallWhom.ON_CALL: Subject.ON_CALL}


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest, decision_id: UUID) -> HttpResponse:
    """Begin an order of a decision: to whom, which unit, from when."""
    require(request.actor, Permission.ORDER_SEND)
    today = local_day(request.now)
    try:
        basis = order_basis(decision_id, on=today, by=request.actor)
    except DecisionNotMade:
        return render(request, "office/orders/cannot.html", {"why": words.DRAFT_DECISION})
    form = _draft_form(request, basis)
    if form.is_valid():
        order_id = _drafted(request, decision_id, form)
        if order_id is not None:
            return redirect("office:order-draft", order_id)
    record_look(Seen("order", client_id=basis.client_id), by=request.actor, at=request.now)
    values = {
        "basis": basis,
        "case_id": case_of_decision(decision_id, by=request.actor),
        "form": form,
        "client": client_name(basis.client_id, by=request.actor),
        "units": units_to_choose(basis.client_id, on=today, by=request.actor),
        "ordered": _ordered(decision_id, request),
    }
    return render(request, "office/orders/new.html", values)


def _draft_form(request: OfficeRequest, basis: OrderBasis) -> DraftForm:
    today = local_day(request.now)
    starts_on = today if basis.period.contains(today) else basis.period.start
    units = units_to_choose(basis.client_id, on=today, by=request.actor)
    form = DraftForm(request.POST or None, initial={"starts_on": starts_on})
    form.offer(units)
    return form.offer_kinds(recipients_of(basis) or (OrderKind.HOME_CARE,))


def _ordered(decision_id: UUID, request: OfficeRequest) -> list[tuple[UUID, str, str, str]]:
    rows = Order.objects.visible_to(request.actor).filter(decision_id=decision_id).order_by("code")
    return [
        (row.pk, row.code, row.unit.name, row.get_status_display()) for row in rows.select_related("unit")
    ]


def _drafted(request: OfficeRequest, decision_id: UUID, form: DraftForm) -> UUID | None:
    typed = form.cleaned_data
    wanted = NewOrder(
        decision_id,
        form.unit_id,
        typed["starts_on"],
        OrderKind(typed["kind"]),
        typed["other"],
        is_chosen=not typed["not_chosen"],
    )
    try:
        return sending.draft_order(wanted, by=request.actor, at=request.now)
    except words.EXPECTED as error:
        form.add_error(None, words.refusal(error))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The draft with the receiver's eyes, what is missing before it can leave, and the button that sends."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    if page.content is not None:
        return to_order(order_id)
    order = Order.objects.visible_to(request.actor).get(pk=order_id)
    form = _change_form(request, order)
    if form.is_valid():
        return _changed(request, order_id, form)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    return render(request, "office/orders/draft.html", _draft_values(request, order, page, form))


def _change_form(request: OfficeRequest, order: Order) -> DraftForm:
    units = units_to_choose(order.client_id, on=local_day(request.now), by=request.actor)
    initial = {
        "kind": order.kind,
        "unit": str(order.unit_id),
        "starts_on": order.starts_on,
        "other": order.other,
        "not_chosen": not order.is_chosen,
    }
    form = DraftForm(request.POST or None, initial=initial)
    form.offer(units)
    return form.offer_kinds([OrderKind(order.kind)])


def _changed(request: OfficeRequest, order_id: UUID, form: DraftForm) -> HttpResponse:
    typed = form.cleaned_data
    attempt(
        request,
        lambda: sending.change_draft(
            order_id=order_id,
            unit_id=form.unit_id,
            starts_on=typed["starts_on"],
            other=typed["other"],
            expected_revision=revision_of(request),
            by=request.actor,
            at=request.now,
        ),
        done="Utkastet är sparat.",
    )
    return redirect("office:order-draft", order_id)


@dataclass(frozen=True, slots=True)
class Phone:
    """Whom to call now, and how to reach them."""

    rule: CallRule
    contact: ContactRow | None


def _phone(request: OfficeRequest, page: OrderPage, starts_on: date) -> Phone:
    rule = call_rule(starts_on=starts_on, at=request.now)
    now = Clockwork(request.now, parameters_in_use())
    unit_id = page.unit_id if rule.whom is CallWhom.UNIT else None
    subject = SUBJECTS[rule.whom]
    return Phone(rule, whom_to_call(subject, unit_id=unit_id, now=now, by=request.actor))


def _draft_values(
    request: OfficeRequest, order: Order, page: OrderPage, form: DraftForm
) -> dict[str, object]:
    content = _content(request, order)
    phone = _phone(request, page, order.starts_on)
    inquiry = order.inquiry
    return {
        "page": page,
        "form": form,
        "content": content,
        "reading": receivers_eyes(content, on=order.starts_on, marks_how=True) if content else None,
        "case_id": case_of_decision(order.decision_id, by=request.actor),
        "inquiry": inquiry,
        "is_accepted": inquiry is not None and inquiry.answer == Answer.ACCEPTED,
        "is_on_call": order.kind == OrderKind.ON_CALL,
        "phone": phone,
        "call_form": _call_form(phone),
        "phone_form": PhoneForm(),
    }


def _call_form(phone: Phone) -> CallForm:
    return CallForm(initial={"phone": phone.contact.call.phone if phone.contact else ""})


def _content(request: OfficeRequest, order: Order) -> OrderContent | None:
    """What would be sent now; None when no decision carries the draft any more."""
    if order.decision_id is None:
        return None
    try:
        basis = sending.basis_of(order, on=order.starts_on, by=request.actor)
        return sending.checked_content(
            basis, OrderKind(order.kind), unit=order.unit, from_day=order.starts_on, other=order.other
        )
    except words.EXPECTED:
        return None


def _question(request: OfficeRequest, order_id: UUID) -> Question:
    """How much, of what and about where: no name, and of a protected person no place either (R047)."""
    order = Order.objects.visible_to(request.actor).select_related("unit__provider").get(pk=order_id)
    content = _content(request, order)
    client = Client.objects.visible_to(request.actor).get(pk=order.client_id)
    labels = tuple(one.label for one in content.interventions) if content else ()
    minutes = content.frame_minutes_per_week or 0 if content else 0
    return Question(minutes, "" if client.is_protected else client.city, labels)


def _on_draft(request: OfficeRequest, order_id: UUID, act: Callable[[], object], done: str) -> HttpResponse:
    attempt(request, act, done=done)
    return redirect("office:order-draft", order_id)


@require_POST
def ask_unit(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Ask the unit whether it can take a new client."""
    require(request.actor, Permission.ORDER_SEND)
    question = _question(request, order_id)
    deadline = answer_deadline(local_day(request.now), parameters_in_use())
    return _on_draft(
        request,
        order_id,
        lambda: asking.ask_unit(
            order_id=order_id,
            question=question,
            expected_revision=revision_of(request),
            by=request.actor,
            at=request.now,
        ),
        f"Förfrågan är skickad utan namn. {deadline}",
    )


@require_POST
def phone_check(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Write down that the unit said yes on the phone."""
    require(request.actor, Permission.ORDER_SEND)
    question = _question(request, order_id)
    return _on_draft(
        request,
        order_id,
        lambda: asking.record_phone_check(
            order_id=order_id,
            question=question,
            spoke_with=text_of(request, "spoke_with"),
            expected_revision=revision_of(request),
            by=request.actor,
            at=request.now,
        ),
        "Noterat: enheten kan ta emot.",
    )


@require_POST
def call(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Note the call that a late order needs, reached or not (R248)."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    rule = call_rule(starts_on=page.starts_on, at=request.now)
    made = NewCall(
        CalledWhom(rule.whom.value),
        text_of(request, "phone"),
        text_of(request, "spoke_with"),
    )
    reached = "Samtalet är noterat." if made.spoke_with.strip() else "Noterat: du nådde ingen."
    attempt(
        request,
        lambda: sending.log_call(made, order_id=order_id, by=request.actor, at=request.now),
        done=reached,
    )
    return to_order(order_id) if page.content is None else redirect("office:order-send-version", order_id)


@require_POST
def send(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Send the draft. Refused with words while something is missing."""
    require(request.actor, Permission.ORDER_SEND)
    attempt(
        request,
        lambda: sending.send_order(
            order_id=order_id, expected_revision=revision_of(request), by=request.actor, at=request.now
        ),
        done="Uppdraget är skickat. Du ser här när utföraren har tagit emot det.",
    )
    return to_order(order_id)


@require_http_methods(["GET", "HEAD", "POST"])
def send_version(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The order anew as the decision stands from a day: what differs in it and in pay, before it leaves."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    if page.content is None:
        return redirect("office:order-draft", order_id)
    initial = {"valid_from": max(local_day(request.now), page.starts_on), "other": page.content.other}
    form = VersionForm(request.POST or None, initial=initial)
    values: dict[str, object] = {"page": page, "form": form, "changes": None, "preview": None, "problem": ""}
    values["phone"] = None
    if form.is_valid():
        typed = form.cleaned_data
        wanted = NewVersion(typed["valid_from"], typed["reason"], typed["other"])
        if "skicka" in request.POST and _version_sent(request, order_id, wanted):
            return to_order(order_id)
        phone = _phone(request, page, wanted.valid_from)
        values |= {"phone": phone, "call_form": _call_form(phone)}
        values |= _version_preview(request, order_id, wanted)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    return render(request, "office/orders/new_version.html", values)


def _version_sent(request: OfficeRequest, order_id: UUID, wanted: NewVersion) -> bool:
    return attempt(
        request,
        lambda: order_changes.send_version(
            wanted,
            order_id=order_id,
            expected_revision=revision_of(request),
            by=request.actor,
            at=request.now,
        ),
        done="Den nya versionen är skickad. Utföraren ser vad som har ändrats.",
    )


def _version_preview(request: OfficeRequest, order_id: UUID, wanted: NewVersion) -> dict[str, object]:
    order = Order.objects.visible_to(request.actor).select_related("unit__provider").get(pk=order_id)
    try:
        content = versions.next_content(
            order, valid_from=wanted.valid_from, other=wanted.other, by=request.actor
        )
    except words.EXPECTED as error:
        return {"problem": words.refusal(error)}
    plan = versions.version_plan(order, content, valid_from=wanted.valid_from)
    change = Change(order.client_id, plan)
    return {
        "changes": difference(versions.current_content(order), content),
        "preview": two_sided_preview(change, by=request.actor, at=request.now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """A change without a new order: the unit is told in words (R252)."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    form = ChangeForm(request.POST or None, initial={"valid_from": local_day(request.now)})
    if form.is_valid():
        typed = form.cleaned_data
        if attempt(
            request,
            lambda: order_changes.change_without_order(
                order_id=order_id,
                valid_from=typed["valid_from"],
                message=typed["message"],
                expected_revision=revision_of(request),
                by=request.actor,
                at=request.now,
            ),
            done="Ändringen gäller och utföraren har fått meddelandet.",
        ):
            return to_order(order_id)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    return render(request, "office/orders/change.html", {"page": page, "form": form})
