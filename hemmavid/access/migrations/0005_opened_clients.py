"""What the policies ask beyond units: clients opened by break-glass, and who the connection speaks for."""

from django.db import migrations

ASKED = [
    """create function app_clients() returns uuid[] language sql stable parallel safe as
       $$ select case when app_scope() = 'units'
            then coalesce(string_to_array(nullif(current_setting('app.clients', true), ''), ',')::uuid[],
                          array[]::uuid[])
            else array[]::uuid[] end $$""",
    """create function app_user() returns uuid language sql stable parallel safe as
       $$ select nullif(current_setting('app.user', true), '')::uuid $$""",
]


class Migration(migrations.Migration):
    dependencies = [("access", "0004_roles_end_at_once"), ("organisations", "0001_initial")]

    operations = [
        migrations.RunSQL(sql=ASKED, reverse_sql=["drop function app_clients()", "drop function app_user()"]),
    ]
