"""Needs as rows of a form: need and level in one choice, so that no minutes can be typed (R283, R284)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from django import forms

from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.models.fields import (
    LIFE_AREAS,
    OUTSIDE_PERS,
    PER_OCCASION,
    PERS,
    SUPPORTS,
    VISITS,
    Extent,
)
from hemmavid.cases.operations.needs import NeedAtLevel, TimedNeed
from hemmavid.interfaces.office.cases.forms.fields import check, choice, line
from hemmavid.rules.interventions import TIMED_BY_OFFICER, label_of
from hemmavid.rules.life_areas import LifeArea, Support
from hemmavid.rules.occasions import OccasionsPer
from hemmavid.rules.standard_times import ChosenFactor, NeedTime, StandardTimes

NOTHING = ("", "–")
OWN_VISIT = ("", "eget besök")
BLANK_ROWS = 3
MOST_ROWS = 60
SURROUNDING = [("", "enligt kommunens regel"), ("yes", "ja"), ("no", "nej")]

Groups = list[tuple[str, object]]
RowForm = TypeVar("RowForm", bound=forms.Form)


def level_choices(times: StandardTimes) -> Groups:
    """Every need at every level, life area by life area, with what the level means."""
    groups: Groups = [NOTHING]
    for area in LifeArea:
        options = [
            option for need in times.needs.values() if need.life_area is area for option in _levels(need)
        ]
        if options:
            groups.append((area.label, options))
    return groups


def _levels(need: NeedTime) -> Iterator[tuple[str, str]]:
    for number, level in enumerate(need.levels, start=1):
        yield f"{need.code}:{number}", f"{need.label} nivå {number}: {level.means}"


class NeedRow(forms.Form):
    """One need within frame time."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)
    level = choice("Behov och nivå", [], required=False)
    count = forms.IntegerField(
        label="Antal gånger",
        min_value=1,
        max_value=99,
        required=False,
        initial=1,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": "Skriv ett heltal.", "min_value": "Minst 1.", "max_value": "Högst 99."},
    )
    per = choice("Hur ofta", PERS, required=False)
    visit = choice("I besöket", [OWN_VISIT, *VISITS], required=False)
    part = line("Bara en del, vilken", help_text="Tomt: hela behovet.")
    support = choice("Stödets karaktär", [NOTHING, *SUPPORTS], required=False)
    remove = check("Ta bort")

    def as_need(self, times: StandardTimes) -> NeedAtLevel | None:
        """The need of the row; None when the row is empty or taken away."""
        given = self.cleaned_data
        chosen, _, level = given["level"].partition(":")
        if not chosen or given["remove"]:
            return None
        number = int(level)
        return NeedAtLevel(
            need=chosen,
            level=number,
            count=given["count"] or 1,
            per=OccasionsPer(given["per"] or OccasionsPer.DAY),
            visit=given["visit"],
            extent=Extent.PART if given["part"] else Extent.WHOLE,
            extent_text=given["part"],
            support=Support(given["support"]) if given["support"] else None,
            answer=_answer(times.needs.get(chosen), number),
            need_id=_uuid(given["row"]),
        )


