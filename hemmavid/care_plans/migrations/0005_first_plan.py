"""Whether a plan is the client's first looks at every unit, also those the connection does not speak for.

The function answers yes or no with its owner's eyes and gives nothing else away (contract.md section 5, A11).
"""

from django.db import migrations

IS_FIRST = """
create function is_first_approved_plan(plan uuid, per_provider boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select not exists (
        select 1
        from care_plans_approvedplan this
        join organisations_unit own on own.id = this.unit_id
        join care_plans_approvedplan other on other.client_id = this.client_id
        join organisations_unit theirs on theirs.id = other.unit_id
        where this.id = plan
          and (theirs.provider_id = own.provider_id or not per_provider)
          and (other.approved_on, other.number) < (this.approved_on, this.number)
    )
$$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("care_plans", "0004_plans_in_the_order_they_came"),
        ("organisations", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(sql=IS_FIRST, reverse_sql="drop function is_first_approved_plan(uuid, boolean)"),
    ]
