"""Every case has an owner or lies in the queue, and each move says why (FB1, FB5, MC3)."""

import pytest

from hemmavid.access.actors import Denied
from hemmavid.access.roles import Role
from hemmavid.cases.models import Case
from hemmavid.cases.operations import owners
from hemmavid.cases.operations.revision import CaseChangedMeanwhile, Seen
from tests.cases.thread import AT, officer, walk
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]


class TestTaking:
    def test_a_case_in_the_queue_is_free_to_take(self):
        step = walk()
        Case.objects.update(officer=None)
        colleague = officer(name="Kim Vår")
        owners.take_case(seen=step.seen, by=colleague, at=AT)
        assert step.case.officer_id == colleague.user_id

    def test_a_colleagues_case_takes_a_reason_that_is_kept(self):
        step = walk()
        first = officer(Role.FIRST_CASE_OFFICER)
        with pytest.raises(owners.ReasonMissing):
            owners.take_case(seen=step.seen, by=first, at=AT)
        owners.take_case(seen=step.seen, reason="Robin är sjuk, brådskar.", by=first, at=AT)
        kept = step.case.owners.order_by("-from_at", "-is_priority").first()
        assert (kept.officer_id, kept.is_priority, kept.reason) == (
            first.user_id, True, "Robin är sjuk, brådskar.",
        )  # fmt: skip

    def test_taking_ones_own_changes_nothing(self):
        step = walk()
        revision = step.case.revision
        owners.take_case(seen=step.seen, by=step.by, at=AT)
        assert step.case.revision == revision

    def test_a_manager_takes_no_case(self):
        with pytest.raises(Denied):
            owners.take_case(seen=walk().seen, by=officer(Role.AUTHORITY_MANAGER), at=AT)


class TestHandingOver:
    def test_ones_own_goes_to_a_colleague(self):
        step, colleague = walk(), officer()
        owners.hand_over_case(seen=step.seen, officer_id=colleague.user_id, by=step.by, at=AT)
        assert step.case.officer_id == colleague.user_id

    def test_anothers_is_not_ones_to_give(self):
        step, colleague = walk(), officer()
        with pytest.raises(Denied):
            owners.hand_over_case(seen=step.seen, officer_id=colleague.user_id, by=colleague, at=AT)

    def test_nobody_else_than_a_case_officer_gets_a_case(self):
        step = walk()
        with pytest.raises(owners.NotAnOfficer):
            owners.hand_over_case(seen=step.seen, officer_id=UserFactory().pk, by=step.by, at=AT)


class TestMovingMany:
    def test_moves_those_that_lie_elsewhere_and_counts_them(self):
        cases = [walk().case for _ in range(3)]
        first, colleague = officer(Role.FIRST_CASE_OFFICER), officer()
        ids = [case.pk for case in cases]
        assert owners.move_cases(ids, officer_id=colleague.user_id, reason="Jämnar ut.", by=first, at=AT) == 3
        assert owners.move_cases(ids, officer_id=colleague.user_id, by=first, at=AT) == 0
        assert set(Case.objects.values_list("officer", flat=True)) == {colleague.user_id}
        assert all(case.owners.count() == 2 for case in cases)

    def test_to_the_queue_and_back(self):
        case, manager = walk().case, officer(Role.AUTHORITY_MANAGER)
        owners.move_cases([case.pk], officer_id=None, by=manager, at=AT)
        case.refresh_from_db()
        assert case.officer_id is None
        assert owners.move_cases([case.pk], officer_id=officer().user_id, by=manager, at=AT) == 1

    def test_a_case_officer_may_not(self):
        step = walk()
        with pytest.raises(Denied):
            owners.move_cases([step.case_id], officer_id=None, by=step.by, at=AT)


def test_an_old_revision_is_told_what_came_in_between():
    step = walk()
    old = Seen(step.case_id, step.case.revision)
    step.applied()
    with pytest.raises(CaseChangedMeanwhile) as refusal:
        owners.take_case(seen=old, by=step.by, at=AT)
    assert [(one.what, one.by_name) for one in refusal.value.changes] == [
        ("application_registered", "Robin Höst")
    ]
