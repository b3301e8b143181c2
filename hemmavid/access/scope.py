"""Tells PostgreSQL for whom a connection speaks; the only place that sets `app.scope` and `app.units`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection, transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission

NOBODY, UNITS, MUNICIPALITY = "none", "units", "municipality"

_READ = "select " + ", ".join(
    f"coalesce(current_setting('app.{name}', true), '')" for name in ("scope", "units")
)
_SET = "select set_config('app.scope', %s, true), set_config('app.units', %s, true)"


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


def _settings_of(actor: Actor) -> tuple[str, str]:
    reach = actor.reach(Permission.CLIENT_READ)
    kind = MUNICIPALITY if reach.everywhere else UNITS if reach.unit_ids else NOBODY
    return kind, ",".join(sorted(str(unit_id) for unit_id in reach.unit_ids))
