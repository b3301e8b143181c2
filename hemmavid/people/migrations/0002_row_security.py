"""A client is seen by the units that serve, or have served, that client; and Swedish order for names."""

from django.db import migrations

from hemmavid.database.row_security import row_security, unit_in_scope

KEEP_SERVING_UNITS = """
create function keep_serving_units() returns trigger language plpgsql as $$
begin
    insert into people_servingunit (client_id, unit_id)
    select distinct client_id, unit_id from new_rows
    on conflict do nothing;
    return null;
end $$
"""

# Å, ä and ö sort after z on every engine, whatever collations it was built with.
SWEDISH_KEY = """
create function swedish_key(word text) returns text language sql immutable parallel safe strict as $$
    select translate(word,
        'ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÆØÉÈÊËÜÁÀåäöæøéèêëüáà',
        'abcdefghijklmnopqrstuvwxyz{|}|}eeeeyaa{|}|}eeeeyaa') collate "C"
$$
"""


def served(client: str) -> str:
    return (
        f"exists (select 1 from people_servingunit served where served.client_id = {client}"
        f" and {unit_in_scope('served.unit_id')})"
    )


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial"), ("organisations", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=KEEP_SERVING_UNITS, reverse_sql="drop function keep_serving_units()"),
        migrations.RunSQL(sql=SWEDISH_KEY, reverse_sql="drop function swedish_key(text)"),
        migrations.RunSQL(
            sql="create index client_by_name on people_client (swedish_key(family_name), swedish_key(given_name))",
            reverse_sql="drop index client_by_name",
        ),
        row_security("people_servingunit", unit_in_scope()),
        row_security("people_client", served("people_client.id")),
        row_security("people_clientevent", served("people_clientevent.id")),
        row_security("people_ruralmark", served("people_ruralmark.client_id")),
        row_security("people_ruralmarkevent", served("people_ruralmarkevent.client_id")),
    ]
