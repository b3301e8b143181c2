"""A month in kronor for the first screens: totals, why they changed, where the running month heads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.remembered import Remembered
from hemmavid.lib.clock import local_day
from hemmavid.lib.money import Money
from hemmavid.lib.periods import ONE_DAY, Month
from hemmavid.rules.change_explanation import explain_change
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.forecast import money_forecast
from hemmavid.settlement.proposal import NO_HOURS, Proposal, ProviderProposal
from hemmavid.settlement.queries import settlement_proposal


@dataclass(frozen=True, slots=True)
class ProviderSummary:
    """What one provider is proposed for the month. `previous`: the month before, None without one."""

    code: str
    name: str
    clients: int
    granted_lov_hours: Decimal
    performed_hours: Decimal
    hours: Decimal
    total: Money
    previous: Money | None
    payment_date: date


@dataclass(frozen=True, slots=True)
class MoneySummary:
    """A month's proposal in sums. `previous` is None where the month before cannot be settled."""

    month: Month
    hours: Decimal
    total: Money
    payment_date: date
    as_of: datetime | None
    providers: tuple[ProviderSummary, ...]
    previous: Money | None
    sentences: tuple[str, ...]

    @property
    def difference(self) -> Money | None:
        """Against the month before."""
        return None if self.previous is None else self.total - self.previous


@dataclass(frozen=True, slots=True)
class RunningMonth:
    """What a month gives by today's facts, and what the whole of it is expected to give."""

    month: Month
    so_far: Money
    expected: Money
    through: date


_summaries: Remembered[MoneySummary] = Remembered()
_forecasts: Remembered[RunningMonth | None] = Remembered()


def money_summary(month: Month, *, by: Actor, provider_id: UUID | None = None) -> MoneySummary:
    """The proposal in sums with its change. The same answer is given until the data change.

    Raises Denied without the right to kronor, PriceNotDefined and ParameterNotDefined as the proposal does.
    """
    require(by, Permission.KRONOR_READ)
    return _summaries.get((month, provider_id), lambda: _summary(month, by, provider_id), by=by)


def running_month(
    month: Month, *, today: date, by: Actor, provider_id: UUID | None = None
) -> RunningMonth | None:
    """The forecast by the facts as they stand; None where there is nothing yet, or no price in force.

    The pace is taken from the whole days up to the data's last change: a day under way is not a day.
    """
    require(by, Permission.KRONOR_READ)
    return _forecasts.get(
        (month, today, provider_id), lambda: _forecast(month, today, by, provider_id), by=by
    )


def _summary(month: Month, by: Actor, provider_id: UUID | None) -> MoneySummary:
    current = settlement_proposal(month=month, by=by, provider_id=provider_id)
    try:
        previous = settlement_proposal(month=month.previous(), by=by, provider_id=provider_id)
    except (PriceNotDefined, ParameterNotDefined):
        previous = None
    before = {paid.provider.code: paid.total for paid in previous.providers} if previous else {}
    return MoneySummary(
        month=month,
        hours=current.hours,
        total=current.total,
        payment_date=current.payment_date,
        as_of=current.as_of,
        providers=tuple(_provider(paid, current, before) for paid in current.providers),
        previous=previous.total if previous else None,
        sentences=tuple(explain_change(previous.figures, current.figures)) if previous else (),
    )


def _provider(paid: ProviderProposal, proposal: Proposal, before: Mapping[str, Money]) -> ProviderSummary:
    own = [atom for atom in proposal.books.atoms if atom.unit.provider.code == paid.provider.code]
    return ProviderSummary(
        code=paid.provider.code,
        name=paid.provider.name,
        clients=len({atom.client.client_id for atom in own}),
        granted_lov_hours=sum((atom.line.granted_lov_hours for atom in own), NO_HOURS),
        performed_hours=sum((atom.line.performed_hours for atom in own), NO_HOURS),
        hours=paid.hours,
        total=paid.total,
        previous=before.get(paid.provider.code),
        payment_date=paid.payment_date,
    )


def _forecast(month: Month, today: date, by: Actor, provider_id: UUID | None) -> RunningMonth | None:
    try:
        proposal = settlement_proposal(month=month, by=by, provider_id=provider_id)
    except (PriceNotDefined, ParameterNotDefined):
        return None
    if proposal.as_of is None or not proposal.lines:
        return None
    through = min(local_day(proposal.as_of), today) - ONE_DAY
    money = money_forecast(proposal, through=through)
    return RunningMonth(month, money.so_far, money.expected, through)
