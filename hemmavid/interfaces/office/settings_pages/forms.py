"""Forms of the settings: what a person types, checked and turned into values."""

from typing import Any, Self
from uuid import UUID

from django import forms

from hemmavid.access.operations import NewRole
from hemmavid.access.roles import OF_A_UNIT, Role
from hemmavid.interfaces.office.days import day

ROLE_CHOICES = [(role.value, role.label.capitalize()) for role in Role]


class AccountForm(forms.Form):
    """A new account."""

    name = forms.CharField(label="Namn", max_length=200)
    username = forms.CharField(
        label="Användarnamn",
        max_length=150,
        help_text="Samma som i kommunens katalog, om ni loggar in därifrån.",
    )


class RoleForm(forms.Form):
    """A role to give, at a unit when it is a unit's role."""

    role = forms.ChoiceField(label="Roll", choices=ROLE_CHOICES)
    unit = forms.ChoiceField(label="Enhet", required=False, help_text="Bara för roller vid en enhet.")
    first_day = day("Från och med")
    last_day = day("Till och med", required=False, help_text="Lämna tomt om rollen gäller tills vidare.")

    def offer(self, units: list[tuple[UUID, str]]) -> Self:
        """Let these units be chosen."""
        field = self.fields["unit"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [("", "–"), *((str(pk), name) for pk, name in units)]
        return self

    def clean(self) -> dict[str, Any]:
        """A unit's role has a unit, another has none; the last day does not come first."""
        cleaned = super().clean() or self.cleaned_data
        role, unit = cleaned.get("role"), cleaned.get("unit")
        if role and (Role(role) in OF_A_UNIT) != bool(unit):
            wrong = "Välj enhet." if Role(role) in OF_A_UNIT else "Rollen hör inte till någon enhet. Välj –."
            self.add_error("unit", wrong)
        first, last = cleaned.get("first_day"), cleaned.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "Sista dagen ligger före den första.")
        return cleaned

    def as_role(self) -> NewRole:
        """The role the form describes."""
        unit = self.cleaned_data["unit"]
        return NewRole(
            role=Role(self.cleaned_data["role"]),
            unit_id=UUID(unit) if unit else None,
            first_day=self.cleaned_data["first_day"],
            last_day=self.cleaned_data["last_day"],
        )
