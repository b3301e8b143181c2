"""Forms of orders: what a person types, checked and turned into the values of the operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Self
from uuid import UUID

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from hemmavid.cases.queries.of_client import DecisionOfClient
from hemmavid.interfaces.office.days import day, instant
from hemmavid.interfaces.office.orders.words import DEATH_REFUSED, REFUSED
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import LONGEST_OTHER, EndingReason, HandoverKind, OrderKind
from hemmavid.orders.order_page_rows import GrantOfOrder
from hemmavid.orders.provider_list import UnitToChoose

LONGEST_LINE = 200
LONGEST_TEXT = 500
LONGEST_MESSAGE = 8000
WRITE_HERE = "Skriv en rad här."
CHOOSE_UNIT = "Välj en enhet i listan."


def _text(label: str, most: int, *, required: bool = True, hint: str = "", rows: int = 3) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        max_length=most,
        required=required,
        help_text=hint,
        widget=widget,
        error_messages={"required": WRITE_HERE},
    )


def _line(label: str, *, required: bool = True, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_LINE,
        required=required,
        help_text=hint,
        error_messages={"required": WRITE_HERE},
    )


def unit_label(unit: UnitToChoose) -> str:
    """Team Väst · Kommunens hemtjänst · Kommunens egen regi."""
    stop = ""
    if unit.has_stop:
        until = f" till {unit.stopped_until.isoformat()}" if unit.stopped_until else ""
        stop = f" · tar inte emot nya brukare{until}"
    return f"{unit.unit} · {unit.provider} · {unit.kind}{stop}"


class _UnitForm(forms.Form):
    """A form with a unit to choose, in the client's neutral order."""

    def offer(self, units: Sequence[UnitToChoose]) -> Self:
        """Let these units be chosen."""
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "Välj enhet"), *((str(one.unit_id), unit_label(one)) for one in units)]
            field.error_messages["required"] = CHOOSE_UNIT
        return self

    @property
    def unit_id(self) -> UUID:
        """The unit chosen, of a valid form."""
        return UUID(self.cleaned_data["unit"])


class DraftForm(_UnitForm):
    """A new order: to whom, from when, and what stands under övrigt."""

    kind = forms.ChoiceField(label="Mottagare")
    unit = forms.ChoiceField(
        label="Enhet",
        help_text="Utförarna står i bokstavsordning, från en plats som är olika för varje brukare.",
    )
    not_chosen = forms.BooleanField(
        label="Brukaren har inte valt utförare", required=False, help_text="Då utför kommunens egen regi."
    )
    starts_on = day("Startdag")
    other = _text(
        "Övrigt",
        LONGEST_OTHER,
        required=False,
        hint="Det som behövs vid start men inte hör hemma i utredningen.",
        rows=5,
    )

    def offer_kinds(self, kinds: Iterable[OrderKind]) -> Self:
        """Let these recipients be chosen: those the decision calls for."""
        field = self.fields["kind"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(kind.value, kind.label) for kind in kinds]
        return self


class PhoneForm(forms.Form):
    """With whom the officer spoke, who said that the unit can take the client."""

    spoke_with = _line("Talade med")


class CallForm(forms.Form):
    """A call about an order sent late. Without a name nobody was reached."""

    phone = forms.CharField(label="Nummer", max_length=40, required=False)
    spoke_with = _line("Talade med", required=False, hint="Lämna tomt om du inte nådde någon.")


class VersionForm(forms.Form):
    """A new version of a sent order."""

    valid_from = day("Gäller från och med")
    reason = _line("Varför", hint="Utföraren läser det först.")
    other = _text("Övrigt", LONGEST_OTHER, required=False, rows=5)


class ChangeForm(forms.Form):
    """A change without a new order: the unit must be told."""

    valid_from = day("Gäller från och med")
    message = _text("Meddelande till utföraren", LONGEST_MESSAGE, hint="Skriv vad som ändras.")


class _LastDayForm(forms.Form):
    """A form that says on which day something was last performed."""

    def not_before(self, starts_on: date) -> Self:
        """Refuse a last day before the order began; the day before it is that of what never began."""
        self.fields["last_day"].validators.append(
            MinValueValidator(starts_on - ONE_DAY, message=REFUSED["before_start"])
        )
        return self


