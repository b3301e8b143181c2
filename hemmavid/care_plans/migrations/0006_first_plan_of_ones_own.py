"""Only about plans that the connection may see is it told whether they are the client's first.

The function looks with its owner's eyes, so without this anybody who knew a plan's id could ask about
another provider's client.
"""

from django.db import migrations

from hemmavid.database.row_security import EVERYWHERE, unit_in_scope

ASKED_OF_ONES_OWN = f"""
create or replace function is_first_approved_plan(plan uuid, per_provider boolean) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
    select exists (
        select 1 from care_plans_approvedplan this
        where this.id = plan and ({EVERYWHERE} or {unit_in_scope("this.unit_id")})
    ) and not exists (
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
    dependencies = [("care_plans", "0005_first_plan")]

    operations = [migrations.RunSQL(sql=ASKED_OF_ONES_OWN, reverse_sql=migrations.RunSQL.noop)]
