"""The database of a test run: private, forgetful, migrated once, copied for every xdist worker.

HEMMAVID_TEST_DATABASE_URL takes a server of one's own instead (its role must be allowed CREATEDB and
CREATEROLE); HEMMAVID_POSTGRES chooses between the wheel's and Debian's programs.
"""

import fcntl
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import psycopg
from django.db import connections
from django.test import TestCase, TransactionTestCase
from psycopg import sql

from hemmavid.database import preparation
from hemmavid.database.connection import EMBEDDED_NAME, conninfo, databases_from
from hemmavid.database.launcher import use_embedded

TEST_URL_VARIABLE = "HEMMAVID_TEST_DATABASE_URL"
LOOKS = "audit_look"
TRIES_TO_DROP, SECONDS_BETWEEN_TRIES = 40, 0.25


@contextmanager
def test_database(shared: Path, worker: str) -> Iterator[None]:
    """Point every alias at a fresh copy of the migrated database as long as the block runs.

    `shared` is a folder that all workers of this run see, and no other run.
    """
    with _server(shared) as server:
        name = f"test_hemmavid_{os.getpid()}_{worker}"
        template = _template(server, shared)
        _execute(server, "CREATE DATABASE {} TEMPLATE {}", name, template)
        try:
            _connect_aliases({**server, "dbname": name})
            with psycopg.connect(**{**server, "dbname": name}, autocommit=True) as owner:
                _clean_up_as_owner(owner)
                yield
        finally:
            connections.close_all()
            _drop(server, name)
            _drop_template_when_last(server, shared, template)


@contextmanager
def _server(shared: Path) -> Iterator[dict[str, Any]]:
    """How to reach the server as owner."""
    if url := os.environ.get(TEST_URL_VARIABLE):
        yield conninfo(databases_from({"HEMMAVID_DATABASE_URL": url})["owner"])
        return
    folder = shared / "var"
    environ = {**os.environ, "HEMMAVID_VAR": str(folder)}
    with use_embedded(environ, is_durable=False) as lease:
        yield {"host": str(lease.place.socket), "user": EMBEDDED_NAME, "dbname": EMBEDDED_NAME}
    if not lease.cluster.is_answering():
        shutil.rmtree(folder, ignore_errors=True)


def _template(server: dict[str, Any], shared: Path) -> str:
    """The name of the migrated database that every worker copies; the first worker makes it."""
    with _alone(shared / "template.lock"), (shared / "template.users").open("a+") as users:
        users.seek(0)
        name = users.readline().strip()
        if not name:
            name = f"test_hemmavid_{os.getpid()}_template"
            _execute(server, "CREATE DATABASE {}", name)
            _connect_aliases({**server, "dbname": name})
            preparation.migrate()
            connections.close_all()
            users.write(f"{name}\n")
        users.write("+\n")
    return name


def _drop(server: dict[str, Any], name: str) -> None:
    """Drop the worker's database. An autovacuum of it belongs to the superuser, and is waited out."""
    for _ in range(TRIES_TO_DROP):
        try:
            _execute(server, "DROP DATABASE {} WITH (FORCE)", name)
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(SECONDS_BETWEEN_TRIES)
        else:
            return
    _execute(server, "DROP DATABASE {}", name)


def _drop_template_when_last(server: dict[str, Any], shared: Path, template: str) -> None:
    with _alone(shared / "template.lock"), (shared / "template.users").open("a+") as users:
        users.write("-\n")
        users.seek(0)
        marks = users.read().splitlines()
        if marks.count("+") == marks.count("-"):
            _execute(server, "DROP DATABASE IF EXISTS {}", template)
            users.truncate(0)


def _connect_aliases(parts: dict[str, Any]) -> None:
    """Change the settings in place, because live connections share them; commands read the URL."""
    url = _url(parts)
    os.environ["HEMMAVID_DATABASE_URL"] = url
    connections.close_all()
    for alias, settings in databases_from({"HEMMAVID_DATABASE_URL": url}).items():
        connections.settings[alias].update(settings)


def _url(parts: dict[str, Any]) -> str:
    rest = dict(parts)
    user, password, name = rest.pop("user"), rest.pop("password", ""), rest.pop("dbname")
    login = quote(user, safe="") + (f":{quote(password, safe='')}" if password else "")
    options = "&".join(f"{key}={quote(str(value), safe='')}" for key, value in rest.items())
    return f"postgresql://{login}@/{quote(name, safe='')}?{options}"


def _clean_up_as_owner(owner: psycopg.Connection[Any]) -> None:
    """Teach Django's test cases our roles: the application may not truncate, and looks commit by themselves.

    Only `default` is rolled back. `look_log` and `owner` commit, as in production; what `look_log` wrote is
    removed after each test. A transactional test empties every table but those that migrations filled.
    """
    tables = [row[0] for row in owner.execute("SELECT relname FROM pg_class WHERE relkind = 'r'"
              " AND relnamespace = 'public'::regnamespace AND pg_has_role(relowner, 'USAGE')")]  # fmt: skip
    emptied = [table for table in tables if not _has_rows(owner, table)]
    roll_back = TestCase._fixture_teardown

    def truncate(names: list[str]) -> None:
        listed = sql.SQL(", ").join(sql.Identifier(name) for name in names)
        owner.execute(sql.SQL("TRUNCATE {} CASCADE").format(listed))

    def roll_back_and_forget_looks(case: TestCase) -> None:
        roll_back(case)
        if _has_rows(owner, LOOKS):
            truncate([LOOKS])

    def empty_all(case: TransactionTestCase) -> None:
        del case
        connections["default"].close()
        truncate(emptied)

    TestCase._fixture_teardown = roll_back_and_forget_looks
    TransactionTestCase._fixture_teardown = empty_all
    TransactionTestCase._databases_names = classmethod(lambda cls, include_mirrors=True: ["default"])
    TransactionTestCase.databases = TestCase.databases = frozenset(connections)


def _has_rows(owner: psycopg.Connection[Any], table: str) -> bool:
    query = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(sql.Identifier(table))
    row = owner.execute(query).fetchone()
    return row is not None and bool(row[0])


def _execute(server: dict[str, Any], statement: str, *names: str) -> None:
    with psycopg.connect(**server, autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(*map(sql.Identifier, names)))


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
