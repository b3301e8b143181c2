"""The month in sums, and where the running month is heading; both say so when they cannot be told."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.audit.operations import record_data_change
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.organisations.models import Price
from hemmavid.rules.interventions import CARE_PLAN
from hemmavid.settlement.proposal import NothingToExplain, ProposalLine
from hemmavid.settlement.queries import settlement_proposal
from hemmavid.settlement.summary import money_summary, running_month
from tests.settlement.town import Town

NOVEMBER = Month(2022, 11)
MID_NOVEMBER = date(2022, 11, 16)


@pytest.fixture
def town(as_system: None) -> Town:
    town = Town()
    record_data_change(what="test", rows=1, at=datetime(2022, 11, 16, 6, 0, tzinfo=UTC))
    return town


def test_the_sums_are_those_of_the_proposal(town: Town) -> None:
    summary = money_summary(NOVEMBER, by=SYSTEM)
    assert summary.total == settlement_proposal(month=NOVEMBER, by=SYSTEM).total
    assert Money.total(one.total for one in summary.providers) == summary.total


def test_a_month_whose_forerunner_has_no_price_stands_alone(town: Town) -> None:
    Price.objects.update(valid_from=date(2022, 11, 1))
    summary = money_summary(NOVEMBER, by=SYSTEM)
    assert summary.previous is None
    assert summary.sentences == ()


def test_a_running_month_expects_at_least_what_it_has_given_so_far(town: Town) -> None:
    running = running_month(NOVEMBER, today=MID_NOVEMBER, by=SYSTEM)
    assert running is not None
    assert running.through == date(2022, 11, 15)
    assert running.expected.ore >= running.so_far.ore > 0


def test_a_running_month_without_a_price_has_no_forecast(town: Town) -> None:
    Price.objects.update(valid_from=date(2030, 1, 1))
    assert running_month(NOVEMBER, today=MID_NOVEMBER, by=SYSTEM) is None


def test_a_month_without_anything_to_pay_has_no_forecast(as_system: None) -> None:
    assert running_month(NOVEMBER, today=MID_NOVEMBER, by=SYSTEM) is None


def test_a_municipality_that_pays_no_hours_for_a_plan_gets_no_line_for_it(
    town: Town, tmp_path: Path, settings
) -> None:
    assert any(
        line.intervention == CARE_PLAN for line in settlement_proposal(month=NOVEMBER, by=SYSTEM).lines
    )
    (tmp_path / "gp_bonus.hours.toml").write_text(
        'name = "gp_bonus.hours"\nunit = "hours"\n\n[[values]]\nvalid_from = 2000-01-01\nvalue = 0.00\n'
        'source = "prov"\n',
        encoding="utf-8",
    )
    settings.PARAMETERS_FOLDER = str(tmp_path)
    lines = settlement_proposal(month=NOVEMBER, by=SYSTEM).lines
    assert all(line.intervention != CARE_PLAN for line in lines)


def test_a_line_that_gives_nothing_has_nothing_to_explain(town: Town) -> None:
    line = settlement_proposal(month=NOVEMBER, by=SYSTEM).lines[0]
    empty = ProposalLine(
        line.unit, line.client, line.intervention, line.hours, line.price, line.amount, None, lambda: None
    )
    with pytest.raises(NothingToExplain):
        _ = empty.explanation
