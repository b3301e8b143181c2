"""What a change makes of an order's grants, worked out before anything is written.

From a day on the grants are what is wanted; what lies before the day is never touched. A grant under way is
closed the day before, one that had not begun is withdrawn, and what is wanted is opened anew. The same plan
is shown to the officer, weighed for billing, and carried out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from hemmavid.lib.periods import Period
from hemmavid.orders.content import Wanted
from hemmavid.rules.granted_time import GrantFacts


@dataclass(frozen=True, slots=True)
class StoredGrant:
    """A grant as it stands."""

    grant_id: UUID
    unit_id: UUID
    client_id: UUID
    intervention: str
    facts: GrantFacts


@dataclass(frozen=True, slots=True)
class Replaced:
    """A grant that is altered in place: its period or its time in effect cut or moved, never its minutes."""

    grant: StoredGrant
    after: GrantFacts


@dataclass(frozen=True, slots=True)
class Opened:
    """A grant that is to be made."""

    unit_id: UUID
    client_id: UUID
    intervention: str
    facts: GrantFacts


@dataclass(frozen=True, slots=True)
class GrantPlan:
    """What is to be done with grants. `from_day`: the first day on which anything differs."""

    from_day: date
    replaced: tuple[Replaced, ...] = ()
    withdrawn: tuple[StoredGrant, ...] = ()
    opened: tuple[Opened, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.replaced or self.withdrawn or self.opened)

    def __add__(self, other: GrantPlan) -> GrantPlan:
        return GrantPlan(
            min(self.from_day, other.from_day),
            self.replaced + other.replaced,
            self.withdrawn + other.withdrawn,
            self.opened + other.opened,
        )

    @property
    def unit_ids(self) -> frozenset[UUID]:
        """The units whose grants differ."""
        stored = (*(one.grant for one in self.replaced), *self.withdrawn)
        return frozenset([one.unit_id for one in stored] + [one.unit_id for one in self.opened])


@dataclass(frozen=True, slots=True)
class Whose:
    """To which unit and client new grants belong, and the grants they take over from another unit."""

    unit_id: UUID
    client_id: UUID
    takes_over: tuple[StoredGrant, ...] = ()


def ended_plan(
    stored: Sequence[StoredGrant], *, from_day: date, codes: frozenset[str] | None = None
) -> GrantPlan:
    """The grants (of `codes`, None: all) end so that `from_day` is the first day without them."""
    chosen = [grant for grant in stored if codes is None or grant.intervention in codes]
    return wanted_plan(chosen, (), from_day=from_day, whose=None)


def wanted_plan(
    stored: Sequence[StoredGrant],
    wanted: Iterable[Wanted],
    *,
    from_day: date,
    whose: Whose | None,
) -> GrantPlan:
    """From the day on the stored grants become what is wanted, and nothing else. `whose`: who gets new ones.

    What goes on unchanged is left as it is. What was in effect stays in effect, here or where it came from.
    """
    by_code: defaultdict[str, list[StoredGrant]] = defaultdict(list)
    for grant in stored:
        by_code[grant.intervention].append(grant)
    asked: defaultdict[str, list[Wanted]] = defaultdict(list)
    for one in wanted:
        clipped = one.period.overlap(Period(from_day))
        if clipped is not None:
            asked[one.intervention].append(replace(one, period=clipped))
    taken_over = whose.takes_over if whose else ()
    plan = GrantPlan(from_day)
    for code in sorted(by_code.keys() | asked.keys()):
        going_on = by_code[code] + [grant for grant in taken_over if grant.intervention == code]
        plan += _plan_of_code(
            by_code[code], asked[code], from_day, whose, _in_effect_since(going_on, from_day)
        )
    return plan


def _plan_of_code(
    stored: list[StoredGrant],
    asked: list[Wanted],
    from_day: date,
    whose: Whose | None,
    since: date | None,
) -> GrantPlan:
    if _timeline_of(stored, from_day) == sorted(
        (one.period.start, one.period.end or date.max, one.minutes, one.per.value) for one in asked
    ):
        return GrantPlan(from_day)
    replaced = [
        Replaced(grant, cut(grant.facts, from_day))
        for grant in stored
        if grant.facts.period.start < from_day and _goes_on(grant, from_day)
    ]
    withdrawn = [grant for grant in stored if grant.facts.period.start >= from_day]
    opened: list[Opened] = []
    if whose is not None:
        opened = [
            Opened(whose.unit_id, whose.client_id, one.intervention, _facts(one, since)) for one in asked
        ]
    return GrantPlan(from_day, tuple(replaced), tuple(withdrawn), tuple(opened))


def cut(facts: GrantFacts, end: date) -> GrantFacts:
    """The grant with `end` as its first day after."""
    period = Period(facts.period.start, end)
    return replace(facts, period=period, in_effect=facts.in_effect and facts.in_effect.overlap(period))


def effect_plan(stored: Sequence[StoredGrant], *, since: date | None) -> GrantPlan:
    """The grants are in effect from the day, as long as they last; None: they never were (R305)."""
    replaced = []
    for grant in stored:
        after = replace(grant.facts, in_effect=_effect(grant.facts.period, since))
        if after != grant.facts:
            replaced.append(Replaced(grant, after))
    days = [day for one in replaced for day in _first_days(one) if day is not None]
    fallback = since or date.max
    return GrantPlan(min(days, default=fallback), tuple(replaced))


def _first_days(one: Replaced) -> tuple[date | None, date | None]:
    before, after = one.grant.facts.in_effect, one.after.in_effect
    return (before.start if before else None, after.start if after else None)


def _facts(one: Wanted, since: date | None) -> GrantFacts:
    return GrantFacts(one.minutes, one.per, one.period, _effect(one.period, since))


def _effect(period: Period, since: date | None) -> Period | None:
    return None if since is None else period.overlap(Period(since))


def _in_effect_since(going_on: Iterable[StoredGrant], from_day: date) -> date | None:
    """Since when what is under way, or was until the day, has been in effect."""
    found = [grant.facts.in_effect for grant in going_on if grant.facts.in_effect]
    return min((one.start for one in found if one.end is None or one.end >= from_day), default=None)


def _goes_on(grant: StoredGrant, day: date) -> bool:
    return grant.facts.period.end is None or grant.facts.period.end > day


def _timeline_of(stored: Iterable[StoredGrant], from_day: date) -> list[tuple[date, date, int, str]]:
    ahead = Period(from_day)
    return sorted(
        (span.start, span.end or date.max, grant.facts.minutes, grant.facts.per.value)
        for grant in stored
        if (span := grant.facts.period.overlap(ahead)) is not None
    )


def facts_after(stored: Iterable[StoredGrant], plan: GrantPlan) -> list[Opened]:
    """The grants as they would be once the plan is carried out: for previews, nothing is written."""
    altered = {one.grant.grant_id: one.after for one in plan.replaced}
    gone = {grant.grant_id for grant in plan.withdrawn}
    kept = [
        Opened(grant.unit_id, grant.client_id, grant.intervention, altered.get(grant.grant_id, grant.facts))
        for grant in stored
        if grant.grant_id not in gone
    ]
    return [*kept, *plan.opened]
