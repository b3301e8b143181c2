"""A municipality changes a file, never the code, and the hours and kronor follow from that day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month, Period
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.hours_statement import AtomFacts, statement_line
from hemmavid.rules.parameter_files import SHIPPED, load_parameters
from hemmavid.rules.prices import Marks, PriceRow, ProviderKind
from hemmavid.rules.settlement import SettlementLine, SettlementRules, settle_line

SINCE = Period(date(2022, 1, 1))
ROW = PriceRow(ProviderKind.PRIVATE, date(2022, 1, 1), Money(48000), deduction=Money(900))
ONE_RIGHT_MISSING = Marks(has_full_time_right=False)


def settled(folder: Path | None, month: str, code: str) -> SettlementLine | None:
    """Two hours granted, one and a quarter performed."""
    rules = SettlementRules.for_month(Month.parse(month), load_parameters(folder))
    facts = AtomFacts(
        "U1",
        "C1",
        code,
        grants=(GrantFacts(120, Per.MONTH, SINCE, SINCE),),
        performed_microseconds=75 * 60 * 10**6,
        visits=1,
    )
    line = statement_line(facts, rules.statement)
    return settle_line(line, facts, rules.price(ROW, ONE_RIGHT_MISSING), rules)


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "amount"),
    [
        ("payment.model", "2022-10-01", "2023-01-01", "ramtid", "588.75"),
        ("insats.class", 'matdistribution = "cat1"', 'matdistribution = "cat3"', "matdistribution", "588.75"),
        ("insats.class", 'ramtid = "cat1"', 'ramtid = "none"', "ramtid", None),
        ("deduction.when", '"either"', '"both"', "ramtid", "960.00"),
        ("round.hours_decimals", "value = 2", "value = 0", "ramtid", "942.00"),
        ("round.line_decimals", "value = 2", "value = 1", "vak", "588.80"),
    ],
)
def test_a_changed_file_changes_what_is_paid(
    tmp_path: Path, name: str, old: str, new: str, code: str, amount: str | None
) -> None:
    shipped = (SHIPPED / "municipal" / f"{name}.toml").read_text("utf-8")
    assert old in shipped
    (tmp_path / f"{name}.toml").write_text(shipped.replace(old, new), encoding="utf-8")
    line = settled(tmp_path, "2022-11", code)
    assert (line and str(line.amount)) == amount


def test_an_old_month_is_paid_as_it_was_after_a_later_value_is_added(tmp_path: Path) -> None:
    shipped = (SHIPPED / "municipal" / "deduction.when.toml").read_text("utf-8")
    later = '\n[[values]]\nvalid_from = 2023-01-01\nvalue = "both"\nsource = "nytt beslut"\n'
    (tmp_path / "deduction.when.toml").write_text(shipped + later, encoding="utf-8")
    assert settled(tmp_path, "2022-12", "ramtid") == settled(None, "2022-12", "ramtid")
    changed, shipped_line = settled(tmp_path, "2023-01", "ramtid"), settled(None, "2023-01", "ramtid")
    assert changed is not None
    assert shipped_line is not None
    assert (str(changed.amount), str(shipped_line.amount)) == ("960.00", "942.00")
