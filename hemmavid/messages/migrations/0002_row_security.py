"""A thread is read by the units that take part in it; what hangs on a thread follows the thread."""

from django.db import migrations

from hemmavid.database.row_security import row_security


def of_thread(table: str) -> str:
    """The sub-select is itself answered by the thread's policy."""
    return f"exists (select 1 from care_messages_thread thread where thread.id = {table}.thread_id)"


PARTICIPATES = "{table}.unit_ids && (select app_units())::uuid[]"
OF_MESSAGE = (
    "exists (select 1 from care_messages_message message where message.id = care_messages_reading.message_id)"
)


class Migration(migrations.Migration):
    dependencies = [("care_messages", "0001_initial"), ("people", "0004_opened_clients")]

    operations = [
        *(
            row_security(table, PARTICIPATES.format(table=table))
            for table in ("care_messages_thread", "care_messages_threadevent")
        ),
        *(
            row_security(table, of_thread(table))
            for table in (
                "care_messages_participant",
                "care_messages_participantevent",
                "care_messages_message",
            )
        ),
        row_security("care_messages_reading", OF_MESSAGE),
    ]
