"""Forms of the messages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from django import forms

from hemmavid.interfaces.office.threads.words import REFUSALS
from hemmavid.messages.models import LONGEST_TEXT, Thread


class MessageForm(forms.Form):
    """What one side writes. Never changed afterwards."""

    text = forms.CharField(
        label="Meddelande",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Det du skickar går inte att ändra. Skriv bara det som behövs.",
        error_messages={"required": REFUSALS["empty"], "max_length": REFUSALS["too_long"]},
    )


class NewThreadForm(MessageForm):
    """A question about a client, to one other mailbox."""

    subject = forms.CharField(label="Ämne", max_length=Thread._meta.get_field("subject").max_length)
    receiver = forms.ChoiceField(label="Till")

    field_order = ("receiver", "subject", "text")

    def offer(self, receivers: Iterable[tuple[str, str]]) -> Self:
        """Let these mailboxes be chosen."""
        field = self.fields["receiver"]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(receivers)
        return self
