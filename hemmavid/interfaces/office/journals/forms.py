"""Forms of the journals. What was typed stays in the form when it is refused."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Self

from django import forms

from hemmavid.interfaces.office.days import instant
from hemmavid.interfaces.office.journals.words import REFUSALS
from hemmavid.journals.models import LONGEST_TEXT, EntryKind
from hemmavid.journals.operations import EntryRefused
from hemmavid.lib.clock import local

# Decisions, orders and consents are written by their own pages; a correction by its own button.
KINDS = (EntryKind.NOTE, EntryKind.CONTACT, EntryKind.EVENT)


class CorrectionForm(forms.Form):
    """A correction: only words. When it happened is what the entry said."""

    text = forms.CharField(
        label="Anteckning",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text="Signeras med ditt namn när du sparar, och går sedan inte att ändra.",
        error_messages={"required": REFUSALS["empty"][1], "max_length": REFUSALS["too_long"][1]},
    )

    def tell(self, refused: EntryRefused) -> None:
        """Say at its field why the entry cannot be signed."""
        field, sentence = REFUSALS[refused.code]
        self.add_error(field if field in self.fields else None, sentence)


class EntryForm(CorrectionForm):
    """A new entry."""

    happened_at = instant("När det hände")
    kind = forms.ChoiceField(label="Vad det är", choices=[(kind.value, kind.label) for kind in KINDS])
    journal = forms.ChoiceField(label="Journal", required=False)

    field_order = ("journal", "kind", "happened_at", "text")

    def offer(self, journals: Iterable[tuple[str, str]]) -> Self:
        """Let these journals be written in; with but one there is nothing to choose."""
        choices = list(journals)
        field = self.fields["journal"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        if len(choices) < 2:
            del self.fields["journal"]
        return self


def at_first(now: datetime) -> dict[str, object]:
    """The form when it is opened: a note about something that happened just now."""
    return {"happened_at": local(now).replace(second=0, microsecond=0, tzinfo=None), "kind": EntryKind.NOTE}


class SearchForm(forms.Form):
    """Words to look for in the entries; posted, so that they stand in no address."""

    ord = forms.CharField(label="Sök i journalen", required=False, max_length=200)
