"""The text of a case event (händelse), by the two patterns of the agreed way of working (R401-R405)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class EventForm(StrEnum):
    """How the follow-up was made."""

    HOME_VISIT = "home_visit"
    PHONE = "phone"
    MEETING = "meeting"
    VIDEO = "video"


class EventOutcome(StrEnum):
    """What came of it."""

    UNCHANGED = "unchanged"
    NEW_DECISION = "new_decision"
    EXTENT_CHANGED = "extent_changed"
    ENDED = "ended"


_FORMS = {
    EventForm.HOME_VISIT: "hembesök",
    EventForm.PHONE: "telefonsamtal",
    EventForm.MEETING: "möte",
    EventForm.VIDEO: "videosamtal",
}
_OUTCOMES = {
    EventOutcome.UNCHANGED: "Behovet bedöms kvarstå. Bistånd i form av {listed} bedöms skäligt.",
    EventOutcome.NEW_DECISION: "Behovet är utrett och ett nytt beslut är fattat om {listed}.",
    EventOutcome.EXTENT_CHANGED: "Omfattningen är ändrad för {listed}; beslutets grund är densamma.",
    EventOutcome.ENDED: "Insatsen är avslutad: {listed}.",
}


class EventFaultCode(StrEnum):
    """Why an event cannot be registered."""

    NO_INTERVENTIONS = "no_interventions"
    IN_THE_FUTURE = "in_the_future"


EVENT_FAULT_TEXTS = {
    EventFaultCode.NO_INTERVENTIONS: "Välj minst en insats eller ett behov som följdes upp (R401).",
    EventFaultCode.IN_THE_FUTURE: "Dagen har inte varit än: en händelse registreras när den skett (R401).",
}


@dataclass(frozen=True, slots=True)
class EventFault:
    """One fault and the field it stands at."""

    code: EventFaultCode
    field: str

    @property
    def sentence(self) -> str:
        """What to do about it, in Swedish."""
        return EVENT_FAULT_TEXTS[self.code]


def event_faults(occurred_on: date, interventions: Sequence[str], *, on: date) -> list[EventFault]:
    """Every fault of an event registered on the day; empty when it may be (R401)."""
    faults = []
    if occurred_on > on:
        faults.append(EventFault(EventFaultCode.IN_THE_FUTURE, "occurred_on"))
    if not interventions:
        faults.append(EventFault(EventFaultCode.NO_INTERVENTIONS, "interventions"))
    return faults


def event_text(
    occurred_on: date, form: EventForm, outcome: EventOutcome, interventions: Sequence[str]
) -> str:
    """The text: the day as YY-MM-DD, the form and the interventions (R404, R405)."""
    listed = _listed(interventions)
    made = f"Uppföljning gjord {occurred_on:%y-%m-%d} genom {_FORMS[form]}."
    return f"{made} {_OUTCOMES[outcome].format(listed=listed)}"


def _listed(interventions: Sequence[str]) -> str:
    *first, last = interventions
    return f"{', '.join(first)} och {last}" if first else last
