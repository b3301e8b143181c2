"""Grants belong to their unit; absences are seen for the time a unit serves; absences may share a boundary day."""

from django.db import migrations

from hemmavid.database.row_security import row_security, serving_unit_trigger, unit_in_scope

# Open at both ends, so that one absence may end the day the next begins (contract.md section 3);
# an absence of one day is that very instant.
NO_OVERLAP = """
alter table orders_absence add constraint absence_one_at_a_time exclude using gist (
    client_id with =,
    tsrange(left_on::timestamp, returned_on::timestamp,
            case when left_on = returned_on then '[]' else '()' end) with &&
)
"""


def served_then(table: str) -> str:
    return (
        f"exists (select 1 from orders_grant served where served.client_id = {table}.client_id"
        f" and {unit_in_scope('served.unit_id')}"
        f" and served.period && daterange({table}.left_on, {table}.returned_on, '[]'))"
    )


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0002_initial"),
        ("people", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(
            sql=NO_OVERLAP, reverse_sql="alter table orders_absence drop constraint absence_one_at_a_time"
        ),
        serving_unit_trigger("orders_grant"),
        row_security("orders_grant", unit_in_scope()),
        row_security("orders_grantevent", unit_in_scope()),
        row_security("orders_absence", served_then("orders_absence")),
        row_security("orders_absenceevent", served_then("orders_absenceevent")),
    ]
