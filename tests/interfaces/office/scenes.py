"""A provider's month to draw pages from: November 2022, with as many clients as a test wants."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit.operations import record_data_change
from hemmavid.organisations.models import Price, Unit
from hemmavid.people.models import Client
from tests.factories import (
    AbsenceFactory,
    ApprovedPlanFactory,
    ClientFactory,
    GrantFactory,
    PriceFactory,
    ProviderFactory,
    StaffFactory,
    UnitFactory,
    VisitFactory,
)

NOVEMBER = "2022-11"
NOW = datetime(2022, 12, 5, 9, 0, tzinfo=UTC)
OPEN_ENDED = DateRange(date(2022, 1, 1), None)


@dataclass(frozen=True)
class Scene:
    """A unit with its clients."""

    unit: Unit
    clients: list[Client]

    @property
    def client(self) -> Client:
        """The first of them."""
        return self.clients[0]


def scene(count: int = 1, **about: object) -> Scene:
    """A unit of a provider of its own, with clients who have grants, visits, an absence and a plan."""
    with scoped(SYSTEM):
        if not Price.objects.filter(kind="private").exists():
            PriceFactory()
            record_data_change(what="test", rows=1, at=datetime(2022, 12, 1, 5, 0, tzinfo=UTC))
        unit = UnitFactory(provider=ProviderFactory())
        staff = StaffFactory(unit=unit)
        return Scene(unit, [_client(unit, staff, **about) for _ in range(count)])


def _client(unit: Unit, staff: object, **about: object) -> Client:
    client = ClientFactory(**about)
    GrantFactory(client=client, unit=unit, period=OPEN_ENDED)
    GrantFactory(client=client, unit=unit, period=OPEN_ENDED, intervention="ledsagning", minutes=60)
    VisitFactory(client=client, unit=unit, staff=staff)
    VisitFactory(client=client, unit=unit, staff=staff, intervention="morgonhjalp")
    VisitFactory(client=client, unit=unit, staff=staff, manual=True)
    AbsenceFactory(client=client)
    ApprovedPlanFactory(client=client, unit=unit)
    return client
