"""People at the screen: each test says who logs in, and gets a browser that is that person."""

from collections.abc import Callable
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client as Browser

from hemmavid.access.models import User
from hemmavid.access.roles import OF_A_UNIT, Role
from hemmavid.interfaces.office.login import sessions
from hemmavid.lib import clock
from hemmavid.organisations.models import Unit
from tests.factories import RoleAssignmentFactory, UserFactory

LogIn = Callable[..., Browser]


def browser_of(user: User) -> Browser:
    """A browser in which the person has just logged in."""
    browser = Browser()
    browser.force_login(user)
    session = browser.session
    sessions.begin(session, at=clock.now())
    session.save()
    return browser


@pytest.fixture
def log_in(db: None) -> LogIn:
    """`log_in(Role.UNIT_MANAGER, unit)` → a browser; roles of the municipality take no unit."""

    def enter(role: Role, unit: Unit | None = None, **about: object) -> Browser:
        user = UserFactory(**about)
        held = {"role": role.value, "unit": unit if role in OF_A_UNIT else None}
        RoleAssignmentFactory(user=user, period=DateRange(date(2018, 1, 1), None), **held)
        return browser_of(user)

    return enter
