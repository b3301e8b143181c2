"""When a function answers, in Swedish, and what is said when a contact cannot be stored."""

from __future__ import annotations

from datetime import datetime

from hemmavid.contacts.operations import ContactRefused
from hemmavid.contacts.queries import Reached
from hemmavid.lib import swedish
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY

SAVED = "Kontakten är sparad och bekräftad."
CONFIRMED = "Numret är bekräftat."
ENDED = "Kontakten används inte längre."
ABSENT = "Frånvaron är sparad. Kontakten visar ersättaren under tiden."
BACK = "Kontakten svarar igen."
OVERLAPS = "Kontakten är redan frånvarande under en del av de dagarna."
DEPUTIES = {
    "itself": "En kontakt kan inte ersätta sig själv. Välj en annan.",
    "not_there": "Ersättaren finns inte den första dagen. Välj en annan.",
}
REFUSALS = {
    "empty": "Fyll i uppgiften.",
    "not_a_phone": "Skriv numret med siffror, till exempel 011-12 34 56.",
    "a_person": "Skriv funktionens namn, inte en persons. Personer byts ut, numret ska gälla ändå.",
    "needs_unit": "Välj vilken enhet numret går till.",
    "unknown_hours": "Välj tider i listan.",
}


def refusal(refused: ContactRefused) -> tuple[str, str]:
    """The form's field, and what to say there."""
    return refused.field, REFUSALS[refused.code]


def hours_of(reached: Reached, now: datetime) -> str:
    """Öppet till kl. 17.00 · Stängt, öppnar imorgon kl. 8.00 · Inga tider."""
    if reached.is_open and reached.closes_at is not None:
        return f"Öppet till {_moment(reached.closes_at, now)}"
    if reached.opens_at is not None:
        return f"Stängt, öppnar {_moment(reached.opens_at, now)}"
    return "Öppet dygnet runt" if reached.is_open else "Inga tider är angivna"


def _moment(instant: datetime, now: datetime) -> str:
    day, today = local_day(instant), local_day(now)
    clock = swedish.clock_text(instant)
    if day == today:
        return clock
    if day == today + ONE_DAY:
        return f"imorgon {clock}"
    return f"{swedish.weekday_name(day)} {swedish.long_date(day)} {clock}"
