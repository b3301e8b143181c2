"""Forms of the on-call supervisor: few taps, everything else set beforehand."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django import forms

from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY
from hemmavid.interfaces.office.days import instant
from hemmavid.interfaces.office.on_call import words
from hemmavid.lib.swedish import moment
from hemmavid.organisations.queries import UnitFacts
from hemmavid.people.break_glass import LONGEST_REASON
from hemmavid.people.models import BreakGlassReason
from hemmavid.people.search import LONGEST_SEARCH
from hemmavid.rules.on_call_grant import OnCallLimit
from hemmavid.rules.standard_times import StandardTimes
from hemmavid.rules.urgent_need import NeedKind

MOST_OCCASIONS = 12
KINDS = (
    (NeedKind.URGENT_NEW, "Brukaren har ingen hemtjänst sedan tidigare"),
    (NeedKind.URGENT_LASTING, "Behovet kommer att finnas kvar"),
    (NeedKind.URGENT_SHORT, "Behovet går över inom några dagar"),
)


class BreakGlassForm(forms.Form):
    """Why a client outside the area is opened. `q`: what was searched for; whom it names is found anew."""

    q = forms.CharField(max_length=LONGEST_SEARCH, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label="Varför behöver du öppna?", choices=BreakGlassReason.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label="Beskriv kort",
        required=False,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Behövs bara om du väljer Annat.",
        error_messages={"max_length": words.REASONS["too_long"][1]},
    )


class GrantForm(forms.Form):
    """Temporary help until noon the next working day (JA2)."""

    needs = forms.MultipleChoiceField(
        label="Vad behövs?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en sorts hjälp."},
    )
    count = forms.TypedChoiceField(
        label="Hur många gånger per dygn?",
        coerce=int,
        choices=[(number, str(number)) for number in range(1, MOST_OCCASIONS + 1)],
    )
    kind = forms.ChoiceField(label="Hur länge?", choices=[(kind.value, label) for kind, label in KINDS])
    unit = forms.ChoiceField(
        label="Vem ska åka?", help_text="Enheten får uppdraget direkt och kvitterar det."
    )
    why = forms.CharField(
        label="Vad har hänt?",
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Enheten som åker läser det nu och handläggaren i morgon.",
        error_messages={"required": "Skriv kort vad som har hänt.", "max_length": words.TOO_LONG},
    )
    until = instant("Gäller till")

    def offer(self, times: StandardTimes, units: Iterable[UnitFacts]) -> Self:
        """Let the municipality's needs be chosen, in its own order, and its units."""
        choices = {
            "needs": [(need.code, need.label) for need in times.needs.values()],
            "unit": [(str(unit.unit_id), unit.name) for unit in units],
        }
        for name, offered in choices.items():
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = offered
        return self

    def within(self, limit: OnCallLimit | None) -> Self:
        """Say until when the shift may grant at most."""
        if limit is not None:
            self.fields["until"].help_text = f"Längst till {moment(limit.ends_at)}."
        return self


class HandoverForm(forms.Form):
    """The morning's signature; a note is not needed."""

    note = forms.CharField(
        label="Något att tillägga?",
        required=False,
        max_length=LONGEST_LINE,
        error_messages={"max_length": words.TOO_LONG},
    )
