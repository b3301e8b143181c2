"""The calculation aid over the rows of an assessment or a decision (R123, R124, R283)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from hemmavid.cases.decision_words import NeedRow
from hemmavid.rules.assessed_needs import AssessedNeed, Visit
from hemmavid.rules.frame_time import FrameTime, FrameTimeRules, frame_time
from hemmavid.rules.frame_time_grant import FrameTimeGrant, frame_time_grant, grant_rounding
from hemmavid.rules.frame_time_steps import version_text
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.parameter_files import ParameterSet


@dataclass(frozen=True, slots=True)
class LevelOfNeed:
    """What decides the time of a need: its code, level, occasions and visit ("": a visit of its own)."""

    need: str
    level: int
    count: int
    per: str
    visit: str = ""

    def assessed(self, weeks_per_month: Fraction) -> AssessedNeed:
        """As the calculation aid takes it."""
        visit = Visit(self.visit) if self.visit else None
        occasions = Occasions(self.count, OccasionsPer(self.per))
        return AssessedNeed.on(occasions, self.need, self.level, weeks_per_month, visit)


@dataclass(frozen=True, slots=True)
class Aid:
    """The calculation aid of one day: what was in force when the needs were assessed (R178)."""

    rules: FrameTimeRules
    rounding_day: date
    parameters: ParameterSet

    @classmethod
    def for_day(cls, day: date, parameters: ParameterSet) -> Aid:
        """The aid in force on the day, or ParameterNotDefined."""
        return cls(FrameTimeRules.for_day(day, parameters), day, parameters)

    def frame_time(self, needs: Iterable[LevelOfNeed]) -> FrameTime | None:
        """The frame time, explained; None without needs. NeedsRefused with every fault."""
        assessed = self.assessed(needs)
        return frame_time(assessed, self.rules) if assessed else None

    def assessed(self, needs: Iterable[LevelOfNeed]) -> list[AssessedNeed]:
        """The needs as the aid takes them, in the order given."""
        return [need.assessed(self.rules.weeks) for need in needs]

    def grant(self, found: FrameTime) -> FrameTimeGrant:
        """Whole minutes a week of the frame time."""
        return frame_time_grant(found, grant_rounding(self.rounding_day, self.parameters))


def levels_of(rows: Iterable[NeedRow]) -> list[LevelOfNeed]:
    """Of stored needs, assessed or granted. What has no level yet gives no time."""
    return [LevelOfNeed(row.need, row.level, row.count, row.per, row.visit) for row in rows if row.level]


def lines_as_stored(found: FrameTime) -> list[dict[str, object]]:
    """The lines of a frame time as they are kept with a decision, each with its sentences."""
    return [
        {
            "need": line.assessed.need,
            "label": line.time.label,
            "level": line.assessed.level,
            "means": line.time.levels[line.assessed.level - 1].means,
            "visit": line.assessed.visit.value if line.assessed.visit else "",
            "occasions": line.assessed.occasions.words if line.assessed.occasions else "",
            "minutes_per_occasion": line.minutes_per_occasion,
            "standard_minutes": str(line.standard_minutes),
            "gained_minutes": str(line.gained_minutes),
            "added_minutes": str(line.added_minutes),
            "minutes_per_week": str(line.minutes_per_week),
            "because": list(line.because),
        }
        for line in found.lines
    ]


def version_of(found: FrameTime) -> str:
    """Which table of standard times the frame time was computed by (R126)."""
    return version_text(found.standard_times)


def sentences(*explained: Sequence[str]) -> list[str]:
    """The sentences of several explanations in order, each once."""
    return list(dict.fromkeys(sentence for because in explained for sentence in because))
