"""What a parameter's value may be: one checker per form. Reasons are Swedish: a case officer reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from hemmavid.rules.interventions import INTERVENTIONS, LOV_CODES
from hemmavid.rules.opening_hours_table import HoursProfiles
from hemmavid.rules.standard_times import StandardTimes

Value = bool | int | Decimal | str | tuple[str, ...] | Mapping[str, str] | StandardTimes | HoursProfiles


class WrongValue(ValueError):
    """The value has the wrong type or is not allowed; the message is the reason in Swedish."""


class Form(Protocol):
    """Checks and freezes one raw TOML value."""

    def read(self, raw: object) -> Value:
        """The value, or WrongValue."""


@dataclass(frozen=True, slots=True)
class YesNo:
    """true or false."""

    def read(self, raw: object) -> Value:
        """The bool, or WrongValue."""
        if not isinstance(raw, bool):
            raise WrongValue("värdet ska vara true eller false")
        return raw


@dataclass(frozen=True, slots=True)
class WholeNumber:
    """A whole number within bounds; `honoured` narrows it to what the rules can carry out today."""

    low: int
    high: int
    honoured: frozenset[int] | None = None

    def read(self, raw: object) -> Value:
        """The number, or WrongValue."""
        if isinstance(raw, bool) or not isinstance(raw, int):
            raise WrongValue("värdet ska vara ett heltal")
        if not self.low <= raw <= self.high:
            raise WrongValue(f"värdet ska vara mellan {self.low} och {self.high}")
        if self.honoured is not None and raw not in self.honoured:
            raise WrongValue(f"värdet {raw} kan inte användas än")
        return raw


@dataclass(frozen=True, slots=True)
class DecimalNumber:
    """A number with at most two decimals within bounds, written 2.00 in the file."""

    low: Decimal
    high: Decimal

    def read(self, raw: object) -> Value:
        """The number, or WrongValue."""
        if isinstance(raw, bool) or not isinstance(raw, int | Decimal):
            raise WrongValue("värdet ska vara ett tal")
        value = Decimal(raw)
        if not value.is_finite() or value.quantize(Decimal("0.01")) != value:
            raise WrongValue("värdet ska ha högst två decimaler")
        if not self.low <= value <= self.high:
            raise WrongValue(f"värdet ska vara mellan {self.low} och {self.high}")
        return value


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a list. Words known but not carried out yet are refused by name."""

    allowed: tuple[str, ...]
    not_yet: tuple[str, ...] = ()

    def read(self, raw: object) -> Value:
        """The word, or WrongValue."""
        if not isinstance(raw, str):
            raise WrongValue("värdet ska vara en text")
        if raw in self.not_yet:
            raise WrongValue(f"värdet {raw} kan inte användas än")
        if raw not in self.allowed:
            raise WrongValue(f"värdet {raw} är okänt; välj bland {', '.join(self.allowed)}")
        return raw


@dataclass(frozen=True, slots=True)
class Text:
    """A text that is not empty."""

    def read(self, raw: object) -> Value:
        """The text, or WrongValue."""
        if not isinstance(raw, str) or not raw.strip():
            raise WrongValue("värdet ska vara en text")
        return raw


@dataclass(frozen=True, slots=True)
class Words:
    """A list of different words out of a known set."""

    allowed: tuple[str, ...]

    def read(self, raw: object) -> Value:
        """The words, or WrongValue."""
        if not isinstance(raw, list):
            raise WrongValue("värdet ska vara en lista")
        choice = Choice(self.allowed)
        words = tuple(str(choice.read(word)) for word in raw)
        if len(set(words)) != len(words):
            raise WrongValue("listan upprepar ett värde")
        return words


@dataclass(frozen=True, slots=True)
class InterventionTable:
    """A choice for every intervention within LOV (contract.md section 3)."""

    choice: Choice = field(default_factory=lambda: Choice(("cat1", "cat3", "none"), ("per_delivery",)))

    def read(self, raw: object) -> Value:
        """The table, or WrongValue."""
        if not isinstance(raw, dict):
            raise WrongValue("värdet ska vara en tabell med en klass per insats")
        table = {str(code): self._of(str(code), choice) for code, choice in raw.items()}
        missing = sorted(LOV_CODES - table.keys())
        if missing:
            raise WrongValue(f"klass saknas för {', '.join(missing)}")
        return table

    def _of(self, code: str, choice: object) -> str:
        if code not in INTERVENTIONS:
            raise WrongValue(f"insatskoden {code} är okänd")
        if code not in LOV_CODES:
            raise WrongValue(f"insatsen {code} ligger utanför LOV och har ingen klass")
        try:
            return str(self.choice.read(choice))
        except WrongValue as error:
            raise WrongValue(f"{code}: {error}") from None
