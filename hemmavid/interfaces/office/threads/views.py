"""Meddelanden: one's mailboxes, one thread with receipts, and a new question about a client."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.models import Action
from hemmavid.audit.operations import Seen, record_look
from hemmavid.interfaces.office.answers import address, page_or_part, rows_asked_for
from hemmavid.interfaces.office.cards.card_page import CardSubject, subject_of
from hemmavid.interfaces.office.parts import Chip, Crumb
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.threads import words
from hemmavid.interfaces.office.threads.forms import MessageForm, NewThreadForm
from hemmavid.messages import operations
from hemmavid.messages.models import ThreadKind
from hemmavid.messages.operations import NewThread, Side, ThreadClosed
from hemmavid.messages.queries import (
    Choice,
    MailboxRow,
    ThreadDetail,
    mailboxes,
    thread_detail,
    threads,
)
from hemmavid.organisations.queries import units_by_id

ROWS_AT_A_TIME, MOST_ROWS = 50, 1000
AUTHORITY = "myndigheten"
PAGE = "thread"


@require_safe
def listed(request: OfficeRequest) -> HttpResponse:
    """The threads of the person's mailboxes; fifty, then more."""
    by = request.actor
    require(by, Permission.MESSAGE_READ)
    boxes = mailboxes(by=by)
    chosen = next((one for one in Choice if one.value == request.GET.get("urval")), Choice.OPEN)
    box = next((one for one in boxes if str(one.mailbox_id) == request.GET.get("brevlada")), None)
    limit = rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS)
    page = threads(chosen, mailbox_id=box.mailbox_id if box else None, limit=limit, by=by)
    record_look(Seen("threads", Action.LIST, rows=len(page.rows)), by=by, at=request.now)
    kept: dict[str, object] = {"urval": chosen.value, "brevlada": box.mailbox_id if box else ""}
    title, text = words.EMPTY[chosen]
    values = {
        "page": page,
        "choices": _choice_chips(chosen, kept),
        "boxes": _box_chips(boxes, box, kept),
        "more_url": address({**kept, "visa": limit + ROWS_AT_A_TIME}),
        "empty_title": title,
        "empty_text": text,
    }
    return page_or_part(request, "office/threads/list.html", values, part="rows")


@require_safe
def thread(request: OfficeRequest, thread_id: UUID) -> HttpResponse:
    """One thread. That it is read is noted by the form that the page sends of itself, or by its button."""
    return _thread_page(request, thread_detail(thread_id, by=request.actor))


@require_POST
def mark_read(request: OfficeRequest, thread_id: UUID) -> HttpResponse:
    """The mailbox has read what the others wrote (R011, R245)."""
    detail = thread_detail(thread_id, by=request.actor)
    operations.mark_read(thread_id=thread_id, side=_own(detail), by=request.actor, at=request.now)
    if request.htmx:
        return _thread_page(request, thread_detail(thread_id, by=request.actor))
    return redirect("office:thread", thread_id)


@require_POST
def reply(request: OfficeRequest, thread_id: UUID) -> HttpResponse:
    """Write in the thread. What was typed stays when it is refused."""
    detail = thread_detail(thread_id, by=request.actor)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return _thread_page(request, detail, form=form)
    try:
        operations.reply(
            thread_id=thread_id,
            sender=_own(detail),
            text=form.cleaned_data["text"],
            by=request.actor,
            at=request.now,
        )
    except ThreadClosed:
        form.add_error(None, words.ALREADY_CLOSED)
        return _thread_page(request, detail, form=form)
    messages.success(request, words.SENT)
    return redirect("office:thread", thread_id)


@require_POST
def agree(request: OfficeRequest, thread_id: UUID) -> HttpResponse:
    """Klart för vår del: the thread closes when every side has said so (R269)."""
    detail = thread_detail(thread_id, by=request.actor)
    try:
        closed = operations.agree(thread_id=thread_id, side=_own(detail), by=request.actor, at=request.now)
    except ThreadClosed:
        messages.info(request, words.ALREADY_CLOSED)
    else:
        messages.success(request, words.CLOSED if closed else words.AGREED)
    return redirect("office:thread", thread_id)


