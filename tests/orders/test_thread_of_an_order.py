"""From a decision to hours in the statement: drafted, asked, sent, read, received, put into effect."""

from datetime import date, timedelta

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.lib.periods import Month
from hemmavid.orders.models import Answer, Grant, Order, OrderStatus, StepKind
from hemmavid.orders.operations import asking, order_rows, receiving, sending
from hemmavid.people.models import Client
from hemmavid.reports.hours_statement import hours_statement
from tests.factories import CapacityStopFactory
from tests.orders.world import AT, QUESTION, STARTS_ON, accepted, drafted, received, revision, sent, world

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    with scoped(SYSTEM):
        return world()


@pytest.fixture
def at_the_authority(town):
    with scoped(town.officer):
        yield town


def test_a_decision_becomes_an_order_a_grant_and_hours_in_the_statement(town):
    with scoped(town.officer):
        order_id = drafted(town)
        inquiry_id = asking.ask_unit(
            order_id=order_id,
            question=QUESTION,
            expected_revision=revision(order_id),
            by=town.officer,
            at=AT,
        )
    with scoped(town.coordinator):
        assert not Order.objects.exists()  # a draft is the authority's own
        assert not Client.objects.exists()  # and so is the name
        asking.answer_inquiry(
            inquiry_id=inquiry_id, answer=Answer.ACCEPTED, reason="", by=town.coordinator, at=AT
        )
    with scoped(town.officer):
        sending.send_order(order_id=order_id, expected_revision=revision(order_id), by=town.officer, at=AT)
    with scoped(town.coordinator):
        assert Client.objects.visible_to(town.coordinator).count() == 1
        assert receiving.read_order(order_id=order_id, by=town.coordinator, at=AT)
        assert not receiving.read_order(order_id=order_id, by=town.coordinator, at=AT)
        receiving.acknowledge_order(order_id=order_id, by=town.coordinator, at=AT)
        receiving.put_into_effect(
            {"ramtid": STARTS_ON}, order_id=order_id, by=town.coordinator, at=AT + timedelta(days=7)
        )
        order = Order.objects.get()
        assert order.status == OrderStatus.IN_EFFECT
        assert list(order.steps.in_order().values_list("step", flat=True)) == [
            StepKind.ASKED,
            StepKind.ACCEPTED,
            StepKind.SENT,
            StepKind.READ,
            StepKind.ACKNOWLEDGED,
            StepKind.IN_EFFECT,
        ]
        statement = hours_statement(month=Month(2022, 11), by=town.coordinator)
    # 105 minutes a week over 17 of November's days: 105 × 17 ÷ 7 = 255 minutes.
    assert [str(row.granted_hours) for row in statement.rows] == ["4.25"]


class TestSend:
    def test_refuses_without_the_check_that_the_unit_can_receive(self, at_the_authority):
        order_id = drafted(at_the_authority)
        with pytest.raises(sending.CapacityNotChecked):
            sending.send_order(order_id=order_id, expected_revision=1, by=at_the_authority.officer, at=AT)

    def test_after_two_in_the_afternoon_refuses_until_the_call_is_noted(self, at_the_authority):
        town = at_the_authority
        order_id = drafted(town, starts_on=date(2022, 11, 8))
        accepted(town, order_id)
        late = AT + timedelta(hours=6)  # 15.00 in Sweden, and the start is tomorrow
        send = {"order_id": order_id, "expected_revision": revision(order_id), "by": town.officer}
        with pytest.raises(sending.CallMissing) as missing:
            sending.send_order(**send, at=late)
        assert missing.value.rule.whom.value == "unit"
        call = sending.NewCall("unit", "011-00 00 00", "")
        sending.log_call(call, order_id=order_id, by=town.officer, at=late)
        sending.send_order(**send, at=late)
        assert Order.objects.get().calls.get().outcome == "not_reached"

    def test_is_done_once_and_a_lost_race_says_who_was_first(self, at_the_authority):
        town = at_the_authority
        order_id = sent(town)
        send = {"order_id": order_id, "by": town.officer, "at": AT}
        with pytest.raises(order_rows.WrongState):
            sending.send_order(**send, expected_revision=revision(order_id))
        with pytest.raises(order_rows.OrderChangedMeanwhile) as told:
            sending.send_order(**send, expected_revision=1)
        assert told.value.name == "Eva Ek"


class TestDecline:
    def test_is_refused_without_a_capacity_stop(self, at_the_authority):
        town = at_the_authority
        order_id = drafted(town)
        inquiry_id = asking.ask_unit(
            order_id=order_id, question=QUESTION, expected_revision=1, by=town.officer, at=AT
        )
        with scoped(town.coordinator), pytest.raises(asking.DeclineRefused):
            asking.answer_inquiry(
                inquiry_id=inquiry_id, answer=Answer.DECLINED, reason="Fullt", by=town.coordinator, at=AT
            )

    def test_with_a_stop_in_force_comes_home_to_the_draft(self, at_the_authority):
        town = at_the_authority
        with scoped(SYSTEM):
            CapacityStopFactory(unit=town.unit, period=(date(2022, 11, 1), date(2022, 12, 1)))
        order_id = drafted(town)
        inquiry_id = asking.ask_unit(
            order_id=order_id, question=QUESTION, expected_revision=1, by=town.officer, at=AT
        )
        with scoped(town.coordinator):
            asking.answer_inquiry(
                inquiry_id=inquiry_id, answer=Answer.DECLINED, reason="Fullt", by=town.coordinator, at=AT
            )
        assert Order.objects.get().status == OrderStatus.DECLINED


class TestAcknowledge:
    def test_is_done_once_and_the_second_is_told_by_whom(self, at_the_authority):
        town = at_the_authority
        order_id = received(town)
        with pytest.raises(receiving.OrderAlreadyAcknowledged) as told:
            receiving.acknowledge_order(order_id=order_id, by=town.coordinator, at=AT)
        assert (told.value.name, told.value.at) == ("Sam Ordnare", AT)

    def test_of_another_providers_order_finds_none(self, at_the_authority):
        town = at_the_authority
        order_id = sent(town)
        with scoped(town.other_coordinator), pytest.raises(Order.DoesNotExist):
            receiving.acknowledge_order(order_id=order_id, by=town.other_coordinator, at=AT)

    def test_makes_grants_that_give_no_time_until_in_effect(self, at_the_authority):
        received(at_the_authority)
        grant = Grant.objects.get()
        assert (grant.minutes, grant.per, grant.in_effect) == (105, "week", None)
        assert (grant.period.lower, grant.period.upper) == (STARTS_ON, date(2023, 11, 1))
