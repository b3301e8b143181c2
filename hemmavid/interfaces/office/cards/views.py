"""Personkortet: the card, its versions and differences, on paper, and what a paper's QR answers."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.cards.card_page import CardSubject, may_print_of, subject_of
from hemmavid.interfaces.office.cards.forms import ErrorForm, SettleForm
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.people import operations
from hemmavid.people.card_content import CardField, differences
from hemmavid.people.client_cards import (
    Card,
    CardVersion,
    card_errors,
    card_readers,
    card_version,
    card_versions,
    client_card,
    paper_check,
)
from hemmavid.reports.client_card_pdf import PaperCard, PaperSection, client_card_pdf

PAGE = "client_card"
LONGEST_NUMBER = 6


@require_safe
def card(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The card as it holds, what is new since the reader read it, errors and readers. Logged first."""
    return card_answer(request, subject_of(request, client_id))


@require_http_methods(["GET", "HEAD", "POST"])
def open_protected(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The same page with what tells who a protected person is, once; as on the client page."""
    require(request.actor, Permission.ORDER_READ)
    if request.method != "POST":
        return redirect("office:card", client_id)
    serving = subject_of(request, client_id).service.unit_ids
    operations.open_protected(client_id, serving=serving, by=request.actor, at=request.now)
    return card_answer(request, subject_of(request, client_id, opens_protected=True))


def card_answer(
    request: OfficeRequest, subject: CardSubject, *, error_form: ErrorForm | None = None
) -> HttpResponse:
    """The card's page, with the form for an error as typed when it was refused."""
    by = request.actor
    require(by, Permission.ORDER_READ)
    shown = client_card(subject.client_id, shows_identity=subject.shows_identity, by=by)
    record_look(Seen(PAGE, client_id=subject.client_id), by=by, at=request.now)
    number = shown.version.number if shown else 0
    values = {
        "subject": subject,
        "crumbs": [*subject.crumbs, Crumb("Personkort")],
        "card": shown,
        "fields": _fields(shown.version) if shown else (),
        "may_write": by.may(Permission.CARD_WRITE),
        "may_print": shown is not None and subject.serves and may_print_of(subject.client_id, by),
        "may_report": _may_report(subject, by.reach(Permission.MESSAGE_WRITE).unit_ids),
        "errors": card_errors(subject.client_id, by=by),
        "readers": card_readers(subject.client_id, by=by),
        "error_form": error_form or ErrorForm(initial={"number": number}),
        "settle_form": SettleForm(),
    }
    return render(request, "office/cards/card.html", values)


@require_safe
def versions(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Every version the reader may see, and the difference between two of them (`?fran=5&till=7`)."""
    require(request.actor, Permission.ORDER_READ)
    subject = subject_of(request, client_id)
    rows = card_versions(client_id, by=request.actor)
    if not rows:
        raise Http404
    newest = rows[0].number
    after = _asked(request.GET.get("till", ""), newest)
    before = _asked(request.GET.get("fran", ""), max(after - 1, 0))
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    seen = {row.number for row in rows}
    two = [_version(subject, number, request) if number in seen else None for number in (before, after)]
    old, new = two
    values = {
        "subject": subject,
        "crumbs": [
            *subject.crumbs,
            Crumb("Personkort", reverse("office:card", args=[client_id])),
            Crumb("Versioner"),
        ],
        "rows": rows,
        "before": old,
        "after": new,
        "changes": differences(old.content if old else {}, new.content) if new else (),
        "hidden": new.hidden if new else (),
    }
    return render(request, "office/cards/versions.html", values)


@require_safe
def printed(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The card as one page of PDF, logged before it leaves (R006). 404 for an old provider."""
    require(request.actor, Permission.EXPORT)
    subject = subject_of(request, client_id)
    shown = client_card(client_id, shows_identity=subject.shows_identity, by=request.actor)
    if shown is None or not subject.serves or not may_print_of(client_id, request.actor):
        raise Http404
    record_look(Seen(PAGE, Action.EXPORT, client_id), by=request.actor, at=request.now)
    name = f"personkort-{subject.head.name.code}-v{shown.version.number}.pdf"
    disposition = content_disposition_header(as_attachment=False, filename=name) or "inline"
    body = client_card_pdf(_paper(request, subject, shown))
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": disposition})


@require_safe
def paper(request: OfficeRequest, version_id: UUID) -> HttpResponse:
    """What the QR of a paper leads to: whether the paper still holds. 404 outside the reader's area."""
    require(request.actor, Permission.ORDER_READ)
    checked = paper_check(version_id, by=request.actor)
    subject = subject_of(request, checked.client_id)
    record_look(Seen(PAGE, client_id=checked.client_id), by=request.actor, at=request.now)
    values = {"subject": subject, "checked": checked, "crumbs": [*subject.crumbs, Crumb("Papperet")]}
    return render(request, "office/cards/paper.html", values)


def _fields(version: CardVersion) -> list[tuple[CardField, tuple[str, ...], bool]]:
    """Heading, lines, and whether they are hidden, in the order of the card."""
    return [
        (field, version.content.get(field, ()), field in version.hidden)
        for field in CardField
        if field in version.content or field in version.hidden
    ]


def _may_report(subject: CardSubject, own_units: frozenset[UUID]) -> bool:
    """A unit that serves the client reports errors; the authority mends them itself."""
    return bool(own_units & subject.service.unit_ids)


def _asked(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < LONGEST_NUMBER else default


def _version(subject: CardSubject, number: int, request: OfficeRequest) -> CardVersion:
    return card_version(subject.client_id, number, shows_identity=subject.shows_identity, by=request.actor)


def _paper(request: OfficeRequest, subject: CardSubject, shown: Card) -> PaperCard:
    version, name = shown.version, subject.head.name
    return PaperCard(
        name=name.shown,
        code="" if name.is_protected else name.code,
        number=version.number,
        made_at=version.made_at,
        made_by=version.made_by,
        sections=[
            PaperSection(field.label, lines) for field, lines, is_hidden in _fields(version) if not is_hidden
        ],
        printed_at=request.now,
        printed_by=request.actor.name,
        check_url=request.build_absolute_uri(reverse("office:card-paper", args=[version.version_id])),
    )
