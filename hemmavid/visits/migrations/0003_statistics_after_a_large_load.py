"""A large load tells the planner at once what has become of the tables, instead of a minute later."""

from django.db import migrations

# Only the owner of a table may analyse it. The function does that one thing, on these tables alone.
ANALYSE_FACTS = """
create function analyse_facts() returns void language plpgsql security definer
set search_path = public, pg_temp as $$
begin
    analyze people_client, people_ruralmark, people_servingunit, staffing_staff,
            orders_grant, orders_absence, visits_visit, care_plans_approvedplan;
end $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0002_row_security"),
        ("orders", "0003_row_security"),
        ("care_plans", "0003_row_security"),
        ("staffing", "0002_row_security"),
    ]

    operations = [
        migrations.RunSQL(sql=ANALYSE_FACTS, reverse_sql="drop function analyse_facts()"),
    ]
