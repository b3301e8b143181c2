"""Clears the stage for a demo municipality and seats its people; never on a database with anything real."""

from datetime import date
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.db import connections, transaction
from django.db.backends.postgresql.psycopg_any import DateRange, sql

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.scope import scoped
from hemmavid.database.connection import OWNER_ALIAS
from hemmavid.demo.people import demo_people
from hemmavid.organisations.models import Municipality, Provider, Unit
from hemmavid.people.models import Client

KEPT_TABLES = ("django_migrations", "django_content_type", "auth_permission")

SHOWN_NUMBERS = ("cases_case_number", "cases_decision_number", "orders_order_number")


class NotADemo(Exception):
    """The database holds something that is not a demo; nothing was touched."""


def require_empty_or_demo() -> None:
    """Raise NotADemo unless the database is empty or holds only a demo (contract.md section 2)."""
    with scoped(SYSTEM):
        if Municipality.objects.filter(is_demo=True).exists():
            if User.objects.filter(is_demo=False).exists():
                raise NotADemo
            return
        if any(model.objects.exists() for model in (Municipality, Provider, Client, User)):
            raise NotADemo


def clear() -> None:
    """Empty every table of the demo, as the owner; the application's own role may not.

    Raises NotADemo as `require_empty_or_demo` does.
    """
    require_empty_or_demo()
    with transaction.atomic(using=OWNER_ALIAS), connections[OWNER_ALIAS].cursor() as cursor:
        cursor.execute(
            "select tablename from pg_tables where schemaname = 'public' and tablename <> all(%s)"
            " and tablename not like 'procrastinate%%'",
            [list(KEPT_TABLES)],
        )
        tables = sql.SQL(", ").join(sql.Identifier(name) for (name,) in cursor.fetchall())
        # Numbers go on: what a running server remembers of the old demo must not seem to be of the new.
        cursor.execute(sql.SQL("truncate {}").format(tables))
        # Those that people read begin anew, so that a demo made again shows the same numbers.
        for sequence in SHOWN_NUMBERS:
            cursor.execute(sql.SQL("alter sequence {} restart").format(sql.Identifier(sequence)))
    connections[OWNER_ALIAS].close()


def found_municipality(*, name: str, organisation_number: str, code: str) -> None:
    """The demo's municipality row, marked as a demo before anything else is stored."""
    with scoped(SYSTEM):
        Municipality.objects.create(
            name=name, organisation_number=organisation_number, code=code, is_demo=True
        )


def seat_people(*, since: date) -> int:
    """Make the demo's users with their roles from `since` until further notice; returns how many."""
    with scoped(SYSTEM):
        units: dict[str, UUID] = dict(Unit.objects.values_list("code", "pk"))
        people = demo_people()
        users = [
            User(username=one.username, name=one.name, is_demo=True, password=make_password(None))
            for one in people
        ]
        User.objects.bulk_create(users)
        RoleAssignment.objects.bulk_create(
            RoleAssignment(
                user=user,
                role=one.role,
                unit_id=units[one.unit] if one.unit else None,
                period=DateRange(since, None),
            )
            for user, one in zip(users, people, strict=True)
        )
    return len(users)
