"""Dated parameters read from TOML files. A gap is an error that names parameter and day, never 0 or None."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

from hemmavid.rules.opening_hours_table import HoursProfiles
from hemmavid.rules.parameter_schema import SCHEMA, Level
from hemmavid.rules.parameter_values import Value, WrongValue
from hemmavid.rules.standard_times import StandardTimes

SHIPPED = Path(__file__).parent / "parameters"
FILE_KEYS = frozenset({"name", "unit", "values"})
VALUE_KEYS = frozenset({"valid_from", "value", "source", "decided_by", "reference"})
_Kind = TypeVar("_Kind", bool, int, Decimal, str, StandardTimes, HoursProfiles)


class ParameterNotDefined(LookupError):
    """No value is in force for the parameter on the day."""

    def __init__(self, name: str, day: date) -> None:
        super().__init__(name, day)
        self.name = name
        self.day = day

    def __str__(self) -> str:
        return f"parametern {self.name} har inget värde den {self.day.isoformat()}"


class MalformedParameter(ValueError):
    """A parameter file cannot be used: which file, where in it, and why (in Swedish)."""

    def __init__(self, file: str, place: str, reason: str) -> None:
        super().__init__(file, place, reason)
        self.file = file
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.file}: {self.place}: {self.reason}"


@dataclass(frozen=True, slots=True)
class DatedValue:
    """A value with the day it is valid from, its source and, where asked for, who decided it (R180)."""

    name: str
    unit: str
    value: Value
    valid_from: date
    source: str
    decided_by: str = ""
    reference: str = ""

    @property
    def text(self) -> str:
        """The value as the text it is; TypeError if it is another kind (so for the next three)."""
        return self._as(str)

    @property
    def whole(self) -> int:
        """The value as a whole number."""
        return self._as(int)

    @property
    def flag(self) -> bool:
        """The value as yes or no."""
        return self._as(bool)

    @property
    def decimal(self) -> Decimal:
        """The value as a decimal number."""
        return self._as(Decimal)

    @property
    def words(self) -> tuple[str, ...]:
        """The value as a list of words."""
        if not isinstance(self.value, tuple):
            raise TypeError(f"{self.name} is not a list")
        return self.value

    @property
    def table(self) -> Mapping[str, str]:
        """The value as a table."""
        if not isinstance(self.value, Mapping):
            raise TypeError(f"{self.name} is not a table")
        return self.value

    @property
    def standard_times(self) -> StandardTimes:
        """The value as the municipality's standard times."""
        return self._as(StandardTimes)

    @property
    def hours_profiles(self) -> HoursProfiles:
        """The value as the municipality's opening hours."""
        return self._as(HoursProfiles)

    def _as(self, kind: type[_Kind]) -> _Kind:
        if not isinstance(self.value, kind):
            raise TypeError(f"{self.name} is not {kind.__name__}")
        return self.value


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter with all its values."""

    name: str
    unit: str
    values: tuple[DatedValue, ...]  # newest first, checked at load time

    def at(self, day: date) -> DatedValue:
        """The value in force on the day, or ParameterNotDefined."""
        for dated in self.values:
            if dated.valid_from <= day:
                return dated
        raise ParameterNotDefined(self.name, day)


class ParameterSet:
    """All parameters of one municipality: national values, shipped defaults, its own files above them."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = dict(parameters)

    def at(self, name: str, day: date) -> DatedValue:
        """The value in force on the day, or ParameterNotDefined (also for a name nobody knows)."""
        try:
            parameter = self._parameters[name]
        except KeyError:
            raise ParameterNotDefined(name, day) from None
        return parameter.at(day)

    def __iter__(self) -> Iterator[Parameter]:
        return iter(sorted(self._parameters.values(), key=lambda parameter: parameter.name))


