"""Reads a golden case (tests/golden/*.toml) and carries it through the rules as a month is carried.

A case has a name, its rule numbers, a month and rows in the columns of the import folder (contract.md
section 3); dates are inclusive. Anything left out has an ordinary value: unit U1, client C1, provider P1.
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month, Period
from hemmavid.rules import care_plan_bonus, hours_statement, prices, settlement, visit_counting
from hemmavid.rules.absence import Absence
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.interventions import FRAME_TIME
from hemmavid.rules.parameter_files import DatedValue, Parameter, ParameterSet, load_parameters
from hemmavid.rules.parameter_schema import SCHEMA

GOLDEN = Path(__file__).parent.parent / "golden"
Row = dict[str, Any]


@lru_cache
def cases() -> list[Row]:
    """Every case of every file, with the file's name."""
    return [
        {**case, "file": path.name}
        for path in sorted(GOLDEN.glob("*.toml"))
        for case in tomllib.loads(path.read_text("utf-8"), parse_float=Decimal)["case"]
    ]


def cases_with(key: str) -> list[Row]:
    """The cases that expect something of one kind."""
    return [case for case in cases() if key in case]


class GoldenMonth:
    """One case with its rules looked up."""

    def __init__(self, case: Row) -> None:
        self.case = case
        self.month = Month.parse(case["month"])
        self.parameters = parameters_of(case)
        self.rules = settlement.SettlementRules.for_month(self.month, self.parameters)
        self.deceased: dict[str, date] = {
            row["client"]: row["deceased_on"] for row in case.get("clients", []) if "deceased_on" in row
        }

    def atoms(self) -> list[hours_statement.AtomFacts]:
        """The facts of every atom that has a grant or a counted visit."""
        grants: defaultdict[tuple[str, str, str], list[GrantFacts]] = defaultdict(list)
        for row in self.case.get("grants", []):
            grants[key_of(row)].append(grant_of(row))
        policies = visit_counting.VisitPolicies.for_month(self.month, self.parameters)
        done = {
            (key.unit, key.client, key.intervention): figures
            for key, figures in visit_counting.performed(
                self.visits(), self.month, policies, self.deceased
            ).items()
        }
        return [self._atom(key, grants, done) for key in sorted(grants.keys() | done.keys())]

    def lines(self) -> list[hours_statement.StatementLine]:
        """The lines of the hours statement."""
        return [hours_statement.statement_line(atom, self.rules.statement) for atom in self.atoms()]

    def visits(self) -> list[visit_counting.VisitFacts]:
        """The visits; `times` repeats a row as visits of their own."""
        return [
            visit_of(row, f"{number}-{copy}")
            for number, row in enumerate(self.case.get("visits", []))
            for copy in range(row.get("times", 1))
        ]

    def settlement_lines(self) -> list[settlement.SettlementLine]:
        """The lines of the settlement, as its one provider is paid."""
        lines = []
        for atom in self.atoms():
            line = hours_statement.statement_line(atom, self.rules.statement)
            price = self._price(atom.client, self.month.last_day)
            lines.append(settlement.settle_line(line, atom, price, self.rules))
        plans = [plan_of(row, number) for number, row in enumerate(self.case.get("plans", []))]
        for plan in care_plan_bonus.bonuses_due(plans, self.month, self.parameters):
            price = self._price(plan.client, plan.approved_on)
            lines.append(care_plan_bonus.settle_bonus(plan, price, self.rules, self.parameters))
        paid = settlement.provider_settlement("P1", lines, self.month.next().first_day)
        return list(paid.lines) if paid else []

    def _price(self, client: str, day: date) -> prices.ComposedPrice:
        provider = self.case.get("provider", {})
        kind = prices.ProviderKind(provider.get("kind", "private"))
        row = prices.price_in_force(price_rows(self.case), kind, day)
        rural = {row["client"]: row.get("rural") == "yes" for row in self.case.get("clients", [])}
        marks = prices.Marks(
            rural.get(client, False),
            provider.get("full_time_right", "yes") == "yes",
            provider.get("coherent_hours_right", "yes") == "yes",
        )
        return self.rules.price(row, marks)

    def _atom(self, key: tuple[str, str, str], grants: Any, done: Any) -> hours_statement.AtomFacts:
        unit, client, _ = key
        deceased_on = self.deceased.get(client)
        figures = done.get(key, visit_counting.Performed(0, 0))
        frame = grants.get((unit, client, FRAME_TIME), [])
        return hours_statement.AtomFacts(
            *key,
            grants=tuple(grants.get(key, ())),
            absences=tuple(
                Absence(row["from"], row.get("to"))
                for row in self.case.get("absences", [])
                if row.get("client", "C1") == client
            ),
            deceased_on=deceased_on,
            performed_microseconds=figures.microseconds,
            visits=figures.visits,
            has_frame_time=hours_statement.covers_a_day(frame, self.month, deceased_on),
        )


