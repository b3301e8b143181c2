"""Refuses a report of changed need that only says that the time is too much or too little (R137)."""

from __future__ import annotations

import re
from datetime import date

from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.phrases import find_phrases

_WORD = re.compile(r"[^\W\d_]{2,}")
HINT = (
    "Beskriv behovet: vad klarar personen, vad har ändrats och i vilken insats märks det? "
    "Att tiden är för lång eller för kort räcker inte"
)


def lacks_need(text: str, *, on: date, parameters: ParameterSet) -> Step | None:
    """Why the text describes no need, with what to write instead; None when it does.

    What only says that time is too much or too little (`review.time_phrases`) is set aside. Of what is left
    there must be `review.min_words` words of two letters or more.
    """
    listed = parameters.at("review.time_phrases", on)
    least = parameters.at("review.min_words", on)
    rest = list(text)
    for found in find_phrases(text, listed.words):
        rest[found.start : found.end] = " " * (found.end - found.start)
    words = len(_WORD.findall("".join(rest)))
    if words >= least.whole:
        return None
    return parameter_step(HINT, "R137", least, {"words": str(words)})
