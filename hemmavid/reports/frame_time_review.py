"""Frame time against performed time, client by client, and when a review (översyn) opens (R139, R140)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.queries import data_as_of
from hemmavid.audit.remembered import Remembered
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.periods import Month
from hemmavid.organisations.queries import UnitFacts, parameters_in_use, units_by_id
from hemmavid.reports.hours_statement import hours_books
from hemmavid.rules.frame_time_review import (
    FrameTimeReview,
    MonthOfFrameTime,
    ReviewRules,
    frame_time_review,
)
from hemmavid.rules.interventions import FRAME_TIME
from hemmavid.settlement.month import Atom
from hemmavid.visits.client_visits import months_with_visits

MONTHS = 4
"""At most so many whole months are looked at: those that may open a review, and two before them."""


@dataclass(frozen=True, slots=True)
class ReviewOfClient:
    """One client's months, oldest first, and whether a review is open. The ids and the code name nobody.

    `units` perform, or performed, the frame time; the last month's first.
    """

    client_id: UUID
    code: str
    units: tuple[UnitFacts, ...]
    months: tuple[MonthOfFrameTime, ...]
    review: FrameTimeReview

    @property
    def last(self) -> MonthOfFrameTime:
        """The newest month."""
        return self.months[-1]

    @property
    def difference(self) -> Decimal:
        """Performed − granted of the newest month."""
        return self.last.performed_hours - self.last.granted_lov_hours


@dataclass(frozen=True, slots=True)
class Reviews:
    """Every client with frame time in the last whole month that is known, by code.

    `on`: the day the rule was asked for: the first after the newest whole month with visits.
    """

    on: date
    months: tuple[Month, ...]
    clients: tuple[ReviewOfClient, ...]
    as_of: datetime

    @property
    def open(self) -> tuple[ReviewOfClient, ...]:
        """Those whose review is open."""
        return tuple(one for one in self.clients if one.review.is_open)

    def of(self, client_id: UUID) -> ReviewOfClient | None:
        """One client's; None without frame time in the newest month."""
        return next((one for one in self.clients if one.client_id == client_id), None)


_reviews: Remembered[Reviews] = Remembered(most=32)


def frame_time_reviews(
    *, on: date, by: Actor, unit_id: UUID | None = None, client_id: UUID | None = None
) -> Reviews:
    """Every client's frame time against what was performed, within the actor's reach.

    The same figures as the hours statement; a visit tagged as a visit kind though the client has frame time
    counts as performed, because the time was given. Nineteen queries whatever the number of clients, and the
    same answer until the data change. Raises Denied without the right to hours.
    """
    require(by, Permission.HOURS_READ)
    months = _known_months(on, by)
    if client_id is not None:
        return _worked_out(months, by, unit_id, client_id)
    return _reviews.get((months, unit_id), lambda: _worked_out(months, by, unit_id, None), by=by)


def with_sentences(one: ReviewOfClient, sentences: Sequence[str], *, on: date) -> ReviewOfClient:
    """The same, with a draft that quotes the order's own sentences (R293)."""
    rules = ReviewRules.for_day(on, parameters_in_use())
    return replace(one, review=frame_time_review(one.months, sentences, rules, on=on))


def _known_months(on: date, by: Actor) -> tuple[Month, ...]:
    """The newest whole months with visits: a month that has not been told of is no deviation."""
    newest = Month.of(on).previous()
    told = months_with_visits(by=by)
    if told is not None:
        newest = min(told.last, newest)
    months = [newest]
    while len(months) < MONTHS and told is not None and told.first < months[0]:
        months.insert(0, months[0].previous())
    return tuple(months)


def _worked_out(
    months: tuple[Month, ...], by: Actor, unit_id: UUID | None, client_id: UUID | None
) -> Reviews:
    units, on = units_by_id(), months[-1].next().first_day
    of_client: defaultdict[UUID, dict[Month, list[Atom]]] = defaultdict(dict)
    for month in months:
        books = hours_books(month, units, by=by, unit_id=unit_id, client_id=client_id)
        for atom in books.atoms:
            if _is_of_frame_time(atom):
                of_client[atom.client.client_id].setdefault(month, []).append(atom)
    rules = ReviewRules.for_day(on, parameters_in_use())
    clients = [
        _review(client_id, atoms, rules, on)
        for client_id, atoms in of_client.items()
        if _has_frame_time(atoms.get(months[-1], ()))
    ]
    clients.sort(key=lambda one: one.code)
    return Reviews(on, months, tuple(clients), data_as_of() or months[0].instants()[0])


def _is_of_frame_time(atom: Atom) -> bool:
    return atom.line.intervention == FRAME_TIME or atom.line.wrong_intervention


def _has_frame_time(atoms: Iterable[Atom]) -> bool:
    return any(atom.line.intervention == FRAME_TIME and atom.line.granted_hours for atom in atoms)


def _review(
    client_id: UUID, atoms: Mapping[Month, list[Atom]], rules: ReviewRules, on: date
) -> ReviewOfClient:
    months = tuple(_month(month, atoms[month]) for month in sorted(atoms))
    newest_first = [atom for month in sorted(atoms, reverse=True) for atom in atoms[month]]
    units = {atom.unit.unit_id: atom.unit for atom in newest_first}
    return ReviewOfClient(
        client_id=client_id,
        code=newest_first[0].client.code,
        units=tuple(units.values()),
        months=months,
        review=frame_time_review(months, (), rules, on=on),
    )


def _month(month: Month, atoms: Sequence[Atom]) -> MonthOfFrameTime:
    zero = as_decimal(0)
    return MonthOfFrameTime(
        month,
        sum((atom.line.granted_lov_hours for atom in atoms), zero),
        sum((atom.line.performed_hours for atom in atoms), zero),
    )
