"""One order: read, received, put into effect, asked about, reported ended."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.cases.queries.of_client import case_of_decision
from hemmavid.interfaces.office.answers import page_or_part
from hemmavid.interfaces.office.orders.acting import attempt, tell_faults, text_of, to_order
from hemmavid.interfaces.office.orders.deadline_words import correction_deadline
from hemmavid.interfaces.office.orders.forms import (
    CallForm,
    ConsentForm,
    DeathForm,
    EffectForm,
    EndForm,
    PhoneForm,
)
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib.clock import local_day
from hemmavid.orders.models import EndingReason, Order, OrderStatus
from hemmavid.orders.operations import clarifying, endings, leading, receiving
from hemmavid.orders.operations.endings import NewEnding
from hemmavid.orders.operations.leading import NewConsent
from hemmavid.orders.operations.moving import ask_for_move
from hemmavid.orders.order_page_rows import OrderPage
from hemmavid.orders.order_pages import order_page, version_difference
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.reports.performed_days import PerformedDays, performed_days
from hemmavid.settlement import order_changes

RECEIVED = (OrderStatus.ACKNOWLEDGED, OrderStatus.IN_EFFECT)


@require_safe
def order(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Everything about one order that this side may see: never what lies behind it (R018, R247)."""
    require(request.actor, Permission.ORDER_READ)
    page = order_page(order_id, at=request.now, by=request.actor)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    if page.content is None:
        return redirect("office:order-draft", order_id)
    return page_or_part(request, "office/orders/order.html", _values(request, page), part="whole")


def _values(request: OfficeRequest, page: OrderPage) -> dict[str, object]:
    actor = request.actor
    answers = actor.may(Permission.ORDER_ANSWER, page.unit_id)
    officer = actor.may(Permission.ORDER_SEND)
    days = PerformedDays(None, None)
    if answers and page.status in RECEIVED and actor.may(Permission.CLIENT_READ, page.unit_id):
        days = performed_days(page.client.client_id, page.unit_id, by=actor)
    return {
        "page": page,
        "answers": answers,
        "is_officer": officer,
        "is_authority": actor.reach(Permission.ORDER_READ).everywhere,
        "may_receive": answers and page.status is OrderStatus.SENT,
        "is_received": page.status in RECEIVED,
        "is_running": page.status in (OrderStatus.SENT, *RECEIVED),
        "is_waiting": page.status is OrderStatus.SENT,
        "has_read": page.news_since is None and (not answers or page.read_at is not None),
        "may_report_death": actor.may(Permission.DEATH_REPORT, page.unit_id),
        "effect_form": EffectForm().offer(page.grants, proposed=days.first),
        "asked_about": _asked_about(page, request.GET.get("mening", "")),
        "case_id": case_of_decision(page.decision_id, by=actor),
        "correction_deadline": correction_deadline(local_day(request.now), parameters_in_use()),
        "phone_form": PhoneForm(),
        "call_form": CallForm(),
        "consent_form": _consent_form(request, page) if officer else None,
    }


def _asked_about(page: OrderPage, place: str) -> str:
    """The sentence at a place such as `2-3`, the section and the line in it; empty for anything else."""
    places = {
        f"{section_number}-{number}": line.text
        for section_number, section in enumerate(page.reading.sections if page.reading else (), 1)
        for number, line in enumerate(section.lines, 1)
    }
    return places.get(place, "")


def _consent_form(request: OfficeRequest, page: OrderPage) -> ConsentForm | None:
    choices = _others(request, page)
    form = ConsentForm(initial={"given_on": local_day(request.now)})
    return form.offer(choices) if choices else None


def _others(request: OfficeRequest, page: OrderPage) -> list[tuple[UUID, str]]:
    """Running orders of the client at other units."""
    others = (
        Order.objects.visible_to(request.actor)
        .filter(client_id=page.client.client_id, status__in=(OrderStatus.SENT, *RECEIVED))
        .exclude(unit_id=page.unit_id)
        .order_by("code")
    )
    return [(pk, f"{unit} · {code}") for pk, unit, code in others.values_list("pk", "unit__name", "code")]


