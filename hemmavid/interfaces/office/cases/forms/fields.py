"""Fields that take what people paste and type, and say in words what is wrong; the text is kept."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.core.exceptions import ValidationError

from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_TEXT
from hemmavid.interfaces.office import days
from hemmavid.interfaces.office.days import Day
from hemmavid.lib import swedish
from hemmavid.lib.pasted import cleaned

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
    """A day that may be left empty unless it is required."""
    return days.day(label, required=required, help_text=help_text)


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