def parameters_of(case: Row) -> ParameterSet:
    """The shipped parameters, with the case's own values for all time in place of some."""
    changed = {}
    shipped = {parameter.name: parameter for parameter in load_parameters()}
    for name, value in case.get("parameters", {}).items():
        unit = shipped[name].unit
        # A case may give a part of a table; everything else is read as from a file.
        checked = value if isinstance(value, dict) else SCHEMA[name].form.read(value)
        changed[name] = Parameter(name, unit, (DatedValue(name, unit, checked, date(2000, 1, 1), "fallet"),))
    return ParameterSet({**shipped, **changed})


def key_of(row: Row) -> tuple[str, str, str]:
    """Unit, client and intervention of a row."""
    return row.get("unit", "U1"), row.get("client", "C1"), row.get("intervention", FRAME_TIME)


def grant_of(row: Row) -> GrantFacts:
    """A grant; in effect from its first day unless the row says when, or `in_effect_from = ""` for never."""
    period = Period.from_inclusive(row["from"], row.get("to"))
    start = row.get("in_effect_from", row["from"])
    in_effect = Period.from_inclusive(start, row.get("in_effect_to")) if start else None
    return GrantFacts(row["minutes"], Per(row.get("per", "week")), period, in_effect)


def visit_of(row: Row, code: str) -> visit_counting.VisitFacts:
    """A visit; tagged at both ends unless the row says otherwise. `minutes` instead of an end is allowed."""
    unit, client, intervention = key_of(row)
    end = row.get("end") or row["start"] + timedelta(minutes=row["minutes"])
    approved = {"yes": True, "no": False, "": None}[row.get("approved", "")]
    return visit_counting.VisitFacts(
        visit=row.get("visit", code),
        unit=unit,
        client=client,
        intervention=intervention,
        started_at=row["start"],
        ended_at=end,
        start_method=row.get("start_method", "tag"),
        end_method=row.get("end_method", "tag"),
        is_approved=approved,
        status=row.get("status", "performed"),
    )


def plan_of(row: Row, number: int) -> care_plan_bonus.PlanFacts:
    """An approved care plan."""
    return care_plan_bonus.PlanFacts(
        row.get("client", "C1"),
        row.get("unit", "U1"),
        row.get("provider", "P1"),
        row["approved_on"],
        number,
    )


def price_rows(case: Row) -> list[prices.PriceRow]:
    """The price rows; without any, 480 kr private and 470 kr municipal, 21 kr rural, 9 kr deduction."""
    ordinary = [
        {"kind": kind, "base": base, "rural_supplement": "21.00", "deduction": "9.00"}
        for kind, base in (("private", "480.00"), ("municipal", "470.00"))
    ]
    return [
        prices.PriceRow(
            prices.ProviderKind(row.get("kind", "private")),
            row.get("valid_from", date(2018, 1, 1)),
            *(Money.from_kronor(row.get(key, "0")) for key in ("base", "rural_supplement", "deduction")),
            decided_by="vård- och omsorgsnämnden",
            reference="prislista",
        )
        for row in case.get("prices", ordinary)
    ]
