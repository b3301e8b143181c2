"""Visits belong to the unit that made them."""

from django.db import migrations

from hemmavid.database.row_security import row_security, serving_unit_trigger, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [("visits", "0001_initial"), ("people", "0002_row_security")]

    operations = [
        serving_unit_trigger("visits_visit"),
        row_security("visits_visit", unit_in_scope()),
        row_security("visits_visitevent", unit_in_scope()),
    ]
