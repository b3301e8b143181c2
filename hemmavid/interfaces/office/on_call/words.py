"""What the on-call supervisor's screens say, and what they send to others."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from hemmavid.lib import swedish
from hemmavid.messages.card_news import Words
from hemmavid.people.break_glass import LONGEST_REASON
from hemmavid.people.models import BreakGlass, BreakGlassReason

NOBODY_FOUND = "Ingen hittades. Skriv hela personnumret, eller hela för- och efternamnet."
OPENED = (
    "Brukaren är öppen för dig till {until}. Enheten som har uppdraget och myndigheten har fått veta det."
)
ALREADY_OPEN = "Du har redan tillgång till brukaren."
REASONS = {
    "empty": ("text", "Skriv varför du behöver öppna."),
    "too_long": ("text", f"Texten får ha högst {LONGEST_REASON} tecken."),
}
GRANTED = "Hjälpen är beviljad till {until}. Enheten och myndigheten har fått veta det."
SIGNED = "Överlämningen är signerad. Ärendena ligger hos sina handläggare."
NOTHING = "Det finns inget att lämna över."
NO_MANDATE = "Nu är det kontorstid. Då beslutar biståndshandläggaren; ring i stället."
NOT_ORDERED = "Det går inte att beställa av en enhet. Välj något annat."
TOO_LONG = "Texten är för lång. Skriv kortare."


def opened(opening: BreakGlass) -> Words:
    """What who serves and the authority are told of an opening."""
    reason = BreakGlassReason(opening.reason).label
    why = f"{reason}. {opening.text}".strip()
    return Words(
        "Nödöppning",
        f"{opening.user_name}, jourhavande arbetsledare, öppnade brukarens uppgifter "
        f"{swedish.moment(opening.opened_at)}. Skäl: {why} "
        f"De är öppna till {swedish.moment(opening.ends_at)}.",
    )


def granted(needs: Iterable[str], until: datetime, why: str) -> Words:
    """What who serves and the authority are told of help granted for the night."""
    return Words(
        "Hjälp beviljad under jourtid",
        f"Beviljat till {swedish.moment(until)}: {', '.join(needs)}. {why} "
        "Handläggaren beslutar om det som ska gälla sedan.",
    )
