"""Writes from the card's pages: a new version, a receipt, an error reported and settled."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.cards import words
from hemmavid.interfaces.office.cards.card_page import CardSubject, subject_of
from hemmavid.interfaces.office.cards.forms import CardForm, ErrorForm, SettleForm, texts_of
from hemmavid.interfaces.office.cards.views import card_answer
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.messages import card_news
from hemmavid.people import operations
from hemmavid.people.card_content import (
    IDENTIFYING,
    CardField,
    CardRefused,
    Content,
    differences,
    merge,
)
from hemmavid.people.card_operations import (
    CardChangedMeanwhile,
    CardUnchanged,
    ErrorAlreadySettled,
    NewVersion,
    Settlement,
    mark_version_read,
)
from hemmavid.people.client_cards import card_version, edited_card
from hemmavid.people.models import CardErrorOutcome, ClientCardVersion


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Write the next version. Of two who write at once the second is told, and nothing typed is lost.

    A protected person's card is edited without what tells who she is, unless the identity is opened by the
    button of the card's page, which is logged.
    """
    require(request.actor, Permission.CARD_WRITE)
    subject = subject_of(request, client_id)
    if request.method == "POST" and "expected" in request.POST:
        return _saved(request, subject)
    if request.method == "POST" and subject.may_open:
        operations.open_protected(
            client_id, serving=subject.service.unit_ids, by=request.actor, at=request.now
        )
        subject = subject_of(request, client_id, opens_protected=True)
    number, current = edited_card(client_id, by=request.actor)
    form = CardForm(initial={"expected": number, **texts_of(current)}).offer(_headings(subject))
    return _form_page(request, subject, form)


def _headings(subject: CardSubject) -> list[CardField]:
    return [field for field in CardField if subject.shows_identity or field not in IDENTIFYING]


def _saved(request: OfficeRequest, subject: CardSubject) -> HttpResponse:
    sent = [field for field in CardField if field.value in request.POST]
    form = CardForm(request.POST).offer(sent)
    if not form.is_valid():
        return _form_page(request, subject, form)
    base = _content_of(request, subject, form.cleaned_data["expected"])
    new = NewVersion(subject.client_id, form.content(base), form.cleaned_data["expected"])
    changed = [one.field for one in differences(base, new.content)]
    try:
        written = card_news.publish_version(new, words.news(changed), by=request.actor, at=request.now)
    except CardRefused as refused:
        form.tell(refused)
    except CardUnchanged:
        form.add_error(None, words.UNCHANGED)
    except CardChangedMeanwhile as lost:
        return _put_together(request, subject, Lost(lost, base, new.content, sent))
    else:
        messages.success(request, words.SAVED.format(number=written.number))
        return redirect("office:card", subject.client_id)
    return _form_page(request, subject, form)


@dataclass(frozen=True, slots=True)
class Lost:
    """A race that was lost: what the other saved, what both began from, and what was typed here."""

    to: CardChangedMeanwhile
    base: Content
    typed: Content
    headings: list[CardField]


def _put_together(request: OfficeRequest, subject: CardSubject, lost: Lost) -> HttpResponse:
    """Both changes in one form, to look through and save: what both have changed is pointed out."""
    merged = merge(lost.base, lost.to.content, lost.typed)
    initial = {"expected": lost.to.number, **texts_of(merged.content)}
    both = [
        (field, lost.to.content.get(field, ())) for field in merged.both_changed if field in lost.headings
    ]
    form = CardForm(initial=initial).offer(lost.headings)
    return _form_page(request, subject, form, lost=lost.to, both=both)


def _content_of(request: OfficeRequest, subject: CardSubject, number: int) -> Content:
    """What the writer began from; nothing for the first card, and for a number that never was."""
    if not number:
        return {}
    try:
        found = card_version(subject.client_id, number, shows_identity=True, by=request.actor)
    except ClientCardVersion.DoesNotExist:
        return {}
    return found.content


def _form_page(request: OfficeRequest, subject: CardSubject, form: CardForm, **about: object) -> HttpResponse:
    record_look(Seen("client_card", client_id=subject.client_id), by=request.actor, at=request.now)
    values = {
        "subject": subject,
        "crumbs": [*subject.crumbs, Crumb("Ändra personkortet")],
        "form": form,
        "lost": None,
        "both": (),
        **about,
    }
    return render(request, "office/cards/edit.html", values)


@require_POST
def mark_read(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Kvittera: the person has read the version that was shown."""
    require(request.actor, Permission.ORDER_READ)
    number = request.POST.get("nummer", "")
    subject = subject_of(request, client_id)
    if number.isdecimal() and len(number) < len("1000000"):
        mark_version_read(client_id=client_id, number=int(number), by=request.actor, at=request.now)
        messages.success(request, words.READ.format(number=number))
    return redirect("office:card" if "kort" in request.POST else "office:client", subject.client_id)


@require_POST
def report_error(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """A unit says what does not agree with how things are (R012)."""
    require(request.actor, Permission.MESSAGE_WRITE)
    subject = subject_of(request, client_id)
    form = ErrorForm(request.POST)
    if not form.is_valid():
        return card_answer(request, subject, error_form=form)
    report = card_news.Report(client_id, form.cleaned_data["number"], form.cleaned_data["text"])
    card_news.report_card_error(report, words.ERROR, by=request.actor, at=request.now)
    messages.success(request, words.REPORTED)
    return redirect("office:card", client_id)


@require_POST
def settle_error(request: OfficeRequest, client_id: UUID, error_id: UUID) -> HttpResponse:
    """The authority says what came of a report (R031)."""
    require(request.actor, Permission.CARD_WRITE)
    subject_of(request, client_id)
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(one) for told in form.errors.values() for one in told))
        return redirect("office:card", client_id)
    outcome = CardErrorOutcome(form.cleaned_data["outcome"])
    text = form.cleaned_data["text"]
    try:
        card_news.settle_card_error(
            Settlement(error_id, outcome, text), f"{outcome.label}. {text}", by=request.actor, at=request.now
        )
    except ErrorAlreadySettled:
        messages.error(request, words.ALREADY_SETTLED)
    else:
        messages.success(request, words.SETTLED)
    return redirect("office:card", client_id)
