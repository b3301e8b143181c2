"""Where the running month is heading, for the settlement's first page and the start page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.lib import clock
from hemmavid.lib.money import Money
from hemmavid.lib.periods import ONE_DAY, Month
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.settlement.forecast import money_forecast
from hemmavid.settlement.queries import settlement_proposal


@dataclass(frozen=True, slots=True)
class RunningMonth:
    """The month, what it gives by today's facts, and what the whole of it is expected to give."""

    month: Month
    so_far: Money
    expected: Money
    through: date


def running_month(
    request: OfficeRequest, month: Month, provider_id: UUID | None = None
) -> RunningMonth | None:
    """The forecast by the facts as they stand; None where there is nothing yet, or no price in force.

    The pace is taken from the whole days up to the data's last change: a day under way is not a day.
    """
    try:
        proposal = settlement_proposal(month=month, by=request.actor, provider_id=provider_id)
    except (PriceNotDefined, ParameterNotDefined):
        return None
    if proposal.as_of is None or not proposal.lines:
        return None
    through = min(clock.local_day(proposal.as_of), clock.local_day(request.now)) - ONE_DAY
    money = money_forecast(proposal, through=through)
    return RunningMonth(month, money.so_far, money.expected, through)
