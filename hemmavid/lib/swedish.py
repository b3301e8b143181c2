"""How figures, dates and clocks are written for people in Sweden (ux.md section 3), and Swedish order."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from decimal import Decimal

from hemmavid.lib.clock import local
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
MONTH_NAMES = (
    "januari",
    "februari",
    "mars",
    "april",
    "maj",
    "juni",
    "juli",
    "augusti",
    "september",
    "oktober",
    "november",
    "december",
)
WEEKDAY_NAMES = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
# `{|}` stand after z in ASCII: the same trick as the database's sort function.
_ORDER = str.maketrans(
    {"å": "{", "ä": "|", "ö": "}", "æ": "|", "ø": "}", "ü": "y", "ð": "d", "þ": "th", "đ": "d", "ł": "l"}
)


def number(value: Decimal | int, decimals: int = 2) -> str:
    """Decimal comma, thousands by hard space, a real minus: 12 345,67. Rounds nothing: ValueError instead."""
    quantum = Decimal(1).scaleb(-decimals)
    shown = Decimal(value).quantize(quantum)
    if shown != value:
        raise ValueError(f"{value} has more than {decimals} decimals")
    text = f"{abs(shown):,f}".replace(",", HARD_SPACE).replace(".", ",")
    return f"{MINUS}{text}" if shown < 0 else text


def number_or_blank(value: Decimal | int | None, decimals: int = 2) -> str:
    """As `number`, with zero and None left blank, as the printed hours statement does."""
    return number(value, decimals) if value else ""


def hours(value: Decimal) -> str:
    """12,43 h."""
    return f"{number(value)}{HARD_SPACE}h"


def care_time(minutes: int) -> str:
    """1 tim 30 min: time at a client's, as people say it."""
    hours, rest = divmod(minutes, 60)
    parts = [f"{hours}{HARD_SPACE}tim"] if hours else []
    if rest or not hours:
        parts.append(f"{rest}{HARD_SPACE}min")
    return " ".join(parts)


def kronor(amount: Money) -> str:
    """5 966,40 kr."""
    return f"{number(amount.kronor)}{HARD_SPACE}kr"


def signed_kronor(amount: Money) -> str:
    """+5 966,40 kr: for a difference."""
    sign = "+" if amount.ore > 0 else ""
    return f"{sign}{kronor(amount)}"


def long_date(day: date) -> str:
    """24 april 2024: for running text."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """2024-04-24: for tables and inputs."""
    return day.isoformat()


def clock_text(instant: datetime) -> str:
    """kl. 13.15 in Europe/Stockholm: for running text."""
    at = local(instant)
    return f"kl.{HARD_SPACE}{at.hour}.{at.minute:02d}"


def clock_table(instant: datetime) -> str:
    """09.05 in Europe/Stockholm: for tables."""
    at = local(instant)
    return f"{at.hour:02d}.{at.minute:02d}"


def moment(instant: datetime) -> str:
    """24 april 2024 kl. 13.15."""
    return f"{long_date(local(instant).date())} {clock_text(instant)}"


def month_name(month: Month) -> str:
    """november 2022."""
    return f"{MONTH_NAMES[month.month - 1]} {month.year}"


def weekday_name(day: date) -> str:
    """måndag."""
    return WEEKDAY_NAMES[day.weekday()]


def sort_key(text: str) -> tuple[str, str]:
    """Key for Swedish order: a to z with accents ignored, then å ä ö; equal names by their exact text."""
    folded = unicodedata.normalize("NFC", text).casefold().translate(_ORDER)
    return "".join(_bare(char) for char in folded), text


def _bare(char: str) -> str:
    return unicodedata.normalize("NFD", char)[0]