class TimedRow(forms.Form):
    """One intervention outside frame time with its minutes (R141, R291)."""

    row = forms.CharField(required=False, widget=forms.HiddenInput)
    intervention = choice(
        "Insats", [NOTHING, *((code, label_of(code)) for code in sorted(TIMED_BY_OFFICER))], required=False
    )
    life_area = choice("Livsområde", [NOTHING, *LIFE_AREAS], required=False)
    minutes = forms.IntegerField(
        label="Minuter per gång",
        min_value=1,
        max_value=1440,
        required=False,
        error_messages={
            "invalid": "Skriv minuterna som ett heltal.",
            "min_value": "Minst 1 minut.",
            "max_value": "Högst 1 440 minuter, ett dygn.",
        },
    )
    count = forms.IntegerField(label="Antal gånger", min_value=1, max_value=99, required=False, initial=1)
    per = choice("Hur ofta", OUTSIDE_PERS, required=False)
    days = line("Dagar", help_text="För ledsagning: 2026-05-04, 2026-05-18.")
    surrounding = choice("Ingår kringtid", SURROUNDING, required=False)
    asks_more = check("Mer tid än förut")
    tried = line("Hur det har prövats inom ramtiden", help_text="När det är mer tid än förut.")
    assessor = line("Bedömt av legitimerad", most=200, help_text="Namn. Krävs för vak.")
    remove = check("Ta bort")

    def clean(self) -> dict[str, object]:
        """A row that says an intervention says the rest too."""
        given = super().clean() or self.cleaned_data
        if given.get("intervention") and not given.get("remove"):
            if not given.get("life_area"):
                self.add_error("life_area", "Välj livsområde.")
            if not given.get("minutes") and "minutes" not in self.errors:
                self.add_error("minutes", "Ange tiden i minuter.")
            self._clean_days(given)
        return given

    def _clean_days(self, given: dict[str, object]) -> None:
        try:
            given["days"] = _days(str(given.get("days") or ""))
        except ValueError:
            self.add_error("days", "Skriv dagarna som 2026-05-04, 2026-05-18.")

    def as_timed(self) -> TimedNeed | None:
        """The time of the row; None when the row is empty or taken away."""
        given = self.cleaned_data
        if not given["intervention"] or given["remove"]:
            return None
        per = given["per"] or OccasionsPer.WEEK.value
        return TimedNeed(
            life_area=LifeArea(given["life_area"]),
            intervention=given["intervention"],
            minutes=given["minutes"],
            count=given["count"] or 1,
            per=None if per == PER_OCCASION else OccasionsPer(per),
            days=given["days"] if per == PER_OCCASION else (),
            includes_surrounding_time={"yes": True, "no": False}.get(given["surrounding"]),
            asks_more_time=given["asks_more"],
            tried_within_frame_time=given["tried"],
            assessor_name=given["assessor"],
            need_id=_uuid(given["row"]),
        )


def need_rows(
    times: StandardTimes,
    initial: Sequence[Mapping[str, object]],
    posted: Mapping[str, str] | None = None,
    *,
    blank: int = BLANK_ROWS,
) -> list[NeedRow]:
    """Rows of the stored needs and some that are blank, or the rows as posted."""
    return [_with_levels(form, times) for form in _rows(NeedRow, "behov", initial, posted, blank)]


def timed_rows(
    initial: Sequence[Mapping[str, object]], posted: Mapping[str, str] | None = None, *, blank: int = 1
) -> list[TimedRow]:
    """The same outside frame time."""
    return _rows(TimedRow, "tid", initial, posted, blank)


@dataclass(frozen=True, slots=True)
class ReadRows:
    """The needs of rows that could be read."""

    needs: tuple[NeedAtLevel, ...]

    @property
    def levels(self) -> list[LevelOfNeed]:
        """As the calculation aid takes them."""
        return [LevelOfNeed(one.need, one.level, one.count, one.per, one.visit) for one in self.needs]


def read_needs(rows: Sequence[NeedRow], times: StandardTimes) -> ReadRows:
    """What the rows hold, those with errors left out."""
    needs = (row.as_need(times) for row in rows if row.is_valid())
    return ReadRows(tuple(need for need in needs if need is not None))


def _rows(
    kind: type[RowForm],
    name: str,
    initial: Sequence[Mapping[str, object]],
    posted: Mapping[str, str] | None,
    blank: int,
) -> list[RowForm]:
    if posted is None:
        rows = [*initial, *({} for _ in range(blank))]
        return [kind(initial=dict(row), prefix=f"{name}-{place}") for place, row in enumerate(rows)]
    count = sum(f"{name}-{place}-row" in posted for place in range(MOST_ROWS))
    forms_posted = [kind(posted, prefix=f"{name}-{place}") for place in range(count)]
    more = range(count, min(count + blank, MOST_ROWS))
    return forms_posted + [kind(prefix=f"{name}-{place}") for place in more]


def _with_levels(form: NeedRow, times: StandardTimes) -> NeedRow:
    field = form.fields["level"]
    if isinstance(field, forms.ChoiceField):
        field.choices = level_choices(times)
    return form


def _answer(need: NeedTime | None, level: int) -> str:
    """The answer to the need's question that gives the level, where there is one (R043)."""
    factor = need.level_from if need else None
    if not isinstance(factor, ChosenFactor):
        return ""
    return next((choice_.code for choice_ in factor.choices if choice_.level == level), "")


def _days(text: str) -> tuple[date, ...]:
    parts = (part.strip() for part in text.replace(";", ",").split(","))
    return tuple(date.fromisoformat(part) for part in parts if part)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
