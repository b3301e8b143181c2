"""Which visits the page about a client shows: a week or a month, chosen in the address."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.converters import FIRST_YEAR, LAST_YEAR, month_in_address
from hemmavid.interfaces.office.parts import Chip
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import swedish
from hemmavid.lib.periods import Month, Period

ANCHOR = "#besok"
A_WEEK = timedelta(days=7)
_WEEK_FORM = re.compile(r"([0-9]{4})-v([0-9]{2})")


@dataclass(frozen=True, slots=True)
class ShownSpan:
    """The span with its heading, links to its neighbours, and the choice between week and month."""

    period: Period
    heading: str
    unit_word: str
    previous_url: str
    next_url: str
    chips: tuple[Chip, ...]


def asked(request: OfficeRequest, newest: date) -> ShownSpan:
    """From `?besok=2026-v47` or `?besok=2026-11`; the week of the newest visit when it says nothing."""
    text = request.GET.get("besok", "")
    if week := _week(text):
        return _of_week(week)
    try:
        return _of_month(month_in_address(text))
    except ValueError:
        return _of_week(newest - timedelta(days=newest.weekday()))


def _week(text: str) -> date | None:
    match = _WEEK_FORM.fullmatch(text)
    if match is None or not FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return None
    try:
        return date.fromisocalendar(int(match[1]), int(match[2]), 1)
    except ValueError:
        return None


def _of_week(monday: date) -> ShownSpan:
    year, week, _ = monday.isocalendar()
    return ShownSpan(
        period=Period(monday, monday + A_WEEK),
        heading=f"v. {week} {year}",
        unit_word="vecka",
        previous_url=_url(_week_text(monday - A_WEEK)),
        next_url=_url(_week_text(monday + A_WEEK)),
        chips=_chips(monday, is_week=True),
    )


def _of_month(month: Month) -> ShownSpan:
    return ShownSpan(
        period=month.period,
        heading=swedish.month_name(month),
        unit_word="månad",
        previous_url=_url(str(month.previous())),
        next_url=_url(str(month.next())),
        chips=_chips(month.first_day, is_week=False),
    )


def _chips(day: date, *, is_week: bool) -> tuple[Chip, ...]:
    return (
        Chip("Vecka", _url(_week_text(day)), is_chosen=is_week),
        Chip("Månad", _url(str(Month.of(day))), is_chosen=not is_week),
    )


def _week_text(day: date) -> str:
    year, week, _ = day.isocalendar()
    return f"{year}-v{week:02d}"


def _url(text: str) -> str:
    return address({"besok": text}) + ANCHOR
