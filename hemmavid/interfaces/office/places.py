"""Units a person may narrow a page to, and the months there is something to show for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.answers import address
from hemmavid.interfaces.office.converters import month_in_address
from hemmavid.interfaces.office.parts import Chip, MonthStep
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import ProviderFacts, UnitFacts, parameters_in_use, units_by_id
from hemmavid.rules.hours_statement import StatementRules
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.rules.visit_counting import VisitPolicies
from hemmavid.visits.client_visits import VisitMonths, months_with_visits


def units_within(permission: Permission, *, by: Actor) -> list[UnitFacts]:
    """The units the permission reaches. One query."""
    reach = by.reach(permission)
    return [unit for unit in units_by_id().values() if reach.covers(unit.unit_id)]


def providers_of(units: list[UnitFacts]) -> list[ProviderFacts]:
    """Their providers, each once."""
    return list({unit.provider.provider_id: unit.provider for unit in units}.values())


def unit_chips(units: list[UnitFacts], chosen: UUID | None, kept: dict[str, object]) -> list[Chip]:
    """All, and each unit; nothing to choose between when there is but one."""
    if len(units) < 2:
        return []
    everyone = Chip("Alla", address({**kept, "enhet": None}), is_chosen=chosen is None)
    return [
        everyone,
        *(
            Chip(unit.name, address({**kept, "enhet": unit.code}), is_chosen=unit.unit_id == chosen)
            for unit in units
        ),
    ]


def chosen_unit(units: list[UnitFacts], code: str) -> UnitFacts | None:
    """The unit of a code in the address, if the person may choose it."""
    return next((unit for unit in units if unit.code == code), None)


@dataclass(frozen=True, slots=True)
class Calendar:
    """The running month, and the months between which a person may step."""

    running: Month
    first: Month
    last: Month

    @property
    def last_whole(self) -> Month:
        """The newest month that has ended and has visits; the first when none has ended."""
        newest = min(self.last, self.running.previous())
        return max(newest, self.first)

    def step(self, month: Month, kept: dict[str, object]) -> MonthStep:
        """The month with links to its neighbours, within what there is to see."""
        before, after = month.previous(), month.next()
        return MonthStep(
            month,
            previous_url=address({**kept, "manad": before}) if before >= self.first else "",
            next_url=address({**kept, "manad": after}) if after <= self.last else "",
        )


def calendar(*, at: datetime, by: Actor) -> Calendar:
    """The months with visits the actor may see; only the running one when there are none. One query."""
    running = Month.of_instant(at)
    months = months_with_visits(by=by) or VisitMonths(running, running)
    return Calendar(running, months.first, months.last)


def month_asked_for(text: str, default: Month) -> Month:
    """The month in the address, or the default when it is none."""
    try:
        return month_in_address(text)
    except ValueError:
        return default


def month_with_rules(text: str, default: Month) -> Month:
    """The month in the address, or the default when it is none or lies before the rules we have."""
    month, parameters = month_asked_for(text, default), parameters_in_use()
    try:
        StatementRules.for_month(month, parameters)
        VisitPolicies.for_month(month, parameters)
    except ParameterNotDefined:
        return default
    return month
