"""When a function answers: profiles of opening hours with the holiday calendar.

R147-R149, R217-R221, R228, R245, R249, S20.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from hemmavid.lib.clock import day_start, local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.opening_hours_table import Days, HoursProfile, OpenRow
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.parameter_forms import MONTHS
from hemmavid.rules.wall_clock import instant_of
from hemmavid.rules.working_days import is_working_day

HORIZON_DAYS = 366  # what has not opened or closed in a year is not waited for


class UnknownProfile(LookupError):
    """The municipality has no profile of the code on the day."""


@dataclass(frozen=True, slots=True)
class OpenSpan:
    """Open without a break, half-open [opens_at, closes_at) in UTC."""

    opens_at: datetime
    closes_at: datetime


def profile_of(code: str, on: date, *, parameters: ParameterSet) -> HoursProfile:
    """The profile of the code in force on the day; UnknownProfile otherwise."""
    profiles = parameters.at("hours.profiles", on).hours_profiles.profiles
    if code not in profiles:
        raise UnknownProfile(code)
    return profiles[code]


def is_open(profile: str, at: datetime, *, parameters: ParameterSet) -> bool:
    """Whether the profile is open at the instant: from the opening, up to but not including the closing."""
    spans = _spans_of(profile, local_day(at), parameters)
    return any(span.opens_at <= at < span.closes_at for span in spans)


def next_opening(profile: str, at: datetime, *, parameters: ParameterSet) -> datetime | None:
    """The first opening strictly after the instant, in UTC; None when none comes within a year."""
    spans = _spans_from(profile, at, parameters)
    return next((span.opens_at for span in spans if span.opens_at > at), None)


def next_closing(profile: str, at: datetime, *, parameters: ParameterSet) -> datetime | None:
    """The first closing strictly after the instant, in UTC, whether it is open now or opens before then.

    None when it does not open, or does not close, within a year.
    """
    beyond = day_start(local_day(at) + HORIZON_DAYS * ONE_DAY)
    span = next(_spans_from(profile, at, parameters), None)
    return None if span is None or span.closes_at >= beyond else span.closes_at


def _spans_from(profile: str, at: datetime, parameters: ParameterSet) -> Iterator[OpenSpan]:
    """The spans that are not over at the instant, in order, those that touch across midnight made one."""
    waiting: OpenSpan | None = None
    for number in range(HORIZON_DAYS):
        for span in _spans_of(profile, local_day(at) + number * ONE_DAY, parameters):
            if span.closes_at <= at:
                continue
            if waiting is None:
                waiting = span
            elif span.opens_at <= waiting.closes_at:
                waiting = OpenSpan(waiting.opens_at, max(waiting.closes_at, span.closes_at))
            else:
                yield waiting
                waiting = span
    if waiting is not None:
        yield waiting


def _spans_of(profile: str, day: date, parameters: ParameterSet) -> list[OpenSpan]:
    rows = profile_of(profile, day, parameters=parameters).rows
    spans = [_span(row, day) for row in rows if _is_for(row, day, parameters)]
    # The night the clock skips an hour may close before it opens.
    return sorted(
        (span for span in spans if span.opens_at < span.closes_at),
        key=lambda span: (span.opens_at, span.closes_at),
    )


def _span(row: OpenRow, day: date) -> OpenSpan:
    closes = day_start(day + ONE_DAY) if row.closes is None else instant_of(day, row.closes)
    return OpenSpan(instant_of(day, row.opens), closes)


def _is_for(row: OpenRow, day: date, parameters: ParameterSet) -> bool:
    if row.months and MONTHS[day.month - 1] not in row.months:
        return False
    if row.days is Days.EVERY_DAY:
        return True
    return is_working_day(day, parameters=parameters) is (row.days is Days.WORKING_DAY)
