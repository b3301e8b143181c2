"""Changes of orders that reach back in time, carried out with the correction that billing needs (R299-R309).

The same operations as in `orders`, wrapped: locked months are measured before and after, within one
transaction, and a difference becomes a correction and a message to billing. Late is never an error.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.policy import Permission
from hemmavid.access.scope import scoped
from hemmavid.lib.money import Money
from hemmavid.lib.periods import ONE_DAY, Month, Period
from hemmavid.orders.models import CorrectionCause, Ending, EndingReason, Grant, Order
from hemmavid.orders.operations import deaths, endings, following, receiving, versions
from hemmavid.orders.operations.corrections import MonthDifference, NewCorrection, record_correction
from hemmavid.orders.operations.endings import Confirmation, NewEnding
from hemmavid.orders.operations.following import Concerned
from hemmavid.orders.operations.versions import NewVersion
from hemmavid.organisations.queries import parameters_in_use, units_by_id
from hemmavid.rules.period_lock import locked_months
from hemmavid.rules.settlement import SettlementRules
from hemmavid.settlement.month import month_books, selection_of
from hemmavid.settlement.previews import Figures, amount_of
from hemmavid.settlement.price_book import price_book
from hemmavid.settlement.proposal import NO_HOURS

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far back a change goes, for whom, and why. `from_unit_id`: the unit that registers it."""

    client_id: UUID
    since: date
    cause: CorrectionCause
    order_id: UUID | None = None
    from_unit_id: UUID | None = None


@transaction.atomic
def carry_out(reach: Reach, change: Callable[[], Result], *, by: Actor, at: datetime) -> Result:
    """Make the change; where it alters locked months, write what billing must correct. Raises what it raises.

    The change must be told that it is weighed.
    """
    locks = locked_months(affects=Period(reach.since), registered_at=at, parameters=parameters_in_use())
    months = [lock.month for lock in locks]
    before = _measured(reach.client_id, months)
    result = change()
    after = _measured(reach.client_id, months)
    _correct(reach, months, before, after, by=by, at=at)
    return result


def end_order(
    new: NewEnding,
    confirmation: Confirmation,
    *,
    order_id: UUID,
    expected_revision: int,
    by: Actor,
    at: datetime,
) -> UUID:
    """As `orders.operations.endings.end_order`, late or not."""
    order = Order.objects.visible_to(by).get(pk=order_id)
    reach = Reach(order.client_id, _first_day(order, new), CorrectionCause.ENDING, order.pk)

    def change() -> UUID:
        return endings.end_order(
            new,
            confirmation,
            order_id=order_id,
            expected_revision=expected_revision,
            by=by,
            at=at,
            is_weighed=True,
        )

    return carry_out(reach, change, by=by, at=at)


def confirm_ending(
    confirmation: Confirmation, *, ending_id: UUID, last_day: date, by: Actor, at: datetime
) -> None:
    """As `orders.operations.endings.confirm_ending`, late or not."""
    ending = Ending.objects.visible_to(by).select_related("order").get(pk=ending_id)
    new = NewEnding(last_day, EndingReason(ending.reason))
    since = _first_day(ending.order, new)
    reach = Reach(ending.order.client_id, since, CorrectionCause.ENDING, ending.order_id)

    def change() -> None:
        endings.confirm_ending(
            confirmation, ending_id=ending_id, last_day=last_day, by=by, at=at, is_weighed=True
        )

    carry_out(reach, change, by=by, at=at)


def report_death(*, client_id: UUID, died_on: date, unit_id: UUID | None, by: Actor, at: datetime) -> None:
    """As `orders.operations.deaths.report_death`, late or not."""
    reach = Reach(client_id, died_on + ONE_DAY, CorrectionCause.DEATH, from_unit_id=unit_id)

    def change() -> None:
        deaths.report_death(
            client_id=client_id, died_on=died_on, unit_id=unit_id, by=by, at=at, is_weighed=True
        )

    carry_out(reach, change, by=by, at=at)


def put_into_effect(effects: Mapping[str, date], *, order_id: UUID, by: Actor, at: datetime) -> None:
    """As `orders.operations.receiving.put_into_effect`, late or not (R304, R306)."""
    order = Order.objects.visible_to(by).get(pk=order_id)
    earlier = _effect_days(order, effects.keys())
    since = min((*effects.values(), *earlier), default=order.starts_on)
    reach = Reach(order.client_id, since, CorrectionCause.EFFECT, order.pk, order.unit_id)

    def change() -> None:
        receiving.put_into_effect(effects, order_id=order_id, by=by, at=at, is_weighed=True)

    carry_out(reach, change, by=by, at=at)


