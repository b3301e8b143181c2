"""What the operations refuse, in the words of the screen."""

from __future__ import annotations

from hemmavid.cases.operations.revision import CaseChangedMeanwhile, Meanwhile
from hemmavid.interfaces.office.orders import words as order_words
from hemmavid.lib.swedish import moment
from hemmavid.messages.operations import MessageRefused
from hemmavid.orders.operations.endings import WouldLeaveGap
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.orders.operations.sending import CallMissing, OnlyTheMunicipality
from hemmavid.rules.life_areas import LifeArea
from hemmavid.settlement.decision_changes import OrderCannotFollow

WHAT = {
    "case_opened": "öppnade ärendet",
    "application_registered": "registrerade en ansökan",
    "application_withdrawn": "tog tillbaka en ansökan",
    "information_noted": "noterade vad brukaren har informerats om",
    "owner_changed": "bytte handläggare",
    "assessment_started": "började en utredning",
    "assessment_saved": "skrev i utredningen",
    "needs_saved": "ändrade behov och nivåer",
    "outside_needs_saved": "ändrade insatser utanför ramtiden",
    "assessment_completed": "gjorde klar utredningen",
    "draft_begun": "började ett beslut",
    "draft_saved": "skrev i beslutet",
    "draft_discarded": "tog bort ett utkast",
    "decided": "fattade ett beslut",
    "ended": "avslutade en insats",
    "ending_asked": "bad om en bekräftelse av ett avslut",
    "ending_confirmed": "bekräftade ett avslut",
    "ending_refused": "noterade att brukaren vill behålla stödet",
    "event_registered": "registrerade en händelse",
    "consent_recorded": "noterade ett samtycke",
    "consent_withdrawn": "noterade att ett samtycke togs tillbaka",
    "on_call_received": "tog emot jourens beslut",
}
CLOSED = "Ärendet är avslutat. Öppna ett nytt ärende om brukaren ansöker igen."
NO_MESSAGE = "Skriv vad utföraren ska få veta: inget nytt uppdrag skickas (R252)."
NO_WHY = "Skriv vad som har ändrats: vad uppdraget säger och hur det är nu."
OUTSIDE = "Dagen ligger utanför beslutet. Välj en dag då insatsen gäller."
NOT_IN_FORCE = "Beslutet är avslutat och ändras inte. Fatta ett nytt beslut."
ALREADY_GRANTED = "Behovet finns redan i samma besök. Ändra den raden i stället."

ROW_CHANGED = (
    "Insatsen har ändrats eller avslutats sedan du bad om bekräftelsen. Notera att stödet fortsätter, "
    "och gör avslutet på nytt från beslutet."
)
TO_CONFIRM = (
    "Uppgiften att bekräfta med brukaren finns i ärendet. Stödet fortsätter och utföraren får veta "
    "först när avslutet är bekräftat."
)
_DAYS = ("valid_from", "last_day")
_ORDER_FIELDS: dict[type[Exception], tuple[str, ...]] = {
    OnlyTheMunicipality: ("intervention",),
    MessageRefused: ("message",),
    OrderRefused: _DAYS,
    CallMissing: _DAYS,
    WouldLeaveGap: _DAYS,
}


def order_refusal(refused: OrderCannotFollow) -> tuple[tuple[str, ...], str]:
    """At which fields, and why nothing was saved: an order of the decision cannot take the change."""
    why = order_words.refusal(refused.because)
    said = f"Inget är sparat. Uppdrag {refused.code} hos {refused.unit} kan inte följa med: {why}"
    return _ORDER_FIELDS.get(type(refused.because), ()), said


def what_words(what: str) -> str:
    """What was done, as a person would say it."""
    code, _, area = what.partition(":")
    if code == "area_saved":
        return f"skrev om {LifeArea(area).label}"
    if code == "goal_changed":
        return f"ändrade målet för {LifeArea(area).label}"
    if code == "extent_changed":
        return "ändrade omfattningen"
    return WHAT.get(code, "ändrade ärendet")


def change_words(change: Meanwhile) -> str:
    """Kim Vår skrev i utredningen 20 april 2026 kl. 10.00."""
    return f"{change.by_name} {what_words(change.what)} {moment(change.at)}"


def meanwhile_words(lost: CaseChangedMeanwhile) -> list[str]:
    """What came in between, one sentence each."""
    return [f"{change_words(change)}." for change in lost.changes]