@require_safe
def of_client(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """The threads about one client, closed ones too."""
    require(request.actor, Permission.MESSAGE_READ)
    subject = subject_of(request, client_id)
    limit = rows_asked_for(request, at_first=ROWS_AT_A_TIME, most=MOST_ROWS)
    page = threads(Choice.OPEN, mailbox_id=None, limit=limit, by=request.actor, client_id=client_id)
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    values = {
        "page": page,
        "subject": subject,
        "crumbs": [*subject.crumbs, Crumb("Meddelanden")],
        "more_url": address({"visa": limit + ROWS_AT_A_TIME}),
        "may_write": bool(_sender(subject, request.actor)),
    }
    return render(request, "office/threads/of_client.html", values)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: OfficeRequest, client_id: UUID) -> HttpResponse:
    """A question about a client: from a unit to the authority, or from there to a unit that serves."""
    subject = subject_of(request, client_id)
    sender = _sender(subject, request.actor)
    if sender is None:
        raise Http404
    receivers = _receivers(subject, sender)
    form = NewThreadForm(request.POST or None).offer([(one.key, one.label) for one in receivers])
    if form.is_valid():
        to = next(one for one in receivers if one.key == form.cleaned_data["receiver"])
        question = NewThread(
            client_id=client_id,
            kind=ThreadKind.QUESTION,
            subject=form.cleaned_data["subject"],
            text=form.cleaned_data["text"],
            sender=sender,
            receivers=(to.side,),
        )
        thread_id = operations.open_thread(question, by=request.actor, at=request.now)
        messages.success(request, words.SENT)
        return redirect("office:thread", thread_id)
    record_look(Seen(PAGE, client_id=client_id), by=request.actor, at=request.now)
    values = {"form": form, "subject": subject, "crumbs": [*subject.crumbs, Crumb("Nytt meddelande")]}
    return render(request, "office/threads/new.html", values)


@dataclass(frozen=True, slots=True)
class Receiver:
    """A mailbox one may write to about the client."""

    key: str
    label: str
    side: Side


def _sender(subject: CardSubject, by: Actor) -> Side | None:
    """The side one writes for: the authority, or one's unit that serves the client; None for who may not."""
    reach = by.reach(Permission.MESSAGE_WRITE)
    if reach.everywhere:
        return Side()
    own = sorted(reach.unit_ids & subject.service.unit_ids, key=str)
    return Side(own[0]) if own else None


def _receivers(subject: CardSubject, sender: Side) -> list[Receiver]:
    if sender.unit_id is not None:
        return [Receiver(AUTHORITY, "Myndigheten", Side())]
    units = units_by_id()
    serving = sorted(subject.service.unit_ids, key=lambda unit_id: units[unit_id].name)
    return [Receiver(str(unit_id), units[unit_id].name, Side(unit_id)) for unit_id in serving]


def _thread_page(
    request: OfficeRequest, detail: ThreadDetail, *, form: MessageForm | None = None
) -> HttpResponse:
    record_look(Seen(PAGE, client_id=detail.client.client_id), by=request.actor, at=request.now)
    may_write = detail.own is not None and detail.closed_at is None
    values = {
        "thread": detail,
        "form": form or MessageForm(),
        "may_write": may_write and request.actor.may(Permission.MESSAGE_WRITE),
        "crumbs": [Crumb("Meddelanden", reverse("office:threads")), Crumb(detail.subject)],
    }
    return page_or_part(request, "office/threads/thread.html", values, part="messages")


def _own(detail: ThreadDetail) -> Side:
    if detail.own is None:  # the authority may read what two providers settle between them
        raise Http404
    return detail.own


def _choice_chips(chosen: Choice, kept: dict[str, object]) -> list[Chip]:
    return [
        Chip(label, address({**kept, "urval": choice.value}), is_chosen=choice is chosen)
        for choice, label in words.CHOICES.items()
    ]


def _box_chips(boxes: list[MailboxRow], chosen: MailboxRow | None, kept: dict[str, object]) -> list[Chip]:
    """Each mailbox with how much is new in it; nothing to choose between when there is but one."""
    if len(boxes) < 2:
        return []
    everything = Chip("Alla brevlådor", address({**kept, "brevlada": ""}), is_chosen=chosen is None)
    return [
        everything,
        *(
            Chip(
                box.label,
                address({**kept, "brevlada": box.mailbox_id}),
                is_chosen=box is chosen,
                count=box.unread or None,
            )
            for box in boxes
        ),
    ]
