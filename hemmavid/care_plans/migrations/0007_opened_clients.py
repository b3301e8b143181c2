"""Plans of a client opened by break-glass."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, row_security, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [("care_plans", "0006_first_plan_of_ones_own"), ("people", "0004_opened_clients")]

    operations = [row_security("care_plans_approvedplan", f"{unit_in_scope()} or {opened_client()}")]
