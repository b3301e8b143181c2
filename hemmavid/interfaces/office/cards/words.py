"""What the card's screens say and send: Swedish for every refusal, and the messages to mailboxes."""

from __future__ import annotations

from collections.abc import Iterable

from hemmavid.messages.card_news import Words
from hemmavid.people.card_content import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES, CardField, CardRefused

SAVED = "Version {number} av personkortet är sparad. De som har uppdrag hos brukaren har fått ett meddelande."
READ = "Du har kvitterat version {number} av personkortet."
REPORTED = "Felet är rapporterat till myndigheten. Svaret kommer som ett meddelande till din enhet."
SETTLED = "Svaret är skickat till enheten."
ALREADY_SETTLED = "Någon annan har redan svarat på rapporten."
UNCHANGED = "Du har inte ändrat något. Ingen ny version behövs."
TOO_FULL = (
    f"Kortet ska få plats på en sida: högst {MOST_LINES} rader och {MOST_CHARACTERS} tecken. "
    "Korta ner texten eller flytta något till journalen."
)
REFUSALS = {
    "empty": "Skriv minst en uppgift på kortet.",
    "too_long": TOO_FULL,
    "long_line": f"En rad får ha högst {LONGEST_LINE} tecken. Dela den på flera rader.",
    "holds_code": "Skriv inte koder på personkortet. Det skrivs ut på papper och kan komma bort.",
}
ERROR_REFUSALS = {
    "empty": "Beskriv vad som inte stämmer.",
    "too_long": "Texten får ha högst 1 000 tecken.",
}


def refusal(refused: CardRefused) -> tuple[str | None, str]:
    """The form's field, None for the whole form, and what to say there."""
    return (refused.field.value if refused.field else None), REFUSALS[refused.code]


def news(changed: Iterable[CardField]) -> Words:
    """What a serving unit is told of a new version: which headings, never what stands under them."""
    headings = ", ".join(field.label for field in changed)
    what = f"Ändrat: {headings}. " if headings else ""
    return Words(
        "Personkortet har en ny version ({number})",
        f"Version {{number}} av personkortet gäller nu. {what}"
        "Öppna personkortet, läs vad som är nytt och kvittera.",
    )


ERROR = Words("Fel på personkortet, version {number}", "")
