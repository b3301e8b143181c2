"""Journalen: read, narrowed and written; signed entries are corrected by new ones."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.answers import address, rows_asked_for
from hemmavid.interfaces.office.cards.card_page import CardSubject, subject_of
from hemmavid.interfaces.office.journals import words
from hemmavid.interfaces.office.journals.forms import CorrectionForm, EntryForm, SearchForm, at_first
from hemmavid.interfaces.office.journals.journal_page import (
    AUTHORITY,
    journal_choices,
    kind_chips,
    may_read,
)
from hemmavid.interfaces.office.parts import Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import EntryRefused, NewEntry, correct_entry, write_entry
from hemmavid.journals.queries import JournalFilter, entries, entry, journals_to_write
from hemmavid.people.client_cards import units_of_client

ROWS_AT_A_TIME, MOST_ROWS = 50, 1000
PAGE = "journal"


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The entries of the person's own side, newest first; a search is posted, so it stands in no address."""
    subject = _subject(request, client_id)
    chosen = next((kind for kind in EntryKind if kind.value == request.GET.get("typ")), None)
    form = SearchForm(request.POST or None)
    text = form.cleaned_data["ord"] if form.is_valid() else ""
    limit = rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS)
    page = entries(JournalFilter(client_id, chosen, text), limit=limit, by=request.actor)
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    values = {
        "subject": subject,
        "crumbs": [*subject.crumbs, Crumb("Journal")],
        "page": page,
        "chips": kind_chips(chosen),
        "form": form,
        "text": text,
        "may_write": bool(_journals(request, client_id)),
        "more_url": address({"typ": chosen.value if chosen else "", "visa": limit + ROWS_AT_A_TIME}),
    }
    return render(request, "office/journals/journal.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """Sign an entry in one's own side's journal."""
    subject = _subject(request, client_id)
    journals = _journals(request, client_id)
    if not journals:
        raise Http404
    bound = EntryForm(request.POST) if request.method == "POST" else EntryForm(initial=at_first(request.now))
    form = bound.offer(journal_choices(journals))
    if form.is_valid():
        try:
            write_entry(_entry_of(form, client_id, journals), by=request.actor, at=request.now)
        except EntryRefused as refused:
            form.tell(refused)
        else:
            messages.success(request, words.SIGNED)
            return redirect("office:journal", client_id)
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    values = {"form": form, "subject": subject, "corrected": None, "crumbs": _crumbs(subject, "Skriv")}
    return render(request, "office/journals/write.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: OfficeRequest, client_id: UUID, entry_id: UUID) -> HttpResponse:
    """Sign a correction that points back; the entry stays as it was."""
    subject = _subject(request, client_id)
    corrected = entry(entry_id, client_id=client_id, by=request.actor)
    form = CorrectionForm(request.POST or None)
    if form.is_valid():
        try:
            correct_entry(entry_id=entry_id, text=form.cleaned_data["text"], by=request.actor, at=request.now)
        except EntryRefused as refused:
            form.tell(refused)
        else:
            messages.success(request, words.CORRECTED)
            return redirect("office:journal", client_id)
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    values = {"form": form, "subject": subject, "corrected": corrected, "crumbs": _crumbs(subject, "Rätta")}
    return render(request, "office/journals/write.html", values)


def _subject(request: OfficeRequest, client_id: UUID) -> CardSubject:
    if not may_read(request.actor):
        raise Http404
    return subject_of(request, client_id)


def _journals(request: OfficeRequest, client_id: UUID) -> list[UUID | None]:
    units = units_of_client(client_id, by=request.actor)
    return journals_to_write(by=request.actor, units_of_client=frozenset(units))


def _entry_of(form: EntryForm, client_id: UUID, journals: list[UUID | None]) -> NewEntry:
    chosen = form.cleaned_data.get("journal") or ""
    unit_id = UUID(chosen) if chosen and chosen != AUTHORITY else None
    return NewEntry(
        client_id=client_id,
        text=form.cleaned_data["text"],
        happened_at=form.cleaned_data["happened_at"],
        kind=EntryKind(form.cleaned_data["kind"]),
        unit_id=unit_id if chosen else journals[0],
    )


def _crumbs(subject: CardSubject, here: str) -> list[Crumb]:
    journal = Crumb("Journal", reverse("office:journal", args=[subject.client_id]))
    return [*subject.crumbs, journal, Crumb(here)]
