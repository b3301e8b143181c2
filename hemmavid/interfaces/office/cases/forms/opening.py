"""A new case and an application."""

from __future__ import annotations

from uuid import UUID

from django import forms

from hemmavid.cases.models import Capacity
from hemmavid.cases.operations.applications import ApplicationRefused, GivenInformation, NewApplication
from hemmavid.interfaces.office.cases.forms.fields import check, choice, day, line, long_text
from hemmavid.people.registration import NewClient
from hemmavid.rules.application_faults import ApplicantCapacity, ApplicationFacts


class PersonForm(forms.Form):
    """A person who is new to home care; no more than is needed (R041)."""

    personal_number = forms.CharField(
        label="Personnummer",
        max_length=13,
        help_text="ÅÅÅÅMMDD-NNNN. Samordningsnummer går också bra.",
        error_messages={"required": "Skriv personnumret.", "max_length": "Skriv ÅÅÅÅMMDD-NNNN."},
    )
    given_name = line("Förnamn", most=200)
    family_name = line("Efternamn", most=200)
    street = line("Gatuadress", most=200)
    postcode = line("Postnummer", most=20)
    city = line("Ort", most=100)
    is_protected = check("Personen har skyddad identitet")
    is_own = forms.BooleanField(label="Jag handlägger ärendet", required=False, initial=True)

    def as_client(self) -> NewClient:
        """The person the form describes."""
        values = {name: self.cleaned_data[name] for name in self.cleaned_data if name != "is_own"}
        return NewClient(**values)


class OwnCaseForm(forms.Form):
    """A case for a client we know."""

    client = forms.UUIDField(widget=forms.HiddenInput)
    is_own = forms.BooleanField(label="Jag handlägger ärendet", required=False, initial=True)

    @property
    def client_id(self) -> UUID:
        """Whose case it is to be."""
        found: UUID = self.cleaned_data["client"]
        return found


class ApplicationForm(forms.Form):
    """An application (ansökan): who applies, in what capacity, for what, and what the person was told."""

    received_on = day("Ansökan kom in", required=True)
    capacity = choice("Vem ansöker", Capacity.choices)
    applicant_name = line("Namn på den som ansöker", most=200, help_text="Om det inte är brukaren själv.")
    on_behalf_reason = line(
        "Varför brukaren inte ansöker själv",
        help_text="När någon annan än brukaren eller en legal företrädare ansöker.",
    )
    client_wish = long_text("Vad brukaren själv önskar", rows=2)
    applied_for = long_text("Vad ansökan gäller")
    is_new_applicant = check("Personen har inte hemtjänst idag", help_text="Då görs ett hembesök.")
    is_urgent = check("Det är brådskande")
    urgent_reason = line("Varför det är brådskande")
    information_given_on = day("Information om hemtjänsten gavs")
    leaflet_given_on = day("Informationsbladet lämnades")
    clause_told_on = day("Återkallelseförbehållet förklarades", help_text="När hjälpen kan upphöra.")

    def as_application(self) -> NewApplication:
        """The application the form describes."""
        given = self.cleaned_data
        facts = ApplicationFacts(
            received_on=given["received_on"],
            capacity=ApplicantCapacity(given["capacity"]),
            applied_for=given["applied_for"],
            applicant_name=given["applicant_name"],
            on_behalf_reason=given["on_behalf_reason"],
            client_wish=given["client_wish"],
            is_urgent=given["is_urgent"],
            urgent_reason=given["urgent_reason"],
        )
        return NewApplication(
            facts,
            given["is_new_applicant"],
            given["information_given_on"],
            given["leaflet_given_on"],
            given["clause_told_on"],
        )

    def take(self, refused: ApplicationRefused) -> None:
        """Put each fault at its field."""
        for fault in refused.faults:
            self.add_error(fault.field, fault.sentence)


class InformationForm(forms.Form):
    """What the person has been told since, and the booked home visit."""

    information_given_on = day("Information gavs")
    leaflet_given_on = day("Informationsbladet lämnades")
    clause_told_on = day("Återkallelseförbehållet förklarades")
    home_visit_booked_on = day("Hembesöket är bokat")

    def as_given(self) -> GivenInformation:
        """The days the form holds."""
        return GivenInformation(**self.cleaned_data)
