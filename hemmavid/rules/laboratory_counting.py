"""The minutes of many cases under one set of rules, fast: a visit met before is not computed again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hemmavid.rules.assessed_needs import AssessedNeed, NeedFault, faults_of
from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.need_minutes import minutes_of_visit, visits_of

_Area = tuple[LifeArea, int]


@dataclass(frozen=True, slots=True)
class CountedNeeds:
    """The needs of one case: hundredths of a minute a week, whole and by life area. None with faults.

    With faults the life areas are those of the needs the table knows, without time.
    """

    hundredths: int | None
    by_area: Mapping[LifeArea, int]
    faults: tuple[NeedFault, ...] = ()


@dataclass(slots=True)
class CountedRules:
    """One set of rules with the visits it has met. Gives what `frame_time` gives, without the words."""

    rules: FrameTimeRules
    _visits: dict[frozenset[AssessedNeed], tuple[_Area, ...]] = field(default_factory=dict)

    def count(self, needs: Sequence[AssessedNeed]) -> CountedNeeds:
        """The minutes of one case, or every fault of its needs."""
        times = self.rules.standard_times.standard_times
        faults = tuple(faults_of(needs, times))
        by_area: dict[LifeArea, int] = {}
        if faults:
            known = (times.needs[need.need].life_area for need in needs if need.need in times.needs)
            return CountedNeeds(None, dict.fromkeys(known, 0), faults)
        for visit in visits_of(needs):
            for area, minutes in self._of_visit(visit):
                by_area[area] = by_area.get(area, 0) + minutes
        return CountedNeeds(sum(by_area.values()), by_area)

    def _of_visit(self, needs: Sequence[AssessedNeed]) -> tuple[_Area, ...]:
        key = frozenset(needs)
        found = self._visits.get(key)
        if found is None:
            times = self.rules.standard_times.standard_times
            minutes = minutes_of_visit(needs, times, self.rules.alone_minutes.whole)
            areas = (times.needs[need.need].life_area for need in needs)
            found = tuple((area, each.total) for area, each in zip(areas, minutes, strict=True))
            self._visits[key] = found
        return found
