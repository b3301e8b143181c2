from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, ROUND_UP, Decimal
from typing import Any

import pytest
import time_machine
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib import clock, hours
from hemmavid.lib.money import Money
from hemmavid.lib.rounding import Rounding, RoundingMode, divide

PYTHON_MODES = {
    RoundingMode.HALF_UP: ROUND_HALF_UP,
    RoundingMode.HALF_EVEN: ROUND_HALF_EVEN,
    RoundingMode.UP: ROUND_UP,
    RoundingMode.DOWN: ROUND_DOWN,
}


PART_OF_A_KRONA: tuple[Any, ...] = (0.1,)


class TestRounding:
    @given(
        numerator=st.integers(-(10**6), 10**6),
        denominator=st.sampled_from([1, 2, 4, 5, 8, 10, 16, 25, 40, 100]),
        mode=st.sampled_from(RoundingMode),
    )
    def test_is_that_of_pythons_decimals(self, numerator: int, denominator: int, mode: RoundingMode) -> None:
        exact = Decimal(numerator) / denominator
        assert divide(numerator, denominator, mode) == exact.quantize(Decimal(1), PYTHON_MODES[mode])

    @pytest.mark.parametrize(("decimals", "shown"), [(2, 1243), (1, 1240), (0, 1200)])
    def test_keeps_hundredths_whatever_its_decimals(self, decimals: int, shown: int) -> None:
        assert Rounding(decimals).hundredths(1243, 100) == shown

    def test_refuses_decimals_that_hundredths_cannot_hold(self) -> None:
        with pytest.raises(ValueError, match="decimals"):
            Rounding(3)


class TestHours:
    def test_are_decimal_hours_and_not_hours_and_minutes(self) -> None:
        assert str(hours.hours_from_seconds(9 * 60)) == "0.15"
        assert str(hours.hours_from_seconds(29_268)) == "8.13"
        assert str(hours.hours_from_seconds(Decimal("29268.000001"))) == "8.13"

    def test_hold_a_half_exactly(self) -> None:
        assert str(hours.hours_from_seconds(18)) == "0.01"
        assert str(hours.hours_from_seconds(Decimal("17.999999"))) == "0.00"

    def test_refuse_what_was_never_rounded(self) -> None:
        assert hours.as_hundredths(Decimal("12.43")) == 1243
        with pytest.raises(ValueError, match="two decimals"):
            hours.as_hundredths(Decimal("12.431"))

    def test_per_visit_is_the_quotient_of_the_figures_shown(self) -> None:
        assert str(hours.hours_per_visit(Decimal("8.28"), 33)) == "0.25"
        assert hours.hours_per_visit(Decimal("0.00"), 0) is None


class TestMoney:
    def test_prints_kronor_with_a_point(self) -> None:
        assert str(Money.from_kronor("480.00").times(Decimal("12.43"))) == "5966.40"
        assert str(Money(-5)) == "-0.05"

    def test_rounds_a_half_ore_up_once(self) -> None:
        assert Money.from_kronor("480.50").times(Decimal("0.13")) == Money(6247)

    def test_adds_and_orders(self) -> None:
        assert Money(150) + Money(50) - Money(25) == -Money(-175)
        assert Money.total([Money(1), Money(2)]) == Money(3)
        assert Money(1) < Money(2)
        assert Money.from_kronor(7).kronor == Decimal("7.00")

    def test_refuses_parts_of_an_ore_and_floats(self) -> None:
        with pytest.raises(ValueError, match="öre"):
            Money.from_kronor("1.005")
        with pytest.raises(TypeError):
            Money.from_kronor(*PART_OF_A_KRONA)


class TestClock:
    @time_machine.travel(datetime(2022, 10, 31, 23, 30, tzinfo=UTC), tick=False)
    def test_tells_the_instant_in_utc_and_the_day_in_sweden(self) -> None:
        assert clock.now() == datetime(2022, 10, 31, 23, 30, tzinfo=UTC)
        assert clock.today() == date(2022, 11, 1)

    def test_refuses_an_instant_without_offset(self) -> None:
        with pytest.raises(ValueError, match="offset"):
            clock.local_day(datetime(2022, 11, 1, tzinfo=UTC).replace(tzinfo=None))

    def test_shows_the_wall_clock(self) -> None:
        assert clock.local(datetime(2022, 7, 1, 6, 2, tzinfo=UTC)).hour == 8
