"""Tells PostgreSQL for whom a connection speaks; the only place that sets `app.*`."""

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pghistory
from django.db import connection, transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission

NOBODY, UNITS, MUNICIPALITY = "none", "units", "municipality"

_NAMES = ("scope", "units", "clients", "user")
_READ = "select " + ", ".join(f"coalesce(current_setting('app.{name}', true), '')" for name in _NAMES)
_SET = "select " + ", ".join(f"set_config('app.{name}', %s, true)" for name in _NAMES)


@contextmanager
def scoped(actor: Actor, *, read_only: bool = False) -> Iterator[None]:
    """A transaction in which the database answers for `actor` and nobody else.

    When it ends, however it ends, the connection speaks for whom it spoke before: nobody, as a rule.
    With `read_only` every write is refused by the database.
    """
    who = str(actor.user_id or actor.name)
    with transaction.atomic(), pghistory.context(actor=who), connection.cursor() as cursor:
        cursor.execute(_READ)
        before = cursor.fetchone()
        cursor.execute(_SET, _settings_of(actor))
        if read_only:
            cursor.execute("set transaction read only")
        yield
        # An error needs no tidying: PostgreSQL takes the settings back with the transaction or savepoint.
        if not connection.needs_rollback:
            cursor.execute(_SET, before)


def _settings_of(actor: Actor) -> tuple[str, str, str, str]:
    """Scope, units, clients opened by break-glass, and the person: what the policies read."""
    reach = actor.reach(Permission.CLIENT_READ)
    kind = MUNICIPALITY if reach.everywhere else UNITS if reach else NOBODY
    return kind, _listed(reach.unit_ids), _listed(reach.client_ids), str(actor.user_id or "")


def _listed(ids: frozenset[UUID]) -> str:
    return ",".join(sorted(map(str, ids)))