class EndForm(_LastDayForm):
    """What ends, when it was last performed, and how it was confirmed with the client."""

    last_day = day("Senast utfört")
    reason = forms.ChoiceField(label="Orsak", choices=EndingReason.choices)
    interventions = forms.MultipleChoiceField(
        label="Vad avslutas",
        required=False,
        help_text="Välj inget om hela uppdraget avslutas.",
        widget=forms.CheckboxSelectMultiple,
    )
    text = _text("Kommentar", LONGEST_TEXT, required=False, rows=2)

    def offer(self, grants: Iterable[GrantOfOrder]) -> Self:
        """Let the order's interventions be chosen."""
        field = self.fields["interventions"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = list({grant.code: grant.label for grant in grants}.items())
        return self


class OfficerEndForm(EndForm):
    """As the officer ends an order: confirmed with whom, how and when (R297)."""

    with_whom = _line("Bekräftat med", required=False)
    how = _line("Hur", required=False, hint="Till exempel telefon eller hembesök.")
    on = day("Dag", required=False)


class ConfirmForm(_LastDayForm):
    """An ending the unit told of, confirmed with the client."""

    last_day = day("Sista dag")
    with_whom = _line("Bekräftat med", required=False)
    how = _line("Hur", required=False)
    on = day("Dag", required=False)


class ChangeProviderForm(_UnitForm):
    """A change of provider."""

    unit = forms.ChoiceField(
        label="Ny enhet",
        help_text="Utförarna står i bokstavsordning, från en plats som är olika för varje brukare.",
    )
    not_chosen = forms.BooleanField(
        label="Brukaren har inte valt utförare", required=False, help_text="Då utför kommunens egen regi."
    )
    requested_on = day("Önskat den")
    requested_by = _line("Önskat av", hint="Brukaren eller dennes företrädare.")
    starts_on = day("Ny utförare från och med")


class MoveForm(_UnitForm):
    """A move to the discharge team or back, with the notice that was given."""

    unit = forms.ChoiceField(label="Flyttas till")
    to_kind = forms.ChoiceField(
        label="Som",
        choices=[(kind.value, kind.label) for kind in (OrderKind.DISCHARGE_TEAM, OrderKind.HOME_CARE)],
    )
    decision = forms.ChoiceField(
        label="Beslut", required=False, help_text="Välj det nya beslutet när ett förenklat beslut avlöses."
    )
    kind = forms.ChoiceField(label="Handläggning", choices=HandoverKind.choices)
    handover_at = instant("Överlämning")
    told_at = instant("Meddelat")
    first_case_officer = _line(
        "Förste biståndshandläggare", required=False, hint="Behövs när överlämningen meddelas för sent."
    )
    planned_return_on = day("Planerad återgång", required=False)
    needs_contact = forms.BooleanField(label="Brukaren behöver kontaktas före flytten", required=False)
    note = _text("Anteckning", LONGEST_TEXT, required=False, rows=2)

    def offer_decisions(self, decisions: Iterable[DecisionOfClient]) -> Self:
        """Let the order follow one of these decisions instead of its own."""
        field = self.fields["decision"]
        if isinstance(field, forms.ChoiceField):
            others = [(str(one.decision_id), _decision_label(one)) for one in decisions]
            field.choices = [("", "Samma beslut som nu"), *others]
        return self

    @property
    def decision_id(self) -> UUID | None:
        """The decision chosen in a valid form; None: the order's own."""
        return UUID(self.cleaned_data["decision"]) if self.cleaned_data["decision"] else None


def _decision_label(one: DecisionOfClient) -> str:
    return f"{one.number} · {one.kind} · till och med {one.last_day.isoformat()}"


class DeathForm(forms.Form):
    """The day of death."""

    died_on = day("Dödsdag")

    def not_after(self, today: date) -> Self:
        """Refuse a day that has not been."""
        self.fields["died_on"].validators.append(
            MaxValueValidator(today, message=DEATH_REFUSED["in_the_future"])
        )
        return self


class StopForm(forms.Form):
    """A capacity stop of one of the actor's units."""

    unit = forms.ChoiceField(label="Enhet")
    first = day("Från och med")
    last = day("Till och med", required=False, help_text="Lämna tomt om det gäller tills vidare.")
    reason = _line("Orsak")

    def offer(self, units: Sequence[tuple[UUID, str]]) -> Self:
        """Let these units be chosen."""
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(pk), name) for pk, name in units]
        return self


class ConsentForm(forms.Form):
    """A consent to coordination with another unit that serves the client."""

    other_order = forms.ChoiceField(label="Får samordna med")
    purpose = _line("Vad det gäller")
    given_on = day("Lämnat den")
    ends_on = day("Gäller till")
    is_written = forms.BooleanField(label="Skriftligt", required=False)

    def offer(self, orders: Sequence[tuple[UUID, str]]) -> Self:
        """Let these orders be chosen."""
        field = self.fields["other_order"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(str(pk), name) for pk, name in orders]
        return self


class EffectForm(forms.Form):
    """The first performed day of each intervention that is not yet in effect, or is to be mended."""

    def offer(self, grants: Iterable[GrantOfOrder], *, proposed: date | None) -> Self:
        """One day for each of the order's interventions."""
        for grant in grants:
            if grant.code not in self.fields:
                field = day(f"{grant.label}, först utfört", required=False)
                field.initial = grant.in_effect_from or proposed
                self.fields[grant.code] = field
        return self

    def effects(self) -> dict[str, date]:
        """The days that were given, of a valid form."""
        found: dict[str, Any] = self.cleaned_data
        return {code: since for code, since in found.items() if since}
