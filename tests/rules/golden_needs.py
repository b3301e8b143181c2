"""Reads assessed needs of golden cases, and draws needs and tables for the laws of the calculation aid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import strategies as st

from hemmavid.lib.swedish import HARD_SPACE
from hemmavid.rules.assessed_needs import AssessedNeed, Visit
from hemmavid.rules.frame_time import FrameTime, FrameTimeRules, frame_time
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import Occasions, OccasionsPer
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.standard_times import Guideline, LevelTime, NeedTime, StandardTimes, WhenShared
from tests.rules.golden_month import Row, cases_with, parameters_of

DAY = date(2026, 11, 1)
RULES = FrameTimeRules.for_day(DAY, load_parameters())
CODES = ("a", "b", "c", "d", "e")


def named(key: str, also: str | None = None) -> Any:
    """The golden cases that expect something of one kind, as parameters of a test."""
    cases = [case for case in cases_with(key) if also is None or also in case]
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in cases])


def occasions_of(row: Row) -> Occasions:
    return Occasions(row["count"], OccasionsPer(row["per"]))


def need_of(row: Row, weeks: Fraction = RULES.weeks) -> AssessedNeed:
    visit = Visit(row["visit"]) if "visit" in row else None
    if "occasions" in row:
        return AssessedNeed.on(occasions_of(row["occasions"]), row["need"], row["level"], weeks, visit)
    return AssessedNeed(row["need"], row["level"], Fraction(row["per_week"]), visit)


def computed(case: Row, rows: Sequence[Row] | None = None) -> FrameTime:
    """The frame time of the needs of a case, or of some rows under its parameters."""
    rules = FrameTimeRules.for_day(case.get("date", DAY), parameters_of(case))
    return frame_time([need_of(row, rules.weeks) for row in rows or case["needs"]], rules)


def plain(sentences: Sequence[str]) -> list[str]:
    """Sentences with ordinary spaces, as the golden files write them."""
    return [sentence.replace(HARD_SPACE, " ") for sentence in sentences]


def rules_with(needs: Mapping[str, NeedTime]) -> FrameTimeRules:
    """The shipped rules with another table."""
    return replace(RULES, standard_times=replace(RULES.standard_times, value=StandardTimes(needs)))


def of(need: str, level: int = 1, per_week: str = "1", visit: Visit | None = None) -> AssessedNeed:
    return AssessedNeed(need, level, Fraction(per_week), visit)


# Draws for laws: any table whose levels never fall, any needs, any way to say how often


@st.composite
def some_rules(draw: st.DrawFn, codes: Sequence[str] = CODES) -> FrameTimeRules:
    needs = {
        code: NeedTime(
            code=code,
            label=code.upper(),
            levels=tuple(
                LevelTime(minutes, "nivå")
                for minutes in sorted(draw(st.lists(st.integers(1, 120), min_size=3, max_size=3)))
            ),
            when_shared=draw(st.sampled_from(WhenShared)),
            includes_surrounding_time=draw(st.booleans()),
            source="lag",
            life_area=draw(st.sampled_from(LifeArea)),
            intervention="stadning",
            guideline=Guideline("lag"),
        )
        for code in codes
    }
    alone = replace(RULES.alone_minutes, value=draw(st.integers(0, 60)))
    return replace(rules_with(needs), alone_minutes=alone)


def hundredths_a_week(most: int = 2000) -> st.SearchStrategy[Fraction]:
    """Occasions a week that are whole hundredths: every figure is then exact, and nothing is rounded."""
    return st.integers(1, most).map(lambda hundredths: Fraction(hundredths, 100))


@st.composite
def some_needs(draw: st.DrawFn, months: bool = False) -> list[AssessedNeed]:
    """Needs; with `months` also on occasions a month, whose figures are rounded."""
    places = st.tuples(st.sampled_from(CODES), st.sampled_from([Visit.MORNING, Visit.SERVICE, None]))
    chosen = draw(st.lists(places, min_size=1, max_size=8, unique=True))
    often = hundredths_a_week() | st.integers(1, 14).map(Fraction)
    said = [per for per in OccasionsPer if months or per is not OccasionsPer.MONTH]
    spoken = st.builds(Occasions, st.integers(1, 14), st.sampled_from(said))
    needs = []
    for code, visit in chosen:
        level, how = draw(st.integers(1, 3)), draw(often | spoken)
        if isinstance(how, Occasions):
            needs.append(AssessedNeed.on(how, code, level, RULES.weeks, visit))
        else:
            needs.append(AssessedNeed(code, level, how, visit))
    return needs
