"""Checks the municipality's table of standard times when it is read. Reasons are Swedish."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hemmavid.rules.interventions import INTERVENTIONS, VISIT_KINDS
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.parameter_values import Choice, Text, Value, WholeNumber, WrongValue, YesNo
from hemmavid.rules.standard_times import (
    BY_VISIT,
    ChosenFactor,
    CountedFactor,
    Guideline,
    LevelChoice,
    LevelFactor,
    LevelTime,
    NeedTime,
    StandardTimes,
    WhenShared,
)

THREE_LEVELS = ("stadning", "pakladning")  # R285, R286
_CODE = re.compile(r"[a-z][a-z0-9_]*")
_LINK = re.compile(r"https://[^\s/]+\S*")
_ROW_KEYS = frozenset(
    {
        "label",
        "levels",
        "when_shared",
        "includes_surrounding_time",
        "source",
        "life_area",
        "intervention",
        "guideline",
    }
)
_FACTOR = frozenset({"level_from_factor"})
_CHOSEN_KEYS = frozenset({"factor", "asks", "choices"})
_COUNTED_KEYS = frozenset({"factor", "asks", "from"})
_MINUTES = WholeNumber(1, 600)
_COUNT = WholeNumber(0, 1000)
_TEXT = Text()
_SHARED = Choice(tuple(WhenShared))
_AREA = Choice(tuple(LifeArea))
_KIND = Choice((BY_VISIT, *sorted(VISIT_KINDS)))
_YES_NO = YesNo()


@dataclass(frozen=True, slots=True)
class StandardTimesTable:
    """A table of needs, one row each with the keys of NeedTime."""

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
        if code in INTERVENTIONS.keys() - VISIT_KINDS:
            raise WrongValue("insatsen är inte ett behov inom ramtiden (R061, R141)")
        fields = _fields(row, _ROW_KEYS, _FACTOR)
        levels = _levels(fields["levels"])
        return NeedTime(
            code=_code(code),
            label=str(_TEXT.read(fields["label"])),
            levels=levels,
            when_shared=WhenShared(str(_SHARED.read(fields["when_shared"]))),
            includes_surrounding_time=_YES_NO.read(fields["includes_surrounding_time"]) is True,
            source=str(_TEXT.read(fields["source"])),
            life_area=LifeArea(str(_AREA.read(fields["life_area"]))),
            intervention=str(_KIND.read(fields["intervention"])),
            guideline=_guideline(fields["guideline"]),
            level_from=_factor(fields.get("level_from_factor"), len(levels)),
        )
    except WrongValue as error:
        raise WrongValue(f"{code}: {error}") from None


def _code(raw: object) -> str:
    if not isinstance(raw, str) or not _CODE.fullmatch(raw):
        raise WrongValue("koden ska bestå av små bokstäver a–z, siffror och understreck")
    return raw


def _levels(raw: object) -> tuple[LevelTime, ...]:
    if not isinstance(raw, list) or not raw:
        raise WrongValue('minst en nivå behövs: levels = [{ minutes = 10, means = "…" }]')
    levels = tuple(_level(level, number) for number, level in enumerate(raw, start=1))
    for number, (lower, higher) in enumerate(pairwise(levels), start=2):
        if higher.minutes < lower.minutes:
            raise WrongValue(f"nivå {number}: en högre nivå får inte ge färre minuter än den under")
    return levels


def _level(raw: object, number: int) -> LevelTime:
    try:
        fields = _fields(raw, frozenset({"minutes", "means"}))
        minutes = _MINUTES.read(fields["minutes"])
        return LevelTime(int(str(minutes)), str(_TEXT.read(fields["means"])))
    except WrongValue as error:
        raise WrongValue(f"nivå {number}: {error}") from None


def _guideline(raw: object) -> Guideline:
    try:
        fields = _fields(raw, frozenset({"section"}), frozenset({"link"}))
        link = fields.get("link", "")
        if link and not (isinstance(link, str) and _LINK.fullmatch(link)):
            raise WrongValue("länken ska börja med https:// och inte ha mellanslag")
        return Guideline(str(_TEXT.read(fields["section"])), str(link))
    except WrongValue as error:
        raise WrongValue(f"guideline: {error}") from None


def _factor(raw: object, levels: int) -> LevelFactor | None:
    if raw is None:
        return None
    try:
        if isinstance(raw, dict) and "choices" in raw:
            return _chosen(_fields(raw, _CHOSEN_KEYS), levels)
        return _counted(_fields(raw, _COUNTED_KEYS), levels)
    except WrongValue as error:
        raise WrongValue(f"level_from_factor: {error}") from None


def _chosen(fields: Mapping[str, object], levels: int) -> ChosenFactor:
    rows = fields["choices"]
    if not isinstance(rows, list):
        raise WrongValue('choices ska vara en lista: [{ code = "…", label = "…", level = 1 }]')
    choices = tuple(_choice(row, levels) for row in rows)
    if len({choice.code for choice in choices}) != len(choices):
        raise WrongValue("samma svar står två gånger")
    _all_levels({choice.level for choice in choices}, levels)
    return ChosenFactor(_code(fields["factor"]), str(_TEXT.read(fields["asks"])), choices)


def _choice(raw: object, levels: int) -> LevelChoice:
    fields = _fields(raw, frozenset({"code", "label", "level"}))
    level = WholeNumber(1, levels).read(fields["level"])
    return LevelChoice(_code(fields["code"]), str(_TEXT.read(fields["label"])), int(str(level)))


def _counted(fields: Mapping[str, object], levels: int) -> CountedFactor:
    raw = fields["from"]
    if not isinstance(raw, list):
        raise WrongValue("from ska vara en lista med det lägsta antalet för varje nivå: [1, 3, 5]")
    counts = tuple(int(str(_COUNT.read(count))) for count in raw)
    if any(later <= earlier for earlier, later in pairwise(counts)):
        raise WrongValue("from ska stiga från nivå till nivå")
    _all_levels(range(1, len(counts) + 1), levels)
    return CountedFactor(_code(fields["factor"]), str(_TEXT.read(fields["asks"])), counts)


def _all_levels(found: Sequence[int] | set[int], levels: int) -> None:
    if set(found) != set(range(1, levels + 1)):
        raise WrongValue(f"svaren ska leda till var och en av behovets {levels} nivåer och inga andra")


def _fields(
    raw: object, required: frozenset[str], optional: frozenset[str] = frozenset()
) -> Mapping[str, object]:
    keys = f"raden ska ha nycklarna {', '.join(sorted(required))}"
    keys += f", får ha {', '.join(sorted(optional))}" if optional else ""
    if not isinstance(raw, dict):
        raise WrongValue(f"{keys} och inga andra")
    wrong = [f"{key} saknas" for key in sorted(required - raw.keys())]
    wrong += [f"{key} är okänd" for key in sorted(str(key) for key in raw.keys() - required - optional)]
    if wrong:
        raise WrongValue(f"{keys} och inga andra: {', '.join(wrong)}")
    return raw
