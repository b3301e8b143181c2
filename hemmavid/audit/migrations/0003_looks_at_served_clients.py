"""Whoever writes a look holds the log's lock, by whatever door; a unit sees who looked at those it serves."""

from django.db import migrations

# Before the row's number is drawn, so that the sealer, holding the lock alone, knows that none is on its way.
LOCK_BEFORE_WRITING = [
    """create function hold_look_log() returns trigger language plpgsql as $$
       begin
           perform pg_advisory_xact_lock_shared(hashtext('look_log'));
           return null;
       end $$""",
    """create trigger hold_look_log before insert on audit_look
       for each statement execute function hold_look_log()""",
]

# A unit sees its own people's looks, and looks at the clients it served that day by the municipality or by
# the provider's other units. Looks from another provider would tell that the client has another provider.
WHOM_A_UNIT_SEES = """
    (select app_scope()) = 'municipality'
    or unit_id = any ((select app_units())::uuid[])
    or (
        (unit_id is null or unit_id in (
            select sister.id from organisations_unit sister join organisations_unit own
            on own.provider_id = sister.provider_id where own.id = any ((select app_units())::uuid[])))
        and exists (
            select 1 from orders_grant served
            where served.client_id = audit_look.client_id
            and served.unit_id = any ((select app_units())::uuid[])
            and served.period @> (audit_look.at at time zone 'Europe/Stockholm')::date)
    )
"""


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0002_record_look_and_row_security"),
        ("orders", "0003_row_security"),
    ]

    operations = [
        migrations.RunSQL(
            sql=LOCK_BEFORE_WRITING,
            reverse_sql=["drop trigger hold_look_log on audit_look", "drop function hold_look_log()"],
        ),
        migrations.RunSQL(
            sql=f"alter policy read_in_scope on audit_look using ({WHOM_A_UNIT_SEES})",
            reverse_sql="""alter policy read_in_scope on audit_look using (
                (select app_scope()) = 'municipality' or unit_id = any ((select app_units())::uuid[]))""",
        ),
    ]
