"""The world of orders with people who can log in: each test says who sits at the screen."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urlencode
from uuid import UUID

import pytest
import time_machine
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.scope import scoped
from hemmavid.orders.models import Order
from hemmavid.organisations.models import Unit
from tests.factories import RoleAssignmentFactory
from tests.interfaces.office.conftest import browser_of
from tests.orders.world import World, world

NOW = datetime(2022, 11, 7, 9, 0, tzinfo=UTC)  # a Monday, 10.00 in Sweden


@dataclass
class Desk:
    """A person at the screen, who logs in anew each time: the days go by in these tests."""

    user: User

    @property
    def browser(self) -> Browser:
        return browser_of(self.user)

    def get(self, name: str, *args: object, **query: object):
        address = reverse(f"office:{name}", args=args)
        return self.browser.get(f"{address}?{urlencode(query)}" if query else address)

    def post(self, name: str, *args: object, **typed: object):
        """What the button does, and the page it leads to."""
        return self.browser.post(reverse(f"office:{name}", args=args), typed, follow=True)


@dataclass
class Stage:
    """The world, and a desk for each of its people."""

    world: World
    officer: Desk
    coordinator: Desk
    stranger: Desk

    def order(self) -> Order:
        with scoped(SYSTEM):
            return Order.objects.select_related("unit").latest("code")

    @property
    def order_id(self) -> UUID:
        return self.order().pk


def desk_of(actor) -> Desk:
    user = User.objects.get(pk=actor.user_id)
    for one in actor.assignments:
        RoleAssignmentFactory(
            user=user,
            role=one.role.value,
            unit=Unit.objects.filter(pk=one.unit_id).first(),
            period=DateRange(date(2018, 1, 1), None),
        )
    return Desk(user)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def stage(db, clock) -> Stage:
    with scoped(SYSTEM):
        made = world()
    return Stage(made, desk_of(made.officer), desk_of(made.coordinator), desk_of(made.other_coordinator))


@pytest.fixture
def count_queries():
    """How many queries the database answers while something is done."""

    def counted(doing) -> int:
        with CaptureQueriesContext(connection) as captured:
            doing()
        return len(captured)

    return counted
