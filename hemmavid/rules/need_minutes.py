"""The minutes of assessed needs, visit by visit, without the words: what frame time and laboratory share.

R123, R127, R128, R283. Needs are taken to be without faults (assessed_needs.faults_of).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hemmavid.lib.rounding import HALF_UP
from hemmavid.rules.assessed_needs import AssessedNeed
from hemmavid.rules.shared_visits import NeedInVisit, shares_of_visit
from hemmavid.rules.standard_times import StandardTimes


@dataclass(frozen=True, slots=True)
class NeedMinutes:
    """The parts of one need in hundredths of a minute a week, each exact until rounded once, half up."""

    standard: int
    gained: int
    alone: int
    longest: int

    @property
    def total(self) -> int:
        """Standard less gained, with what is added for being alone or longest."""
        return self.standard - self.gained + self.alone + self.longest


def visits_of(needs: Sequence[AssessedNeed]) -> list[list[AssessedNeed]]:
    """The needs by visit. A need without a visit has one of its own."""
    visits: defaultdict[tuple[object, ...], list[AssessedNeed]] = defaultdict(list)
    for need in needs:
        visits[(need.visit,) if need.visit else (None, need.need, need.level)].append(need)
    return list(visits.values())


def minutes_of_visit(
    needs: Sequence[AssessedNeed], times: StandardTimes, alone_minutes: int
) -> tuple[NeedMinutes, ...]:
    """The minutes of each need of one visit, in the order given; the order changes no figure."""
    in_visit = [_in_visit(need, times) for need in needs]
    shares = shares_of_visit(in_visit, alone_minutes)
    return tuple(
        NeedMinutes(
            standard=hundredths(need.minutes * need.per_week),
            gained=hundredths(shares[need.key].gained),
            alone=hundredths(shares[need.key].alone),
            longest=hundredths(shares[need.key].longest),
        )
        for need in in_visit
    )


def hundredths(exact: Fraction) -> int:
    """Exact minutes in hundredths of a minute, rounded once."""
    return HALF_UP.hundredths(exact.numerator, exact.denominator)


def _in_visit(need: AssessedNeed, times: StandardTimes) -> NeedInVisit:
    time = times.needs[need.need]
    minutes = time.levels[need.level - 1].minutes
    return NeedInVisit((need.need, need.level), minutes, need.per_week, time.when_shared)
