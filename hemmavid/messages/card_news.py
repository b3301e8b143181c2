"""A new version of a client card tells every unit that serves; an error in one tells the authority.

What a unit is told stands in a thread of its own: two providers of one client do not learn of each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.messages.operations import NewThread, Side, agree, open_thread, reply
from hemmavid.people.card_operations import (
    NewVersion,
    Settlement,
    WrittenVersion,
    report_error,
    settle_error,
    write_version,
)
from hemmavid.people.client_cards import units_serving


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and text of what is sent, in the screen's Swedish. `{number}` in them is the card's version."""

    subject: str
    text: str

    def of(self, number: int) -> Words:
        """With the number of the version."""
        return Words(self.subject.format(number=number), self.text.format(number=number))


@transaction.atomic
def publish_version(new: NewVersion, words: Words, *, by: Actor, at: datetime) -> WrittenVersion:
    """Store the next version and tell each serving unit's mailbox (R010, R011). Raises as `write_version`."""
    written = write_version(new, by=by, at=at)
    said = words.of(written.number)
    for unit_id in units_serving(new.client_id, at=at):
        thread = NewThread(
            client_id=new.client_id,
            kind=ThreadKind.NEW_VERSION,
            subject=said.subject,
            text=said.text,
            sender=Side(),
            receivers=(Side(unit_id),),
            about_id=written.version_id,
        )
        open_thread(thread, by=by, at=at)
    return written


@dataclass(frozen=True, slots=True)
class Report:
    """An error as reported: in which version of whose card, and what."""

    client_id: UUID
    number: int
    text: str


@transaction.atomic
def report_card_error(report: Report, words: Words, *, by: Actor, at: datetime) -> UUID:
    """Store a report and send it to the authority; the thread's id (R012, R031). Raises as `report_error`.

    The thread says what the reporter wrote; only the subject of `words` is used.
    """
    error = report_error(client_id=report.client_id, number=report.number, text=report.text, by=by, at=at)
    thread = NewThread(
        client_id=report.client_id,
        kind=ThreadKind.CARD_ERROR,
        subject=words.of(report.number).subject,
        text=error.text,
        sender=Side(error.unit_id),
        receivers=(Side(),),
        about_id=error.pk,
    )
    return open_thread(thread, by=by, at=at)


@transaction.atomic
def settle_card_error(settlement: Settlement, text: str, *, by: Actor, at: datetime) -> None:
    """Say what came of a report, and tell the unit in the thread it was sent in. Raises as `settle_error`.

    The authority has thereby said its part; the unit may agree or ask on. A thread that both sides have
    closed already is left as it is.
    """
    error = settle_error(settlement, by=by, at=at)
    thread = Thread.objects.visible_to(by).filter(about_id=error.pk, closed_at=None).order_by("pk").first()
    if thread is not None:
        reply(thread_id=thread.pk, sender=Side(), text=text, by=by, at=at)
        agree(thread_id=thread.pk, side=Side(), by=by, at=at)
