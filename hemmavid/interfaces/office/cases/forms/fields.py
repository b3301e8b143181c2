"""Fields that take what people paste and type, and say in words what is wrong; the text is kept."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError

from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_TEXT
from hemmavid.lib import swedish
from hemmavid.lib.pasted import cleaned

EARLIEST, LATEST = date(1900, 1, 1), date(2200, 1, 1)
NOT_A_DAY = "Skriv dagen som 2026-05-01."
UNLIKELY_DAY = "Året kan inte stämma. Skriv dagen som 2026-05-01."

Choices = Iterable[tuple[object, object]]


class PastedText(forms.CharField):
    """A text, perhaps out of a word processor: invisible characters go, and too long is told in figures."""

    most = LONGEST_TEXT

    def to_python(self, value: object) -> str:
        """The text without what nobody sees."""
        return cleaned(str(super().to_python(value or ""))).strip()

    def run_validators(self, value: object) -> None:
        """Refuse what does not fit, and say by how much."""
        length = len(str(value or ""))
        if length > self.most:
            raise ValidationError(too_long(length, self.most), code="too_long")
        super().run_validators(value)


class Day(forms.DateField):
    """A day as people write it, within living memory and a little beyond."""

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """The day, or a refusal that shows how to write it."""
        day = super().to_python(value)
        if day is not None and not EARLIEST <= day <= LATEST:
            raise ValidationError(UNLIKELY_DAY)
        return day


def too_long(length: int, most: int) -> str:
    """How much a text must be shortened."""
    has, holds, over = (swedish.number(count, 0) for count in (length, most, length - most))
    return (
        f"Texten har {has} tecken och här ryms {holds}. Korta den med {over} tecken; den finns kvar i rutan."
    )


def long_text(label: str, *, rows: int = 4, help_text: str = "", most: int = LONGEST_TEXT) -> PastedText:
    """A text of several lines that may be left empty."""
    field = PastedText(
        label=label, required=False, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )
    field.most = most
    return field


def line(label: str, *, help_text: str = "", most: int = LONGEST_LINE) -> PastedText:
    """A text of one line that may be left empty."""
    field = PastedText(label=label, required=False, help_text=help_text)
    field.most = most
    return field


def day(label: str, *, required: bool = False, help_text: str = "") -> Day:
    """A day."""
    return Day(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Ange dagen.", "invalid": NOT_A_DAY},
    )


def choice(label: str, choices: Choices, *, required: bool = True, help_text: str = "") -> forms.ChoiceField:
    """One of some."""
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        required=required,
        help_text=help_text,
        error_messages={"required": "Välj i listan.", "invalid_choice": "Välj i listan."},
    )


def check(label: str, *, help_text: str = "") -> forms.BooleanField:
    """A box to tick."""
    return forms.BooleanField(label=label, required=False, help_text=help_text)
