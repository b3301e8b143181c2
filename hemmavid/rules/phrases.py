"""Finds phrases in a text as it was written or pasted: capitals, line breaks and split letters aside."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Found:
    """One phrase found at [start, end) of the text; `phrase` is as listed."""

    phrase: str
    start: int
    end: int


def find_phrases(text: str, phrases: tuple[str, ...]) -> tuple[Found, ...]:
    """Every phrase that stands as whole words in the text, in order; the longest where several begin."""
    if not phrases:
        return ()
    pattern, listed = _compiled(phrases)
    return tuple(
        Found(listed[(match.lastindex or 1) - 1], match.start(), match.end())
        for match in pattern.finditer(text)
    )


@lru_cache(maxsize=64)
def _compiled(phrases: tuple[str, ...]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    composed = {unicodedata.normalize("NFC", phrase) for phrase in phrases}
    listed = tuple(sorted(composed, key=lambda phrase: (-len(phrase), phrase)))
    groups = "|".join(f"({_words(phrase)})" for phrase in listed)
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)", re.IGNORECASE), listed


def _words(phrase: str) -> str:
    return r"\s+".join("".join(_letter(letter) for letter in word) for word in phrase.split())


def _letter(letter: str) -> str:
    split = unicodedata.normalize("NFD", letter)
    return re.escape(letter) if letter == split else f"(?:{re.escape(letter)}|{re.escape(split)})"
