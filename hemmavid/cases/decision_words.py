"""A decision in plain words: the summary that a draft begins with, and the entry in the journal."""

from __future__ import annotations

from collections.abc import Iterable

from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date


def listed(words: Iterable[str]) -> str:
    """städning, tvätt och inköp."""
    *first, last = dict.fromkeys(words) or ("",)
    return f"{', '.join(first)} och {last}" if first else last


def days_of(period: Period) -> str:
    """från och med 1 maj 2026 till och med 30 april 2027."""
    last = f" till och med {long_date(period.last_day)}" if period.last_day else " tills vidare"
    return f"från och med {long_date(period.start)}{last}"


def plain_summary(interventions: Iterable[str], declined: Iterable[str], period: Period | None) -> str:
    """What a decision means, said to the person it is about."""
    granted, refused = list(interventions), list(declined)
    when = f" {days_of(period)}" if period else ""
    parts = [f"Du får hjälp med {lowered(granted)}{when}."] if granted else []
    if refused:
        parts.append(f"Du får inte hjälp med {lowered(refused)}. Varför står under skälen.")
    return " ".join(parts)


def lowered(words: Iterable[str]) -> str:
    """The list in running text."""
    return listed(word[:1].lower() + word[1:] for word in words)
