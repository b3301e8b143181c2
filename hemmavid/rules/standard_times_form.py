"""Checks the municipality's table of standard times when it is read. Reasons are Swedish."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from hemmavid.rules.interventions import INTERVENTIONS, VISIT_KINDS
from hemmavid.rules.parameter_values import Choice, Text, Value, WholeNumber, WrongValue, YesNo
from hemmavid.rules.standard_times import LevelTime, NeedTime, StandardTimes, WhenShared

THREE_LEVELS = ("stadning", "pakladning")  # R285, R286
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_ROW_KEYS = frozenset({"label", "levels", "when_shared", "includes_surrounding_time", "source"})
_LEVEL_KEYS = frozenset({"minutes", "means"})
_MINUTES = WholeNumber(1, 600)
_TEXT = Text()
_SHARED = Choice(tuple(WhenShared))
_YES_NO = YesNo()


@dataclass(frozen=True, slots=True)
class StandardTimesTable:
    """A table of needs, each with label, levels, `when_shared`, flag of surrounding time and source."""

    def read(self, raw: object) -> Value:
        """The standard times, or WrongValue that names the need."""
        if not isinstance(raw, dict):
            raise WrongValue("värdet ska vara en tabell med ett behov per rad")
        needs = {str(code): _need(str(code), row) for code, row in raw.items()}
        for code in THREE_LEVELS:
            if code not in needs or len(needs[code].levels) != 3:
                raise WrongValue(f"{code}: behovet ska finnas och ha tre nivåer (R285, R286)")
        return StandardTimes(needs)


def _need(code: str, row: object) -> NeedTime:
    try:
        if not _CODE.fullmatch(code):
            raise WrongValue("koden ska bestå av små bokstäver a–z, siffror och understreck")
        if code in INTERVENTIONS.keys() - VISIT_KINDS:
            raise WrongValue("insatsen är inte ett behov inom ramtiden (R061, R141)")
        fields = _fields(row, _ROW_KEYS)
        levels = fields["levels"]
        if not isinstance(levels, list) or not levels:
            raise WrongValue('minst en nivå behövs: levels = [{ minutes = 10, means = "…" }]')
        return NeedTime(
            code=code,
            label=str(_TEXT.read(fields["label"])),
            levels=tuple(_level(level, number) for number, level in enumerate(levels, start=1)),
            when_shared=WhenShared(str(_SHARED.read(fields["when_shared"]))),
            includes_surrounding_time=_YES_NO.read(fields["includes_surrounding_time"]) is True,
            source=str(_TEXT.read(fields["source"])),
        )
    except WrongValue as error:
        raise WrongValue(f"{code}: {error}") from None


def _level(raw: object, number: int) -> LevelTime:
    try:
        fields = _fields(raw, _LEVEL_KEYS)
        minutes = _MINUTES.read(fields["minutes"])
        return LevelTime(int(str(minutes)), str(_TEXT.read(fields["means"])))
    except WrongValue as error:
        raise WrongValue(f"nivå {number}: {error}") from None


def _fields(raw: object, keys: frozenset[str]) -> Mapping[str, object]:
    if not isinstance(raw, dict) or raw.keys() != keys:
        raise WrongValue(f"raden ska ha nycklarna {', '.join(sorted(keys))} och inga andra")
    return raw
