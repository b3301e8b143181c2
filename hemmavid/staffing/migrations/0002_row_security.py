"""Staff belong to their unit; a device token to its staff member."""

from django.db import migrations

from hemmavid.database.row_security import row_security, unit_in_scope


class Migration(migrations.Migration):
    dependencies = [("staffing", "0001_initial"), ("organisations", "0001_initial")]

    operations = [
        row_security("staffing_staff", unit_in_scope()),
        row_security("staffing_staffevent", unit_in_scope()),
        row_security(
            "staffing_devicetoken",
            "exists (select 1 from staffing_staff holder where holder.id = staffing_devicetoken.staff_id"
            f" and {unit_in_scope('holder.unit_id')})",
        ),
    ]
