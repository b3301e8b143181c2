"""Forms of the contact register."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Self
from uuid import UUID

from django import forms

from hemmavid.contacts.models import Audience, Subject
from hemmavid.contacts.operations import ContactFacts
from hemmavid.contacts.queries import ContactRow
from hemmavid.interfaces.office.days import day
from hemmavid.lib.periods import Period


class ContactForm(forms.Form):
    """A function one can call."""

    subject = forms.ChoiceField(label="Ärende", choices=Subject.choices)
    name = forms.CharField(
        label="Funktion", max_length=120, help_text="Till exempel Utförartelefonen. Aldrig en persons namn."
    )
    phone = forms.CharField(label="Telefon", max_length=30)
    unit = forms.ChoiceField(label="Enhet", required=False)
    audience = forms.ChoiceField(label="Främst för", choices=Audience.choices)
    hours = forms.ChoiceField(label="Tider", help_text="Tiderna bestäms i kommunens regler.")
    note = forms.CharField(label="Att tänka på", max_length=200, required=False)

    def offer(
        self, units: Iterable[tuple[UUID, str]], hours: Iterable[tuple[str, str]], *, common: bool
    ) -> Self:
        """Let these units and hours be chosen; `common`: also a function of the municipality."""
        none = [("", "Ingen, hela kommunen")] if common else []
        self._choices("unit", [*none, *((str(pk), name) for pk, name in units)])
        self._choices("hours", list(hours))
        return self

    def _choices(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def facts(self) -> ContactFacts:
        """What is to be stored; of a valid form only."""
        cleaned = self.cleaned_data
        return ContactFacts(
            subject=Subject(cleaned["subject"]),
            name=cleaned["name"],
            phone=cleaned["phone"],
            audience=Audience(cleaned["audience"]),
            hours=cleaned["hours"],
            unit_id=UUID(cleaned["unit"]) if cleaned["unit"] else None,
            note=cleaned["note"],
        )


class AbsenceForm(forms.Form):
    """When nobody answers, and who is called instead."""

    first_day = day("Från och med")
    last_day = day("Till och med", required=False, help_text="Lämna tomt om ni inte vet.")
    deputy = forms.ChoiceField(label="Ring istället")

    def offer(self, others: Iterable[ContactRow]) -> Self:
        """Let these stand in."""
        field = self.fields["deputy"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [
                (str(one.contact_id), f"{one.reached.name} {one.unit}".strip()) for one in others
            ]
        return self

    def clean(self) -> dict[str, Any]:
        """The last day does not come before the first."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Sista dagen ligger före den första.")
        return cleaned

    def days(self) -> Period:
        """The days; of a valid form only."""
        return Period.from_inclusive(self.cleaned_data["first_day"], self.cleaned_data["last_day"])


def initial_of(row: ContactRow) -> dict[str, str]:
    """A stored function as the form shows it."""
    return {
        "subject": row.subject.value,
        "name": row.reached.name,
        "phone": row.reached.phone,
        "unit": str(row.unit_id or ""),
        "audience": row.audience.value,
        "hours": row.hours_code,
        "note": row.note,
    }
