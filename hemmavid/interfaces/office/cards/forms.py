"""Forms of the client card: one box a heading, an error to report, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django import forms

from hemmavid.interfaces.office.cards import words
from hemmavid.people.card_content import CardField, CardRefused, Content, content_of
from hemmavid.people.card_operations import LONGEST_REPORT
from hemmavid.people.models import CardErrorOutcome

HINTS = {
    CardField.ALERTS: "Det som gör skada om man inte vet det. Det viktigaste först.",
    CardField.PHONE: "Brukarens eget nummer.",
    CardField.ENTRY: "Våning, dörr, porttelefon. Aldrig koder.",
    CardField.KEYS: "Nyckelns nummer och var den finns. Aldrig koder.",
    CardField.RELATIVES: "Namn, vem det är och nummer. En person per rad.",
    CardField.INTERVENTIONS: "Ett besök per rad: när, och vad som ska göras.",
}
LONGEST_BOX = 5000  # far more than a card holds; what fits is said by the card itself


def texts_of(content: Content) -> dict[str, str]:
    """The card as the boxes show it: a line a row."""
    return {field.value: "\n".join(content.get(field, ())) for field in CardField}


class CardForm(forms.Form):
    """The card, or the headings of it that may be shown. `expected` is the version that was edited."""

    expected = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.HiddenInput)

    def offer(self, headings: Iterable[CardField]) -> Self:
        """Give a box to each of these headings."""
        self.fields |= {field.value: _box(field) for field in CardField if field in set(headings)}
        return self

    @property
    def boxes(self) -> list[forms.BoundField]:
        """The headings' boxes, in the order of the card."""
        return [self[field.value] for field in CardField if field.value in self.fields]

    def content(self, kept: Content) -> Content:
        """The card as typed, with what the form has no box for as it was; of a valid form only."""
        typed = {name: text for name, text in self.cleaned_data.items() if name in CardField.values}
        unseen = {field: lines for field, lines in kept.items() if field.value not in typed}
        return {**unseen, **content_of(typed)}

    def tell(self, refused: CardRefused) -> None:
        """Say at the right heading why the card cannot be saved."""
        field, sentence = words.refusal(refused)
        self.add_error(field if field in self.fields else None, sentence)


class ErrorForm(forms.Form):
    """What does not agree with how things are."""

    text = forms.CharField(
        label="Vad stämmer inte?",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Skriv hur det är i verkligheten. Myndigheten får meddelandet direkt.",
        error_messages={
            "required": words.ERROR_REFUSALS["empty"],
            "max_length": words.ERROR_REFUSALS["too_long"],
        },
    )
    number = forms.IntegerField(min_value=1, max_value=1_000_000, widget=forms.HiddenInput)


class SettleForm(forms.Form):
    """What came of a report."""

    outcome = forms.ChoiceField(label="Vad blev det?", choices=CardErrorOutcome.choices)
    text = forms.CharField(
        label="Svar till enheten",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Skriv vad du har gjort, så att enheten vet."},
    )


def _box(field: CardField) -> forms.CharField:
    return forms.CharField(
        label=field.label,
        required=False,
        max_length=LONGEST_BOX,
        help_text=HINTS.get(field, ""),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": words.TOO_FULL},
    )
