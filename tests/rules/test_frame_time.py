"""The calculation aid: its golden cases, its refusals and the laws it keeps for all needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.swedish import HARD_SPACE
from hemmavid.rules.assessed_needs import AssessedNeed, Fault, NeedFault, NeedsRefused, Visit
from hemmavid.rules.frame_time import FrameTime, FrameTimeRules, frame_time
from hemmavid.rules.interventions import INTERVENTIONS, VISIT_KINDS
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import per_week_text
from hemmavid.rules.parameter_files import (
    SHIPPED,
    MalformedParameter,
    ParameterNotDefined,
    load_parameters,
)
from hemmavid.rules.standard_times import Guideline, LevelTime, NeedTime, StandardTimes, WhenShared
from tests.rules.golden_month import Row, cases_with, parameters_of

DAY = date(2026, 11, 1)
RULES = FrameTimeRules.for_day(DAY, load_parameters())
TABLE = SHIPPED / "municipal" / "frame_time.standard_times.toml"
NO_MINUTES = Decimal("0.00")


def need_of(row: Row) -> AssessedNeed:
    visit = Visit(row["visit"]) if "visit" in row else None
    return AssessedNeed(row["need"], row["level"], Fraction(row["per_week"]), visit)


def computed(case: Row) -> FrameTime:
    rules = FrameTimeRules.for_day(case.get("date", DAY), parameters_of(case))
    return frame_time([need_of(row) for row in case["needs"]], rules)


def of(need: str, level: int = 1, per_week: str = "1", visit: Visit | None = None) -> AssessedNeed:
    return AssessedNeed(need, level, Fraction(per_week), visit)


def refused(*needs: AssessedNeed) -> tuple[NeedFault, ...]:
    with pytest.raises(NeedsRefused) as caught:
        frame_time(needs, RULES)
    return caught.value.faults


def by_name(key: str) -> Any:
    cases = [case for case in cases_with("frame_time") if key in case]
    return pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in cases])


@by_name("frame_time")
def test_the_frame_time_is_that_of_the_case(case: Row) -> None:
    found = computed(case)
    assert case["frame_time"] == {
        "minutes_per_week": str(found.minutes_per_week),
        "hours_per_month": str(found.hours_per_month),
    }


@by_name("lines")
def test_the_lines_are_those_of_the_case(case: Row) -> None:
    assert case["lines"] == [
        {
            "need": line.assessed.need,
            "standard": str(line.standard_minutes),
            "gained": str(line.gained_minutes),
            "added": str(line.added_minutes),
            "week": str(line.minutes_per_week),
        }
        for line in computed(case).lines
    ]


@by_name("because")
def test_a_line_is_explained_as_in_the_case(case: Row) -> None:
    (line,) = computed(case).lines
    assert [sentence.replace(HARD_SPACE, " ") for sentence in line.because] == case["because"]


def test_every_line_tells_rule_parameter_day_and_source() -> None:
    visit = Visit.MORNING
    found = frame_time([of("dusch", 2, "2", visit), of("baddning", 1, "2", visit), of("stadning")], RULES)
    for line in found.lines:
        steps = list(line.explanation.steps())
        assert [step for step in steps if step.rule not in step.sentence] == []
        assert any(line.time.source in step.sentence for step in steps)
        assert {str(step.valid_from) for step in steps if step.parameter} == {"2000-01-01"}
    told = " ".join(sentence for line in found.lines for sentence in line.because)
    for rule in ("R124", "R126", "R127", "R128", "R283", "R284", "R285", "R292", "A22"):
        assert rule in told


def test_the_total_tells_how_the_month_follows_from_the_week() -> None:
    told = [each.replace(HARD_SPACE, " ") for each in frame_time([of("inkop")], RULES).because]
    assert told[0] == "Summan av 1 rad är 50,00 min per vecka (R123, R124)."
    assert told[1].startswith("Veckornas källa: ")
    assert told[2].startswith("50,00 min × 52/12 (4,33) veckor per månad ÷ 60 (R124; parameter frame_time.")
    assert told[3].startswith("= 3,61 h per månad, avrundat en gång (R081, A9; parameter round.hours_mode")
    assert len(told) == 4


def test_surrounding_time_within_the_minutes_is_told() -> None:
    times = RULES.standard_times.standard_times
    inkop = replace(times.needs["inkop"], includes_surrounding_time=True)
    dated = replace(RULES.standard_times, value=StandardTimes({**times.needs, "inkop": inkop}))
    (line,) = frame_time([of("inkop")], replace(RULES, standard_times=dated)).lines
    assert any(sentence.startswith("Kringtid ingår i tiden (R292") for sentence in line.because)


@pytest.mark.parametrize(
    ("per_week", "text"), [("7", "7"), ("0.5", "0,5"), ("0.25", "0,25"), ("1/3", "1/3"), ("2.1", "2,1")]
)
def test_occasions_a_week_are_written_as_people_do(per_week: str, text: str) -> None:
    assert per_week_text(Fraction(per_week)) == text


@pytest.mark.parametrize(
    "code",
    sorted(INTERVENTIONS.keys() - VISIT_KINDS - {"ramtid"}),
)
def test_an_intervention_outside_frame_time_is_refused(code: str) -> None:
    assert refused(of(code)) == (NeedFault(Fault.OUTSIDE_FRAME_TIME, 0, "need"),)


def test_every_fault_is_told_at_once() -> None:
    assert refused() == (NeedFault(Fault.NO_NEEDS, None),)
    assert refused(
        of("dans"), of("ramtid"), of("dusch", 4), of("dusch", 0), of("post", 1, "0"), of("tvatt", 1, "100.01")
    ) == (
        NeedFault(Fault.UNKNOWN_NEED, 0, "need"),
        NeedFault(Fault.UNKNOWN_NEED, 1, "need"),
        NeedFault(Fault.UNKNOWN_LEVEL, 2, "level"),
        NeedFault(Fault.UNKNOWN_LEVEL, 3, "level"),
        NeedFault(Fault.PER_WEEK_OUT_OF_BOUNDS, 4, "per_week"),
        NeedFault(Fault.PER_WEEK_OUT_OF_BOUNDS, 5, "per_week"),
    )


def test_a_need_has_one_level_and_one_row_in_a_visit() -> None:
    lunch = Visit.LUNCH
    repeated = (NeedFault(Fault.REPEATED, 1, "need"),)
    assert refused(of("toalettbesok", 1, "7", lunch), of("toalettbesok", 1, "3", lunch)) == repeated
    assert refused(of("pakladning", 1, "3", lunch), of("pakladning", 3, "4", lunch)) == repeated
    assert refused(of("stadning", 1), of("stadning", 1)) == repeated
    assert len(frame_time([of("stadning", 1), of("stadning", 3, "0.25")], RULES).lines) == 2


def test_a_day_without_standard_times_is_an_error_that_names_them(tmp_path: Path) -> None:
    text = TABLE.read_text("utf-8").replace("valid_from = 2000-01-01", "valid_from = 2022-09-01")
    (tmp_path / TABLE.name).write_text(text, "utf-8")
    own = load_parameters(tmp_path)
    assert FrameTimeRules.for_day(date(2022, 9, 1), own).day == date(2022, 9, 1)
    with pytest.raises(
        ParameterNotDefined, match=r"frame_time\.standard_times har inget värde den 2022-08-31"
    ):
        FrameTimeRules.for_day(date(2022, 8, 31), own)


# The table of standard times, as a municipality may write it


def table_with(tmp_path: Path, old: str, new: str) -> str:
    text = TABLE.read_text("utf-8")
    assert old in text
    (tmp_path / TABLE.name).write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(MalformedParameter) as caught:
        load_parameters(tmp_path)
    return caught.value.reason


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("values.value.post]", "values.value.Post]", "Post: koden ska bestå av små bokstäver"),
        (
            "values.value.post]",
            "values.value.ledsagning]",
            "ledsagning: insatsen är inte ett behov inom ramtiden",
        ),
        ("values.value.stadning]", "values.value.stad]", "stadning: behovet ska finnas och ha tre nivåer"),
        (
            '  { minutes = 15, means = "hjälp med fem moment eller fler" },\n',
            "",
            "pakladning: behovet ska finnas och ha tre nivåer (R285, R286)",
        ),
        ('label = "Städning"\n', "", "stadning: raden ska ha nycklarna includes_surrounding_time, label"),
        ('label = "Städning"', 'label = " "', "stadning: värdet ska vara en text"),
        ('label = "Städning"', 'label = "Städning"\nprice = 1', "inga andra"),
        ('when_shared = "own_time"', 'when_shared = "maybe"', "stadning: värdet maybe är okänt"),
        ("includes_surrounding_time = false", 'includes_surrounding_time = "ja"', "true eller false"),
        ('source = "Exempel, påhittat"', 'source = ""', "toalettbesok: värdet ska vara en text"),
        ("{ minutes = 30,", "{ minutes = 30.5,", "stadning: nivå 1: värdet ska vara ett heltal"),
        ("{ minutes = 30,", "{ minutes = 0,", "stadning: nivå 1: värdet ska vara mellan 1 och 600"),
        ("{ minutes = 30,", "{ minuter = 30,", "stadning: nivå 1: raden ska ha nycklarna means, minutes"),
        (
            'levels = [{ minutes = 45, means = "inköp av dagligvaror" }]',
            "levels = []",
            "inkop: minst en nivå",
        ),
        (
            'levels = [{ minutes = 45, means = "inköp av dagligvaror" }]',
            "levels = 45",
            "inkop: minst en nivå",
        ),
        ("[values.value.post]", "[[values.value.post]]", "post: raden ska ha nycklarna"),
    ],
)
def test_a_malformed_table_is_refused_by_need_and_reason(
    tmp_path: Path, old: str, new: str, reason: str
) -> None:
    assert reason in table_with(tmp_path, old, new)


def test_a_table_that_is_no_table_is_refused(tmp_path: Path) -> None:
    text = 'name = "frame_time.standard_times"\nunit = "minutes per occasion"\n'
    text += '[[values]]\nvalid_from = 2022-01-01\nsource = "beslut"\nvalue = 15\n'
    (tmp_path / TABLE.name).write_text(text, "utf-8")
    with pytest.raises(MalformedParameter, match="ett behov per rad"):
        load_parameters(tmp_path)


def test_the_shipped_example_says_that_it_is_one_and_what_is_invented() -> None:
    assert "Exempel, inte kommunens egna tider" in RULES.standard_times.source
    assert "påhittat" in RULES.alone_minutes.source
    needs = RULES.standard_times.standard_times.needs
    assert all(need.source.startswith("Exempel") for need in needs.values())
    invented = {code for code, need in needs.items() if "påhitta" in need.source}
    assert invented == {"stadning", "dusch", "pakladning", "toalettbesok"}
    assert str(RULES.standard_times.standard_times).startswith("Städning 30/70/90 min; Tvätt 20/30 min; ")


# Laws, for any standard times and any needs

CODES = ("a", "b", "c", "d", "e")


@st.composite
def some_rules(draw: st.DrawFn) -> FrameTimeRules:
    minutes = st.integers(1, 120)
    needs = {
        code: NeedTime(
            code=code,
            label=code.upper(),
            levels=tuple(LevelTime(draw(minutes), "nivå") for _ in range(3)),
            when_shared=draw(st.sampled_from(WhenShared)),
            includes_surrounding_time=draw(st.booleans()),
            source="lag",
            life_area=LifeArea.DOMESTIC_LIFE,
            intervention="stadning",
            guideline=Guideline("lag"),
        )
        for code in CODES
    }
    return replace(
        RULES,
        standard_times=replace(RULES.standard_times, value=StandardTimes(needs)),
        alone_minutes=replace(RULES.alone_minutes, value=draw(st.integers(0, 60))),
    )


def hundredths_a_week(most: int = 2000) -> st.SearchStrategy[Fraction]:
    return st.integers(1, most).map(lambda hundredths: Fraction(hundredths, 100))


@st.composite
def some_needs(draw: st.DrawFn) -> list[AssessedNeed]:
    places = st.tuples(st.sampled_from(CODES), st.sampled_from([Visit.MORNING, Visit.SERVICE, None]))
    chosen = draw(st.lists(places, min_size=1, max_size=8, unique=True))
    often = hundredths_a_week() | st.integers(1, 14).map(Fraction)
    return [AssessedNeed(code, draw(st.integers(1, 3)), draw(often), visit) for code, visit in chosen]


@given(needs=some_needs(), rules=some_rules(), seed=st.integers())
def test_the_order_of_the_needs_does_not_matter(
    needs: list[AssessedNeed], rules: FrameTimeRules, seed: int
) -> None:
    shuffled = Random(seed).sample(needs, len(needs))
    assert frame_time(shuffled, rules) == frame_time(needs, rules)


@given(needs=some_needs(), rules=some_rules(), thirds=st.integers(1, 20))
def test_lines_sum_to_the_total_and_parts_to_the_line(
    needs: list[AssessedNeed], rules: FrameTimeRules, thirds: int
) -> None:
    needs = [replace(needs[0], per_week=Fraction(thirds, 3)), *needs[1:]]
    found = frame_time(needs, rules)
    assert sum(line.minutes_per_week for line in found.lines) == found.minutes_per_week
    for line in found.lines:
        parts = line.standard_minutes - line.gained_minutes + line.added_minutes
        assert parts == line.minutes_per_week
        assert line.gained_minutes <= line.standard_minutes
        assert min(line.minutes_per_week, line.gained_minutes, line.added_minutes) >= 0
    assert len(found.lines) == len(needs)


@given(needs=some_needs(), rules=some_rules(), more=hundredths_a_week(700), data=st.data())
def test_more_occasions_never_give_less_time(
    needs: list[AssessedNeed], rules: FrameTimeRules, more: Fraction, data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(needs) - 1))
    often = replace(needs[chosen], per_week=needs[chosen].per_week + more)
    increased = [*needs[:chosen], often, *needs[chosen + 1 :]]
    assert frame_time(increased, rules).minutes_per_week >= frame_time(needs, rules).minutes_per_week


@given(needs=some_needs(), rules=some_rules())
def test_another_need_never_gives_less_time(needs: list[AssessedNeed], rules: FrameTimeRules) -> None:
    fewer = frame_time(needs[1:], rules).minutes_per_week if needs[1:] else NO_MINUTES
    assert frame_time(needs, rules).minutes_per_week >= fewer


@given(needs=some_needs(), rules=some_rules())
def test_sharing_visits_never_takes_more_than_visits_of_their_own(
    needs: list[AssessedNeed], rules: FrameTimeRules
) -> None:
    alone = sum((frame_time([replace(n, visit=None)], rules).minutes_per_week for n in needs), NO_MINUTES)
    assert frame_time(needs, rules).minutes_per_week <= alone


@given(needs=some_needs(), rules=some_rules(), data=st.data())
def test_a_higher_standard_time_never_gives_less_time(
    needs: list[AssessedNeed], rules: FrameTimeRules, data: st.DataObject
) -> None:
    times = rules.standard_times.standard_times.needs
    chosen = data.draw(st.integers(0, len(needs) - 1))
    minutes = [level.minutes for level in times[needs[chosen].need].levels]
    longest = minutes.index(max(minutes)) + 1
    raised = [*needs[:chosen], replace(needs[chosen], level=longest), *needs[chosen + 1 :]]
    assert frame_time(raised, rules).minutes_per_week >= frame_time(needs, rules).minutes_per_week
