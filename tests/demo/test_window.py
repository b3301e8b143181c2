"""Days and clock of the demo against the standard library."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.demo.window import STOCKHOLM, StockholmTime, Window, first_of_month

DAYS = st.dates(date(2018, 1, 1), date(2035, 12, 31))


@given(day=DAYS, second=st.integers(0, 86_399))
def test_wall_clock_there_and_back_agrees_with_the_standard_library(day: date, second: int) -> None:
    times = StockholmTime(day, day)
    instant = times.instant(day.toordinal(), second)
    local = datetime.fromtimestamp(instant, UTC).astimezone(STOCKHOLM)
    assert times.text(instant) == local.isoformat()
    assert times.second_of_day(instant) == local.hour * 3600 + local.minute * 60 + local.second
    if times.offset(instant - 7200) == times.offset(instant + 7200):
        assert (local.date(), times.second_of_day(instant)) == (day, second)


@pytest.mark.parametrize(
    ("day", "hour", "expected"),
    [
        (date(2026, 3, 29), 1, "2026-03-29T01:00:00+01:00"),
        (date(2026, 3, 29), 4, "2026-03-29T04:00:00+02:00"),
        (date(2026, 10, 25), 1, "2026-10-25T01:00:00+02:00"),
        (date(2026, 10, 25), 2, "2026-10-25T02:00:00+01:00"),
        (date(2026, 10, 25), 25, "2026-10-26T01:00:00+01:00"),
    ],
)
def test_clock_changes(day: date, hour: int, expected: str) -> None:
    times = StockholmTime(day, day)
    assert times.text(times.instant(day.toordinal(), hour * 3600)) == expected


@given(until=DAYS, months=st.integers(1, 24))
def test_months_are_whole_and_the_last_piece_ends_on_until(until: date, months: int) -> None:
    window = Window(until, months)
    pieces = list(window.month_pieces())
    assert len(pieces) == months + 1
    assert pieces[0][0] == window.starts_on
    assert pieces[-1][1] == until
    for (first, last), (following, _) in pairwise(pieces):
        assert first.day == 1
        assert last + timedelta(days=1) == following
    assert window.last_full_month == pieces[-2][0]


def test_first_of_month_over_new_year() -> None:
    assert first_of_month(date(2026, 1, 31), -1) == date(2025, 12, 1)
    assert first_of_month(date(2025, 12, 31), 1) == date(2026, 1, 1)
