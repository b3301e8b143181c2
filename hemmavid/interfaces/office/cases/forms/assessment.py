"""The assessment as one page of forms: the whole, and each of the eleven life areas (R260-R262, R271)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django import forms

from hemmavid.cases.models.fields import PROBLEM_GRADES, SUPPORTS
from hemmavid.cases.operations.assessing import AreaText, AssessmentText
from hemmavid.cases.queries.case_views import AreaView, AssessmentView
from hemmavid.interfaces.office.cases.forms.fields import choice, day, line, long_text
from hemmavid.rules.life_areas import LifeArea, ProblemGrade, Support

NOT_JUDGED = ("", "Inte bedömt")


class WholeForm(forms.Form):
    """Background, proposal and the home visit, or why there is none (R271)."""

    background = long_text("Bakgrund och aktuell situation", rows=5)
    home_visit_on = day("Hembesöket gjordes")
    no_home_visit_reason = line(
        "Varför det inte görs något hembesök", help_text="Bara när det uppenbart inte behövs."
    )
    proposal = long_text("Bedömning och förslag till beslut", rows=5)

    def as_text(self) -> AssessmentText:
        """What the form holds."""
        return AssessmentText(**self.cleaned_data)


class AreaForm(forms.Form):
    """One life area. Only one that has been changed is saved, so that a colleague's text stays."""

    need = long_text("Behov", rows=3)
    can_do = long_text("Vad personen kan själv", rows=2)
    grade = choice("Begränsning", [NOT_JUDGED, *PROBLEM_GRADES], required=False)
    support = choice("Stödets karaktär", [NOT_JUDGED, *SUPPORTS], required=False)
    goal = long_text("Mål, med personens egna ord", rows=2)

    def as_area(self, area: LifeArea) -> AreaText:
        """What the form holds."""
        given = self.cleaned_data
        return AreaText(
            life_area=area,
            need=given["need"],
            can_do=given["can_do"],
            grade=ProblemGrade(int(given["grade"])) if given["grade"] else None,
            support=Support(given["support"]) if given["support"] else None,
            goal=given["goal"],
        )


for _field in AreaForm.base_fields.values():
    _field.show_hidden_initial = True


@dataclass(frozen=True, slots=True)
class AreaOnPage:
    """A life area with its form, and whether it has anything to show."""

    area: LifeArea
    form: AreaForm
    is_open: bool


def whole_form(stored: AssessmentView, posted: Mapping[str, str] | None = None) -> WholeForm:
    """The form of the whole, as stored or as posted."""
    initial = {
        "background": stored.background,
        "home_visit_on": stored.home_visit_on,
        "no_home_visit_reason": stored.no_home_visit_reason,
        "proposal": stored.proposal,
    }
    return WholeForm(posted, initial=initial)


def area_forms(stored: AssessmentView, posted: Mapping[str, str] | None = None) -> list[AreaOnPage]:
    """The eleven life areas in IBIC's order."""
    known = {view.life_area: view for view in stored.areas}
    granted = {need.life_area for need in stored.needs}
    return [_area_form(area, known.get(area), posted, is_needed=area in granted) for area in LifeArea]


def _area_form(
    area: LifeArea, view: AreaView | None, posted: Mapping[str, str] | None, *, is_needed: bool
) -> AreaOnPage:
    initial = {
        "need": view.need if view else "",
        "can_do": view.can_do if view else "",
        "grade": str(view.grade) if view and view.grade is not None else "",
        "support": view.support if view else "",
        "goal": view.goal if view else "",
    }
    form = AreaForm(posted, initial=initial, prefix=area.value)
    is_open = view is not None or is_needed or (form.is_bound and form.has_changed())
    return AreaOnPage(area, form, is_open)
