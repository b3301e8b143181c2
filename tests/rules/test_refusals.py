"""What the rules refuse, and the sentences of what does not count."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month, Period
from hemmavid.rules.granted_time import granted_hours
from hemmavid.rules.hours_statement import AtomFacts, StatementRules, statement_line
from hemmavid.rules.interventions import (
    CARE_PLAN,
    FRAME_TIME,
    INTERVENTIONS,
    LOV_CODES,
    VISIT_KINDS,
    UnknownIntervention,
    intervention,
    is_lov,
    label_of,
    row_order,
)
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.prices import (
    Marks,
    PriceNotDefined,
    PriceRow,
    ProviderKind,
    compose_price,
    price_in_force,
)
from hemmavid.rules.visit_counting import (
    Evidence,
    ManualPolicy,
    VisitFacts,
    VisitPolicies,
    accepted_evidence,
    judge_visit,
    performed,
)

PARAMETERS = load_parameters()
AT = datetime(2022, 11, 3, 8, tzinfo=UTC)
VISIT = VisitFacts("V1", "U1", "C1", "ramtid", AT, None)


class TestVisitCounting:
    def test_a_visit_still_open_does_not_count(self) -> None:
        judgement = judge_visit(VISIT, VisitPolicies())
        assert not judgement.counts
        assert "saknar start eller slut" in judgement.reason
        assert performed([VISIT], Month(2022, 11), VisitPolicies()) == {}

    def test_an_end_without_method_does_not_count_unless_the_other_is_tagged(self) -> None:
        visit = replace(VISIT, ended_at=AT.replace(hour=9), start_method="manual", end_method="")
        judgement = judge_visit(visit, VisitPolicies(manual=ManualPolicy.ACCEPT))
        assert not judgement.counts
        assert judgement.evidence is None
        assert "saknar registreringssätt" in judgement.reason
        assert judge_visit(replace(visit, start_method="tag"), VisitPolicies()).counts

    @pytest.mark.parametrize(
        ("policy", "accepted"),
        [
            (ManualPolicy.REFUSE, {Evidence.TAGGED}),
            (ManualPolicy.APPROVE, {Evidence.TAGGED, Evidence.MANUAL_APPROVED}),
            (ManualPolicy.ACCEPT, {Evidence.TAGGED, Evidence.MANUAL_APPROVED, Evidence.MANUAL_UNAPPROVED}),
        ],
    )
    def test_each_policy_accepts_more_than_the_one_before(
        self, policy: ManualPolicy, accepted: set[Evidence]
    ) -> None:
        assert accepted_evidence(policy) == accepted


class TestInterventions:
    def test_there_are_eighteen_visit_kinds_and_five_outside_frame_time(self) -> None:
        assert len(VISIT_KINDS) == 18
        assert len(LOV_CODES - VISIT_KINDS - {FRAME_TIME}) == 5
        assert sorted(code for code in INTERVENTIONS if not is_lov(code)) == [
            "hemgangsteam",
            "natthjalp",
            "tillsyn_digital",
            "trygghetslarm",
        ]

    def test_labels_are_those_of_the_statement(self) -> None:
        assert intervention("ramtid").statement_label == "** Ramtid"
        assert intervention("bad_dusch").statement_label == "Bad/dusch"
        assert label_of(CARE_PLAN) == "Genomförandeplan"
        assert sorted(["avlosning", "ramtid"], key=row_order) == ["ramtid", "avlosning"]

    def test_an_unknown_code_is_refused(self) -> None:
        with pytest.raises(UnknownIntervention):
            intervention("dusch")


class TestHoursStatement:
    @pytest.mark.parametrize("code", ["natthjalp", "hemgangsteam", "dusch"])
    def test_what_lies_outside_lov_has_no_line(self, code: str) -> None:
        rules = StatementRules.for_month(Month(2022, 11), PARAMETERS)
        with pytest.raises(UnknownIntervention):
            statement_line(AtomFacts("U1", "C1", code), rules)

    def test_a_period_without_end_has_no_total(self) -> None:
        with pytest.raises(ValueError, match="without end"):
            granted_hours([], Period(date(2022, 1, 1)))

    def test_a_line_without_grant_and_visit_does_not_exist(self) -> None:
        rules = StatementRules.for_month(Month(2022, 11), PARAMETERS)
        assert not statement_line(AtomFacts("U1", "C1", "ramtid"), rules).exists
        assert statement_line(AtomFacts("U1", "C1", "ramtid", visits=1), rules).exists


class TestPrices:
    def test_a_missing_price_names_kind_and_day(self) -> None:
        rows = [
            PriceRow(ProviderKind.PRIVATE, date(2022, 12, 1), Money(48000)),
            PriceRow(ProviderKind.MUNICIPAL, date(2022, 1, 1), Money(47000)),
        ]
        with pytest.raises(PriceNotDefined, match=r"privata utförare \(private\) den 2022-11-30") as caught:
            price_in_force(rows, ProviderKind.PRIVATE, date(2022, 11, 30))
        assert (caught.value.kind, caught.value.day) == (ProviderKind.PRIVATE, date(2022, 11, 30))

    def test_a_price_without_decision_says_nothing_of_one(self) -> None:
        day = date(2022, 11, 30)
        price = compose_price(
            PriceRow(ProviderKind.PRIVATE, date(2022, 1, 1), Money(48000)),
            Marks(),
            deduction_when=PARAMETERS.at("deduction.when", day),
            rural=PARAMETERS.at("rural.source", day),
        )
        assert price.explanation.sentence.replace("\N{NO-BREAK SPACE}", " ") == (
            "Pris 480,00 kr/h: grundersättning privat från 2022-01-01 (R205, R180)."
        )
