"""The calculation aid: its golden cases, its refusals and the laws it keeps for all needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.assessed_needs import AssessedNeed, Fault, NeedFault, NeedsRefused, Visit
from hemmavid.rules.frame_time import FrameTimeRules, frame_time
from hemmavid.rules.interventions import INTERVENTIONS, VISIT_KINDS
from hemmavid.rules.occasions import Occasions, OccasionsPer, per_week_text
from hemmavid.rules.parameter_files import (
    SHIPPED,
    MalformedParameter,
    ParameterNotDefined,
    load_parameters,
)
from hemmavid.rules.standard_times import FactorNotKnown, level_from_factor
from tests.rules.golden_month import Row
from tests.rules.golden_needs import (
    CODES,
    RULES,
    computed,
    hundredths_a_week,
    named,
    of,
    plain,
    rules_with,
    some_needs,
    some_rules,
)

TABLE = SHIPPED / "municipal" / "frame_time.standard_times.toml"
NO_MINUTES = Decimal("0.00")


def refused(*needs: AssessedNeed) -> tuple[NeedFault, ...]:
    with pytest.raises(NeedsRefused) as caught:
        frame_time(needs, RULES)
    return caught.value.faults


@named("frame_time")
def test_the_frame_time_is_that_of_the_case(case: Row) -> None:
    found = computed(case)
    assert case["frame_time"] == {
        "minutes_per_week": str(found.minutes_per_week),
        "hours_per_month": str(found.hours_per_month),
    }


@named("frame_time", "lines")
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


@named("frame_time", "because")
def test_a_line_is_explained_as_in_the_case(case: Row) -> None:
    (line,) = computed(case).lines
    assert plain(line.because) == case["because"]


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
    told = plain(frame_time([of("inkop")], RULES).because)
    assert told[0] == "Summan av 1 rad är 50,00 min per vecka (R123, R124)."
    assert told[1].startswith("Veckornas källa: ")
    assert told[2].startswith("50,00 min × 52/12 (4,33) veckor per månad ÷ 60 (R124; parameter frame_time.")
    assert told[3].startswith("= 3,61 h per månad, avrundat en gång (R081, A9; parameter round.hours_mode")
    assert len(told) == 4


def test_surrounding_time_within_the_minutes_is_told() -> None:
    times = RULES.standard_times.standard_times
    inkop = replace(times.needs["inkop"], includes_surrounding_time=True)
    (line,) = frame_time([of("inkop")], rules_with({**times.needs, "inkop": inkop})).lines
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
            "pakladning: level_from_factor: svaren ska leda till var och en av behovets 2 nivåer",
        ),
        ('label = "Städning"\n', "", "och inga andra: label saknas"),
        ('label = "Städning"', 'label = " "', "stadning: värdet ska vara en text"),
        ('label = "Städning"', 'label = "Städning"\nprice = 1', "inga andra: price är okänd"),
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
        ("{ minutes = 70,", "{ minutes = 20,", "stadning: nivå 2: en högre nivå får inte ge färre minuter"),
        ('life_area = "domestic_life"', 'life_area = "hemliv"', "stadning: värdet hemliv är okänt"),
        ('intervention = "stadning"', 'intervention = "stad"', "stadning: värdet stad är okänt"),
        ('intervention = "stadning"', 'intervention = "ledsagning"', "värdet ledsagning är okänt"),
        (
            'guideline = { section = "Exempel: riktlinje för bistånd, Städning" }',
            'guideline = "sidan 3"',
            "stadning: guideline: raden ska ha nycklarna section, får ha link och inga andra",
        ),
        ('bistånd, Städning" }', 'bistånd", link = "www.se" }', "guideline: länken ska börja med https://"),
        ('bistånd, Städning" }', 'bistånd", link = 1 }', "guideline: länken ska börja med https://"),
        ('factor = "tvattplats"', 'factor = "Var?"', "tvatt: level_from_factor: koden ska bestå"),
        ('factor = "tvattplats"', "factor = 1", "tvatt: level_from_factor: koden ska bestå"),
        ('code = "gemensam"', 'code = "bostaden"', "level_from_factor: samma svar står två gånger"),
        ('stuga", level = 2', 'stuga", level = 3', "level_from_factor: värdet ska vara mellan 1 och 2"),
        ('stuga", level = 2', 'stuga", level = 1', "svaren ska leda till var och en av behovets 2 nivåer"),
        ("from = [1, 3, 5]", "from = 1", "pakladning: level_from_factor: from ska vara en lista"),
        ("from = [1, 3, 5]", "from = [1, 3, 3]", "from ska stiga från nivå till nivå"),
        ("from = [1, 3, 5]", "from = [1, 3]", "svaren ska leda till var och en av behovets 3 nivåer"),
        ("from = [1, 3, 5]", "choices = 1", "choices ska vara en lista"),
        (
            'factor = "moment", ',
            "",
            "pakladning: level_from_factor: raden ska ha nycklarna asks, factor, from",
        ),
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


def test_a_link_to_the_guideline_is_taken(tmp_path: Path) -> None:
    link = 'bistånd", link = "https://example.se/riktlinje#stad" }'
    text = TABLE.read_text("utf-8").replace('bistånd, Städning" }', link, 1)
    (tmp_path / TABLE.name).write_text(text, "utf-8")
    times = load_parameters(tmp_path).at("frame_time.standard_times", RULES.day).standard_times
    assert times.needs["stadning"].guideline.link == "https://example.se/riktlinje#stad"


@named("level")
def test_the_answer_picks_the_level_of_the_case(case: Row) -> None:
    need = RULES.standard_times.standard_times.needs[case["need"]]
    assert level_from_factor(need, case["says"]) == case["level"]


@pytest.mark.parametrize(
    ("need", "answer"),
    [("tvatt", "utomhus"), ("tvatt", 1), ("pakladning", 0), ("pakladning", "tre"), ("post", 1)],
)
def test_an_answer_the_table_does_not_know_is_refused(need: str, answer: str | int) -> None:
    with pytest.raises(FactorNotKnown):
        level_from_factor(RULES.standard_times.standard_times.needs[need], answer)


def test_a_need_is_done_as_the_kind_of_its_visit_or_as_its_own_kind() -> None:
    visits = [*Visit, None]
    found = [frame_time([of("maltid", visit=visit)], RULES).lines[0].intervention for visit in visits]
    assert found == [
        "morgonhjalp",
        "formiddagshjalp",
        "lunchhjalp",
        "eftermiddagshjalp",
        "kvallshjalp_1",
        "kvallshjalp_2",
        "ovrigt",
        "ovrigt",
    ]
    assert frame_time([of("tvatt", visit=Visit.MORNING)], RULES).lines[0].intervention == "tvatt"


def test_the_shipped_example_says_that_it_is_one_and_what_is_invented() -> None:
    assert "Exempel, inte kommunens egna tider" in RULES.standard_times.source
    assert "påhittat" in RULES.alone_minutes.source
    needs = RULES.standard_times.standard_times.needs
    assert all(need.source.startswith("Exempel") for need in needs.values())
    invented = {code for code, need in needs.items() if "påhitta" in need.source}
    assert invented == {"stadning", "dusch", "pakladning", "toalettbesok"}
    assert str(RULES.standard_times.standard_times).startswith("Städning 30/70/90 min; Tvätt 20/30 min; ")


# Laws, for any standard times and any needs


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
def test_a_higher_level_never_gives_less_time(
    needs: list[AssessedNeed], rules: FrameTimeRules, data: st.DataObject
) -> None:
    chosen = data.draw(st.integers(0, len(needs) - 1))
    higher = replace(needs[chosen], level=data.draw(st.integers(needs[chosen].level, 3)))
    raised = [*needs[:chosen], higher, *needs[chosen + 1 :]]
    assert frame_time(raised, rules).minutes_per_week >= frame_time(needs, rules).minutes_per_week


@given(needs=some_needs(months=True), rules=some_rules())
def test_the_same_levels_give_the_same_time_however_often_is_said(
    needs: list[AssessedNeed], rules: FrameTimeRules
) -> None:
    as_numbers = [replace(need, occasions=None) for need in needs]
    found, counted = frame_time(needs, rules), frame_time(as_numbers, rules)
    assert counted.minutes_per_week == found.minutes_per_week
    assert [line.minutes_per_week for line in counted.lines] == [
        line.minutes_per_week for line in found.lines
    ]


@given(needs=some_needs(months=True), rules=some_rules())
def test_with_occasions_a_month_sharing_takes_no_more_than_the_rounding_of_each_part(
    needs: list[AssessedNeed], rules: FrameTimeRules
) -> None:
    alone = sum((frame_time([replace(n, visit=None)], rules).minutes_per_week for n in needs), NO_MINUTES)
    most = Decimal("0.01") * 4 * len(needs)
    assert frame_time(needs, rules).minutes_per_week <= alone + most


@given(code=st.sampled_from(CODES), often=st.integers(1, 100), rules=some_rules())
def test_a_week_is_seven_days_half_of_two_weeks_and_a_quarter_of_four(
    code: str, often: int, rules: FrameTimeRules
) -> None:
    said = [(often, "week"), (2 * often, "two_weeks"), (4 * often, "four_weeks")]
    times = {
        frame_time(
            [AssessedNeed.on(Occasions(count, OccasionsPer(per)), code, 1, RULES.weeks)], rules
        ).minutes_per_week
        for count, per in said
    }
    assert len(times) == 1
    assert Occasions(1, OccasionsPer.DAY).per_week(RULES.weeks) == 7
