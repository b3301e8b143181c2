"""The night: granted until noon, handed over in the morning, landed with its owner (R342, R349-R354, A24)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Case, Decision, OnCallHandoverItem
from hemmavid.cases.operations import on_call
from hemmavid.cases.operations.on_call import OnCallNeed, OnCallRequest, grant_on_call
from hemmavid.people.models import Client
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.urgent_need import NeedKind
from tests.cases.thread import Walk, officer
from tests.factories import ClientFactory, GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

FRIDAY_EVENING = datetime(2026, 4, 24, 18, 0, tzinfo=UTC)  # 20.00 in Stockholm
MONDAY_NOON = datetime(2026, 4, 27, 10, 0, tzinfo=UTC)
MONDAY_MORNING = datetime(2026, 4, 27, 5, 30, tzinfo=UTC)
TOILET = OnCallNeed(LifeArea.PERSONAL_CARE, "toalett", 3)


@pytest.fixture
def served():
    """A client of a municipal unit, and the supervisor on call for it."""
    with scoped(SYSTEM):
        unit = UnitFactory()
        client = GrantFactory(unit=unit).client
        user = UserFactory(name="Kim Natt")
    return client, Actor(user.pk, user.name, (Assignment(Role.ON_CALL_SUPERVISOR, unit.pk),))


def grant(client, by, *, until=MONDAY_NOON, at=FRIDAY_EVENING, **changed):
    request = OnCallRequest(client.pk, (TOILET,), until, "Ramlade, behöver hjälp på natten.", **changed)
    with scoped(by):
        return grant_on_call(request, by=by, at=at)


def codes(refusal):
    return {fault.code.value for fault in refusal.value.faults}


class TestTheGrant:
    def test_on_friday_evening_lasts_until_monday_noon(self, served):
        client, by = served
        decision_id = grant(client, by)
        with scoped(by):
            decision = Decision.objects.visible_to(by).get(pk=decision_id)
        assert decision.granted_until == MONDAY_NOON
        assert (decision.period.lower, decision.period.upper) == (date(2026, 4, 24), date(2026, 4, 28))
        assert decision.case_id is None

    def test_a_minute_past_noon_is_refused(self, served):
        client, by = served
        with pytest.raises(on_call.OnCallRefused) as refusal:
            grant(client, by, until=MONDAY_NOON + timedelta(minutes=1))
        assert codes(refusal) == {"past_on_call_limit"}

    def test_in_office_hours_the_case_officer_decides(self, served):
        client, by = served
        with pytest.raises(on_call.OnCallRefused) as refusal:
            grant(client, by, at=datetime(2026, 4, 24, 9, 0, tzinfo=UTC))
        assert "no_on_call_mandate" in codes(refusal)

    def test_of_nothing_is_refused(self, served):
        client, by = served
        with scoped(by), pytest.raises(on_call.OnCallRefused) as refusal:
            grant_on_call(OnCallRequest(client.pk, (), MONDAY_NOON, ""), by=by, at=FRIDAY_EVENING)
        assert codes(refusal) == {"no_needs"}

    def test_a_client_elsewhere_is_opened_by_break_glass_first(self, served):
        _, by = served
        with scoped(SYSTEM):
            stranger = ClientFactory()
        with pytest.raises(Client.DoesNotExist):
            grant(stranger, by)
        opener = by.with_opened(frozenset({stranger.pk}))
        assert grant(stranger, opener)

    def test_a_case_officer_has_no_such_mandate(self, served):
        client, _ = served
        with scoped(SYSTEM):
            by = officer()
        with pytest.raises(Denied):
            grant(client, by)

    def test_another_on_call_does_not_see_it(self, served):
        client, by = served
        decision_id = grant(client, by)
        other = Actor(client.pk, "Kim Kväll", by.assignments)
        with scoped(other):
            assert not Decision.objects.filter(pk=decision_id).exists()


class TestTheMorning:
    @pytest.mark.parametrize(
        ("kind", "pays_from"),
        [
            (NeedKind.URGENT_LASTING, date(2026, 4, 24)),
            (NeedKind.URGENT_SHORT, date(2026, 4, 27)),
            (NeedKind.URGENT_NEW, date(2026, 4, 24)),
        ],
    )
    def test_each_item_says_from_which_day_pay_counts(self, served, kind, pays_from):
        client, by = served
        decision_id = grant(client, by, need_kind=kind)
        with scoped(by):
            on_call.sign_handover(by=by, at=MONDAY_MORNING)
            item = OnCallHandoverItem.objects.visible_to(by).get(decision_id=decision_id)
        assert item.pays_from == pays_from
        assert item.because[-1].startswith("Ersätts från")

    def test_is_signed_once(self, served):
        client, by = served
        grant(client, by)
        with scoped(by):
            on_call.sign_handover(by=by, at=MONDAY_MORNING)
            with pytest.raises(on_call.NothingToHandOver):
                on_call.sign_handover(by=by, at=MONDAY_MORNING)

    def test_lands_in_the_running_case_of_the_client(self, served):
        client, by = served
        decision_id = grant(client, by)
        with scoped(SYSTEM):
            step = Walk(officer())
            case = step.opened().case
            Case.objects.filter(pk=case.pk).update(client=client)
            found = on_call.receive_on_call(decision_id=decision_id, by=step.by, at=MONDAY_MORNING)
            assert found == case.pk
            decision = Decision.objects.get(pk=decision_id)
            assert (decision.case_id, decision.received_by_name) == (case.pk, "Robin Höst")
            assert case.changes.filter(what="on_call_received").count() == 1
            with pytest.raises(on_call.AlreadyReceived):
                on_call.receive_on_call(decision_id=decision_id, by=step.by, at=MONDAY_MORNING)

    def test_opens_a_case_for_a_client_without_one(self, served):
        client, by = served
        decision_id = grant(client, by)
        with scoped(SYSTEM):
            receiver = officer()
            case_id = on_call.receive_on_call(decision_id=decision_id, by=receiver, at=MONDAY_MORNING)
            case = Case.objects.get(pk=case_id)
            assert (case.client_id, case.officer_id) == (client.pk, receiver.user_id)
