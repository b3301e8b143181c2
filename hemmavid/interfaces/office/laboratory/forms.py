"""What somebody wants to try: a table, scaled, with single levels changed, and the add-on for one need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django import forms
from django.forms import BoundField
from django.http import QueryDict

from hemmavid.interfaces.office.laboratory.table_text import (
    LONGEST_TABLE,
    PARAMETER,
    TableRefused,
    read_table,
)
from hemmavid.lib import swedish
from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.other_standard_times import WHOLE, LevelBelowLower, scaled, with_minutes
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.standard_times import StandardTimes

OWN = "egen"
MOST_MINUTES = 600
LEAST_PERCENT, MOST_PERCENT = 10, 300


@dataclass(frozen=True, slots=True)
class LevelInput:
    """The box for one level of a need, with what the table says now."""

    number: int
    minutes: int
    means: str
    box: BoundField


@dataclass(frozen=True, slots=True)
class NeedInput:
    """The boxes of one need."""

    label: str
    levels: tuple[LevelInput, ...]


class TrialForm(forms.Form):
    """A trial. Made from the versions there are; `rules` are the rules in force on the day."""

    version = forms.ChoiceField(label="Utgå från", required=False)
    table = forms.CharField(
        label="Tabellen som text (TOML)",
        required=False,
        max_length=LONGEST_TABLE,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "cols": 20, "spellcheck": "false"}),
        help_text="Samma form som kommunens fil frame_time.standard_times.toml.",
    )
    percent = forms.IntegerField(
        label="Alla tider, i procent",
        min_value=LEAST_PERCENT,
        max_value=MOST_PERCENT,
        required=False,
        help_text="100 ändrar ingenting. Minuterna avrundas till hela.",
    )
    alone = forms.IntegerField(
        label="Tillägg för ett behov ensamt i besöket, minuter",
        min_value=0,
        max_value=60,
        required=False,
        help_text="Lämna tomt för att behålla dagens tillägg.",
    )

    def __init__(
        self, data: QueryDict | None, versions: Mapping[str, DatedValue], rules: FrameTimeRules
    ) -> None:
        in_force = rules.standard_times.valid_from.isoformat()
        super().__init__(data, initial={"version": in_force, "percent": WHOLE})
        self.versions, self.rules = versions, rules
        field = self.fields["version"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [*_labels(versions, rules), (OWN, "Tabellen jag har laddat upp eller skrivit in")]
        self.fields["alone"].help_text += f" Nu är det {rules.alone_minutes.whole}."
        self.base = self._base()
        for code, level, label in _levels(self.base.standard_times):
            self.fields[_name(code, level)] = forms.IntegerField(
                label=label, min_value=1, max_value=MOST_MINUTES, required=False
            )

    @property
    def needs(self) -> list[NeedInput]:
        """The boxes for single levels, need by need."""
        return [
            NeedInput(
                need.label,
                tuple(
                    LevelInput(number, level.minutes, level.means, self[_name(need.code, number)])
                    for number, level in enumerate(need.levels, start=1)
                ),
            )
            for need in self.base.standard_times.needs.values()
        ]

    @property
    def has_levels_wrong(self) -> bool:
        """Whether a box for a single level has an error, so that the boxes are to be seen."""
        return any(name.startswith("niva-") for name in self.errors)

    @property
    def tried(self) -> FrameTimeRules:
        """The rules to try, of a valid form."""
        found: FrameTimeRules = self.cleaned_data["tried"]
        return found

    def clean(self) -> dict[str, Any]:
        """The rules to try, when every box can be used."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                cleaned["tried"] = self._tried(cleaned)
            except LevelBelowLower as wrong:
                words = f"Nivå {wrong.level} får inte ge färre minuter än nivån under."
                self.add_error(_name(wrong.need, wrong.level), words)
        return cleaned

    def clean_table(self) -> str:
        """The text, which can be read when it is the one to try."""
        text: str = self.cleaned_data["table"]
        if self.data.get("version") != OWN:
            return text
        if not text.strip():
            raise forms.ValidationError("Ladda upp en fil eller skriv in tabellen här.")
        try:
            read_table(text)
        except TableRefused as refused:
            raise forms.ValidationError(refused.sentence) from None
        return text

    def _base(self) -> DatedValue:
        """The table that is changed: the one in force until another can be read."""
        wanted = self.data.get("version", "") if self.is_bound else ""
        if wanted == OWN:
            try:
                return read_table(self.data.get("table", ""))
            except TableRefused:
                return self.rules.standard_times
        return self.versions.get(wanted, self.rules.standard_times)

    def _tried(self, cleaned: Mapping[str, Any]) -> FrameTimeRules:
        percent = cleaned.get("percent") or WHOLE
        levels = {
            (code, level): cleaned[_name(code, level)]
            for code, level, _ in _levels(self.base.standard_times)
            if cleaned.get(_name(code, level)) is not None
        }
        times = with_minutes(scaled(self.base.standard_times, percent), levels)
        told = [self.base.reference] if self.base.reference else []
        told += [f"alla tider {percent} %"] if percent != WHOLE else []
        told += [f"{len(levels)} nivåer ändrade" if len(levels) > 1 else "1 nivå ändrad"] if levels else []
        alone = cleaned.get("alone")
        before = self.rules.alone_minutes
        return replace(
            self.rules,
            standard_times=replace(self.base, value=times, reference=", ".join(told)),
            alone_minutes=before if alone is None else replace(before, value=alone),
        )


def versions_of(parameters: ParameterSet) -> dict[str, DatedValue]:
    """The dated versions the municipality has, newest first, by the day they are valid from."""
    found = next(parameter for parameter in parameters if parameter.name == PARAMETER)
    return {dated.valid_from.isoformat(): dated for dated in found.values}


def _labels(versions: Mapping[str, DatedValue], rules: FrameTimeRules) -> Iterator[tuple[str, str]]:
    for key, dated in versions.items():
        words = f"Tabellen från {swedish.long_date(dated.valid_from)}"
        words += f", {dated.reference}" if dated.reference else ""
        words += _standing(dated.valid_from, rules)
        yield key, words


def _standing(valid_from: date, rules: FrameTimeRules) -> str:
    if valid_from == rules.standard_times.valid_from:
        return " (gäller idag)"
    return " (gäller inte än)" if valid_from > rules.day else " (har gällt)"


def _levels(times: StandardTimes) -> Iterator[tuple[str, int, str]]:
    for need in times.needs.values():
        for number, level in enumerate(need.levels, start=1):
            yield need.code, number, f"{need.label}, nivå {number}, nu {level.minutes} minuter"


def _name(code: str, level: int) -> str:
    return f"niva-{code}-{level}"
