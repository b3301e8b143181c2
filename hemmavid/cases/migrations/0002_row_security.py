"""What lies behind a decision is the authority's; those on call see what they granted themselves (R018, R352)."""

from django.db import migrations

from hemmavid.database.row_security import own_row, row_security

BEHIND = "false"
WITH_HISTORY = (
    "application",
    "assessment",
    "areaassessment",
    "need",
    "outsideneed",
    "consent",
    "endingconfirmation",
)
APPEND_ONLY = ("case", "caseowner", "casechange", "frametimesnapshot", "extentchange", "event_of_case")
OF_DECISION = ("grantedarea", "grantedneed", "grantedoutside")
OWN_DECISION = own_row("decided_by_id")


def of_own_decision(table: str) -> str:
    return (
        f"exists (select 1 from cases_decision made where made.id = {table}.decision_id"
        f" and {own_row('made.decided_by_id')})"
    )


OF_OWN_HANDOVER = (
    "exists (select 1 from cases_oncallhandover signed where signed.id = cases_oncallhandoveritem.handover_id"
    f" and {own_row('signed.signed_by_id')})"
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial"), ("people", "0004_opened_clients")]

    operations = [
        *(row_security(f"cases_{table}", BEHIND) for table in APPEND_ONLY),
        *(row_security(f"cases_{table}{kind}", BEHIND) for table in WITH_HISTORY for kind in ("", "event")),
        row_security("cases_decision", OWN_DECISION),
        row_security("cases_decisionevent", OWN_DECISION),
        *(
            row_security(f"cases_{table}{kind}", of_own_decision(f"cases_{table}{kind}"))
            for table in OF_DECISION
            for kind in ("", "event")
        ),
        row_security("cases_oncallhandover", own_row("signed_by_id")),
        row_security("cases_oncallhandoveritem", OF_OWN_HANDOVER),
        migrations.RunSQL(
            sql=("create sequence cases_case_number", "create sequence cases_decision_number"),
            reverse_sql=("drop sequence cases_case_number", "drop sequence cases_decision_number"),
        ),
    ]
