"""Two providers that must never see each other, each with one of everything that is stored about a client."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid4

from django.db import connection
from django.db.models import Model

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.care_plans.models import ApprovedPlan
from hemmavid.journals.models import JournalEntry
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.messages.models import Message, Participant, Reading, Thread, ThreadKind
from hemmavid.messages.operations import NewThread, Side, mark_read, open_thread
from hemmavid.orders.models import (
    Absence,
    BillingCorrection,
    CapacityStop,
    CoordinationConsent,
    Ending,
    Grant,
    HandoverItem,
    Inquiry,
    Order,
    OrderCall,
    OrderReading,
    OrderStep,
    OrderVersion,
    ProviderChange,
    TeamMove,
)
from hemmavid.organisations.models import Unit
from hemmavid.people.models import (
    BreakGlass,
    CardError,
    Client,
    ClientCard,
    ClientCardReading,
    ClientCardVersion,
    RuralMark,
    ServingUnit,
)
from hemmavid.staffing.models import DeviceToken, Staff
from hemmavid.visits.models import Visit
from tests.access.behind_the_decision import CASE_TABLES, case_of
from tests.factories import (
    AbsenceFactory,
    ApprovedPlanFactory,
    BillingCorrectionFactory,
    BreakGlassFactory,
    CapacityStopFactory,
    ClientCardReadingFactory,
    ClientCardVersionFactory,
    ClientFactory,
    CoordinationConsentFactory,
    EndingFactory,
    GrantFactory,
    HandoverItemFactory,
    InquiryFactory,
    OrderCallFactory,
    OrderFactory,
    OrderReadingFactory,
    OrderStepFactory,
    OrderVersionFactory,
    ProviderChangeFactory,
    RuralMarkFactory,
    StaffFactory,
    TeamMoveFactory,
    UnitFactory,
    VisitFactory,
)

AT = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
SCOPED_MODELS = (
    Client, RuralMark, ServingUnit, BreakGlass, Staff, Grant, Absence, ApprovedPlan, Visit,
    Thread, Participant, Message, JournalEntry,
    Order, OrderVersion, OrderStep, OrderReading, OrderCall, CapacityStop, Inquiry, CoordinationConsent,
    ProviderChange, HandoverItem, TeamMove, Ending, BillingCorrection,
    ClientCard, ClientCardVersion, ClientCardReading, CardError,
)  # fmt: skip
HISTORY_TABLES = (
    "people_clientevent",
    "people_ruralmarkevent",
    "staffing_staffevent",
    "orders_grantevent",
    "orders_absenceevent",
    "visits_visitevent",
    "care_messages_threadevent",
    "care_messages_participantevent",
    "orders_orderevent",
    "orders_capacitystopevent",
    "orders_inquiryevent",
    "orders_coordinationconsentevent",
    "orders_providerchangeevent",
    "orders_handoveritemevent",
    "orders_teammoveevent",
    "orders_endingevent",
    "people_clientcardevent",
    "people_carderrorevent",
)
TABLES = (
    tuple(model._meta.db_table for model in (*SCOPED_MODELS, DeviceToken, Reading))
    + HISTORY_TABLES
    + ("audit_look",)
)
# What only the authority may read: of these a unit sees nothing at all (R018, R247).
BEHIND_THE_DECISION: tuple[str, ...] = CASE_TABLES


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
        *thread_of(client, unit),
        *orders_of(client, unit),
        *card_of(client, unit),
    )
    ApprovedPlanFactory(client=client, unit=unit)
    write_entry(NewEntry(client.pk, "Ringde upp.", AT, unit_id=unit.pk), by=SYSTEM, at=AT)
    BreakGlassFactory(client=client)
    case_of(client)
    DeviceToken.objects.create(token_hash=uuid4().hex, staff=staff, device="Mobil", issued_at=AT)
    for row, change in zip(rows, CHANGES, strict=True):
        type(row)._default_manager.filter(pk=row.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute(
            "select record_look(%s, null, 'Robin', 'unit_manager', %s, 'look', %s, 'client', 1)",
            [AT, unit.pk, client.pk],
        )
    return Household(unit, client, staff)


def thread_of(client: Client, unit: Unit) -> tuple[Thread, Participant]:
    """A clarification from the unit to the authority, read there."""
    new = NewThread(
        client_id=client.pk,
        kind=ThreadKind.CLARIFICATION,
        subject="Otydligt",
        text="Vad menas?",
        sender=Side(unit.pk),
        receivers=(Side(),),
    )
    thread_id = open_thread(new, by=SYSTEM, at=AT)
    mark_read(thread_id=thread_id, side=Side(), by=SYSTEM, at=AT)
    thread = Thread.objects.get(pk=thread_id)
    return thread, thread.participants.get(mailbox__unit=unit)


def orders_of(client: Client, unit: Unit) -> tuple[Model, ...]:
    """An order with everything that can hang on one; the rows that keep history."""
    order, next_order = OrderFactory.create_batch(2, client=client, unit=unit)
    version = OrderVersionFactory(order=order)
    OrderStepFactory(order=order)
    OrderReadingFactory(version=version)
    OrderCallFactory(order=order)
    BillingCorrectionFactory(client=client, unit=unit)
    change = ProviderChangeFactory(order=order)
    return (
        order,
        CapacityStopFactory(unit=unit),
        InquiryFactory(unit=unit),
        CoordinationConsentFactory(order=order, other_order=next_order),
        change,
        HandoverItemFactory(change=change),
        TeamMoveFactory(order=order, next_order=next_order),
        EndingFactory(order=order),
    )


def card_of(client: Client, unit: Unit) -> tuple[ClientCard, CardError]:
    """The first version of a card, read at the unit, and an error in it."""
    version = ClientCardVersionFactory(card__client=client, card__number=0, number=1)
    ClientCardReadingFactory(version=version, unit=unit)
    error = CardError.objects.create(
        version=version, unit=unit, user_name="Robin", text="Nyckeln är återlämnad.", reported_at=AT
    )
    return version.card, error


CHANGES = (
    {"city": "Annanstad"},
    {"family_name": "Vår"},
    {"minutes": 180},
    {"reason": "resa"},
    {"is_rural": False},
    {"is_approved": True},
    {"subject": "Otydligt uppdrag"},
    {"agreed_at": AT},
    {"revision": 2},
    {"reason": "Tre vakanser"},
    {"area": "Annanstad"},
    {"withdrawn_at": AT},
    {"revision": 2},
    {"given_at": AT},
    {"note": "Efter lunch"},
    {"text": "Ringde"},
    {"number": 1},
    {"outcome": "no_error", "settled_at": AT},
)
