"""Two providers that must never see each other, each with one of everything that is stored about a client."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import connection

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.care_plans.models import ApprovedPlan
from hemmavid.orders.models import Absence, Grant
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client, RuralMark, ServingUnit
from hemmavid.staffing.models import DeviceToken, Staff
from hemmavid.visits.models import Visit
from tests.factories import (
    AbsenceFactory,
    ApprovedPlanFactory,
    ClientFactory,
    GrantFactory,
    RuralMarkFactory,
    StaffFactory,
    UnitFactory,
    VisitFactory,
)

AT = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
SCOPED_MODELS = (Client, RuralMark, ServingUnit, Staff, Grant, Absence, ApprovedPlan, Visit)
HISTORY_TABLES = (
    "people_clientevent",
    "people_ruralmarkevent",
    "staffing_staffevent",
    "orders_grantevent",
    "orders_absenceevent",
    "visits_visitevent",
)
TABLES = (
    tuple(model._meta.db_table for model in (*SCOPED_MODELS, DeviceToken)) + HISTORY_TABLES + ("audit_look",)
)


@dataclass(frozen=True)
class Household:
    """One provider's unit, and the client it serves."""

    unit: Unit
    client: Client
    staff: Staff

    def actor(self, role: Role = Role.UNIT_MANAGER) -> Actor:
        return actor_of(role, self.unit.pk)


def actor_of(role: Role, unit_id: UUID | None = None) -> Actor:
    return Actor(uuid4(), f"Robin {role.label}", (Assignment(role, unit_id),))


def household() -> Household:
    """One of everything, each row changed once so that it has history. Call as the system."""
    unit = UnitFactory()
    client = ClientFactory()
    staff = StaffFactory(unit=unit)
    rows = (
        client,
        staff,
        GrantFactory(client=client, unit=unit),
        AbsenceFactory(client=client),
        RuralMarkFactory(client=client),
        VisitFactory(client=client, unit=unit, staff=staff),
    )
    ApprovedPlanFactory(client=client, unit=unit)
    DeviceToken.objects.create(token_hash=uuid4().hex, staff=staff, device="Mobil", issued_at=AT)
    for row, change in zip(rows, CHANGES, strict=True):
        type(row)._default_manager.filter(pk=row.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_look(%s, null, 'Robin', 'unit_manager', %s, 'look', %s, 'client', 1)",
            [AT, unit.pk, client.pk],
        )
    return Household(unit, client, staff)


CHANGES = (
    {"city": "Annanstad"},
    {"family_name": "Vår"},
    {"minutes": 180},
    {"reason": "resa"},
    {"is_rural": False},
    {"is_approved": True},
)
