"""The policy laboratory: another table over many cases, who gets more or less, and that nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.assessed_needs import AssessedNeed, Fault, NeedFault, Visit
from hemmavid.rules.frame_time import FrameTimeRules, frame_time
from hemmavid.rules.laboratory_groups import LabGroup
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.policy_laboratory import LabCase, LabTable, run_laboratory
from tests.rules.golden_needs import CODES, RULES, of, plain, rules_with, some_needs, some_rules
from tests.rules.test_frame_time_comparison import FROM, with_new_minutes

CASES = (
    LabCase("A1", (of("stadning", 2, "0.5"), of("maltid", 1, "7", Visit.LUNCH)), "U1", 1),
    LabCase("A2", (of("stadning", 1, "0.5"), of("dusch", 2, "1")), "U2", 2),
    LabCase("A3", (of("maltid", 1, "7", Visit.LUNCH),), "U1", 5),
    LabCase("A4", (of("stadning", 3, "1"),), "U2", 1),
)
NEW = with_new_minutes({"stadning": [20, 80, 90], "dusch": [25, 40, 50]}, FROM)


def counts(group: LabGroup) -> tuple[int, int, int, int]:
    return group.more, group.less, group.same, group.not_computed


def test_every_case_has_its_figures_before_and_after() -> None:
    found = run_laboratory(CASES, RULES, NEW)
    assert [(one.case.case_id, str(one.before), str(one.difference)) for one in found.outcomes] == [
        ("A1", "177.50", "5.00"),
        ("A2", "62.50", "-5.00"),
        ("A3", "140.00", "0.00"),
        ("A4", "95.00", "0.00"),
    ]
    assert found.lacking == ()


def test_groups_tell_who_gets_more_and_who_gets_less() -> None:
    found = run_laboratory(CASES, RULES, NEW)
    assert counts(found.total) == (1, 1, 2, 0)
    assert [(group.key, counts(group), str(group.difference)) for group in found.by_unit] == [
        ("U1", (1, 0, 1, 0), "5.00"),
        ("U2", (0, 1, 1, 0), "-5.00"),
    ]
    assert [(group.label, group.cases) for group in found.by_household] == [
        ("1 person i hushållet", 2),
        ("2 personer i hushållet", 1),
        ("3 personer i hushållet eller fler", 1),
    ]
    assert [(group.label, counts(group)) for group in found.by_life_area] == [
        ("Personlig vård", (0, 0, 3, 0)),
        ("Hemliv", (1, 1, 1, 0)),
    ]


def test_only_the_groups_explain_themselves_with_the_versions_of_the_tables() -> None:
    found = run_laboratory(CASES, RULES, NEW)
    assert plain(found.total.because) == [
        "Schablontider före: 2000-01-01 (exempeltabell 1) (R044, R126; "
        "parameter frame_time.standard_times gäller från 2000-01-01).",
        "Schablontider efter: 2026-05-01 (ny tabell) (R044, R126; "
        "parameter frame_time.standard_times gäller från 2026-05-01).",
        "Alla ärenden: 4 ärenden, 1 får mer, 1 får mindre, 2 får lika; "
        "475,00 min → 475,00 min per vecka, oförändrat.",
    ]
    assert plain(found.by_unit[0].because) == [
        "U1: 2 ärenden, 1 får mer, 0 får mindre, 1 får lika; 317,50 min → 322,50 min per vecka, +5,00 min."
    ]


def test_another_add_on_for_being_alone_is_tried_and_told() -> None:
    other = replace(RULES, alone_minutes=replace(RULES.alone_minutes, value=10))
    found = run_laboratory(CASES, RULES, other)
    assert counts(found.total) == (4, 0, 0, 0)
    assert "Tillägg för ett behov ensamt i besöket: 5 → 10 min per gång (R128" in found.total.because[2]


def test_a_need_the_other_table_lacks_is_reported_and_not_dropped() -> None:
    needs = dict(RULES.standard_times.standard_times.needs)
    stadning = needs.pop("stadning")
    needs["dusch"] = replace(needs["dusch"], levels=needs["dusch"].levels[:1])
    lacking = rules_with(needs)
    found = run_laboratory(CASES, RULES, lacking)
    assert counts(found.total) == (0, 0, 1, 3)
    assert [(one.need, one.level, one.table, one.cases) for one in found.lacking] == [
        ("dusch", 2, LabTable.AFTER, 1),
        ("stadning", None, LabTable.AFTER, 3),
    ]
    assert [one.sentence for one in found.lacking] == [
        "Dusch nivå 2 finns inte i schablontiderna efter: 1 ärende kan inte räknas.",
        "Städning finns inte i schablontiderna efter: 3 ärenden kan inte räknas.",
    ]
    first = found.outcomes[0]
    assert (first.after, first.difference, first.before) == (None, None, Decimal("177.50"))
    assert first.faults_after == (NeedFault(Fault.UNKNOWN_NEED, 0, "need"),)
    assert "1 ärende, 0 får mer" in run_laboratory(CASES[2:3], RULES, lacking).total.because[-1]
    assert "3 kan inte räknas" in found.total.because[-1]
    other_way = run_laboratory(CASES, lacking, RULES)
    assert {one.table for one in other_way.lacking} == {LabTable.BEFORE}
    assert other_way.outcomes[0].faults_before == first.faults_after
    assert stadning.life_area is LifeArea.DOMESTIC_LIFE
    assert counts(next(g for g in found.by_life_area if g.key == "domestic_life")) == (0, 0, 0, 3)


def test_a_case_with_no_needs_or_impossible_ones_is_reported_as_not_computed() -> None:
    odd = [
        LabCase("A1", (), "U1", 1),
        LabCase("A2", (of("dans"),), "U1", 1),
        LabCase("A3", (of("stadning", 1, "0"),), "U1", 1),
    ]
    found = run_laboratory(odd, RULES, NEW)
    assert counts(found.total) == (0, 0, 0, 3)
    assert [one.sentence for one in found.lacking] == [
        "dans finns inte i schablontiderna efter: 1 ärende kan inte räknas.",
        "dans finns inte i schablontiderna före: 1 ärende kan inte räknas.",
    ]


def test_two_cases_with_one_id_and_a_household_of_nobody_are_errors() -> None:
    with pytest.raises(ValueError, match="same id"):
        run_laboratory([CASES[0], CASES[0]], RULES, NEW)
    with pytest.raises(ValueError, match="household of 0"):
        LabCase("A1", (), "U1", 0)


@st.composite
def some_cases(draw: st.DrawFn) -> list[LabCase]:
    needs = draw(st.lists(some_needs(months=True), max_size=6))
    return [
        LabCase(f"C{number}", tuple(each), draw(st.sampled_from(["U1", "U2"])), draw(st.integers(1, 5)))
        for number, each in enumerate(needs)
    ]


def assert_groups_sum(groups: Sequence[LabGroup], total: LabGroup) -> None:
    assert sum(group.before for group in groups) == total.before
    assert sum(group.after for group in groups) == total.after


@given(cases=some_cases(), before=some_rules(), after=some_rules(CODES[:-1]), seed=st.integers())
def test_totals_are_the_sum_of_the_cases_and_the_order_does_not_matter(
    cases: list[LabCase], before: FrameTimeRules, after: FrameTimeRules, seed: int
) -> None:
    found = run_laboratory(cases, before, after)
    assert run_laboratory(Random(seed).sample(cases, len(cases)), before, after) == found
    compared = [one for one in found.outcomes if one.difference is not None]
    assert found.total.before == sum((one.before for one in compared if one.before is not None), Decimal(0))
    assert found.total.difference == sum((one.difference or Decimal(0) for one in compared), Decimal(0))
    assert found.total.cases == len(cases)
    assert found.total.not_computed == len(cases) - len(compared)
    for groups in (found.by_life_area, found.by_unit, found.by_household):
        assert_groups_sum(groups, found.total)
    for groups in (found.by_unit, found.by_household):
        assert sum(group.cases for group in groups) == len(cases)


@given(cases=some_cases(), before=some_rules(), after=some_rules())
def test_a_case_has_the_frame_time_the_aid_gives(
    cases: list[LabCase], before: FrameTimeRules, after: FrameTimeRules
) -> None:
    for one in run_laboratory(cases, before, after).outcomes:
        assert one.before == frame_time(one.case.needs, before).minutes_per_week
        assert one.after == frame_time(one.case.needs, after).minutes_per_week


@given(needs=some_needs(), rules=some_rules())
def test_the_same_rules_give_everybody_the_same(needs: list[AssessedNeed], rules: FrameTimeRules) -> None:
    found = run_laboratory([LabCase("C", tuple(needs), "U1", 1)], rules, rules)
    assert counts(found.total) == (0, 0, 1, 0)
