from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random

import pytest

from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month

AT = datetime(2024, 4, 24, 11, 15, tzinfo=UTC)
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("12.43", "12,43"), ("0", "0,00"), ("1234567.8", f"1{NBSP}234{NBSP}567,80"), ("-5.5", "−5,50")],
)
def test_numbers_have_a_comma_and_hard_spaces(value: str, shown: str) -> None:
    assert swedish.number(Decimal(value)) == shown


def test_a_number_is_never_rounded_in_silence() -> None:
    assert swedish.number(33, 0) == "33"
    with pytest.raises(ValueError, match="decimals"):
        swedish.number(Decimal("0.125"))


def test_a_zero_is_left_blank_where_the_statement_does() -> None:
    assert swedish.number_or_blank(Decimal("0.00")) == ""
    assert swedish.number_or_blank(None) == ""
    assert swedish.number_or_blank(Decimal("0.15")) == "0,15"


def test_hours_and_kronor_carry_their_unit() -> None:
    assert swedish.hours(Decimal("12.43")) == f"12,43{NBSP}h"
    assert swedish.kronor(Money(596640)) == f"5{NBSP}966,40{NBSP}kr"
    assert swedish.signed_kronor(Money(596640)) == f"+5{NBSP}966,40{NBSP}kr"
    assert swedish.signed_kronor(Money(-100)) == f"−1,00{NBSP}kr"


def test_days_and_clocks_are_written_as_in_sweden() -> None:
    assert swedish.long_date(date(2024, 4, 24)) == "24 april 2024"
    assert swedish.short_date(date(2024, 4, 24)) == "2024-04-24"
    assert swedish.clock_text(AT) == f"kl.{NBSP}13.15"
    assert swedish.clock_table(datetime(2024, 1, 24, 8, 5, tzinfo=UTC)) == "09.05"
    assert swedish.moment(AT) == f"24 april 2024 kl.{NBSP}13.15"
    assert swedish.month_name(Month(2022, 11)) == "november 2022"
    assert swedish.weekday_name(date(2024, 4, 24)) == "onsdag"


@pytest.mark.parametrize("seed", range(3))
def test_names_stand_in_swedish_order(seed: int) -> None:
    names = ["Adam", "Ek", "Élan", "von Essen", "Zorn", "Åberg", "Ärlig", "Öberg"]
    mixed = Random(seed).sample(names, len(names))
    assert sorted(mixed, key=swedish.sort_key) == names


def test_a_decomposed_letter_is_the_same_letter() -> None:
    assert swedish.sort_key("A\N{COMBINING RING ABOVE}berg")[0] == swedish.sort_key("Åberg")[0]
