"""Visits to a client opened by break-glass."""

from django.db import migrations

from hemmavid.database.row_security import opened_client, row_security, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [
        ("visits", "0003_statistics_after_a_large_load"),
        ("people", "0004_opened_clients"),
    ]

    operations = [
        row_security("visits_visit", f"{unit_in_scope()} or {opened_client()}"),
        row_security("visits_visitevent", f"{unit_in_scope()} or {opened_client()}"),
    ]
