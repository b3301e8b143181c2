"""Both sides of a change before it is made: what it does to frame time, and to what providers are paid.

Nothing is written. The facts of one client are loaded, altered as the plan says, and run through the same
pure rules as the hours statement and the settlement, so that a preview is the figure that follows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.orders.grant_plan import GrantPlan, Opened, StoredGrant, facts_after
from hemmavid.orders.grant_writes import grants_of_client, months_too_late
from hemmavid.orders.queries import GrantOfUnit
from hemmavid.organisations.queries import UnitFacts, parameters_in_use, units_by_id
from hemmavid.rules.explanation import Step
from hemmavid.rules.interventions import FRAME_TIME, LOV_CODES
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.rules.settlement import SettlementRules
from hemmavid.settlement.month import Atom, MonthBooks, Supposed, month_books, selection_of
from hemmavid.settlement.price_book import PriceBook, price_book
from hemmavid.settlement.proposal import NO_HOURS
from hemmavid.settlement.queries import line_of

MOST_MONTHS = 36


@dataclass(frozen=True, slots=True)
class Figures:
    """What a unit is paid for a client in a month. `amount` None: not for the reader, or no price."""

    hours: Decimal
    amount: Money | None


@dataclass(frozen=True, slots=True)
class UnitMonth:
    """A month at a unit before and after. `is_locked`: the difference goes to billing (R299)."""

    month: Month
    unit_id: UUID
    unit: str
    before: Figures
    after: Figures
    is_locked: bool
    explanation: tuple[str, ...]

    @property
    def hours_difference(self) -> Decimal:
        """Payable hours more (or less) than before."""
        return self.after.hours - self.before.hours

    @property
    def amount_difference(self) -> Money | None:
        """Kronor more (or less) than before; None when not known to the reader."""
        if self.before.amount is None or self.after.amount is None:
            return None
        return self.after.amount - self.before.amount


@dataclass(frozen=True, slots=True)
class TwoSidedPreview:
    """The client's side and the providers' side of a change from a day."""

    from_day: date
    frame_minutes_before: int
    frame_minutes_after: int
    months: tuple[UnitMonth, ...]

    @property
    def shows_kronor(self) -> bool:
        """Whether any amount is the reader's to see."""
        return any(month.amount_difference is not None for month in self.months)

    @property
    def has_locked(self) -> bool:
        """Whether part of it goes to billing as a correction."""
        return any(month.is_locked for month in self.months)


@dataclass(frozen=True, slots=True)
class Change:
    """What is proposed: the grants' plan, and a day of death when that is what changes."""

    client_id: UUID
    plan: GrantPlan
    deceased_on: date | None = None


def two_sided_preview(change: Change, *, by: Actor, at: datetime) -> TwoSidedPreview:
    """Frame time and payable hours before and after, month by month, for units the actor reaches.

    Kronor only with the right to them. Raises Denied without the right to hours, and ParameterNotDefined for
    a day before the rules begin.
    """
    require(by, Permission.HOURS_READ)
    stored = grants_of_client(change.client_id, by=by)
    after = facts_after(stored, change.plan)
    from_day = change.plan.from_day
    known = _Known(change, tuple(_of_units(after)), units_by_id(), by)
    late = frozenset(months_too_late(change.plan, at=at))
    months = tuple(
        row for month in _months(from_day, at) for row in _rows(known, month, is_locked=month in late)
    )
    return TwoSidedPreview(
        from_day,
        _frame_minutes([_as_opened(grant) for grant in stored], from_day),
        _frame_minutes(after, from_day),
        months,
    )


@dataclass(frozen=True, slots=True)
class _Known:
    change: Change
    grants_after: tuple[GrantOfUnit, ...]
    units: dict[UUID, UnitFacts]
    by: Actor


