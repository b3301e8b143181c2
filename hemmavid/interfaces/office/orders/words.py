"""What the pages of orders say: why something cannot be done, and what was done."""

from __future__ import annotations

from hemmavid.cases.queries.order_basis import DecisionNotMade
from hemmavid.lib import swedish
from hemmavid.messages.operations import MessageRefused, NotTakingPart, ThreadClosed
from hemmavid.orders.operations.asking import DeclineRefused, InquiryAlreadyAnswered
from hemmavid.orders.operations.endings import EndingAlreadyAnswered, WouldLeaveGap
from hemmavid.orders.operations.leading import NoConsent
from hemmavid.orders.operations.moving import HandoverNotReceipted, LateHandover
from hemmavid.orders.operations.order_rows import OrderChangedMeanwhile, OrderRefused, WrongState
from hemmavid.orders.operations.receiving import OrderAlreadyAcknowledged
from hemmavid.orders.operations.sending import CallMissing, CapacityNotChecked, OnlyTheMunicipality
from hemmavid.people.deaths import DeathRefused
from hemmavid.rules.interventions import label_of

REFUSED: dict[str, str] = {
    "no_name": "Skriv namnet på den du talade med.",
    "no_reason": "Skriv en kort förklaring. Den andra sidan läser den.",
    "no_purpose": "Skriv vad samtycket gäller.",
    "no_end": "Samtycket behöver ett slutdatum efter första dagen. Generella samtycken tas inte.",
    "other_client": "Välj ett uppdrag för samma brukare hos en annan enhet.",
    "ends_before_start": "Sista dagen ligger före den första.",
    "stop_overlaps": "Enheten har redan ett stopp under de dagarna. Avsluta det först.",
    "line_too_long": "Texten är för lång för rutan. Korta den och försök igen.",
    "stop_in_the_past": "Stoppet kan börja tidigast idag.",
    "outside_decision": "Dagen ligger utanför beslutets tid. Välj en dag inom beslutet.",
    "too_long": "Texten är för lång. Korta den: det som inte behövs vid start hör hemma i journalen.",
    "nothing_to_order": "Beslutet innehåller inget för den mottagaren.",
    "no_choice_is_municipal": "Utan val utför kommunens egen regi. Välj en kommunal enhet.",
    "unknown_intervention": "Insatsen finns inte i uppdraget.",
    "in_the_future": "Dagen har inte varit än. En insats verkställs den dag den utförs första gången.",
    "before_start": "Dagen ligger före uppdragets start.",
    "nothing_new": "Uppdraget säger redan detta. Ändra beslutet eller övrigt först.",
    "not_confirmed": "Skriv med vem avslutet är bekräftat, hur och vilken dag.",
    "other_decision": "Beslutet hör inte till brukaren. Välj ett av brukarens egna.",
    "same_unit": "Enheten har redan uppdraget. Välj en annan.",
    "no_decision": "Uppdraget saknar beslut här. Gör ett nytt uppdrag från beslutet.",
    "not_given_yet": "Utföraren som lämnar har inte signerat än.",
    "signed_already": "Du har redan signerat den punkten.",
    "not_done": "Bytet är inte genomfört. Nästa utförare har inte tagit emot uppdraget.",
    "unknown_sentence": "Meningen finns inte i uppdraget längre. Välj en annan.",
}
DEATH_REFUSED = {
    "in_the_future": "Dagen har inte varit än.",
    "known_already": "Dödsfallet är redan registrerat.",
}
MESSAGE_REFUSED = {
    "empty": "Skriv ett meddelande. Utföraren måste få veta vad som ändras.",
    "too_long": "Meddelandet är för långt. Korta det.",
}
STATES = {
    "draft": "Uppdraget är ett utkast.",
    "asked": "Utföraren har inte svarat på förfrågan än.",
    "declined": "Utföraren tackade nej. Välj en annan enhet.",
    "sent": "Uppdraget är skickat men inte mottaget.",
    "acknowledged": "Uppdraget är redan mottaget.",
    "in_effect": "Uppdraget är redan verkställt.",
    "ended": "Uppdraget är avslutat.",
}
EXPECTED = (
    OrderRefused,
    OrderChangedMeanwhile,
    WrongState,
    CapacityNotChecked,
    CallMissing,
    OnlyTheMunicipality,
    DeclineRefused,
    InquiryAlreadyAnswered,
    OrderAlreadyAcknowledged,
    EndingAlreadyAnswered,
    WouldLeaveGap,
    LateHandover,
    HandoverNotReceipted,
    NoConsent,
    DeathRefused,
    MessageRefused,
    ThreadClosed,
    NotTakingPart,
    DecisionNotMade,
)
"""Refusals that a page answers with words; `Denied` and rows that are not there become 404."""

