"""The test runtime keeps its own promises."""

import socket
from datetime import UTC, date, datetime

import pytest
from django.db import connections
from django.template import engines
from pytest_socket import SocketConnectBlockedError

from hemmavid.access.actors import SYSTEM
from hemmavid.audit.models import DataChange, Look
from hemmavid.audit.operations import Seen, record_look
from hemmavid.organisations.models import Price, Provider
from tests.factories.chain import ProviderFactory

AT = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


def _user(alias: str) -> tuple[str, ...]:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT session_user, current_user, current_database()")
        return cursor.fetchone()


@pytest.mark.django_db
def test_tests_run_as_the_application_and_not_as_the_owner():
    login, role, name = _user("default")
    assert role == "hemmavid_app"
    assert _user("look_log") == (login, role, name)
    assert _user("owner") == (login, login, name)


@pytest.mark.parametrize("turn", [1, 2])
def test_a_look_is_committed_at_once_and_gone_in_the_next_test(turn, as_system):
    record_look(Seen(f"sida {turn}"), by=SYSTEM, at=AT)
    assert [look.page for look in Look.objects.order_by("number")] == [f"sida {turn}"]


@pytest.mark.parametrize("turn", [1, 2])
def test_a_transactional_test_leaves_nothing_behind(turn, transactional_db):
    DataChange.objects.create(at=AT, what=f"{turn}", rows=1)
    assert DataChange.objects.count() == 1


@pytest.mark.usefixtures("as_system")
def test_rows_that_nobody_ordered_come_in_random_order():
    ProviderFactory.create_batch(6)
    orders = {tuple(Provider.objects.values_list("code", flat=True)) for _ in range(30)}
    assert len(orders) > 1


@pytest.mark.usefixtures("as_system")
def test_grouping_and_counting_are_left_alone():
    ProviderFactory.create_batch(3)
    assert Provider.objects.count() == 3
    assert list(Provider.objects.values_list("kind", flat=True).distinct()) == ["private"]


def test_an_instant_is_refused_as_a_day():
    with pytest.raises(AssertionError, match="instant"):
        Price(valid_from=AT)._meta.get_field("valid_from").get_prep_value(AT)
    field = Price._meta.get_field("valid_from")
    assert field.get_prep_value(date(2026, 11, 24)) == date(2026, 11, 24)


def test_the_network_is_closed():
    with pytest.raises(SocketConnectBlockedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_an_unknown_name_in_a_template_fails():
    template = engines["django"].from_string("{{ nobody_gave_me_this }}")
    with pytest.raises(pytest.fail.Exception):
        template.render({})
