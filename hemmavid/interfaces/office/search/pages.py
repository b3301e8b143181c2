"""The pages the one box finds by name, beside clients."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.parts import Hit
from hemmavid.people.search import MIN_SEARCH, folded


@dataclass(frozen=True, slots=True)
class FindablePage:
    """A page with the words it is found by; shown to whoever has the permission (None: to all)."""

    label: str
    url_name: str
    permission: Permission | None
    words: str = ""


PAGES = (
    FindablePage("Timunderlag LOV", "office:hours-statement", Permission.HOURS_READ, "rapport timmar"),
    FindablePage("Ersättning", "office:settlement", Permission.KRONOR_READ, "kronor betalning avräkning"),
    FindablePage("Rapporter", "office:reports", Permission.HOURS_READ),
    FindablePage("Brukare", "office:clients", Permission.CLIENT_READ, "lista"),
    FindablePage("Meddelanden", "office:threads", Permission.MESSAGE_READ, "trådar brevlåda"),
    FindablePage("Kontakter", "office:contacts", Permission.CONTACTS_READ, "telefon ringa nummer"),
    FindablePage("Regler och priser", "office:rules", Permission.RULES_READ, "prislista parametrar"),
    FindablePage("Hjälp & support", "office:help", None, "kortkommandon"),
    FindablePage("Tillgänglighetsredogörelse", "office:accessibility", None),
)


def page_hits(typed: str, *, by: Actor) -> list[Hit]:
    """Pages with a word that begins as the text typed, among those the actor may open."""
    wanted = folded(typed).strip()
    if len(wanted) < MIN_SEARCH:
        return []
    return [
        Hit(page.label, reverse(page.url_name), kind="sida")
        for page in PAGES
        if (page.permission is None or by.may(page.permission))
        and f" {folded(f'{page.label} {page.words}')}".find(f" {wanted}") >= 0
    ]