@lru_cache(maxsize=64)
def load_parameters(municipal_folder: Path | None = None) -> ParameterSet:
    """The shipped parameters, with the municipality's own files in place of the shipped ones of that name.

    Read once per folder and process. Raises MalformedParameter for the first file that cannot be used.
    """
    parameters = read_folder(SHIPPED / "national", Level.NATIONAL)
    parameters |= read_folder(SHIPPED / "municipal", Level.MUNICIPAL)
    if municipal_folder is not None:
        if not municipal_folder.is_dir():
            raise MalformedParameter(str(municipal_folder), "-", "mappen finns inte")
        parameters |= read_folder(municipal_folder, Level.MUNICIPAL)
    return ParameterSet(parameters)


def read_folder(folder: Path, level: Level) -> dict[str, Parameter]:
    """Every TOML file of a folder, by parameter name. Other files are left alone."""
    return {path.stem: read_file(path, level) for path in sorted(folder.glob("*.toml"))}


def read_file(path: Path, level: Level) -> Parameter:
    """One file, checked against the schema. Raises MalformedParameter with file, place and reason."""
    known = SCHEMA.get(path.stem)
    if known is None or known.level is not level:
        raise MalformedParameter(path.name, "-", f"parametern {path.stem} är okänd i mappen {level}")
    return read_content(path.stem, path.read_bytes(), file=path.name)


def read_content(name: str, content: bytes, *, file: str) -> Parameter:
    """What a file of the known parameter holds, checked as `read_file` does; `file` is what it is called."""
    known = SCHEMA[name]
    raw = _toml_of(file, content)
    place = "filens början"
    _check_keys(file, place, raw, FILE_KEYS, FILE_KEYS)
    if raw["name"] != name:
        raise MalformedParameter(file, "name", f"namnet ska vara filens namn, {name}")
    if raw["unit"] != known.unit:
        raise MalformedParameter(file, "unit", f"enheten ska vara {known.unit}")
    rows = raw["values"]
    if not isinstance(rows, list) or not rows:
        raise MalformedParameter(file, "values", "minst ett värde behövs: [[values]]")
    values = [_dated(name, file, row, number) for number, row in enumerate(rows, start=1)]
    for number, (earlier, later) in enumerate(pairwise(values), start=2):
        if later.valid_from <= earlier.valid_from:
            reason = "varje valid_from ska vara senare än den före"
            raise MalformedParameter(file, f"värde {number}", reason)
    return Parameter(name, known.unit, tuple(reversed(values)))


def _toml_of(file: str, content: bytes) -> dict[str, object]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise MalformedParameter(file, f"rad {line}", "filen är inte UTF-8") from None
    if not text.strip():
        raise MalformedParameter(file, "rad 1", "filen är tom")
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise MalformedParameter(file, "TOML", f"filen går inte att läsa: {error}") from None


def _dated(name: str, file: str, row: object, number: int) -> DatedValue:
    known, place = SCHEMA[name], f"värde {number}"
    if not isinstance(row, dict):
        raise MalformedParameter(file, place, "ett värde skrivs som en tabell: [[values]]")
    required = VALUE_KEYS if known.needs_decision else frozenset({"valid_from", "value", "source"})
    _check_keys(file, place, row, VALUE_KEYS, required)
    valid_from = row["valid_from"]
    if isinstance(valid_from, datetime) or not isinstance(valid_from, date):
        reason = "valid_from ska vara ett datum utan klockslag, till exempel 2022-10-01"
        raise MalformedParameter(file, place, reason)
    texts = {key: row[key] for key in ("source", "decided_by", "reference") if key in row}
    for key, text in texts.items():
        if not isinstance(text, str) or not text.strip():
            raise MalformedParameter(file, place, f"{key} ska vara en text som inte är tom")
    try:
        value = known.form.read(row["value"])
    except WrongValue as error:
        raise MalformedParameter(file, place, str(error)) from None
    return DatedValue(name, known.unit, value, valid_from, **texts)


def _check_keys(
    file: str, place: str, raw: Mapping[str, object], known: frozenset[str], required: frozenset[str]
) -> None:
    unknown = sorted(raw.keys() - known)
    if unknown:
        raise MalformedParameter(file, place, f"okänd nyckel {', '.join(unknown)}")
    missing = sorted(required - raw.keys())
    if missing:
        raise MalformedParameter(file, place, f"nyckel saknas: {', '.join(missing)}")
