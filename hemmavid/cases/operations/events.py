"""Register an event (händelse): its text is the journal entry, and nothing else is noted (R401-R405)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.models import CaseEvent
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.clock import local_day
from hemmavid.rules.event_text import EventFault, EventForm, EventOutcome, event_faults, event_text

LONGEST_EVENT = 4_000


class EventRefused(ValueError):
    """The event cannot be registered; every fault is told at once."""

    def __init__(self, faults: Sequence[EventFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class NewEvent:
    """A follow-up that was made. `added`: what the officer wants to say beside the pattern."""

    occurred_on: date
    form: EventForm
    outcome: EventOutcome
    interventions: tuple[str, ...]
    added: str = ""
    decision_id: UUID | None = None


@transaction.atomic
def register_event(new: NewEvent, seen: Seen, *, by: Actor, at: datetime) -> UUID:
    """Register an event; its id. Raises as `locked_case`, EventRefused, TextTooLong."""
    case = locked_case(seen, by=by)
    faults = event_faults(new.occurred_on, new.interventions, on=local_day(at))
    if faults:
        raise EventRefused(faults)
    text = event_text(new.occurred_on, new.form, new.outcome, new.interventions)
    text = f"{text} {fitting('added', new.added, LONGEST_EVENT)}".strip()
    entry = NewEntry(case.client_id, text, at, EntryKind.EVENT, about_id=new.decision_id or case.pk)
    event = CaseEvent.objects.create(
        case=case,
        decision_id=new.decision_id,
        occurred_on=new.occurred_on,
        form=new.form.value,
        outcome=new.outcome.value,
        interventions=list(new.interventions),
        text=text,
        journal_entry_id=write_entry(entry, by=by, at=at),
        at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    written(case, "event_registered", by=by, at=at)
    return event.pk
