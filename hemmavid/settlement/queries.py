"""The settlement proposal of a month, and why it differs from the month before (contract.md section 5)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.queries import data_as_of
from hemmavid.care_plans.queries import FirstPlan, first_plans_in
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import UnitFacts, parameters_in_use, units_by_id
from hemmavid.organisations.selection import Selection
from hemmavid.rules.care_plan_bonus import PlanFacts, bonuses_due, settle_bonus
from hemmavid.rules.change_explanation import explain_change
from hemmavid.rules.parameter_files import ParameterNotDefined, ParameterSet
from hemmavid.rules.payment_day import payment_day
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.rules.settlement import SettlementRules, settle_line
from hemmavid.settlement.month import Atom, ClientFacts, month_books, selection_of
from hemmavid.settlement.price_book import PriceBook, price_book
from hemmavid.settlement.proposal import Proposal, ProposalLine, by_provider


@dataclass(frozen=True, slots=True)
class Change:
    """A month's total against the month before. `previous` is None where that month cannot be settled."""

    month: Month
    previous: Money | None
    difference: Money | None
    sentences: tuple[str, ...]


def settlement_proposal(
    *,
    month: Month,
    by: Actor,
    provider_id: UUID | None = None,
    client_id: UUID | None = None,
    unit_id: UUID | None = None,
) -> Proposal:
    """What each provider is to be paid for the month, and why. Ten queries, nothing written.

    Only units where the actor may see kronor. Raises Denied without that right anywhere, PriceNotDefined
    when no price of a provider's kind is in force, ParameterNotDefined when a parameter has no value.
    """
    require(by, Permission.KRONOR_READ)
    units = units_by_id()
    selection = selection_of(
        units,
        by=by,
        permission=Permission.KRONOR_READ,
        unit_id=unit_id,
        client_id=client_id,
        provider_id=provider_id,
    )
    return _proposal(month, by, selection, units)


def change_against_last_month(current: Proposal, *, by: Actor) -> Change:
    """The proposal against that of the month before, same selection: at most three Swedish sentences."""
    require(by, Permission.KRONOR_READ)
    month = current.month.previous()
    try:
        previous = _proposal(month, by, current.selection, units_by_id(), is_for_money=True)
    except (PriceNotDefined, ParameterNotDefined):
        return Change(month, None, None, ())
    sentences = explain_change(previous.figures, current.figures)
    return Change(month, previous.total, current.total - previous.total, tuple(sentences))


def _proposal(
    month: Month,
    by: Actor,
    selection: Selection,
    units: Mapping[UUID, UnitFacts],
    *,
    is_for_money: bool = False,
) -> Proposal:
    parameters = parameters_in_use()
    rules = SettlementRules.for_month(month, parameters)
    books = month_books(
        month,
        by=by,
        selection=selection,
        parameters=parameters,
        units=units,
        is_for_money=is_for_money,
    )
    prices = price_book(rules, by=by, selection=selection)
    lines = [line_of(atom, prices) for atom in books.atoms if atom.line.payable_hours]
    scope = parameters.at("gp_bonus.scope", month.last_day).text
    plans = first_plans_in(month.period, scope=scope, by=by, selection=selection)
    lines += _bonuses(plans, _Bonuses(units, books.clients, prices, parameters))
    paid_on = payment_day(month, parameters)
    providers = by_provider(lines, paid_on)
    total = Money.total(provider.total for provider in providers)
    return Proposal(month, selection, paid_on, providers, total, data_as_of(), books)


def line_of(atom: Atom, prices: PriceBook) -> ProposalLine:
    """What an atom with payable hours is paid. Raises PriceNotDefined without a price in force."""
    price = prices.price(atom.unit.provider, atom.client.client_id, prices.rules.month.last_day)
    hours = atom.line.payable_hours
    return ProposalLine(
        atom.unit,
        atom.client,
        atom.line.intervention,
        hours,
        price.price,
        price.price.times(hours, prices.rules.rounding),
        atom.line,
        partial(settle_line, atom.line, atom.facts, price, prices.rules),
    )


@dataclass(frozen=True, slots=True)
class _Bonuses:
    """What the bonuses for care plans are worked out from."""

    units: Mapping[UUID, UnitFacts]
    clients: Mapping[UUID, ClientFacts]
    prices: PriceBook
    parameters: ParameterSet


def _bonuses(plans: list[FirstPlan], known: _Bonuses) -> list[ProposalLine]:
    """Two hours for the first approved care plan of a client with a provider (R197, A11)."""
    units = {unit.code: unit for unit in known.units.values()}
    clients = {client.code: client for client in known.clients.values()}
    facts = [
        PlanFacts(
            known.clients[plan.client_id].code,
            known.units[plan.unit_id].code,
            known.units[plan.unit_id].provider.code,
            plan.approved_on,
            plan.number,
        )
        for plan in plans
    ]
    lines = []
    for plan in bonuses_due(facts, known.prices.rules.month, known.parameters):
        unit, client = units[plan.unit], clients[plan.client]
        price = known.prices.price(unit.provider, client.client_id, plan.approved_on)
        settle = partial(settle_bonus, plan, price, known.prices.rules, known.parameters)
        settled = settle()
        if settled is not None:
            lines.append(
                ProposalLine(
                    unit,
                    client,
                    settled.intervention,
                    settled.hours,
                    settled.price,
                    settled.amount,
                    None,
                    settle,
                )
            )
    return lines
