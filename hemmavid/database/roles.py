"""The role that everything but migrations runs as: `hemmavid_app`, neither owner nor superuser."""

from typing import Any

from psycopg import Connection, errors, sql

from hemmavid.database.connection import APP_ROLE
from hemmavid.database.errors import DatabaseUnusable, Problem

_ROLE = sql.Identifier(APP_ROLE)

# Tables whose rows are technical, not facts: here the application itself may delete.
DELETABLE_TABLES = (
    "django_session",
    "hemmavid_cache",
    "procrastinate_%",
    "account_%",
    "mfa_%",
    "socialaccount_%",
    "usersessions_%",
)
READ_ONLY_TABLES = ("django_migrations",)
# The log and the history: their triggers refuse changes too, but a right not given needs no trigger.
APPEND_ONLY_TABLES = ("audit_%", "%event")


def make_app_role(connection: Connection[Any]) -> None:
    """Make `hemmavid_app` when missing and let the connected role act as it. Safe to repeat.

    Raises DatabaseUnusable when the connected role may not, or when the role is stronger than promised.
    """
    try:
        if not _role_exists(connection):
            _create_role(connection)
        if not _may_act_as_app(connection):
            _grant_membership(connection)
    except errors.InsufficientPrivilege as error:
        raise DatabaseUnusable(Problem.ROLE_FORBIDDEN, role=APP_ROLE) from error
    _refuse_strong_role(connection)


def grant_rights(connection: Connection[Any]) -> None:
    """Give `hemmavid_app` its rights on all we own in the schema, after each migration. Safe to repeat.

    Facts are read, added and changed, never deleted; what may be deleted is listed above. What an extension
    or another owner has put beside our tables is left alone.
    """
    connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(_ROLE))
    tables = _own_relations(connection, kinds="rpvm")
    _grant(connection, "REVOKE ALL ON TABLE {} FROM {}", tables)
    _grant(connection, "GRANT SELECT, INSERT, UPDATE ON TABLE {} TO {}", tables)
    _grant(connection, "GRANT USAGE, SELECT ON SEQUENCE {} TO {}", _own_relations(connection, kinds="S"))
    _grant(connection, "GRANT EXECUTE ON ROUTINE {} TO {}", _own_routines(connection))
    deletable = _own_relations(connection, kinds="rp", like=DELETABLE_TABLES)
    _grant(connection, "GRANT DELETE ON TABLE {} TO {}", deletable)
    append_only = _own_relations(connection, kinds="rp", like=APPEND_ONLY_TABLES)
    _grant(connection, "REVOKE UPDATE ON TABLE {} FROM {}", append_only)
    read_only = _own_relations(connection, kinds="rp", like=READ_ONLY_TABLES)
    _grant(connection, "REVOKE INSERT, UPDATE ON TABLE {} FROM {}", read_only)


def _role_exists(connection: Connection[Any]) -> bool:
    found = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APP_ROLE])
    return found.fetchone() is not None


def _create_role(connection: Connection[Any]) -> None:
    """Two databases of one server share its roles, so another may make it at the same moment."""
    statement = "CREATE ROLE {} NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION"
    try:
        with connection.transaction():
            connection.execute(sql.SQL(statement).format(_ROLE))
    except (errors.DuplicateObject, errors.UniqueViolation):
        return


def _may_act_as_app(connection: Connection[Any]) -> bool:
    """PG 16 split membership: ADMIN alone, which a role's maker gets, does not allow SET ROLE."""
    privilege = "SET" if connection.info.server_version >= 160000 else "MEMBER"
    answer = connection.execute("SELECT pg_has_role(current_user, %s, %s)", [APP_ROLE, privilege])
    row = answer.fetchone()
    return row is not None and bool(row[0])


def _grant_membership(connection: Connection[Any]) -> None:
    with_set = " WITH SET TRUE, INHERIT FALSE" if connection.info.server_version >= 160000 else ""
    statement = sql.SQL("GRANT {} TO CURRENT_USER" + with_set)
    try:
        with connection.transaction():
            connection.execute(statement.format(_ROLE))
    except errors.UniqueViolation:
        return  # granted by a twin at the same moment


def _refuse_strong_role(connection: Connection[Any]) -> None:
    answer = connection.execute(
        "SELECT rolsuper OR rolbypassrls OR pg_has_role(rolname, current_user, 'MEMBER')"
        " OR EXISTS (SELECT 1 FROM pg_class WHERE relowner = pg_roles.oid)"
        " FROM pg_roles WHERE rolname = %s",
        [APP_ROLE],
    )
    row = answer.fetchone()
    if row is None or row[0]:
        raise DatabaseUnusable(Problem.ROLE_TOO_STRONG, role=APP_ROLE)


def _grant(connection: Connection[Any], statement: str, objects: list[str]) -> None:
    """The names come from the catalogue, already quoted, so they are put in as they are."""
    if objects:
        connection.execute(statement.format(", ".join(objects), APP_ROLE).encode())


def _own_relations(connection: Connection[Any], *, kinds: str, like: tuple[str, ...] = ("%",)) -> list[str]:
    found = connection.execute(
        "SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = ANY (%s) AND relname LIKE ANY (%s) AND pg_has_role(relowner, 'USAGE') ORDER BY 1",
        [list(kinds), [pattern.replace("_", r"\_") for pattern in like]],
    )
    return [row[0] for row in found]


def _own_routines(connection: Connection[Any]) -> list[str]:
    found = connection.execute(
        "SELECT oid::regprocedure::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND pg_has_role(proowner, 'USAGE') ORDER BY 1"
    )
    return [row[0] for row in found]
