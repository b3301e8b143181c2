from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hemmavid.lib.periods import Month, Period
from hemmavid.rules.forecast import expected_payable
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.hours_statement import AtomFacts, StatementRules, statement_line
from hemmavid.rules.parameter_files import load_parameters

SINCE = Period(date(2022, 1, 1))


def expected(code: str, *, month: str, through: date) -> Decimal:
    """600 minutes a month granted, five hours performed so far."""
    rules = StatementRules.for_month(Month.parse(month), load_parameters())
    facts = AtomFacts(
        "U1",
        "C1",
        code,
        grants=(GrantFacts(600, Per.MONTH, SINCE, SINCE),),
        performed_microseconds=5 * 3600 * 10**6,
        visits=5,
    )
    return expected_payable(statement_line(facts, rules), rules, through=through)


@pytest.mark.parametrize(
    ("code", "month", "through", "hours"),
    [
        ("ramtid", "2022-11", date(2022, 11, 5), "10.00"),  # as granted: known to the month's end
        ("vak", "2022-11", date(2022, 11, 5), "10.00"),  # the pace gives 30 h, the cap 10 h
        ("vak", "2022-11", date(2022, 11, 20), "7.50"),
        ("vak", "2022-11", date(2022, 11, 30), "5.00"),
        ("vak", "2022-11", date(2022, 12, 9), "5.00"),
        ("vak", "2022-11", date(2022, 10, 31), "0.00"),
        ("ramtid", "2022-09", date(2022, 9, 5), "30.00"),  # performed time is paid, without a cap
    ],
)
def test_the_month_is_expected_to_pay(code: str, month: str, through: date, hours: str) -> None:
    assert str(expected(code, month=month, through=through)) == hours
