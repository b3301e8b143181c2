"""Form fields for a day and for an instant: as people write them, within the years that the rules know."""

from __future__ import annotations

from datetime import date, datetime

from django import forms
from django.core.exceptions import ValidationError

from hemmavid.lib.clock import STOCKHOLM

EARLIEST, LATEST = date(2000, 1, 1), date(2100, 1, 1)
"""The municipality's rules begin with the first; the last lies beyond every decision."""

NOT_A_DAY = "Skriv dagen som 2026-05-01."
NOT_AN_INSTANT = "Skriv dag och klockslag, till exempel 2026-05-01 13.15."
UNLIKELY_DAY = "Året kan inte stämma. Skriv dagen som 2026-05-01."
ON_SCREEN = "%Y-%m-%dT%H:%M"
INSTANT_FORMS = (ON_SCREEN, "%Y-%m-%d %H:%M", "%Y-%m-%d %H.%M")


class Day(forms.DateField):
    """A day within the years of the rules; any other is refused at the field."""

    def to_python(self, value: str | datetime | date | None) -> date | None:
        """The day, or a refusal that shows how to write it."""
        day = super().to_python(value)
        if day is not None:
            _check_year(day)
        return day


class Instant(forms.DateTimeField):
    """An instant as it is typed on the wall clock of Sweden, whatever the server's."""

    def to_python(self, value: str | datetime | date | None) -> datetime | None:
        """The instant, or a refusal that shows how to write it."""
        typed = super().to_python(value)
        if typed is None:
            return None
        _check_year(typed.date())
        return typed.replace(tzinfo=STOCKHOLM)


def _check_year(day: date) -> None:
    if not EARLIEST <= day <= LATEST:
        raise ValidationError(UNLIKELY_DAY, code="unlikely")


def day(label: str, *, required: bool = True, help_text: str = "") -> Day:
    """A day."""
    return Day(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Ange dagen.", "invalid": NOT_A_DAY},
    )


def instant(label: str) -> Instant:
    """A day and a time of day."""
    return Instant(
        label=label,
        input_formats=list(INSTANT_FORMS),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format=ON_SCREEN),
        error_messages={"required": "Ange dag och klockslag.", "invalid": NOT_AN_INSTANT},
    )
