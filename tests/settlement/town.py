"""A little town with what makes months hard: two providers, a death, absences, rural homes, care plans."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.roles import Role
from tests.factories.chain import (
    AbsenceFactory,
    ApprovedPlanFactory,
    ClientFactory,
    GrantFactory,
    PriceFactory,
    ProviderFactory,
    RuralMarkFactory,
    StaffFactory,
    UnitFactory,
    VisitFactory,
)

WHOLE = DateRange(date(2022, 1, 1), date(2024, 1, 1))


class Town:
    """U1 and U2 belong to P1, private; U3 to P2, municipal. Client number n is served by unit 1 + n mod 3."""

    def __init__(self, clients: int = 6) -> None:
        first, second = ProviderFactory(code="P1"), ProviderFactory(code="P2", municipal=True)
        owners = {"U1": first, "U2": first, "U3": second}
        self.providers = {"P1": first, "P2": second}
        self.units = {code: UnitFactory(code=code, provider=owner) for code, owner in owners.items()}
        self.staff = {code: StaffFactory(unit=unit) for code, unit in self.units.items()}
        PriceFactory()
        PriceFactory(kind="municipal", base_ore=470_00)
        self.clients = [ClientFactory(code=f"C{number:03d}") for number in range(clients)]
        for number, client in enumerate(self.clients):
            self._fill(number, client)

    def _fill(self, number: int, client) -> None:
        unit = self.units[f"U{1 + number % 3}"]
        GrantFactory(client=client, unit=unit, minutes=100 + 7 * number, period=WHOLE)
        GrantFactory(
            client=client, unit=unit, intervention="avlosning", minutes=61, per="month", period=WHOLE
        )
        for day in (1, 9, 30):
            self.visit(client, unit.code, date(2022, 11, day), "ramtid")
            self.visit(client, unit.code, date(2022, 11, day), "avlosning")
        self.visit(client, unit.code, date(2022, 11, 20), "morgonhjalp")
        if number % 3 == 0:
            AbsenceFactory(client=client)
            RuralMarkFactory(client=client)
        if number % 3 == 1:
            ApprovedPlanFactory(client=client, unit=unit)
        if number % 6 == 5:
            client.deceased_on = date(2022, 11, 9)
            client.save(update_fields=["deceased_on"])

    def visit(self, client, unit: str, day: date, intervention: str) -> None:
        """Thirteen minutes and seventeen seconds in the morning, tagged."""
        start = datetime(day.year, day.month, day.day, 8, 0, tzinfo=UTC)
        VisitFactory(
            client=client,
            unit=self.units[unit],
            staff=self.staff[unit],
            intervention=intervention,
            started_at=start,
            ended_at=start + timedelta(minutes=13, seconds=17),
        )

    def person(self, role: Role, *units: str) -> Actor:
        """Somebody with a role at the units, or in the municipality."""
        at = [self.units[code].pk for code in units] or [None]
        return Actor(uuid4(), "Robin Höst", tuple(Assignment(role, unit_id) for unit_id in at))
