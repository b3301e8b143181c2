"""Grants and absences of a client opened by break-glass."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, row_security, unit_in_scope


def served_then(table: str) -> str:
    return (
        f"exists (select 1 from orders_grant served where served.client_id = {table}.client_id"
        f" and {unit_in_scope('served.unit_id')}"
        f" and served.period && daterange({table}.left_on, {table}.returned_on, '[]'))"
        f" or {opened_client(f'{table}.client_id')}"
    )


class Migration(migrations.Migration):
    dependencies = [("orders", "0004_grants_may_trade_places"), ("people", "0004_opened_clients")]

    operations = [
        row_security("orders_grant", f"{unit_in_scope()} or {opened_client()}"),
        row_security("orders_grantevent", f"{unit_in_scope()} or {opened_client()}"),
        row_security("orders_absence", served_then("orders_absence")),
        row_security("orders_absenceevent", served_then("orders_absenceevent")),
    ]
