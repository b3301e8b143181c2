"""A client opened by break-glass is seen by whoever opened it; an opening by that person and by those who serve."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, own_row, row_security, unit_in_scope


def served(client: str) -> str:
    return (
        f"exists (select 1 from people_servingunit served where served.client_id = {client}"
        f" and {unit_in_scope('served.unit_id')})"
    )


def served_or_opened(client: str) -> str:
    return f"{served(client)} or {opened_client(client)}"


class Migration(migrations.Migration):
    dependencies = [("people", "0003_break_glass"), ("access", "0005_opened_clients")]

    operations = [
        row_security("people_servingunit", f"{unit_in_scope()} or {opened_client()}"),
        row_security("people_client", served_or_opened("people_client.id")),
        row_security("people_clientevent", served_or_opened("people_clientevent.id")),
        row_security("people_ruralmark", served_or_opened("people_ruralmark.client_id")),
        row_security("people_ruralmarkevent", served_or_opened("people_ruralmarkevent.client_id")),
        row_security("people_breakglass", f"{own_row('user_id')} or {served('people_breakglass.client_id')}"),
    ]