def _months(from_day: date, at: datetime) -> Iterator[Month]:
    """From the month of the change through the running one, and at least one whole month after the day."""
    month = Month.of(from_day)
    last = max(Month.of_instant(at), month.next())
    for _ in range(MOST_MONTHS):
        if month > last:
            return
        yield month
        month = month.next()


def _rows(known: _Known, month: Month, *, is_locked: bool) -> Iterator[UnitMonth]:
    before, after = _books(known, month, supposed=False), _books(known, month, supposed=True)
    prices = _prices(known, month)
    for unit_id in sorted({*_units(before), *_units(after)}, key=lambda key: known.units[key].name):
        was, becomes = _figures(before, unit_id, prices), _figures(after, unit_id, prices)
        if was == becomes:
            continue
        unit = known.units[unit_id].name
        told = tuple(_told(month, was, becomes, unit))
        yield UnitMonth(month, unit_id, unit, was, becomes, is_locked, told)


def _books(known: _Known, month: Month, *, supposed: bool) -> MonthBooks:
    selection = selection_of(
        known.units, by=known.by, permission=Permission.HOURS_READ, client_id=known.change.client_id
    )
    return month_books(
        month,
        by=known.by,
        selection=selection,
        parameters=parameters_in_use(),
        units=known.units,
        supposed=Supposed(_reached(known), known.change.deceased_on) if supposed else None,
    )


def _reached(known: _Known) -> tuple[GrantOfUnit, ...]:
    reach = known.by.reach(Permission.HOURS_READ)
    return tuple(grant for grant in known.grants_after if reach.covers(grant.unit_id))


def _prices(known: _Known, month: Month) -> PriceBook | None:
    if not known.by.may(Permission.KRONOR_READ):
        return None
    selection = selection_of(
        known.units, by=known.by, permission=Permission.KRONOR_READ, client_id=known.change.client_id
    )
    rules = SettlementRules.for_month(month, parameters_in_use())
    return price_book(rules, by=known.by, selection=selection)


def _units(books: MonthBooks) -> set[UUID]:
    return {atom.unit.unit_id for atom in books.atoms}


def _figures(books: MonthBooks, unit_id: UUID, prices: PriceBook | None) -> Figures:
    atoms = [atom for atom in books.atoms if atom.unit.unit_id == unit_id]
    hours = sum((atom.line.payable_hours for atom in atoms), NO_HOURS)
    return Figures(hours, None if prices is None else amount_of(atoms, prices))


def amount_of(atoms: list[Atom], prices: PriceBook) -> Money | None:
    """What the atoms are paid; None when a price is not in force."""
    try:
        return Money.total(line_of(atom, prices).amount for atom in atoms if atom.line.payable_hours)
    except PriceNotDefined:
        return None


def _told(month: Month, before: Figures, after: Figures, unit: str) -> Iterator[str]:
    sentence = (
        f"{unit}, {swedish.month_name(month)}: {swedish.hours(before.hours)} ersättningsgrundande tid "
        f"blir {swedish.hours(after.hours)}"
    )
    yield Step(f"{sentence} (R295, R298).", "R295, R298").sentence
    if before.amount is not None and after.amount is not None:
        yield f"{swedish.kronor(before.amount)} blir {swedish.kronor(after.amount)}."


def _of_units(grants: list[Opened]) -> Iterator[GrantOfUnit]:
    for grant in grants:
        if grant.intervention in LOV_CODES and grant.facts.in_effect is not None:
            yield GrantOfUnit(grant.unit_id, grant.client_id, grant.intervention, grant.facts)


def _as_opened(grant: StoredGrant) -> Opened:
    return Opened(grant.unit_id, grant.client_id, grant.intervention, grant.facts)


def _frame_minutes(grants: list[Opened], day: date) -> int:
    """Whole minutes a week of frame time granted on the day, in effect or not."""
    return sum(
        grant.facts.minutes
        for grant in grants
        if grant.intervention == FRAME_TIME and grant.facts.period.contains(day)
    )
