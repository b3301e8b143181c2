"""Frame time as a grant: whole minutes a week, from which the hours statement follows (R072)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from hemmavid.lib.hours import as_hundredths
from hemmavid.lib.periods import Period
from hemmavid.lib.rounding import RoundingMode, divide
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.frame_time import FrameTime
from hemmavid.rules.frame_time_steps import minutes_text
from hemmavid.rules.granted_time import GrantFacts, Per
from hemmavid.rules.parameter_files import DatedValue, ParameterSet


@dataclass(frozen=True, slots=True)
class FrameTimeGrant:
    """Whole minutes a week, at least 1, with the reason."""

    minutes_per_week: int
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()

    def facts(self, period: Period, in_effect: Period | None) -> GrantFacts:
        """The grant over the period of its decision; `in_effect` None until it is put into effect."""
        return GrantFacts(self.minutes_per_week, Per.WEEK, period, in_effect)


def frame_time_grant(found: FrameTime, rounding: DatedValue) -> FrameTimeGrant:
    """The grant of a frame time. `rounding` is the parameter frame_time.grant_rounding of its day."""
    mode = RoundingMode(rounding.text)
    rounded = divide(as_hundredths(found.minutes_per_week), 100, mode)
    minutes = max(1, rounded)
    sentence = f"{minutes_text(found.minutes_per_week)} per vecka beviljas som {minutes} min per vecka"
    sentence += ", det minsta som kan beviljas" if minutes > rounded else ""
    inputs = {"minutes_per_week": str(minutes)}
    step = parameter_step(sentence, "R081, A9", rounding, inputs, found.explanation)
    return FrameTimeGrant(minutes, step)


def grant_rounding(day: date, parameters: ParameterSet) -> DatedValue:
    """How frame time becomes whole minutes on the day, or ParameterNotDefined."""
    return parameters.at("frame_time.grant_rounding", day)


def changed_on(
    day: date, before: FrameTimeGrant, after: FrameTimeGrant, period: Period
) -> tuple[GrantFacts, GrantFacts]:
    """The grants of a period in which the frame time changes on the day (R287, R289), both in effect.

    ValueError unless the day lies within the period, after its first.
    """
    first, second = Period(period.start, day), Period(day, period.end)
    return before.facts(first, first), after.facts(second, second)
