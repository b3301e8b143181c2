"""SQL for the second wall: PostgreSQL itself answers only for the units the connection speaks for.

The first wall is `visible_to(actor)`. This one holds when somebody forgets the first: a connection
without a scope sees no row and writes none (architecture.md 3a, "Row security").
"""

from django.db import migrations

EVERYWHERE = "(select app_scope()) = 'municipality'"
"""The connection speaks for the municipality."""


def unit_in_scope(column: str = "unit_id") -> str:
    """SQL condition: the row's unit is one of those the connection speaks for."""
    return f"{column} = any ((select app_units())::uuid[])"


def opened_client(column: str = "client_id") -> str:
    """SQL condition: the row is about a client whom the person has opened by break-glass."""
    return f"{column} = any ((select app_clients())::uuid[])"


def own_row(column: str) -> str:
    """SQL condition: the row was made by the person the connection speaks for."""
    return f"{column} = (select app_user())"


def row_security(table: str, condition: str) -> migrations.RunSQL:
    """A migration step that lets `table` be read and written only where `condition` or the municipality."""
    return migrations.RunSQL(
        sql=(
            f"alter table {table} enable row level security",
            f"drop policy if exists in_scope on {table}",
            f"create policy in_scope on {table} using ({EVERYWHERE} or {condition})",
        ),
        reverse_sql=(
            f"drop policy in_scope on {table}",
            f"alter table {table} disable row level security",
        ),
    )


def serving_unit_trigger(table: str) -> migrations.RunSQL:
    """A migration step: whoever has rows about a client in `table` is remembered as a serving unit."""
    create = tuple(
        f"""create trigger keep_serving_unit_{event.lower()} after {event} on {table}
            referencing new table as new_rows for each statement execute function keep_serving_units()"""
        for event in ("INSERT", "UPDATE")
    )
    drop = tuple(f"drop trigger keep_serving_unit_{event} on {table}" for event in ("insert", "update"))
    return migrations.RunSQL(sql=create, reverse_sql=drop)
