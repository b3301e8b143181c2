"""The officer's list: one owner, one deadline, one next step a row, the nearest first (BH1, R038, R349)."""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Denied
from hemmavid.access.roles import Role
from hemmavid.cases.models import Case, Decision
from hemmavid.cases.next_step import Step
from hemmavid.cases.queries.case_list import About, Owner, case_list
from hemmavid.rules.case_clocks import ClockState
from tests.cases.thread import DRESSING, officer, stranger, walk
from tests.factories import UserFactory
from tests.factories.cases import (
    ApplicationFactory,
    AssessmentFactory,
    CaseFactory,
    DecisionFactory,
    EndingConfirmationFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

TODAY = date(2026, 4, 20)


@pytest.fixture
def robin():
    return officer()


def mine(robin, on=TODAY, about=About.ALL):
    return case_list(Owner.MINE, about, on=on, by=robin)


def steps(found):
    return [(row.next.step, row.next.due_on, row.next.state) for row in found.rows]


class TestTheNextStep:
    def test_of_a_new_applicant_is_the_home_visit_yellow_from_day_14_and_red_from_21(self, robin):
        case = CaseFactory(officer_id=robin.user_id)
        ApplicationFactory(case=case, received_on=date(2026, 4, 1), is_new_applicant=True)
        for on, state in (
            (date(2026, 4, 14), ClockState.ON_TIME),
            (date(2026, 4, 15), ClockState.WARN),
            (date(2026, 4, 21), ClockState.WARN),
            (date(2026, 4, 22), ClockState.LATE),
        ):
            assert steps(mine(robin, on)) == [(Step.HOME_VISIT, date(2026, 4, 21), state)]

    def test_of_an_urgent_application_is_at_once(self, robin):
        case = CaseFactory(officer_id=robin.user_id)
        ApplicationFactory(case=case, received_on=TODAY, is_urgent=True, urgent_reason="Ingen mat.")
        assert steps(mine(robin)) == [(Step.URGENT, TODAY, ClockState.WARN)]

    def test_follows_the_case_from_application_to_decision(self):
        step = walk()
        seen = []
        for go in (lambda: step.applied(is_new=False), step.assessed, step.drafted):
            go()
            seen.append(mine(step.by).rows[0].next.step)
        assert seen == [Step.ASSESS, Step.DECIDE, Step.DECIDE]

    def test_of_a_running_case_is_the_end_of_its_decision_sixty_days_before(self, robin):
        case = CaseFactory(officer_id=robin.user_id)
        DecisionFactory(case=case, period=DateRange(date(2025, 7, 1), date(2026, 7, 1)))
        assert steps(mine(robin, date(2026, 4, 30)))[0][0] is Step.NOTHING
        assert steps(mine(robin, date(2026, 5, 1))) == [(Step.RENEW, date(2026, 6, 30), ClockState.WARN)]

    def test_of_an_ending_is_to_confirm_it(self, robin):
        decision = DecisionFactory(case__officer_id=robin.user_id)
        EndingConfirmationFactory(decision=decision)
        assert steps(mine(robin))[0][0] is Step.CONFIRM_ENDING

    def test_a_decision_of_the_night_lands_with_the_owner_of_the_case(self, robin):
        case = CaseFactory(officer_id=robin.user_id)
        until = datetime(2026, 4, 20, 10, 0, tzinfo=UTC)
        DecisionFactory(on_call=True, client=case.client, granted_until=until)
        assert steps(mine(robin)) == [(Step.RECEIVE_ON_CALL, TODAY, ClockState.WARN)]

    def test_a_decision_of_the_night_without_a_case_lands_in_the_queue(self, robin):
        decision = DecisionFactory(on_call=True)
        found = case_list(Owner.UNASSIGNED, About.ALL, on=TODAY, by=robin)
        assert [(row.case_id, row.on_call_decision_id) for row in found.rows] == [(None, decision.pk)]
        assert found.owners[Owner.UNASSIGNED] == 1


class TestTheRows:
    def test_come_by_deadline_and_those_with_nothing_to_do_last(self, robin):
        idle = CaseFactory(officer_id=robin.user_id)
        later, sooner = (CaseFactory(officer_id=robin.user_id) for _ in range(2))
        ApplicationFactory(case=later, received_on=date(2026, 4, 18))
        ApplicationFactory(case=sooner, received_on=date(2026, 4, 2))
        assert [row.number for row in mine(robin).rows] == [sooner.number, later.number, idle.number]

    def test_are_ones_own_a_colleagues_or_nobodys(self, robin):
        own, other, nobodys = (
            CaseFactory(officer_id=owner) for owner in (robin.user_id, UserFactory().pk, None)
        )
        CaseFactory(officer_id=robin.user_id, status="closed", closed_on=TODAY)
        for owner, case in (
            (Owner.MINE, own), (Owner.COLLEAGUES, other), (Owner.UNASSIGNED, nobodys),
        ):  # fmt: skip
            found = case_list(owner, About.ALL, on=TODAY, by=robin)
            assert [row.number for row in found.rows] == [case.number]
        assert dict(found.owners) == {Owner.MINE: 1, Owner.COLLEAGUES: 1, Owner.UNASSIGNED: 1}

    def test_can_be_narrowed_to_what_waits_for_a_home_visit(self, robin):
        case, other = (CaseFactory(officer_id=robin.user_id) for _ in range(2))
        ApplicationFactory(case=case, received_on=TODAY, is_new_applicant=True)
        ApplicationFactory(case=other, received_on=TODAY)
        assert [row.number for row in mine(robin, about=About.VISIT).rows] == [case.number]

    def test_write_a_protected_person_by_code(self, robin):
        case = CaseFactory(officer_id=robin.user_id, client__is_protected=True)
        assert case.client.family_name not in mine(robin).rows[0].client.shown

    def test_are_fifty_at_most_and_the_total_is_told(self, robin):
        CaseFactory.create_batch(52, officer_id=robin.user_id)
        found = mine(robin)
        assert (len(found.rows), found.total) == (50, 52)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(rows, robin, django_assert_num_queries):
    for case in CaseFactory.create_batch(rows, officer_id=robin.user_id):
        ApplicationFactory(case=case)
        AssessmentFactory(case=case)
        DecisionFactory(case=case)
        DecisionFactory(on_call=True, client=case.client)
    with django_assert_num_queries(8):
        assert len(mine(robin).rows) == rows


def test_the_list_is_the_authoritys_alone():
    for by in (officer(Role.CONTROLLER), stranger()):
        with pytest.raises(Denied):
            case_list(Owner.COLLEAGUES, About.ALL, on=TODAY, by=by)


def test_a_completed_assessment_that_is_decided_waits_no_more():
    step = walk().applied().assessed(DRESSING)
    step.decided()
    assert mine(step.by).rows[0].next.step is Step.NOTHING
    assert Case.objects.count() == Decision.objects.count() == 1
