"""How a client is written on a screen, a paper or in a file: a protected person by code and initials only.

The rule stands in one place (R117; architecture.md 3a "Protected identity"), so no list can forget it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

PROTECTED_WORDS = "Skyddad identitet"
COORDINATION_DAYS = 60  # a coordination number writes its day plus sixty


@dataclass(frozen=True, slots=True)
class ClientName:
    """A client as anybody within the area may see it. `given` and `family` are empty when protected."""

    client_id: UUID
    code: str
    given: str
    family: str
    initials: str
    is_protected: bool

    @property
    def shown(self) -> str:
        """Elsa Vinter, or Skyddad identitet · EV · C123."""
        if self.is_protected:
            return f"{PROTECTED_WORDS} · {self.initials} · {self.code}"
        return f"{self.given} {self.family}".strip() or self.code

    @property
    def listed(self) -> str:
        """Vinter, Elsa, as a list in the order of family names is read."""
        if self.is_protected or not (self.given and self.family):
            return self.shown
        return f"{self.family}, {self.given}"


@dataclass(frozen=True, slots=True)
class PersonFields:
    """The stored fields a name is made of; never handed to a template."""

    client_id: UUID
    code: str
    given: str
    family: str
    is_protected: bool


FIELDS = ("pk", "code", "given_name", "family_name", "is_protected")
"""The columns of `PersonFields`, in order."""


def name_of(person: PersonFields) -> ClientName:
    """The name to show; the only way from stored fields to a name."""
    initials = "".join(word[:1] for word in (person.given, person.family)).upper()
    if person.is_protected:
        return ClientName(person.client_id, person.code, "", "", initials, is_protected=True)
    return ClientName(
        person.client_id, person.code, person.given, person.family, initials, is_protected=False
    )


def masked(personal_number: str) -> str:
    """19400102-••••: enough to tell two people of one name apart (ux.md section 3, Formats)."""
    return f"{personal_number[:8]}-••••" if personal_number else ""


def age_on(personal_number: str, day: date) -> int | None:
    """Whole years on a day; None without a number."""
    born = _birth_date(personal_number)
    if born is None:
        return None
    had_birthday = (day.month, day.day) >= (born.month, born.day)
    return day.year - born.year - (not had_birthday)


def _birth_date(personal_number: str) -> date | None:
    if not personal_number:
        return None
    year, month, day = int(personal_number[:4]), int(personal_number[4:6]), int(personal_number[6:8])
    day = day - COORDINATION_DAYS if day > COORDINATION_DAYS else day
    return date(year, month, 1) + timedelta(days=day - 1)
