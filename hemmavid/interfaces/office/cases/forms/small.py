"""The small forms of the case page: owner, event, consent, the end confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self
from uuid import UUID

from django import forms

from hemmavid.cases.models import EventForm, EventOutcome, HowGiven
from hemmavid.cases.operations.consents import ConsentRefused, NewConsent
from hemmavid.cases.operations.ending import Confirmed
from hemmavid.cases.operations.events import EventRefused, NewEvent
from hemmavid.cases.queries.officers import Officer
from hemmavid.interfaces.office.cases.forms.fields import choice, day, line, long_text
from hemmavid.rules import event_text


class ReasonForm(forms.Form):
    """Why a case is taken over."""

    reason = line("Varför du tar över", help_text="Krävs när ärendet är en kollegas.")


class OwnerForm(forms.Form):
    """To whom a case goes, and why. The empty choice is the queue."""

    officer = choice("Ny handläggare", [])
    why = line("Varför (frivilligt)")

    def offer(self, officers: Sequence[Officer], *, with_queue: bool = False) -> Self:
        """Let these people be chosen."""
        field = self.fields["officer"]
        if isinstance(field, forms.ChoiceField):
            queue = [("", "Kön med ofördelade ärenden")] if with_queue else []
            field.choices = queue + [(str(one.user_id), one.name) for one in officers]
            field.required = not with_queue
        return self

    @property
    def officer_id(self) -> UUID | None:
        """Who was chosen; None for the queue."""
        chosen = self.cleaned_data["officer"]
        return UUID(chosen) if chosen else None


class EventNoteForm(forms.Form):
    """A follow-up that was made (händelse): its text is the journal entry (R401)."""

    occurred_on = day("Dag", required=True)
    form = choice("Hur", EventForm.choices)
    outcome = choice("Resultat", EventOutcome.choices)
    interventions = forms.MultipleChoiceField(
        label="Insatser som följdes upp",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "Välj i listan."},
    )
    others = line("Andra insatser", help_text="Skriv flera med komma emellan.")
    added = long_text("Tillägg till händelsen", rows=2, most=4000)

    def offer(self, interventions: Sequence[str]) -> Self:
        """Let these be ticked."""
        field = self.fields["interventions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(one, one) for one in interventions]
        return self

    def as_event(self, decision_id: UUID | None) -> NewEvent:
        """The event the form describes."""
        given = self.cleaned_data
        others = [part.strip() for part in given["others"].split(",") if part.strip()]
        return NewEvent(
            occurred_on=given["occurred_on"],
            form=event_text.EventForm(given["form"]),
            outcome=event_text.EventOutcome(given["outcome"]),
            interventions=tuple(dict.fromkeys([*given["interventions"], *others])),
            added=given["added"],
            decision_id=decision_id,
        )

    def take(self, refused: EventRefused) -> None:
        """Put each fault at its field."""
        for fault in refused.faults:
            self.add_error(fault.field, fault.sentence)


class ConsentForm(forms.Form):
    """A consent for an occasion, never a general one (R397, R398)."""

    purpose = line("Vad samtycket ska användas till")
    parties = line("Mellan vilka")
    occasion = line("Tillfälle", help_text="Till exempel mötet den 24 april. Ange det eller en sista dag.")
    ends_on = day("Gäller till och med")
    how = choice("Hur det gavs", HowGiven.choices)
    given_on = day("Dag då det gavs", required=True)

    def as_consent(self) -> NewConsent:
        """The consent the form describes."""
        given = self.cleaned_data
        return NewConsent(
            purpose=given["purpose"],
            parties=given["parties"],
            occasion=given["occasion"],
            how=HowGiven(given["how"]),
            given_on=given["given_on"],
            ends_on=given["ends_on"],
        )

    def take(self, refused: ConsentRefused) -> None:
        """Put each fault at its field."""
        for fault in refused.faults:
            self.add_error(fault.field, fault.explanation.claim)


class ConfirmForm(forms.Form):
    """How the person confirmed that something ends (R297)."""

    confirmed_on = day("Bekräftat", required=True)
    how = line("Hur det bekräftades", help_text="Till exempel: ringde brukaren, som bekräftade.")

    def as_confirmed(self) -> Confirmed:
        """The confirmation the form describes."""
        return Confirmed(self.cleaned_data["confirmed_on"], self.cleaned_data["how"])
