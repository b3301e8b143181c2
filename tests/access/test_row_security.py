"""The second wall, seen from PostgreSQL: what the application reaches without being told for whom."""

import pytest
from django.db import ProgrammingError, connection, connections, transaction

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.database.connection import APP_ROLE
from tests.access.neighbours import BEHIND_THE_DECISION, HISTORY_TABLES, TABLES, household

pytestmark = pytest.mark.django_db

# Tables without row security, and why that is right. Everything else must have it.
OPEN_TABLES = {
    "access_user": "needed before it is known for whom the connection speaks; staff, no client",
    "access_userevent": "as access_user",
    "access_roleassignment": "as access_user",
    "access_roleassignmentevent": "as access_user",
    "organisations_%": "the municipality, providers, units and prices are public",
    "audit_block": "ids and hashes only",
    "audit_datachange": "when facts changed and how many, never whose",
    "pghistory_context": "who changed something, never what",
    "django_%": "the framework's own: sessions, content types, migrations",
    "auth_%": "the framework's own, unused",
    "account_%": "the login library's own: staff, no client",
    "socialaccount_%": "as account",
    "mfa_%": "as account",
    "hemmavid_cache": "counters of the rate limits",
    "care_messages_mailbox": "that a unit has a mailbox; what lies in it has row security",
    "contacts_%": "functions and their phones, never a person (R009)",
    "procrastinate_%": "jobs; their arguments hold no client's data",
}
FACT_TABLES = (
    "people_%",
    "care_messages_%",
    "journals_%",
    "cases_%",
    "contacts_%",
    "orders_%",
    "visits_%",
    "care_plans_%",
    "staffing_%",
    "organisations_%",
    "access_%",
    "audit_%",
)


def rows(query: str, parameters: list[object] | None = None) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall()


def is_open(table: str) -> bool:
    return any(
        table.startswith(name.removesuffix("%")) if name.endswith("%") else table == name
        for name in OPEN_TABLES
    )


def test_every_table_has_row_security_or_a_reason_not_to():
    tables = rows(
        "select relname, relrowsecurity from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') order by 1"
    )
    assert len(tables) > 30
    assert [name for name, is_secured in tables if not is_secured and not is_open(name)] == []


def test_every_table_with_row_security_has_a_policy_that_reads_the_scope():
    policies = rows(
        "select tablename, qual from pg_policies where schemaname = 'public' and cmd in ('ALL', 'SELECT')"
    )
    secured = {
        name for (name,) in rows("select relname from pg_class where relrowsecurity and relkind = 'r'")
    }
    assert {table for table, _ in policies} == secured
    assert [table for table, condition in policies if "app_scope()" not in condition] == []


def test_every_table_that_holds_clients_is_known_to_these_tests():
    with_clients = rows(
        "select distinct table_name from information_schema.columns"
        " where table_schema = 'public'"
        " and (column_name = 'personal_number'"
        "      or column_name in ('client_id', 'staff_id') and data_type = 'uuid')"
    )
    assert {name for (name,) in with_clients} <= {*TABLES, *BEHIND_THE_DECISION}


def test_a_history_table_carries_its_tables_policy():
    policies = dict(rows("select tablename, qual from pg_policies where policyname = 'in_scope'"))
    for table in HISTORY_TABLES:
        own = table.removesuffix("event")
        assert policies[table].replace(table, own) == policies[own]


def test_views_read_with_the_rights_of_whoever_asks():
    views = rows(
        "select relname, coalesce(array_to_string(reloptions, ','), '') from pg_class"
        " where relnamespace = 'public'::regnamespace and relkind = 'v'"
    )
    extensions = {"pg_stat_statements", "pg_stat_statements_info"}
    unsafe = [
        name for name, options in views if "security_invoker=true" not in options and name not in extensions
    ]
    assert unsafe == []


def test_no_materialised_view_keeps_a_copy_past_the_wall():
    assert rows("select relname from pg_class where relkind = 'm'") == []


def test_the_application_is_neither_owner_nor_superuser_and_cannot_bypass():
    assert rows("select current_user") == [(APP_ROLE,)]
    assert rows(
        "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user"
    ) == [(False, False, False, False)]
    assert rows("select count(*) from pg_class where relowner = current_user::regrole") == [(0,)]
    assert rows(
        "select pg_has_role(current_user, %s, 'MEMBER')", [connections["owner"].settings_dict["USER"]]
    ) == [(False,)]


def test_the_application_cannot_delete_or_empty_a_fact():
    for privilege in ("DELETE", "TRUNCATE"):
        allowed = rows(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relname like any (%s) and has_table_privilege(oid, %s)",
            [list(FACT_TABLES), privilege],
        )
        assert allowed == []


def test_without_a_scope_there_is_nothing_to_see():
    with scoped(SYSTEM):
        household()
        assert [table for table in TABLES if rows(f"select count(*) from {table}") == [(0,)]] == []
    assert [table for table in TABLES if rows(f"select count(*) from {table}") != [(0,)]] == []


def test_without_a_scope_nothing_can_be_written():
    tables = [table for table in TABLES if table != "audit_look"]
    with scoped(SYSTEM):
        household()
        columns = {table: copy_of(table) for table in tables}
    for table in tables:
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            rows(
                f"insert into {table} ({columns[table]})"
                f" select {columns[table]} from copy_{table} returning 1"
            )


def copy_of(table: str) -> str:
    """Copy the rows into a table of this transaction with keys of their own; the names of the columns."""
    named = rows("select column_name from information_schema.columns where table_name = %s", [table])
    key = "pgh_id" if table.endswith("event") else "id"
    copy = f"copy_{table}"
    fresh = f"(select max(pgh_id) + 1000 from {copy})" if key == "pgh_id" else "gen_random_uuid()"
    with connection.cursor() as cursor:
        cursor.execute(f"create temporary table {copy} on commit drop as select * from {table}")
        cursor.execute(f"update {copy} set {key} = {fresh}")
    return ", ".join(name for (name,) in named)


def test_a_look_can_always_be_written_and_is_then_out_of_sight():
    with connection.cursor() as cursor:
        cursor.execute(
            "insert into audit_look (at, actor_name, roles, action, page, rows)"
            " values (now(), '', '', 'look', '', 1)"
        )
    assert rows("select count(*) from audit_look") == [(0,)]


@pytest.mark.parametrize("table", [*HISTORY_TABLES, "audit_look", "audit_block", "audit_datachange"])
def test_history_and_log_cannot_be_changed_by_the_application(table):
    column = "pgh_label" if table.endswith("event") else "rows"
    for change in (f"update {table} set {column} = {column}", f"delete from {table}"):
        with scoped(SYSTEM), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            rows(change)
