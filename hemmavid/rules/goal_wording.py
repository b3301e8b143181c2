"""A hint, never a refusal, when a goal is written in stock phrases instead of its own words (R319)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.phrases import find_phrases


@dataclass(frozen=True, slots=True)
class StockPhraseHint:
    """The first stock phrase of the goal, as listed, and where in the text it stands: [start, end)."""

    phrase: str
    start: int
    end: int
    explanation: Step


def stock_phrase_hint(text: str, *, on: date, parameters: ParameterSet) -> StockPhraseHint | None:
    """The hint for a goal, by `goal.stock_phrases` in force on the day; None when the words are its own."""
    listed = parameters.at("goal.stock_phrases", on)
    found = find_phrases(text, listed.words)
    if not found:
        return None
    first = found[0]
    said = f"”{first.phrase}” kan stå i vem som helsts beslut: skriv vad just den här personen vill klara"
    return StockPhraseHint(
        first.phrase, first.start, first.end, parameter_step(said, "R319", listed, {"phrase": first.phrase})
    )
