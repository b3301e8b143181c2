"""Marks the words of an order that tell how, not what, and how long it takes to read (R259, R262).

The authority decides what; how and when is planned by the provider with the client. A mark is a question to
the case officer, never a refusal: a time may be a part of what was decided (R037).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.phrases import find_phrases

WORDS_A_MINUTE = 200  # a calm reading of plain Swedish text on a phone
SECONDS_A_MINUTE = 60
_NUMBER = r"[0-9]{1,4}"
_CLOCK = re.compile(
    r"(?<!\w)(?:(?:kl\.?|klockan)\s*(?:[01]?[0-9]|2[0-3])(?:[.:][0-5][0-9])?"
    r"|(?<!den )(?:[01]?[0-9]|2[0-3])[.:][0-5][0-9])(?!\w|[.:,][0-9])",
    re.IGNORECASE,
)
_DURATION = re.compile(
    rf"(?<!\w){_NUMBER}(?:\s*[-–]\s*{_NUMBER})?(?:,[0-9])?\s*(?:min(?:uter|ut)?|tim(?:mar|me)?|h)(?!\w)"
    r"|(?<!\w)(?:en|ett|två|tre)\s+(?:kvart|kvartar|halvtimme|timme|timmar)(?!\w)",
    re.IGNORECASE,
)


class HowKind(StrEnum):
    """What sort of how."""

    CLOCK = "clock"
    DURATION = "duration"
    METHOD = "method"


HOW_LABELS = {HowKind.CLOCK: "klockslag", HowKind.DURATION: "tid i minuter", HowKind.METHOD: "sätt att göra"}


@dataclass(frozen=True, slots=True)
class HowMark:
    """Words at [start, end) of the text that tell how."""

    start: int
    end: int
    kind: HowKind
    words: str
    explanation: Step


def how_marks(text: str, *, on: date, parameters: ParameterSet) -> tuple[HowMark, ...]:
    """The marks in the order of the text; they never overlap. Methods by `order.how_words` (R264)."""
    listed = parameters.at("order.how_words", on)
    spans = [(match.start(), match.end(), HowKind.CLOCK) for match in _CLOCK.finditer(text)]
    spans += [(match.start(), match.end(), HowKind.DURATION) for match in _DURATION.finditer(text)]
    spans += [(found.start, found.end, HowKind.METHOD) for found in find_phrases(text, listed.words)]
    marks: list[HowMark] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not marks or start >= marks[-1].end:
            words = text[start:end]
            said = f"”{words}” säger hur ({HOW_LABELS[kind]}): uppdraget säger vad, utföraren planerar hur"
            step = parameter_step(said, "R259, R262", listed, {"kind": kind.value})
            marks.append(HowMark(start, end, kind, words, step))
    return tuple(marks)


def reading_seconds(text: str) -> int:
    """The whole seconds it takes to read the text, rounded up; 0 for an empty one."""
    words = len(text.split())
    return -(-words * SECONDS_A_MINUTE // WORDS_A_MINUTE)
