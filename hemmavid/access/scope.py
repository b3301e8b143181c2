"""Tells PostgreSQL for whom a connection speaks; the only place that sets `app.scope` and `app.units`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pghistory
from django.db import connection, transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission

NOBODY = "none"


@contextmanager
def scoped(actor: Actor, *, read_only: bool = False) -> Iterator[None]:
    """A transaction in which the database answers for `actor` and nobody else.

    Unset again when the transaction ends, however it ends. With `read_only` every write is refused.
    """
    reach = actor.reach(Permission.CLIENT_READ)
    kind = "municipality" if reach.everywhere else "units" if reach.unit_ids else NOBODY
    units = ",".join(sorted(str(unit_id) for unit_id in reach.unit_ids))
    who = str(actor.user_id or actor.name)
    with transaction.atomic(), pghistory.context(actor=who), connection.cursor() as cursor:
        cursor.execute(
            "select set_config('app.scope', %s, true), set_config('app.units', %s, true)", [kind, units]
        )
        if read_only:
            cursor.execute("set transaction read only")
        try:
            yield
        finally:
            if connection.in_atomic_block and not connection.needs_rollback:
                cursor.execute("select set_config('app.scope', '', true), set_config('app.units', '', true)")
