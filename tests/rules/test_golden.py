"""The golden cases: examples a case officer can read and judge, each with its rule numbers."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from hemmavid.lib.periods import Month
from hemmavid.rules.hours_statement import StatementRow, statement_rows, statement_total
from hemmavid.rules.payment_day import payment_day
from hemmavid.rules.visit_counting import VisitPolicies, judge_visit
from tests.rules.golden_month import GoldenMonth, Row, cases, cases_with, parameters_of, visit_of

RULE = re.compile(r"R[0-9]{3}|A[0-9]{1,2}|S[0-9]{2}|contract\.md [0-9]")
HOURS = ("granted_hours", "absence_hours", "granted_lov_hours", "performed_hours", "payable_hours")


def by_name(key: str) -> Any:
    return pytest.mark.parametrize("case", [pytest.param(c, id=c["name"]) for c in cases_with(key)])


def shown(row: StatementRow) -> Row:
    """A row as the contract's JSON writes it."""
    figures: Row = {name: f"{getattr(row, name):.2f}" for name in HOURS}
    figures["visits"] = row.visits
    figures["hours_per_visit"] = "" if row.hours_per_visit is None else f"{row.hours_per_visit:.2f}"
    figures["wrong_intervention"] = row.wrong_intervention
    figures["intervention"] = row.intervention
    return figures


def assert_row(row: StatementRow, expected: Row) -> None:
    figures = shown(row)
    assert {key: figures[key] for key in expected} == expected


@by_name("statement")
def test_the_hours_statement_has_the_rows_of_the_case(case: Row) -> None:
    rows = statement_rows(GoldenMonth(case).lines())
    assert [row.intervention for row in rows] == [row["intervention"] for row in case["statement"]]
    for row, expected in zip(rows, case["statement"], strict=True):
        assert_row(row, expected)


@by_name("total")
def test_the_hours_statement_has_the_total_of_the_case(case: Row) -> None:
    assert_row(statement_total(GoldenMonth(case).lines()), case["total"])


@by_name("settlement")
def test_the_settlement_has_the_lines_of_the_case(case: Row) -> None:
    lines = GoldenMonth(case).settlement_lines()
    found = [
        {
            "client": line.client,
            "unit": line.unit,
            "intervention": line.intervention,
            "hours": str(line.hours),
            "price": str(line.price),
            "amount": str(line.amount),
        }
        for line in lines
    ]
    because = [row.get("because", []) for row in case["settlement"]]
    assert found == [
        {"client": "C1", "unit": "U1", **{key: value for key, value in row.items() if key != "because"}}
        for row in case["settlement"]
    ]
    for line, sentences in zip(lines, because, strict=True):
        told = "\n".join(line.because).replace("\N{NO-BREAK SPACE}", " ")
        assert [sentence for sentence in sentences if sentence not in told] == []


@by_name("counts")
def test_the_visit_counts_or_not_with_the_reason_of_the_case(case: Row) -> None:
    policies = VisitPolicies.for_month(Month.parse(case["month"]), parameters_of(case))
    judgement = judge_visit(visit_of(case["visit"], "V1"), policies, case.get("deceased_on"))
    assert judgement.counts == case["counts"]
    assert case["reason"] in judgement.reason


@by_name("payment_day")
def test_the_month_is_paid_on_the_day_of_the_case(case: Row) -> None:
    paid_on: date = payment_day(Month.parse(case["month"]), parameters_of(case))
    assert paid_on == case["payment_day"]


def test_there_are_at_least_forty_cases_each_with_a_name_of_its_own_and_its_rules() -> None:
    names = [case["name"] for case in cases()]
    assert len(names) >= 40
    assert len(set(names)) == len(names)
    assert [case["name"] for case in cases() if not case["rules"]] == []
    assert [rule for case in cases() for rule in case["rules"] if not RULE.fullmatch(rule)] == []


def test_no_case_is_left_unread() -> None:
    kinds = {"statement", "total", "settlement", "counts", "payment_day", "answer"}
    kinds |= {"frame_time", "level", "outside", "refused", "comparison", "review"}
    kinds |= {"granted_minutes", "as_if"}
    assert [case["name"] for case in cases() if not kinds & case.keys()] == []
