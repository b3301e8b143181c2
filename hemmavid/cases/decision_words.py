"""A decision in plain words: the summary that a draft begins with, and the entry in the journal."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from hemmavid.cases.models.fields import PER_OCCASION
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date
from hemmavid.rules.assessed_needs import VISIT_LABELS, Visit
from hemmavid.rules.interventions import label_of
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.standard_times import StandardTimes


class NeedRow(Protocol):
    """A need within frame time, stored or about to be."""

    @property
    def need(self) -> str:
        """Its code."""

    @property
    def level(self) -> int | None:
        """Its level; None: not assessed yet."""

    @property
    def count(self) -> int:
        """Occasions in each stretch of time."""

    @property
    def per(self) -> str:
        """The stretch of time."""

    @property
    def visit(self) -> str:
        """The visit; empty: one of its own."""


class TimedRow(Protocol):
    """A time outside frame time, stored or about to be."""

    @property
    def intervention(self) -> str:
        """Its code."""

    @property
    def minutes(self) -> int:
        """Minutes per occasion."""

    @property
    def count(self) -> int:
        """Occasions in each stretch of time."""

    @property
    def per(self) -> str | None:
        """The stretch of time, or per occasion."""


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


def need_words(row: NeedRow, times: StandardTimes) -> str:
    """Påklädning nivå 2, varje dag, morgon: of a need within frame time."""
    known = times.needs.get(row.need)
    level = f" nivå {row.level}" if row.level else ""
    visit = f", {VISIT_LABELS[Visit(row.visit)]}" if row.visit else ""
    often = Occasions(row.count, OccasionsPer(row.per)).words
    return f"{known.label if known else row.need}{level}, {often}{visit}"


def timed_words(row: TimedRow) -> str:
    """Avlösning 120 min, en gång i veckan: of a time outside frame time."""
    per = row.per
    if per is None or per == PER_OCCASION:
        often = "per tillfälle"
    else:
        often = Occasions(row.count, OccasionsPer(per)).words
    return f"{label_of(row.intervention)} {row.minutes} min, {often}"
