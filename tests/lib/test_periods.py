from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import BEGINNING, Month, Period

DAYS = st.dates(date(2017, 1, 1), date(2030, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 900))
    return Period(start, None if length is None else start + timedelta(length))


class TestPeriod:
    def test_is_never_empty(self) -> None:
        with pytest.raises(ValueError, match="empty period"):
            Period(date(2022, 11, 1), date(2022, 11, 1))

    def test_is_made_of_the_inclusive_days_people_write(self) -> None:
        period = Period.from_inclusive(date(2022, 11, 1), date(2022, 11, 30))
        assert period == Month(2022, 11).period
        assert period.last_day == date(2022, 11, 30)
        assert Period.from_inclusive(BEGINNING, None).last_day is None

    def test_counts_days_unless_it_has_no_end(self) -> None:
        assert Month(2024, 2).period.days() == 29
        with pytest.raises(ValueError, match="without end"):
            Period(date(2024, 2, 1)).days()

    def test_contains_its_start_but_not_its_end(self) -> None:
        period = Period(date(2022, 11, 1), date(2022, 11, 3))
        assert [period.contains(date(2022, 10, 31) + timedelta(n)) for n in range(4)] == [
            False,
            True,
            True,
            False,
        ]
        assert Period(date(2022, 11, 1)).contains(date(2099, 1, 1))

    def test_touching_periods_do_not_overlap(self) -> None:
        day = date(2022, 11, 15)
        assert Period(BEGINNING, day).overlap(Period(day)) is None

    def test_names_the_months_it_touches(self) -> None:
        period = Period(date(2022, 12, 31), date(2023, 2, 1))
        assert list(period.months()) == [Month(2022, 12), Month(2023, 1)]
        endless = Period(date(2022, 12, 31)).months()
        assert [next(endless) for _ in range(3)][-1] == Month(2023, 2)

    @given(one=periods(), other=periods(), day=DAYS)
    def test_a_day_is_in_the_overlap_when_it_is_in_both(self, one: Period, other: Period, day: date) -> None:
        common = one.overlap(other)
        assert (common is not None and common.contains(day)) == (one.contains(day) and other.contains(day))
        assert common == other.overlap(one)


class TestMonth:
    @pytest.mark.parametrize(
        "text",
        [
            "2022-13",
            "2022-00",
            "2022-1",
            "202211",
            "2022-11-01",
            "",
            "nov",
            "２０２２-11",
            "0000-01",
            "0001-01",
            "9999-12",
        ],
    )
    def test_refuses_any_other_form(self, text: str) -> None:
        with pytest.raises(ValueError, match="month"):
            Month.parse(text)

    def test_prints_as_it_is_read(self) -> None:
        assert str(Month.parse("2022-01")) == "2022-01"

    def test_knows_its_days_and_neighbours(self) -> None:
        month = Month(2022, 12)
        assert (month.first_day, month.last_day, month.days) == (date(2022, 12, 1), date(2022, 12, 31), 31)
        assert month.next() == Month(2023, 1)
        assert month.next().previous() == month
        assert Month(2022, 11) < month

    def test_belongs_to_the_day_and_to_the_instant_in_sweden(self) -> None:
        assert Month.of(date(2022, 11, 30)) == Month(2022, 11)
        assert Month.of_instant(datetime(2022, 10, 31, 23, 30, tzinfo=UTC)) == Month(2022, 11)

    @pytest.mark.parametrize(
        ("month", "hours"),
        [("2022-03", 31 * 24 - 1), ("2022-10", 31 * 24 + 1), ("2022-11", 30 * 24), ("2024-02", 29 * 24)],
    )
    def test_is_an_hour_shorter_or_longer_when_the_clock_changes(self, month: str, hours: int) -> None:
        start, end = Month.parse(month).instants()
        assert (end - start) == timedelta(hours=hours)
        assert start.tzinfo is UTC

    def test_begins_at_midnight_in_sweden(self) -> None:
        assert Month(2022, 11).instants()[0] == datetime(2022, 10, 31, 23, tzinfo=UTC)
        assert Month(2022, 7).instants()[0] == datetime(2022, 6, 30, 22, tzinfo=UTC)
