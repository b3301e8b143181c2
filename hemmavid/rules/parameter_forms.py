"""Forms of values: clock times, kinds of working day, lists of phrases. Reasons are Swedish."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hemmavid.rules.parameter_values import Value, Words, WrongValue

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_PUBLIC = "not_public"  # a public holiday is no working day
NOT_DE_FACTO = "not_de_facto"  # nor are the eves of midsummer, Christmas and the new year
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTH_WORDS = Words(MONTHS)
LONGEST_PHRASE = 100
_CLOCK = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_WORKING_DAY_WORDS = Words((*WEEKDAYS, NOT_PUBLIC, NOT_DE_FACTO))


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time on the wall clock, written "14:00" in the file."""

    def read(self, raw: object) -> Value:
        """The text hh:mm, or WrongValue."""
        if not isinstance(raw, str) or not _CLOCK.fullmatch(raw):
            raise WrongValue('värdet ska vara ett klockslag mellan "00:00" och "23:59", till exempel "14:00"')
        return raw


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """The weekdays that are working days, and which kinds of holiday are not (A2)."""

    def read(self, raw: object) -> Value:
        """The words, or WrongValue; at least one weekday, or no deadline would ever come."""
        words = _WORKING_DAY_WORDS.read(raw)
        if not isinstance(words, tuple) or not set(words) & set(WEEKDAYS):
            raise WrongValue(f"minst en veckodag behövs: {', '.join(WEEKDAYS)}")
        return words


@dataclass(frozen=True, slots=True)
class Phrases:
    """A list of different phrases to look for in a text; capitals make no difference."""

    def read(self, raw: object) -> Value:
        """The phrases, or WrongValue. An empty list finds nothing."""
        if not isinstance(raw, list):
            raise WrongValue("värdet ska vara en lista med ord eller fraser")
        phrases = tuple(_phrase(each) for each in raw)
        if len({phrase.casefold() for phrase in phrases}) != len(phrases):
            raise WrongValue("listan upprepar ett värde")
        return phrases


def _phrase(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip() or len(raw) > LONGEST_PHRASE:
        raise WrongValue(f"varje fras ska vara en text på 1–{LONGEST_PHRASE} tecken")
    return " ".join(raw.split())