def send_version(new: NewVersion, *, order_id: UUID, expected_revision: int, by: Actor, at: datetime) -> int:
    """As `orders.operations.versions.send_version`, late or not."""
    order = Order.objects.visible_to(by).get(pk=order_id)
    reach = Reach(order.client_id, new.valid_from, CorrectionCause.VERSION, order.pk)

    def change() -> int:
        return versions.send_version(
            new, order_id=order_id, expected_revision=expected_revision, by=by, at=at, is_weighed=True
        )

    return carry_out(reach, change, by=by, at=at)


def change_without_order(
    *,
    order_id: UUID,
    valid_from: date,
    message: str,
    expected_revision: int,
    by: Actor,
    at: datetime,
) -> UUID:
    """As `orders.operations.versions.change_without_order`, late or not."""
    order = Order.objects.visible_to(by).get(pk=order_id)
    reach = Reach(order.client_id, valid_from, CorrectionCause.VERSION, order.pk)

    def change() -> UUID:
        return versions.change_without_order(
            order_id=order_id,
            valid_from=valid_from,
            message=message,
            expected_revision=expected_revision,
            by=by,
            at=at,
            is_weighed=True,
        )

    return carry_out(reach, change, by=by, at=at)


def follow_decision(
    order: Concerned, message: str, *, cause: CorrectionCause, by: Actor, at: datetime
) -> bool:
    """As `orders.operations.following.follow_decision`, late or not."""
    reach = Reach(order.client_id, order.day, cause, order.order_id)

    def change() -> bool:
        return following.follow_decision(order, message, by=by, at=at, is_weighed=True)

    return carry_out(reach, change, by=by, at=at)


def _first_day(order: Order, new: NewEnding) -> date:
    """The first day that differs: the one after the last, or the first in effect of what never was (R305)."""
    if new.reason is EndingReason.NEVER_STARTED:
        return min(_effect_days(order, None), default=order.starts_on)
    return new.last_day + ONE_DAY


def _effect_days(order: Order, codes: Iterable[str] | None) -> list[date]:
    grants = Grant.objects.filter(order=order, in_effect__isnull=False)
    if codes is not None:
        grants = grants.filter(intervention__in=sorted(codes))
    return [days.lower for days in grants.order_by("pk").values_list("in_effect", flat=True) if days]


def _measured(client_id: UUID, months: list[Month]) -> dict[tuple[Month, UUID], Figures]:
    """What each unit is paid for the client in each month, by the house itself, whoever registers."""
    found: dict[tuple[Month, UUID], Figures] = {}
    if not months:
        return found
    parameters = parameters_in_use()
    with scoped(SYSTEM):
        units = units_by_id()
        selection = selection_of(units, by=SYSTEM, permission=Permission.KRONOR_READ, client_id=client_id)
        for month in months:
            books = month_books(month, by=SYSTEM, selection=selection, parameters=parameters, units=units)
            prices = price_book(SettlementRules.for_month(month, parameters), by=SYSTEM, selection=selection)
            for unit_id in {atom.unit.unit_id for atom in books.atoms}:
                atoms = [atom for atom in books.atoms if atom.unit.unit_id == unit_id]
                hours = sum((atom.line.payable_hours for atom in atoms), NO_HOURS)
                found[month, unit_id] = Figures(hours, amount_of(atoms, prices))
    return found


def _correct(
    reach: Reach,
    months: list[Month],
    before: dict[tuple[Month, UUID], Figures],
    after: dict[tuple[Month, UUID], Figures],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """One correction a unit. Whoever registers may not see the other unit, so the house writes for it."""
    units = sorted({unit_id for _, unit_id in before.keys() | after.keys()}, key=str)
    for unit_id in units:
        differences = [
            difference
            for month in months
            if (difference := _difference(month, before.get((month, unit_id)), after.get((month, unit_id))))
        ]
        if differences:
            is_own = reach.from_unit_id in (None, unit_id)
            new = NewCorrection(
                client_id=reach.client_id,
                unit_id=unit_id,
                cause=reach.cause,
                months=differences,
                order_id=reach.order_id if is_own else None,
                from_unit_id=reach.from_unit_id if is_own else None,
            )
            if is_own:
                record_correction(new, by=by, at=at)
            else:
                with scoped(SYSTEM):
                    record_correction(new, by=deaths.AUTHORITY, at=at)


def _difference(month: Month, before: Figures | None, after: Figures | None) -> MonthDifference | None:
    was, becomes = before or _nothing(after), after or _nothing(before)
    if was == becomes:
        return None
    return MonthDifference(month, was.hours, becomes.hours, was.amount, becomes.amount)


def _nothing(other: Figures | None) -> Figures:
    """No hours; kronor are nothing too where the other side has them."""
    has_amount = other is None or other.amount is not None
    return Figures(NO_HOURS, Money() if has_amount else None)
