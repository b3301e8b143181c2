"""A unit serves from the moment an order is sent to it, before any grant; a withdrawn grant never was."""

from django.db import migrations

CLIENT_SERVED_DURING = """
create or replace function client_served_during(
    client uuid, units uuid[], since timestamptz, before timestamptz
) returns boolean language sql stable parallel safe as $$
    select exists (
        select 1 from orders_grant served
        where served.client_id = client and served.unit_id = any (units)
        and served.withdrawn_at is null
        and (least(upper(served.period), upper(served.in_effect)) is null
             or (since at time zone 'Europe/Stockholm')::date
                < least(upper(served.period), upper(served.in_effect)))
        and (before is null
             or (before at time zone 'Europe/Stockholm')::date >= lower(served.period))
    ) or exists (
        select 1 from orders_order ordered
        where ordered.client_id = client and ordered.unit_id = any (units)
        and (ordered.status in ('sent', 'acknowledged', 'in_effect')
             or (ordered.status = 'ended' and ordered.ends_on is not null))
        and (ordered.ends_on is null
             or (since at time zone 'Europe/Stockholm')::date < ordered.ends_on)
        and (before is null or before >= ordered.sent_at)
    )
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_client_card_row_security"), ("orders", "0007_orders_row_security")]

    operations = [migrations.RunSQL(sql=CLIENT_SERVED_DURING, reverse_sql=migrations.RunSQL.noop)]
