"""A provider's journal belongs to its unit; the authority's is never a unit's to read."""

from django.db import migrations

from hemmavid.database.row_security import row_security, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [("journals", "0001_initial"), ("people", "0004_opened_clients")]

    operations = [row_security("journals_journalentry", f"(side = 'provider' and {unit_in_scope()})")]