GAP = (
    "Nästa utförare har inte tagit emot. Den som lämnar utför tills dess, så uppdraget kan inte avslutas än."
)
CAPACITY = "Fråga enheten först om den kan ta emot, eller skriv vem du talade med i telefon."
CLOSED = "Frågan är redan avslutad. Ställ en ny."
CONSENT = "Det finns inget samtycke som gäller idag."
DRAFT_DECISION = "Beslutet är inte fattat än."


def refusal(error: Exception) -> str:
    """The sentence for a refusal: what is wrong, who was first, what to do instead."""
    for kinds, tell in _TOLD:
        if isinstance(error, kinds):
            return tell(error)
    raise error


def _code(error: Exception) -> str:
    known: dict[type[Exception], dict[str, str]] = {
        OrderRefused: REFUSED,
        DeathRefused: DEATH_REFUSED,
        MessageRefused: MESSAGE_REFUSED,
    }
    return known[type(error)][getattr(error, "code", "")]


def _meanwhile(error: Exception) -> str:
    name, step, at = getattr(error, "name", ""), getattr(error, "step", ""), getattr(error, "at", None)
    when = f" {swedish.moment(at)}" if at else ""
    what = f" ({step.lower()})" if step else ""
    return f"{name} hann före{when}{what}. Läs igenom och gör om det du ville ändra."


def _first(error: Exception) -> str:
    name, at = getattr(error, "name", ""), getattr(error, "at", None)
    return f"Redan gjort av {name}{f' {swedish.moment(at)}' if at else ''}."


def _municipal(error: Exception) -> str:
    codes = ", ".join(label_of(code) for code in getattr(error, "codes", ()))
    return f"{codes} utförs bara av kommunens egen regi. Välj en kommunal enhet."


def _missing(error: Exception) -> str:
    kinds = ", ".join(getattr(error, "kinds", ()))
    return f"Saknar kvittens eller förklaring: {kinds}."


def _late(error: Exception) -> str:
    notice = getattr(error, "notice", None)
    ground = f"{notice.explanation.claim} " if notice else ""
    return f"{ground}Skriv vilken förste biståndshandläggare som har godkänt det."


_TOLD = (
    ((OrderRefused, DeathRefused, MessageRefused), _code),
    ((OrderChangedMeanwhile,), _meanwhile),
    ((InquiryAlreadyAnswered, OrderAlreadyAcknowledged, EndingAlreadyAnswered), _first),
    ((WrongState,), lambda error: STATES[getattr(error, "status", "draft")]),
    ((CapacityNotChecked,), lambda error: CAPACITY),
    ((CallMissing,), lambda error: f"{error} Skriv vem du nådde, eller att du inte nådde någon."),
    ((OnlyTheMunicipality,), _municipal),
    ((DeclineRefused,), str),
    ((WouldLeaveGap,), lambda error: GAP),
    ((LateHandover,), _late),
    ((HandoverNotReceipted,), _missing),
    ((NoConsent,), lambda error: CONSENT),
    ((ThreadClosed, NotTakingPart), lambda error: CLOSED),
    ((DecisionNotMade,), lambda error: DRAFT_DECISION),
)
