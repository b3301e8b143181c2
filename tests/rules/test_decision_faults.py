"""What refuses a decision: every fault at once, at its field, with its rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.periods import Period
from hemmavid.rules.decision_faults import (
    DecidedNeed,
    DecisionDraft,
    DecisionFault,
    DecisionFaultCode,
    DecisionKind,
    DecisionModel,
    faults_of,
)
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.on_call_grant import limit_of_grant
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.prices import ProviderKind
from hemmavid.rules.urgent_need import NeedKind

Code = DecisionFaultCode
NOON = datetime(2026, 11, 24, 11, tzinfo=UTC)  # 12.00 in Sweden
LIMIT = limit_of_grant(
    granted_at=datetime(2026, 11, 24, 1, tzinfo=UTC), parameters=load_parameters()
)  # granted at 02.00
SHOWER = DecidedNeed(LifeArea.PERSONAL_CARE, "dusch", "Anna vill duscha utan att vara rädd för att falla", 2)
WATCH = DecidedNeed(LifeArea.SENSE_OF_SAFETY, "vak", "Inte vara ensam", minutes=600)
DRAFT = DecisionDraft(
    kind=DecisionKind.ORDINARY,
    period=Period(date(2026, 12, 1), date(2027, 12, 1)),
    needs=(SHOWER,),
    model=DecisionModel.FRAME_TIME,
    has_revocation_clause=True,
    is_new_applicant=True,
    information_given_on=date(2026, 11, 20),
    home_visit_on=date(2026, 11, 20),
)
ON_CALL = DecisionDraft(
    kind=DecisionKind.ON_CALL,
    period=Period(date(2026, 11, 24)),
    needs=(DecidedNeed(LifeArea.PERSONAL_CARE, "toalettbesok"),),
    model=DecisionModel.FRAME_TIME,
    has_revocation_clause=True,
    is_new_applicant=True,
    ends_at=NOON,
    on_call_limit=LIMIT,
)


def found(draft: DecisionDraft = DRAFT, **changes: Any) -> list[tuple[DecisionFaultCode, str]]:
    return [(fault.code, fault.field) for fault in faults_of(replace(draft, **changes))]


def of_need(need: DecidedNeed, kind: DecisionKind = DecisionKind.ORDINARY) -> list[DecisionFault]:
    return faults_of(replace(DRAFT, kind=kind, needs=(need,)))


def test_a_whole_decision_has_no_faults() -> None:
    assert found() == []
    assert found(ON_CALL) == []


@pytest.mark.parametrize(
    ("changes", "code", "field", "rule"),
    [
        ({"period": Period(date(2026, 12, 1))}, Code.NO_END, "period", "R393"),
        ({"has_revocation_clause": False}, Code.NO_REVOCATION_CLAUSE, "has_revocation_clause", "R394"),
        ({"model": None}, Code.NO_MODEL, "model", "R130"),
        ({"needs": ()}, Code.NO_NEEDS, "needs", "R260"),
        ({"home_visit_on": None}, Code.NO_HOME_VISIT, "home_visit_on", "R271"),
        (
            {"home_visit_on": None, "no_home_visit_reason": " \n"},
            Code.NO_HOME_VISIT,
            "home_visit_on",
            "R271",
        ),
        ({"information_given_on": None}, Code.NO_INFORMATION, "information_given_on", "R272"),
    ],
)
def test_what_is_missing_is_named_at_its_field(
    changes: dict[str, Any], code: DecisionFaultCode, field: str, rule: str
) -> None:
    (fault,) = faults_of(replace(DRAFT, **changes))
    assert (fault.code, fault.field, fault.life_area, fault.position) == (code, field, None, None)
    assert rule in fault.explanation.rule
    assert fault.explanation.sentence.endswith(f"({fault.explanation.rule}).")


def test_a_reason_may_stand_instead_of_a_home_visit() -> None:
    assert found(home_visit_on=None, no_home_visit_reason="Känd sedan förra veckan, bor i samma hus") == []


def test_someone_with_home_care_already_needs_neither_home_visit_nor_leaflet() -> None:
    assert found(is_new_applicant=False, home_visit_on=None, information_given_on=None) == []


def test_every_life_area_needs_a_goal_and_one_goal_is_enough_for_it() -> None:
    hair = replace(SHOWER, intervention="harvard", goal_text="")
    food = DecidedNeed(LifeArea.DOMESTIC_LIFE, "maltid", "  ", 1)
    (fault,) = faults_of(replace(DRAFT, needs=(hair, SHOWER, food)))
    assert (fault.code, fault.field, fault.life_area) == (Code.NO_GOAL, "goal_text", LifeArea.DOMESTIC_LIFE)
    assert fault.explanation.sentence == "Skriv minst ett mål för Hemliv (R319)."


def test_a_watch_needs_a_named_licensed_assessor_also_from_the_on_call_supervisor() -> None:
    (fault,) = of_need(WATCH)
    assert (fault.code, fault.field, fault.position) == (
        Code.NO_LICENSED_ASSESSOR,
        "licensed_assessor",
        0,
    )
    assert fault.life_area is LifeArea.SENSE_OF_SAFETY
    assert of_need(replace(WATCH, licensed_assessor="Sara Sund, sjuksköterska")) == []
    assert found(ON_CALL, needs=(WATCH,)) == [(Code.NO_LICENSED_ASSESSOR, "licensed_assessor")]


@pytest.mark.parametrize("code", ["natthjalp", "tillsyn_digital"])
def test_night_help_and_remote_check_go_to_the_municipality_only(code: str) -> None:
    need = DecidedNeed(LifeArea.SENSE_OF_SAFETY, code, "Sova tryggt", minutes=30)
    assert of_need(need) == []
    assert of_need(replace(need, provider_kind=ProviderKind.MUNICIPAL)) == []
    (fault,) = of_need(replace(need, provider_kind=ProviderKind.PRIVATE))
    assert (fault.code, fault.field) == (Code.MUNICIPAL_ONLY, "provider_kind")
    assert "R142" in fault.explanation.sentence


def test_more_time_outside_frame_time_is_first_tried_within_it() -> None:
    escort = DecidedNeed(
        LifeArea.COMMUNITY_LIFE, "ledsagning", "Gå på kören", minutes=90, asks_more_time=True
    )
    (fault,) = of_need(escort)
    assert (fault.code, fault.field) == (Code.NOT_TRIED_WITHIN_FRAME_TIME, "is_tried_within_frame_time")
    assert of_need(replace(escort, is_tried_within_frame_time=True)) == []


@pytest.mark.parametrize("minutes", [None, 0])
def test_outside_frame_time_the_officer_sets_the_time(minutes: int | None) -> None:
    escort = DecidedNeed(LifeArea.COMMUNITY_LIFE, "ledsagning", "Gå på kören", minutes=minutes)
    assert [fault.code for fault in of_need(escort)] == [Code.NO_MINUTES]


def test_within_frame_time_there_is_a_level_and_never_minutes() -> None:
    assert [fault.code for fault in of_need(replace(SHOWER, level=None))] == [Code.NO_LEVEL]
    assert [fault.code for fault in of_need(replace(SHOWER, minutes=25))] == [Code.MINUTES_NOT_ALLOWED]


def test_an_older_decision_by_the_time_key_has_minutes_and_no_levels() -> None:
    need = replace(SHOWER, level=None, minutes=25)
    assert found(needs=(need,), model=DecisionModel.TIME_KEY) == []


def test_the_simplified_decision_has_a_standard_time_instead_of_levels() -> None:
    team = DecidedNeed(LifeArea.PERSONAL_CARE, "hemgangsteam", "Komma hem från sjukhuset och klara morgonen")
    assert of_need(team, DecisionKind.SIMPLIFIED) == []
    assert of_need(replace(SHOWER, level=None), DecisionKind.SIMPLIFIED) == []


@pytest.mark.parametrize("code", ["trygghetslarm", "matdistribution"])
def test_alarm_and_meals_are_decided_apart_from_the_simplified_decision(code: str) -> None:
    need = DecidedNeed(LifeArea.SENSE_OF_SAFETY, code, "Känna sig trygg", minutes=30)
    (fault,) = of_need(need, DecisionKind.SIMPLIFIED)
    assert (fault.code, fault.field) == (Code.DECIDED_APART, "intervention")
    assert of_need(need) == []


def test_the_on_call_supervisor_may_not_grant_past_noon() -> None:
    assert found(ON_CALL, ends_at=NOON.replace(second=1)) == [(Code.PAST_ON_CALL_LIMIT, "ends_at")]
    (fault,) = faults_of(replace(ON_CALL, ends_at=NOON.replace(hour=12)))
    told = " ".join(fault.explanation.because()).replace("\N{NO-BREAK SPACE}", " ")
    assert "Välj ett slut senast tisdag 24 november 2026 kl. 12.00" in told
    assert "parameter jour.until" in told


def test_the_on_call_supervisor_decides_in_on_call_time_and_says_until_when() -> None:
    assert found(ON_CALL, ends_at=None) == [(Code.NO_ON_CALL_END, "ends_at")]
    assert found(ON_CALL, on_call_limit=None) == [(Code.NO_ON_CALL_MANDATE, "ends_at")]
    assert found(ON_CALL, ends_at=None, on_call_limit=None) == [
        (Code.NO_ON_CALL_END, "ends_at"),
        (Code.NO_ON_CALL_MANDATE, "ends_at"),
    ]


def test_every_fault_is_told_at_once() -> None:
    draft = DecisionDraft(
        DecisionKind.ORDINARY,
        Period(date(2026, 12, 1)),
        (replace(WATCH, goal_text=""), replace(SHOWER, level=None)),
        is_new_applicant=True,
    )
    assert [fault.code for fault in faults_of(draft)] == [
        Code.NO_REVOCATION_CLAUSE,
        Code.NO_MODEL,
        Code.NO_END,
        Code.NO_HOME_VISIT,
        Code.NO_INFORMATION,
        Code.NO_GOAL,
        Code.NO_LICENSED_ASSESSOR,
        Code.NO_LEVEL,
    ]
    assert [fault.position for fault in faults_of(draft)][-2:] == [0, 1]


def test_each_kind_of_decision_has_its_kind_of_need() -> None:
    kinds = {kind: kind.need_kind for kind in DecisionKind}
    assert kinds[DecisionKind.URGENT_SHORT] is NeedKind.URGENT_SHORT
    assert kinds[DecisionKind.EXTENSION] is NeedKind.EXTENSION
    assert kinds[DecisionKind.SIMPLIFIED] is NeedKind.ORDINARY
    assert kinds[DecisionKind.ON_CALL] is NeedKind.ORDINARY


some_needs = st.builds(
    DecidedNeed,
    life_area=st.sampled_from(LifeArea),
    intervention=st.sampled_from(
        ["dusch", "vak", "natthjalp", "ledsagning", "matdistribution", "hemgangsteam", "trygghetslarm"]
    ),
    goal_text=st.sampled_from(["", "Gå till affären"]),
    level=st.none() | st.integers(1, 3),
    minutes=st.none() | st.integers(0, 600),
    licensed_assessor=st.sampled_from(["", "Sara Sund"]),
    asks_more_time=st.booleans(),
    is_tried_within_frame_time=st.booleans(),
    provider_kind=st.none() | st.sampled_from(ProviderKind),
)
some_drafts = st.builds(
    DecisionDraft,
    kind=st.sampled_from(DecisionKind),
    period=st.sampled_from([DRAFT.period, Period(date(2026, 12, 1))]),
    needs=st.lists(some_needs, max_size=4).map(tuple),
    model=st.none() | st.sampled_from(DecisionModel),
    has_revocation_clause=st.booleans(),
    is_new_applicant=st.booleans(),
    information_given_on=st.none() | st.just(date(2026, 11, 20)),
    home_visit_on=st.none() | st.just(date(2026, 11, 20)),
    no_home_visit_reason=st.sampled_from(["", "Känd"]),
    ends_at=st.none() | st.sampled_from([NOON, NOON.replace(hour=13)]),
    on_call_limit=st.none() | st.just(LIMIT),
)


@given(draft=some_drafts)
def test_a_decision_without_faults_has_end_clause_model_and_goals(draft: DecisionDraft) -> None:
    if faults_of(draft):
        return
    assert draft.has_revocation_clause
    assert draft.model
    assert draft.needs
    if draft.kind is DecisionKind.ON_CALL:
        assert draft.ends_at == NOON
        return
    assert draft.period.end is not None
    areas = {need.life_area for need in draft.needs}
    assert areas == {need.life_area for need in draft.needs if need.goal_text}


@given(draft=some_drafts, extra=some_needs)
def test_one_need_more_never_mends_the_others(draft: DecisionDraft, extra: DecidedNeed) -> None:
    before = [fault for fault in faults_of(draft) if fault.position is not None]
    after = faults_of(replace(draft, needs=(*draft.needs, extra)))
    assert [fault for fault in before if fault not in after] == []


@given(draft=some_drafts)
def test_every_fault_names_its_rule_and_stands_once(draft: DecisionDraft) -> None:
    faults = faults_of(draft)
    assert all(fault.explanation.rule in fault.explanation.sentence for fault in faults)
    places = [(fault.code, fault.life_area, fault.position) for fault in faults]
    assert len(set(places)) == len(places)
