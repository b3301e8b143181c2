"""A provider asks for a review of frame time: never before it is open, never twice (R137, R140)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, Denied, require
from hemmavid.access.policy import Permission
from hemmavid.lib import swedish
from hemmavid.lib.clock import local_day
from hemmavid.lib.pasted import cleaned
from hemmavid.messages.frame_time_reviews import ReviewThread, review_threads
from hemmavid.messages.models import LONGEST_TEXT, ThreadKind
from hemmavid.messages.operations import MessageRefused, NewThread, Side, open_thread
from hemmavid.orders.order_sentences import OrderSentences, frame_time_sentences
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client
from hemmavid.reports.frame_time_review import ReviewOfClient, frame_time_reviews, with_sentences
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time_review import MonthFigures
from hemmavid.rules.need_description import lacks_need

LONGEST_DESCRIPTION = 4000
LONGEST_QUOTES = 2500
"""Characters of the order that the draft quotes; the order itself has the rest."""
AND_MORE = "Mer står i uppdraget."


class ReviewNotOpen(Exception):
    """The months do not open a review (yet)."""


class ReviewAlreadyRequested(Exception):
    """The review of these months has a thread already; `thread` is it."""

    def __init__(self, thread: ReviewThread) -> None:
        super().__init__(thread.thread_id)
        self.thread = thread


class NeedNotDescribed(ValueError):
    """The text says no need; `step` says what to write instead (R137)."""

    def __init__(self, step: Step) -> None:
        super().__init__(step.claim)
        self.step = step


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What is known of one client before the review is asked for.

    `one` None: no frame time in the newest month. `unit_id`: the actor's own unit that may ask, None for
    those who only read. `thread`: where the review of these months has been taken up already.
    """

    on: date
    one: ReviewOfClient | None
    as_of: datetime
    orders: tuple[OrderSentences, ...]
    thread: ReviewThread | None
    unit_id: UUID | None

    @property
    def may_ask(self) -> bool:
        """Whether the actor can ask for the review now."""
        is_open = self.one is not None and self.one.review.is_open
        return is_open and self.thread is None and self.unit_id is not None


def review_draft(client_id: UUID, *, on: date, by: Actor) -> ReviewDraft:
    """The client's months and the draft of a message. `Client.DoesNotExist` outside the actor's area.

    Twenty-two queries. Raises Denied without the right to hours.
    """
    Client.objects.visible_to(by).get(pk=client_id)
    reviews = frame_time_reviews(on=on, by=by, client_id=client_id)
    one = reviews.of(client_id)
    orders = frame_time_sentences(client_id, by=by)
    if one is not None:
        own = [order for order in orders if order.unit_id in {unit.unit_id for unit in one.units}]
        sentences = [sentence for order in own for sentence in order.sentences]
        one = with_sentences(one, quotable(sentences), on=reviews.on)
    thread = review_threads(by=by, client_ids=[client_id]).get(client_id)
    if thread is not None and not thread.is_about(one.review.opened_on if one else None):
        thread = None
    return ReviewDraft(reviews.on, one, reviews.as_of, orders, thread, _own_unit(one, by))


@transaction.atomic
def request_review(client_id: UUID, *, description: str, by: Actor, at: datetime) -> UUID:
    """Open the thread about the review with figures, the order's sentences and the need; its id.

    Raises Denied for those who do not perform, `Client.DoesNotExist`, ReviewNotOpen, ReviewAlreadyRequested,
    NeedNotDescribed, and MessageRefused for a description above LONGEST_DESCRIPTION characters.
    """
    require(by, Permission.MESSAGE_WRITE)
    Client.objects.visible_to(by).select_for_update(of=("self",)).get(pk=client_id)
    day = local_day(at)
    draft = review_draft(client_id, on=day, by=by)
    if by.reach(Permission.MESSAGE_WRITE).everywhere:
        raise Denied(Permission.MESSAGE_WRITE)
    if draft.thread is not None:
        raise ReviewAlreadyRequested(draft.thread)
    if draft.one is None or draft.unit_id is None or not draft.one.review.is_open:
        raise ReviewNotOpen
    told = cleaned(description).strip()
    if step := lacks_need(told, on=day, parameters=parameters_in_use()):
        raise NeedNotDescribed(step)
    if len(told) > LONGEST_DESCRIPTION:
        raise MessageRefused("too_long")
    order = next((one for one in draft.orders if one.unit_id == draft.unit_id), None)
    new = NewThread(
        client_id=client_id,
        kind=ThreadKind.REVIEW,
        subject=f"Översyn av ramtid, {months_text(draft.one.review.months)}",
        text=f"{draft.one.review.draft.strip()}\n\n{told}"[:LONGEST_TEXT],
        sender=Side(draft.unit_id),
        receivers=(Side(),),
        about_id=order.order_id if order else None,
    )
    return open_thread(new, by=by, at=at)


def months_text(months: Sequence[MonthFigures]) -> str:
    """september 2026 till oktober 2026."""
    first, last = months[0].month.month, months[-1].month.month
    return (
        f"{swedish.month_name(first)} till {swedish.month_name(last)}"
        if first != last
        else swedish.month_name(first)
    )


def quotable(sentences: Sequence[str]) -> list[str]:
    """As many sentences as a message holds, in order, and a last one when there are more."""
    kept: list[str] = []
    room = LONGEST_QUOTES
    for sentence in sentences:
        room -= len(sentence)
        if room < 0:
            return [*kept, AND_MORE]
        kept.append(sentence)
    return kept


def _own_unit(one: ReviewOfClient | None, by: Actor) -> UUID | None:
    reach = by.reach(Permission.MESSAGE_WRITE)
    if one is None or reach.everywhere:
        return None
    return next((unit.unit_id for unit in one.units if reach.covers(unit.unit_id)), None)
