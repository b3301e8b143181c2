"""What is granted on call goes to the unit at once, and is received like any order (JA2, JA3)."""

from datetime import UTC, date, datetime

import pytest

from hemmavid.access.actors import SYSTEM, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.orders.models import Order, OrderKind, OrderStatus
from hemmavid.orders.operations.receiving import acknowledge_order
from hemmavid.orders.operations.sending import NewOrder, send_on_call_order
from hemmavid.orders.order_lists import late_orders
from tests.factories.cases import DecisionFactory, GrantedAreaFactory, GrantedNeedFactory
from tests.orders.world import actor, sent, world

pytestmark = pytest.mark.django_db
EVENING = datetime(2022, 11, 1, 19, 0, tzinfo=UTC)


@pytest.fixture
def town():
    with scoped(SYSTEM):
        return world()


@pytest.fixture
def supervisor(town):
    with scoped(SYSTEM):
        return actor(Role.ON_CALL_SUPERVISOR, town.unit, "Jo Ur")


@pytest.fixture
def granted(town, supervisor):
    with scoped(SYSTEM):
        decision = DecisionFactory(
            on_call=True, client=town.decision.client, decided_by_id=supervisor.user_id
        )
        GrantedAreaFactory(decision=decision)
        GrantedNeedFactory(decision=decision, level=None)
        return decision


def test_is_sent_without_the_check_of_capacity_and_received(town, supervisor, granted):
    new = NewOrder(granted.pk, town.unit.pk, date(2022, 11, 1), OrderKind.ON_CALL, "Nyckel i lådan.")
    with scoped(supervisor):
        order_id = send_on_call_order(new, by=supervisor, at=EVENING)
        acknowledge_order(order_id=order_id, by=supervisor, at=EVENING)
        assert Order.objects.get().status == OrderStatus.ACKNOWLEDGED


def test_to_a_unit_that_is_not_ones_own_is_denied(town, supervisor, granted):
    new = NewOrder(granted.pk, town.other_unit.pk, date(2022, 11, 1), OrderKind.ON_CALL)
    with scoped(supervisor), pytest.raises(Denied):
        send_on_call_order(new, by=supervisor, at=EVENING)


@pytest.mark.parametrize(
    ("hour", "minute", "rings"), [(14, 59, False), (15, 0, True)], ids=["15.59", "16.00"]
)
def test_an_order_not_received_rings_at_four_for_both_sides(town, hour, minute, rings):
    at = datetime(2022, 11, 7, hour, minute, tzinfo=UTC)
    with scoped(town.officer):
        sent(town)
        assert bool(late_orders(at=at, by=town.officer)) is rings
    with scoped(town.coordinator):
        assert bool(late_orders(at=at, by=town.coordinator)) is rings
    with scoped(town.other_coordinator):
        assert late_orders(at=at, by=town.other_coordinator) == []