@require_safe
def status(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Where the order stands, and nothing of what it says: asked every few seconds by whoever waits."""
    require(request.actor, Permission.ORDER_READ)
    row = Order.objects.visible_to(request.actor).get(pk=order_id)
    values = {
        "order_id": row.pk,
        "status_label": row.get_status_display(),
        "sent_at": row.sent_at,
        "read_at": row.read_at,
        "acknowledged_at": row.acknowledged_at,
        "acknowledged_by": row.acknowledged_by_name,
        "is_waiting": row.status == OrderStatus.SENT,
    }
    return render(request, "office/orders/status.html", values)


@require_safe
def version(request: OfficeRequest, order_id: UUID, number: int) -> HttpResponse:
    """One version beside the one before it (R010)."""
    require(request.actor, Permission.ORDER_READ)
    page = order_page(order_id, at=request.now, by=request.actor)
    found, changes = version_difference(order_id, number, by=request.actor)
    record_look(Seen("order_version", client_id=page.client.client_id), by=request.actor, at=request.now)
    here = f"Version {number}"
    values = {"page": page, "version": found, "changes": changes, "here": here}
    return render(request, "office/orders/version.html", values)


@require_POST
def read(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Note that the newest version has been opened; the page asks for it by itself where scripts run."""
    require(request.actor, Permission.ORDER_READ)
    receiving.read_order(order_id=order_id, by=request.actor, at=request.now)
    return HttpResponse(status=204) if request.htmx else to_order(order_id)


@require_POST
def acknowledge(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The unit receives the order; the sender sees it within seconds."""
    require(request.actor, Permission.ORDER_ANSWER)

    def receive() -> None:
        receiving.read_order(order_id=order_id, by=request.actor, at=request.now)
        receiving.acknowledge_order(order_id=order_id, by=request.actor, at=request.now)

    attempt(request, receive, done="Uppdraget är mottaget. Handläggaren ser det nu.")
    return to_order(order_id)


@require_POST
def effect(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Put interventions into effect from their first performed day, in time or as a correction (R304)."""
    require(request.actor, Permission.ORDER_ANSWER)
    page = order_page(order_id, at=request.now, by=request.actor)
    form = EffectForm(request.POST).offer(page.grants, proposed=None)
    if form.is_valid() and form.effects():
        changed = {code: day for code, day in form.effects().items() if day != _known(page, code)}
        attempt(
            request,
            lambda: order_changes.put_into_effect(
                changed, order_id=order_id, by=request.actor, at=request.now
            ),
            done="Verkställt. Timunderlaget räknas från dagen du angav.",
        )
    else:
        tell_faults(request, form)
    return to_order(order_id)


def _known(page: OrderPage, code: str) -> date | None:
    return next((grant.in_effect_from for grant in page.grants if grant.code == code), None)


@require_POST
def ask(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Ask the other side about the order, at one of its sentences or as a whole (R269)."""
    require(request.actor, Permission.MESSAGE_WRITE)
    attempt(
        request,
        lambda: clarifying.ask_about_order(
            order_id=order_id,
            text=text_of(request, "text"),
            anchor=request.POST.get("anchor", "").replace("\0", ""),
            by=request.actor,
            at=request.now,
        ),
        done="Frågan är skickad. Den är öppen tills båda är överens.",
    )
    return to_order(order_id)


@require_POST
def matter(request: OfficeRequest, order_id: UUID, matter_id: UUID) -> HttpResponse:
    """Answer in a thread about the order, or say that it is clear."""
    require(request.actor, Permission.MESSAGE_WRITE)
    if "klart" in request.POST:
        attempt(
            request,
            lambda: clarifying.agree_about_order(
                thread_id=matter_id, order_id=order_id, by=request.actor, at=request.now
            ),
            done="Noterat. Frågan avslutas när båda är överens.",
        )
    else:
        attempt(
            request,
            lambda: clarifying.answer_about_order(
                thread_id=matter_id,
                order_id=order_id,
                text=text_of(request, "text"),
                by=request.actor,
                at=request.now,
            ),
            done="Svaret är skickat.",
        )
    return to_order(order_id)


@require_http_methods(["GET", "HEAD", "POST"])
def report_ending(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The unit tells that something has ended, with the day proposed from the visits (R296)."""
    require(request.actor, Permission.ORDER_ANSWER)
    page = order_page(order_id, at=request.now, by=request.actor)
    require(request.actor, Permission.ORDER_ANSWER, page.unit_id)
    days = performed_days(page.client.client_id, page.unit_id, by=request.actor)
    form = EndForm(request.POST or None, initial={"last_day": days.last})
    form.offer(page.grants).not_before(page.starts_on)
    if form.is_valid() and attempt(
        request,
        lambda: endings.report_ending(new_ending(form), order_id=order_id, by=request.actor, at=request.now),
        done="Avslutet är anmält. Handläggaren bekräftar det med brukaren.",
    ):
        return to_order(order_id)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    return render(request, "office/orders/report_ending.html", {"page": page, "form": form, "days": days})


def new_ending(form: EndForm) -> NewEnding:
    """What the form says has ended."""
    typed = form.cleaned_data
    codes = tuple(typed["interventions"])
    return NewEnding(typed["last_day"], EndingReason(typed["reason"]), typed["text"], codes)


@require_http_methods(["GET", "HEAD", "POST"])
def death(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Whoever learns of a death tells the other side at once (R301, R302)."""
    require(request.actor, Permission.DEATH_REPORT)
    page = order_page(order_id, at=request.now, by=request.actor)
    require(request.actor, Permission.DEATH_REPORT, page.unit_id)
    answers = request.actor.may(Permission.ORDER_ANSWER, page.unit_id)
    form = DeathForm(request.POST or None).not_after(local_day(request.now))
    if form.is_valid() and attempt(
        request,
        lambda: order_changes.report_death(
            client_id=page.client.client_id,
            died_on=form.cleaned_data["died_on"],
            unit_id=page.unit_id if answers else None,
            by=request.actor,
            at=request.now,
        ),
        done="Dödsfallet är registrerat. Alla som har uppdrag hos brukaren har fått veta det.",
    ):
        return to_order(order_id)
    record_look(Seen("order", client_id=page.client.client_id), by=request.actor, at=request.now)
    return render(request, "office/orders/death.html", {"page": page, "form": form})


@require_POST
def request_move(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The unit says that it can hand over, or asks that another takes over (R362, R371)."""
    require(request.actor, Permission.ORDER_ANSWER)
    attempt(
        request,
        lambda: ask_for_move(
            order_id=order_id, text=text_of(request, "text"), by=request.actor, at=request.now
        ),
        done="Skickat till handläggaren.",
    )
    return to_order(order_id)


@require_POST
def lead(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """The officer says that this unit leads the cooperation (R224)."""
    require(request.actor, Permission.ORDER_SEND)
    attempt(
        request,
        lambda: leading.choose_lead(order_id=order_id, by=request.actor, at=request.now),
        done="Enheten är huvudansvarig för samverkan.",
    )
    return to_order(order_id)


@require_POST
def consent(request: OfficeRequest, order_id: UUID) -> HttpResponse:
    """Record that two units may talk with each other, about what and until when (R225, R398)."""
    require(request.actor, Permission.ORDER_SEND)
    page = order_page(order_id, at=request.now, by=request.actor)
    form = ConsentForm(request.POST).offer(_others(request, page))
    if form.is_valid():
        typed = form.cleaned_data
        new = NewConsent(typed["purpose"], typed["given_on"], typed["ends_on"], typed["is_written"])
        attempt(
            request,
            lambda: leading.record_consent(
                new,
                order_id=order_id,
                other_order_id=UUID(typed["other_order"]),
                by=request.actor,
                at=request.now,
            ),
            done="Samtycket är antecknat. Utförarna kan skriva till varandra om det.",
        )
    else:
        tell_faults(request, form)
    return to_order(order_id)


@require_POST
def withdraw(request: OfficeRequest, order_id: UUID, consent_id: UUID) -> HttpResponse:
    """The client no longer agrees that the two talk."""
    require(request.actor, Permission.ORDER_SEND)
    attempt(
        request,
        lambda: leading.withdraw_consent(consent_id=consent_id, by=request.actor, at=request.now),
        done="Samtycket är återtaget.",
    )
    return to_order(order_id)


@require_POST
def coordinate(request: OfficeRequest, order_id: UUID, consent_id: UUID) -> HttpResponse:
    """Write to the other unit within the consent."""
    require(request.actor, Permission.ORDER_ANSWER)
    attempt(
        request,
        lambda: leading.write_to_other_unit(
            consent_id=consent_id,
            order_id=order_id,
            text=text_of(request, "text"),
            by=request.actor,
            at=request.now,
        ),
        done="Meddelandet är skickat.",
    )
    return to_order(order_id)
