"""Approved plans belong to their unit."""

from django.db import migrations

from hemmavid.database.row_security import row_security, serving_unit_trigger, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [("care_plans", "0002_initial"), ("people", "0002_row_security")]

    operations = [
        serving_unit_trigger("care_plans_approvedplan"),
        row_security("care_plans_approvedplan", unit_in_scope()),
    ]
