"""Two coordinators receive the same order at the same moment: one wins, the other is told who and when."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.orders.models import Grant, Order, OrderStatus, StepKind
from hemmavid.orders.operations.receiving import OrderAlreadyAcknowledged, acknowledge_order
from tests.orders.world import AT, actor, sent, world

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_wins_and_the_other_is_told_who_and_when():
    with scoped(SYSTEM):
        town = world()
        second = actor(Role.COORDINATOR, town.unit, "Alex Andra")
        order_id = sent(town)
    together = Barrier(2)

    def receive(by: Actor) -> str:
        together.wait()
        try:
            with scoped(by):
                acknowledge_order(order_id=order_id, by=by, at=AT)
        except OrderAlreadyAcknowledged as told:
            return f"{told.name} {told.at:%H.%M}"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(receive, (town.coordinator, second)))
    with scoped(SYSTEM):
        order = Order.objects.get()
        assert order.status == OrderStatus.ACKNOWLEDGED
        assert answers == ["", f"{order.acknowledged_by_name} 08.00"]
        assert order.steps.filter(step=StepKind.ACKNOWLEDGED).count() == 1
        assert Grant.objects.count() == 1
