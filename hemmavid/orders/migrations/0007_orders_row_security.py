"""An order is the authority's own until it is sent, and the unit's from then on; what hangs on it follows it."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, row_security, unit_in_scope

SENT = "('sent', 'acknowledged', 'in_effect', 'ended')"

# A unit is told of a client when the order is sent, not when it is drafted.
KEEP_SERVING_UNITS_OF_ORDERS = f"""
create function keep_serving_units_of_orders() returns trigger language plpgsql as $$
begin
    insert into people_servingunit (client_id, unit_id)
    select distinct client_id, unit_id from new_rows where status in {SENT}
    on conflict do nothing;
    return null;
end $$
"""

SENT_TO_UNIT = f"({unit_in_scope()} or {opened_client()}) and status in {SENT}"
BETWEEN_UNITS = f"{unit_in_scope('leaving_unit_id')} or {unit_in_scope('next_unit_id')}"


def kept_by_trigger(event: str) -> str:
    return (
        f"create trigger keep_serving_unit_{event} after {event} on orders_order"
        " referencing new table as new_rows for each statement"
        " execute function keep_serving_units_of_orders()"
    )


def of_order(table: str, column: str = "order_id") -> str:
    """The sub-select is itself answered by the order's policy."""
    return f"exists (select 1 from orders_order parent where parent.id = {table}.{column})"


def of_change(table: str) -> str:
    return f"exists (select 1 from orders_providerchange parent where parent.id = {table}.change_id)"


OF_ORDER = (
    "orders_orderversion",
    "orders_orderstep",
    "orders_orderreading",
    "orders_ordercall",
    "orders_ending",
    "orders_endingevent",
)

BETWEEN_ORDERS = (
    ("orders_coordinationconsent", "other_order_id"),
    ("orders_coordinationconsentevent", "other_order_id"),
    ("orders_teammove", "next_order_id"),
    ("orders_teammoveevent", "next_order_id"),
)


class Migration(migrations.Migration):
    dependencies = [("orders", "0006_orders_of_units"), ("people", "0004_opened_clients")]

    operations = [
        migrations.RunSQL(
            sql="create sequence orders_order_number",
            reverse_sql="drop sequence orders_order_number",
        ),
        migrations.RunSQL(
            sql=KEEP_SERVING_UNITS_OF_ORDERS, reverse_sql="drop function keep_serving_units_of_orders()"
        ),
        migrations.RunSQL(
            sql=(kept_by_trigger("insert"), kept_by_trigger("update")),
            reverse_sql=(
                "drop trigger keep_serving_unit_insert on orders_order",
                "drop trigger keep_serving_unit_update on orders_order",
            ),
        ),
        *(row_security(table, SENT_TO_UNIT) for table in ("orders_order", "orders_orderevent")),
        *(row_security(table, of_order(table)) for table in OF_ORDER),
        *(
            row_security(table, f"{of_order(table)} or {of_order(table, other)}")
            for table, other in BETWEEN_ORDERS
        ),
        *(
            row_security(table, unit_in_scope())
            for table in (
                "orders_capacitystop",
                "orders_capacitystopevent",
                "orders_inquiry",
                "orders_inquiryevent",
                "orders_billingcorrection",
            )
        ),
        *(
            row_security(table, BETWEEN_UNITS)
            for table in ("orders_providerchange", "orders_providerchangeevent")
        ),
        *(
            row_security(table, of_change(table))
            for table in ("orders_handoveritem", "orders_handoveritemevent")
        ),
    ]
