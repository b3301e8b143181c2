"""Two hours for the first approved care plan of a new client (R197, A11; contract.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from hemmavid.lib import swedish
from hemmavid.lib.periods import Month
from hemmavid.rules.explanation import parameter_step
from hemmavid.rules.hours_statement import PaymentModel
from hemmavid.rules.interventions import CARE_PLAN
from hemmavid.rules.parameter_files import ParameterSet
from hemmavid.rules.prices import ComposedPrice
from hemmavid.rules.settlement import SettlementLine, SettlementRules, settled_bonus


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """An approved care plan. `row` is its place in the file: of one day, the first row stands."""

    client: str
    unit: str
    provider: str
    approved_on: date
    row: int = 0


def first_approvals(plans: Iterable[PlanFacts], scope: str) -> list[PlanFacts]:
    """The approval that holds the right to the bonus: one per client and provider, or per client (A11).

    Needs all plans ever approved, of every unit, in any order. Ordered by client and provider.
    """
    first: dict[tuple[str, str], PlanFacts] = {}
    for plan in sorted(plans, key=lambda plan: (plan.approved_on, plan.row, plan.unit)):
        first.setdefault((plan.client, plan.provider if scope == "provider" else ""), plan)
    return sorted(first.values(), key=lambda plan: (plan.client, plan.provider))


def bonuses_due(plans: Iterable[PlanFacts], month: Month, parameters: ParameterSet) -> list[PlanFacts]:
    """The first approvals of the month that are paid.

    An approval under the model of performed time uses the right up and is not paid.
    """
    parameters.at("gp_bonus.reset_months", month.last_day)  # a gap is an error; 0 (never) is honoured
    scope = parameters.at("gp_bonus.scope", month.last_day).text
    return [
        plan
        for plan in first_approvals(plans, scope)
        if month.period.contains(plan.approved_on)
        and parameters.at("payment.model", plan.approved_on).text == PaymentModel.GRANTED
    ]


def settle_bonus(
    plan: PlanFacts, price: ComposedPrice, rules: SettlementRules, parameters: ParameterSet
) -> SettlementLine | None:
    """The line of a bonus that is due; None when the municipality pays zero hours.

    `price` is composed from the row and the marks of the approval day.
    """
    hours = parameters.at("gp_bonus.hours", plan.approved_on)
    sentence = (
        f"Första godkända genomförandeplanen, godkänd {plan.approved_on.isoformat()}, "
        f"ger {swedish.number(hours.decimal)}{swedish.HARD_SPACE}h"
    )
    inputs = {"approved_on": plan.approved_on.isoformat(), "hours": str(hours.decimal)}
    why = parameter_step(sentence, "R197", hours, inputs)
    return settled_bonus((plan.client, plan.unit, CARE_PLAN), hours, price, rules, why)
