"""A client whose performed time drifts from frame time: so many minutes of visits each month."""

from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.audit.operations import record_data_change
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client
from hemmavid.staffing.models import Staff
from tests.factories import ClientFactory, GrantFactory, StaffFactory, UnitFactory, VisitFactory

DAY = date(2022, 12, 5)
AT = datetime(2022, 12, 5, 9, 0, tzinfo=UTC)
SINCE_JANUARY = DateRange(date(2022, 1, 1), None)
AS_GRANTED = 745
"""Minutes in a month of 30 days that come near 174 minutes of frame time a week."""


def drifting(
    unit: Unit, *minutes: int, staff: Staff | None = None, tagged: str = "ramtid", **about: object
) -> Client:
    """A client with frame time and one long visit a month; the last figure is November's. As the system."""
    client = ClientFactory(**about)
    GrantFactory(client=client, unit=unit, period=SINCE_JANUARY)
    staff = staff or StaffFactory(unit=unit)
    for month, length in zip(range(12 - len(minutes), 12), minutes, strict=True):
        if length:
            start = datetime(2022, month, 7, 7, 0, tzinfo=UTC)
            visit = {"client": client, "unit": unit, "staff": staff, "started_at": start}
            VisitFactory(**visit, minutes=length, intervention=tagged)
    return client


def told_of_november() -> Unit:
    """A unit with a client as granted in every month, so that all months are known; and data that changed."""
    unit = UnitFactory(name="Norr")
    drifting(unit, *[AS_GRANTED] * 4, family_name="Jämn")
    record_data_change(what="test", rows=1, at=datetime(2022, 12, 1, 5, tzinfo=UTC))
    return unit
