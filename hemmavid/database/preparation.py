"""Making the database ready before the first query: started, migrated, and with its roles.

An embedded database is ours: it is started and migrated without asking. One given by URL belongs to the
municipality's operator: it is only looked at; `hemmavid migrate` alone migrates it (contract.md section 1).
"""

import atexit
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from django.core.management import call_command
from django.db import OperationalError, connections
from django.db.migrations.executor import MigrationExecutor

from hemmavid.database.connection import OWNER_ALIAS, conninfo, is_embedded
from hemmavid.database.errors import DatabaseUnusable, Problem
from hemmavid.database.launcher import Lease, use_embedded
from hemmavid.database.roles import grant_rights, make_app_role

_MIGRATION_LOCK = 0x48656D6D  # "Hemm"; any number will do, as long as nobody else uses it
_leases: list[Lease] = []


def prepare(environ: Mapping[str, str] = os.environ) -> None:
    """Make the database ready for use by this process, to its end. Safe to repeat.

    Raises DatabaseUnusable when it cannot be reached, or is given by URL and is behind the program.
    """
    if is_embedded(environ):
        start_embedded(environ)
        if migrations_to_run():
            migrate()
    elif behind := migrations_to_run():
        raise DatabaseUnusable(Problem.BEHIND, count=str(behind))


def start_embedded(environ: Mapping[str, str] = os.environ) -> None:
    """Start the embedded database, if there is to be one, and stop it when the last process ends."""
    if is_embedded(environ) and not _leases:
        _leases.append(use_embedded(environ))
        atexit.register(release)


def release() -> None:
    """Leave the embedded database before the process ends. Safe to repeat."""
    connections.close_all()
    while _leases:
        _leases.pop().leave()


def migrations_to_run() -> int:
    """How many migrations the database lacks. Raises DatabaseUnusable when it cannot be reached."""
    with _reached():
        connections[OWNER_ALIAS].ensure_connection()
    executor = MigrationExecutor(connections[OWNER_ALIAS])
    connections[OWNER_ALIAS].close()
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> int:
    """Bring the schema up to date as its owner, one process at a time; returns how many migrations ran.

    Roles come first, because migrations name them in policies; rights last, because they follow the tables.
    """
    settings: dict[str, Any] = dict(connections[OWNER_ALIAS].settings_dict)
    with _reached():
        owner = psycopg.connect(**conninfo(settings), autocommit=True)
    with owner:
        owner.execute("SELECT pg_advisory_lock(%s)", [_MIGRATION_LOCK])
        make_app_role(owner)
        count = migrations_to_run()
        call_command("migrate", database=OWNER_ALIAS, interactive=False, verbosity=0)
        call_command("createcachetable", database=OWNER_ALIAS, verbosity=0)
        grant_rights(owner)
    connections[OWNER_ALIAS].close()
    return count


@contextmanager
def _reached() -> Iterator[None]:
    """Turn a refused connection into one of our refusals; the words of PostgreSQL hold no password."""
    try:
        yield
    except (psycopg.OperationalError, OperationalError) as error:
        raise DatabaseUnusable(Problem.UNREACHABLE, detail=str(error).strip()) from error
