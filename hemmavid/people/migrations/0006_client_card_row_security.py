"""A unit reads the versions of a card that held in its own time, and its own readings and reported errors."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, own_row, row_security, unit_in_scope

# A unit serves from the day it is ordered, also before the first day, until its last grant has ended.
CLIENT_SERVED_DURING = """
create function client_served_during(client uuid, units uuid[], since timestamptz, before timestamptz)
returns boolean language sql stable parallel safe as $$
    select exists (
        select 1 from orders_grant served
        where served.client_id = client and served.unit_id = any (units)
        and (least(upper(served.period), upper(served.in_effect)) is null
             or (since at time zone 'Europe/Stockholm')::date
                < least(upper(served.period), upper(served.in_effect)))
        and (before is null
             or (before at time zone 'Europe/Stockholm')::date >= lower(served.period)))
$$
"""


def served(client: str) -> str:
    return (
        f"exists (select 1 from people_servingunit served where served.client_id = {client}"
        f" and {unit_in_scope('served.unit_id')})"
    )


def of_card(table: str) -> str:
    return f"{served(f'{table}.client_id')} or {opened_client(f'{table}.client_id')}"


OF_OWN_TIME = f"""exists (
    select 1 from people_clientcard card where card.id = people_clientcardversion.card_id
    and (client_served_during(card.client_id, (select app_units())::uuid[], people_clientcardversion.made_at, null)
         or {opened_client("card.client_id")}))"""


class Migration(migrations.Migration):
    dependencies = [("people", "0005_client_card"), ("orders", "0005_opened_clients")]

    operations = [
        migrations.RunSQL(
            sql=CLIENT_SERVED_DURING,
            reverse_sql="drop function client_served_during(uuid, uuid[], timestamptz, timestamptz)",
        ),
        *(row_security(table, of_card(table)) for table in ("people_clientcard", "people_clientcardevent")),
        row_security("people_clientcardversion", OF_OWN_TIME),
        row_security("people_clientcardreading", f"{unit_in_scope()} or {own_row('user_id')}"),
        row_security("people_carderror", unit_in_scope()),
        row_security("people_carderrorevent", unit_in_scope()),
    ]
