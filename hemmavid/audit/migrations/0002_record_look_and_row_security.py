"""One door for writing looks, and row security for reading them."""

from django.db import migrations

RECORD_LOOK = """
create function record_look(
    at timestamptz, actor_id uuid, actor_name text, roles text, unit_id uuid,
    action text, client_id uuid, page text, looked_rows integer
) returns void language plpgsql as $$
begin
    -- The sealer takes the same lock alone, so a block never closes over a row still on its way.
    perform pg_advisory_xact_lock_shared(hashtext('look_log'));
    insert into audit_look (at, actor_id, actor_name, roles, unit_id, action, client_id, page, rows)
    values (at, actor_id, actor_name, roles, unit_id, action, client_id, page, looked_rows);
end $$
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial"), ("organisations", "0001_initial")]

    operations = [
        migrations.RunSQL(
            sql=RECORD_LOOK,
            reverse_sql="drop function record_look(timestamptz, uuid, text, text, uuid, text, uuid, text, integer)",
        ),
        migrations.RunSQL(
            sql=[
                "alter table audit_look enable row level security",
                """create policy read_in_scope on audit_look for select using (
                     (select app_scope()) = 'municipality' or unit_id = any ((select app_units())::uuid[]))""",
                "create policy anyone_is_logged on audit_look for insert with check (true)",
            ],
            reverse_sql=[
                "drop policy anyone_is_logged on audit_look",
                "drop policy read_in_scope on audit_look",
                "alter table audit_look disable row level security",
            ],
        ),
    ]
