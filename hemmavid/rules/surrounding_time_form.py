"""Checks the municipality's table of what includes kringtid when it is read. Reasons are Swedish."""

from __future__ import annotations

from dataclasses import dataclass

from hemmavid.rules.interventions import TIMED_BY_OFFICER
from hemmavid.rules.parameter_values import Choice, Value, WrongValue


@dataclass(frozen=True, slots=True)
class SurroundingTimeTable:
    """Whether the time includes kringtid, for every intervention outside frame time (A22, R292)."""

    def read(self, raw: object) -> Value:
        """The table, or WrongValue."""
        if not isinstance(raw, dict):
            raise WrongValue("värdet ska vara en tabell med en rad per insats utanför ramtiden")
        if raw.keys() != TIMED_BY_OFFICER:
            wrong = ", ".join(sorted(str(code) for code in raw.keys() ^ TIMED_BY_OFFICER))
            raise WrongValue(f"varje insats utanför ramtiden ska stå en gång och inga andra: {wrong}")
        choice = Choice(("included", "not_included"))
        return {str(code): str(choice.read(word)) for code, word in raw.items()}
