"""Every running case as the policy laboratory takes it: needs, performing unit, size of the household."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.queries.running_needs import running_decisions
from hemmavid.orders.performing_units import performing_units
from hemmavid.organisations.queries import units_by_id
from hemmavid.people.households import household_sizes
from hemmavid.rules.assessed_needs import AssessedNeed
from hemmavid.rules.policy_laboratory import LabCase

NO_UNIT = "Ingen enhet utför än"


@dataclass(frozen=True, slots=True)
class RunningCases:
    """The cases in force on the day; whose each is, by its number; and the names of the units, by code."""

    on: date
    cases: tuple[LabCase, ...]
    clients: Mapping[str, UUID]
    units: Mapping[str, str]


def running_cases(*, on: date, weeks: Fraction, by: Actor) -> RunningCases:
    """One case a decision about frame time in force on the day. Four queries, whatever their number.

    `weeks`: exact weeks per month of the rules, for needs that are granted per month. Raises Denied without
    the right to the laboratory.
    """
    decisions = running_decisions(on=on, by=by)
    units, sizes = performing_units(on=on, by=by), household_sizes(by=by)
    facts = units_by_id()
    assessed: dict[LevelOfNeed, AssessedNeed] = {}
    for need in {need for decision in decisions for need in decision.needs}:
        assessed[need] = need.assessed(weeks)
    cases = tuple(
        LabCase(
            case_id=one.number,
            needs=tuple(assessed[need] for need in one.needs),
            unit=facts[units[one.client_id]].code if one.client_id in units else "",
            household_size=sizes.get(one.client_id, 1),
        )
        for one in decisions
    )
    names = {"": NO_UNIT, **{unit.code: unit.name for unit in facts.values()}}
    return RunningCases(on, cases, {one.number: one.client_id for one in decisions}, names)
