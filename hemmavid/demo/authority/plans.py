"""What was decided and ordered behind a client's imported grants: decisions, and the orders of each.

The grants are what statement and settlement read, and stay as they are. A plan only says how they came to be:
under which decision and model, and by which order to which unit, so that an order's grants are the imported.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise

from hemmavid.cases.models.decision import Kind, Model
from hemmavid.demo.care import CareRecord, DemoGrant
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.building import OWN_PARTS
from hemmavid.orders.models import OrderKind
from hemmavid.rules.interventions import FRAME_TIME, TIMED_BY_OFFICER

WATCH = "vak"
LEVEL_STEP_IS_A_NEW_DECISION = 2  # every second client whose frame time changed got a new decision for it
GOES_ON = timedelta(days=270)  # an open-ended grant of old: its decision has an end of its own (R393)


@dataclass(frozen=True, slots=True)
class OrderPlan:
    """One order to one unit: the grants it led to, oldest first. `takes_over`: place of the one before."""

    unit: str
    kind: OrderKind
    grants: tuple[DemoGrant, ...]
    takes_over: int | None = None

    @property
    def starts_on(self) -> date:
        """The first day."""
        return min(grant.from_on for grant in self.grants)

    @property
    def ends_on(self) -> date | None:
        """The first day after the last; None: none is set."""
        return end_of(self.grants)

    @property
    def in_effect_from(self) -> date | None:
        """When all of it was in effect; None while some is not."""
        days = [grant.in_effect_from for grant in self.grants]
        return max((day for day in days if day), default=None) if all(days) else None

    @property
    def version_days(self) -> tuple[date, ...]:
        """The day of each version: the first, and each day on which the frame time became another."""
        frame = [grant for grant in self.grants if grant.intervention not in TIMED_BY_OFFICER]
        return (self.starts_on, *sorted({grant.from_on for grant in frame} - {self.starts_on}))


@dataclass(frozen=True, slots=True)
class DecisionPlan:
    """One decision: its kind, model, half-open days, and the orders made of it."""

    kind: Kind
    model: Model
    grants: tuple[DemoGrant, ...]
    starts_on: date
    ends_on: date
    orders: tuple[OrderPlan, ...]

    @property
    def frame(self) -> tuple[DemoGrant, ...]:
        """What lies within frame time, oldest first."""
        return tuple(grant for grant in self.grants if grant.intervention not in TIMED_BY_OFFICER)

    @property
    def outside(self) -> tuple[DemoGrant, ...]:
        """What the officer timed, oldest first."""
        return tuple(grant for grant in self.grants if grant.intervention in TIMED_BY_OFFICER)

    @property
    def frame_spans(self) -> tuple[tuple[date, int], ...]:
        """From which day how many minutes a week, each only when it differs from the one before."""
        steps = [(grant.from_on, grant.minutes) for grant in self.frame]
        later = [after for before, after in pairwise(steps) if before[1] != after[1]]
        return (*steps[:1], *later)


def end_of(grants: Iterable[DemoGrant]) -> date | None:
    """The first day after all the grants; None when one has no end."""
    ends = [grant.to_on for grant in grants]
    return None if None in ends else max(day for day in ends if day) + ONE_DAY


def decisions_of(record: CareRecord, until: date) -> list[DecisionPlan]:
    """The decisions behind a client's grants, oldest first."""
    ordinary = [grant for grant in record.grants if grant.intervention != WATCH]
    watch = [grant for grant in record.grants if grant.intervention == WATCH]
    stretches = _stretches(ordinary, record.person.number)
    found: list[DecisionPlan] = []
    for place, grants in enumerate(stretches):
        kind = Kind.ORDINARY if place == 0 else Kind.EXTENSION if _grows(*stretches) else Kind.ORDINARY
        found.append(_decision(kind, grants, until))
    if watch:
        found.append(_decision(Kind.URGENT_LASTING, watch, until))
    return found


def is_time_key(grants: Sequence[DemoGrant]) -> bool:
    """Whether a grant can only have come of the older model: its time was set by minutes (R130).

    So it is with visit kinds, minutes a month, escort by the month instead of by occasion, and no end.
    """
    return any(
        grant.intervention not in TIMED_BY_OFFICER | {FRAME_TIME}
        or (grant.intervention == FRAME_TIME and grant.per == "month")
        or grant.intervention == "ledsagning"
        or grant.to_on is None
        for grant in grants
    )


def _stretches(grants: list[DemoGrant], number: int) -> list[list[DemoGrant]]:
    """One stretch a decision: cut where frame time alone, at the same unit, became another."""
    frame = sorted(
        (grant for grant in grants if grant.intervention == FRAME_TIME), key=lambda one: one.from_on
    )
    is_plain = len(frame) == len(grants) == 2 and not is_time_key(grants)
    if is_plain and frame[0].unit == frame[1].unit and number % LEVEL_STEP_IS_A_NEW_DECISION == 0:
        return [[frame[0]], [frame[1]]]
    return [sorted(grants, key=lambda one: (one.from_on, one.code))] if grants else []


def _grows(before: list[DemoGrant], after: list[DemoGrant]) -> bool:
    return after[0].minutes > before[0].minutes


def _decision(kind: Kind, grants: Sequence[DemoGrant], until: date) -> DecisionPlan:
    starts_on = min(grant.from_on for grant in grants)
    return DecisionPlan(
        kind=kind,
        model=Model.TIME_KEY if is_time_key(grants) else Model.FRAME_TIME,
        grants=tuple(grants),
        starts_on=starts_on,
        ends_on=end_of(grants) or max(starts_on, until) + GOES_ON,
        orders=_orders(grants),
    )


def _orders(grants: Sequence[DemoGrant]) -> tuple[OrderPlan, ...]:
    """Each unit's part, and of it what goes to the night and to the alarm; in the order they began."""

    def place(grant: DemoGrant) -> tuple[str, str]:
        return grant.unit, _recipient(grant).value

    found: list[OrderPlan] = []
    groups = groupby(sorted(grants, key=lambda one: (place(one), one.from_on, one.code)), key=place)
    parts = [OrderPlan(unit, OrderKind(kind), tuple(rows)) for (unit, kind), rows in groups]
    for part in sorted(parts, key=lambda one: (one.starts_on, one.kind.value, one.unit)):
        before = [n for n, one in enumerate(found) if one.kind is part.kind and one.unit != part.unit]
        found.append(OrderPlan(part.unit, part.kind, part.grants, before[-1] if before else None))
    return tuple(found)


def _recipient(grant: DemoGrant) -> OrderKind:
    return next(
        (kind for kind, codes in OWN_PARTS.items() if grant.intervention in codes), OrderKind.HOME_CARE
    )
