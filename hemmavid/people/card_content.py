"""What a client card (personkort) holds: a few lines under each heading, and how two cards differ.

Pure: no database and no clock. Codes to doors and key safes are never among it (ux.md section 4, Print).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import models

LONGEST_LINE, MOST_LINES, MOST_CHARACTERS = 200, 60, 3000
"""A card is one page of paper: more than this does not fit there in print that can be read."""

_CODE = re.compile(
    r"\b(?:\w*kod(?:en)?|lösen\w*|pin)\b\W{0,3}(?:är\W)?\s*[0-9*#](?:\s?[0-9*#]){2,}", re.IGNORECASE
)


class CardField(models.TextChoices):
    """The headings of the card, in the order they are read at the door."""

    ALERTS = "alerts", "Viktigt att veta"
    LANGUAGE = "language", "Språk och kommunikation"
    PETS = "pets", "Husdjur"
    PHONE = "phone", "Telefon"
    ENTRY = "entry", "Så kommer du in"
    KEYS = "keys", "Nycklar"
    RELATIVES = "relatives", "Anhöriga och andra kontakter"
    NAMED_CARER = "named_carer", "Fast omsorgskontakt"
    HEALTH_CARE = "health_care", "Sjukvård"
    INTERVENTIONS = "interventions", "Insatser per besök"
    HOME_BINDER = "home_binder", "Hemmapärmens plats"
    OTHER = "other", "Övrigt"


IDENTIFYING = frozenset({CardField.PHONE, CardField.ENTRY, CardField.KEYS, CardField.RELATIVES})
"""What tells who somebody is or where: hidden with a protected identity, and from old providers."""

Lines = tuple[str, ...]
Content = Mapping[CardField, Lines]


class CardRefused(ValueError):
    """The card cannot be stored: `code` is `empty`, `long_line`, `too_long` or `holds_code`.

    `field` says where; without one it is about the card as a whole.
    """

    def __init__(self, code: str, field: CardField | None = None) -> None:
        super().__init__(f"{code} {field or ''}".strip())
        self.code = code
        self.field = field


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """What came and went under one heading."""

    field: CardField
    removed: Lines
    added: Lines


def content_of(texts: Mapping[str, str]) -> dict[CardField, Lines]:
    """Typed or pasted texts as lines; white space, bullets, empty lines and empty headings are left out."""
    found = {field: _lines(texts.get(field.value, "")) for field in CardField}
    return {field: lines for field, lines in found.items() if lines}


def stored(content: Content) -> dict[str, list[str]]:
    """As it lies in the database."""
    return {field.value: list(content[field]) for field in CardField if content.get(field)}


def read_back(raw: Mapping[str, list[str]]) -> dict[CardField, Lines]:
    """From the database; a heading that has left the list is left out."""
    return {field: tuple(raw[field.value]) for field in CardField if raw.get(field.value)}


def check(content: Content) -> None:
    """Raise CardRefused for a card without a word, one that does not fit a page, or one with a code on it."""
    for field, lines in content.items():
        if any(len(line) > LONGEST_LINE for line in lines):
            raise CardRefused("long_line", field)
        if any(_CODE.search(line) for line in lines):
            raise CardRefused("holds_code", field)
    written = [line for lines in content.values() for line in lines]
    if not written:
        raise CardRefused("empty")
    if len(written) > MOST_LINES or sum(map(len, written)) > MOST_CHARACTERS:
        raise CardRefused("too_long")


def differences(before: Content, after: Content) -> tuple[FieldDifference, ...]:
    """Heading by heading, what stood before and not after, and the other way round. Empty: the same card."""
    found = []
    for field in CardField:
        old, new = before.get(field, ()), after.get(field, ())
        if old != new:
            removed = tuple(line for line in old if line not in new)
            added = tuple(line for line in new if line not in old)
            found.append(FieldDifference(field, removed, added))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Merged:
    """A text typed while somebody else saved: theirs where only they changed, ours where both did."""

    content: dict[CardField, Lines]
    both_changed: tuple[CardField, ...]


def merge(base: Content, theirs: Content, ours: Content) -> Merged:
    """Put two changes of the same card together, so that neither is lost; `both_changed` needs an eye."""
    content: dict[CardField, Lines] = {}
    both: list[CardField] = []
    for field in CardField:
        was, they, we = base.get(field, ()), theirs.get(field, ()), ours.get(field, ())
        content[field] = they if we == was else we
        if they not in (was, we) and we != was:
            both.append(field)
    return Merged({field: lines for field, lines in content.items() if lines}, tuple(both))


def _lines(text: str) -> Lines:
    bare = (" ".join(line.split()).lstrip("•·*– ").strip() for line in text.splitlines())
    return tuple(line for line in bare if line)
