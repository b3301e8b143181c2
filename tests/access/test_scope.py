"""What the database is told about whom it answers for, and when it forgets."""

from uuid import uuid4

import pytest
from django.db import InternalError, OperationalError, connection, transaction

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.people.models import Client
from tests.access.neighbours import actor_of
from tests.factories import ClientFactory, UserFactory

pytestmark = pytest.mark.django_db


def scope() -> tuple[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("select app_scope(), cardinality(app_units())")
        return cursor.fetchone()


def store_and_fail() -> None:
    ClientFactory()
    raise LookupError


def test_nobody_is_answered_for_outside():
    assert scope() == ("none", 0)


def test_an_actor_of_a_unit_is_answered_for_inside_and_forgotten_after():
    with scoped(actor_of(Role.COORDINATOR, uuid4())):
        assert scope() == ("units", 1)
    assert scope() == ("none", 0)


def test_it_is_forgotten_after_an_error_too():
    with pytest.raises(LookupError), scoped(SYSTEM):
        raise LookupError
    assert scope() == ("none", 0)


def test_an_inner_scope_gives_the_outer_one_back():
    with scoped(actor_of(Role.COORDINATOR, uuid4())):
        with scoped(SYSTEM):
            assert scope() == ("municipality", 0)
        assert scope() == ("units", 1)
        with pytest.raises(LookupError), scoped(SYSTEM):
            raise LookupError
        assert scope() == ("units", 1)


def test_a_role_that_reads_no_client_is_nobody_to_the_database():
    with scoped(actor_of(Role.SYSTEM_ADMINISTRATOR)):
        assert scope() == ("none", 0)


def test_an_error_takes_back_what_was_written():
    with pytest.raises(LookupError), scoped(SYSTEM):
        store_and_fail()
    with scoped(SYSTEM):
        assert Client.objects.count() == 0


def test_a_reading_scope_cannot_write():
    with pytest.raises((InternalError, OperationalError), match="read-only"), scoped(SYSTEM, read_only=True):
        ClientFactory()


def test_a_reading_scope_inside_a_writing_one_ends_with_itself():
    with scoped(SYSTEM):
        with scoped(SYSTEM, read_only=True):
            assert Client.objects.count() == 0
        ClientFactory()
        assert Client.objects.count() == 1


def test_a_scope_marked_for_rollback_ends_quietly():
    with transaction.atomic():
        with scoped(SYSTEM):
            ClientFactory()
            transaction.set_rollback(True)
        transaction.set_rollback(False)
    assert scope() == ("none", 0)


def test_history_says_who_changed_a_row():
    actor = actor_of(Role.CASE_OFFICER)
    user = UserFactory(name="Robin Höst")
    with scoped(actor):
        user.name = "Robin Vinter"
        user.save()
    with connection.cursor() as cursor:
        cursor.execute(
            "select event.name, context.metadata ->> 'actor' from access_userevent event"
            " join pghistory_context context on context.id = event.pgh_context_id"
        )
        assert cursor.fetchall() == [("Robin Höst", str(actor.user_id))]
