"""Factories of orders and what is done with them. Use them inside `scoped(SYSTEM)`."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from hemmavid.orders.models import (
    BillingCorrection,
    CapacityStop,
    CoordinationConsent,
    Ending,
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
from tests.factories.chain import ClientFactory, UnitFactory, UserFactory

SENT_AT = datetime(2022, 10, 3, 9, 0, tzinfo=UTC)
STARTS_ON = date(2022, 10, 5)


def content_of_order(**fields: Any) -> dict[str, Any]:
    """The stored form of a small order: one life area with a goal, and frame time."""
    return {
        "decision_number": "B2022-1",
        "kind": "home_care",
        "starts_on": "2022-10-05",
        "ends_on": "2023-10-05",
        "areas": [
            {
                "area": "personal_care",
                "label": "Personlig vård",
                "goal": "Elsa vill klara sin morgon med lite hjälp.",
                "supports": ["Stödjande"],
                "needs": [{"key": "shower", "text": "Dusch, nivå 2, 2 gånger i veckan"}],
            }
        ],
        "frame_minutes_per_week": 174,
        "interventions": [],
        "other": "",
        **fields,
    }


class OrderFactory(DjangoModelFactory[Order]):
    """Sent and not yet received."""

    class Meta:
        model = Order

    class Params:
        draft = factory.Trait(status="draft", sent_at=None)
        acknowledged = factory.Trait(
            status="acknowledged",
            acknowledged_at=SENT_AT + timedelta(hours=1),
            acknowledged_by_name="Robin Samordnare",
        )

    code = factory.Sequence(lambda number: f"O{number + 1}")
    client = factory.SubFactory(ClientFactory)
    unit = factory.SubFactory(UnitFactory)
    status = "sent"
    starts_on = STARTS_ON
    officer_name = "Eva Ek"
    sent_at = SENT_AT


class OrderVersionFactory(DjangoModelFactory[OrderVersion]):
    class Meta:
        model = OrderVersion

    order = factory.SubFactory(OrderFactory)
    number = 1
    content = factory.LazyFunction(content_of_order)
    valid_from = STARTS_ON
    sent_at = SENT_AT
    sent_by_name = "Eva Ek"


class OrderStepFactory(DjangoModelFactory[OrderStep]):
    class Meta:
        model = OrderStep

    order = factory.SubFactory(OrderFactory)
    step = "sent"
    at = SENT_AT
    by_name = "Eva Ek"


class OrderReadingFactory(DjangoModelFactory[OrderReading]):
    class Meta:
        model = OrderReading

    version = factory.SubFactory(OrderVersionFactory)
    order = factory.SelfAttribute("version.order")
    user = factory.SubFactory(UserFactory)
    read_at = SENT_AT


class OrderCallFactory(DjangoModelFactory[OrderCall]):
    class Meta:
        model = OrderCall

    order = factory.SubFactory(OrderFactory)
    whom = "unit"
    outcome = "reached"
    spoke_with = "Robin"
    called_at = SENT_AT
    by_name = "Eva Ek"


class CapacityStopFactory(DjangoModelFactory[CapacityStop]):
    class Meta:
        model = CapacityStop

    unit = factory.SubFactory(UnitFactory)
    period = DateRange(date(2022, 10, 1), date(2022, 11, 1))
    reason = "Två vakanser"
    set_at = SENT_AT
    set_by_name = "Robin Enhetschef"


class InquiryFactory(DjangoModelFactory[Inquiry]):
    class Meta:
        model = Inquiry

    unit = factory.SubFactory(UnitFactory)
    starts_on = STARTS_ON
    area = "Exempelstad"
    minutes_per_week = 174
    asked_at = SENT_AT
    due_at = SENT_AT + timedelta(hours=24)
    asked_by_name = "Eva Ek"


class ProviderChangeFactory(DjangoModelFactory[ProviderChange]):
    class Meta:
        model = ProviderChange

    order = factory.SubFactory(OrderFactory)
    client = factory.SelfAttribute("order.client")
    leaving_unit = factory.SelfAttribute("order.unit")
    requested_on = date(2022, 10, 10)
    requested_by = "Brukaren"
    registered_at = SENT_AT
    registered_by_name = "Eva Ek"


class HandoverItemFactory(DjangoModelFactory[HandoverItem]):
    class Meta:
        model = HandoverItem

    change = factory.SubFactory(ProviderChangeFactory)
    kind = "keys"


class CoordinationConsentFactory(DjangoModelFactory[CoordinationConsent]):
    class Meta:
        model = CoordinationConsent

    order = factory.SubFactory(OrderFactory)
    other_order = factory.SubFactory(OrderFactory)
    purpose = "Samordna maten"
    given_on = date(2022, 10, 3)
    ends_on = date(2023, 1, 1)
    recorded_at = SENT_AT
    recorded_by_name = "Eva Ek"


class TeamMoveFactory(DjangoModelFactory[TeamMove]):
    class Meta:
        model = TeamMove

    order = factory.SubFactory(OrderFactory)
    next_order = factory.SubFactory(OrderFactory)
    kind = "ordinary"
    told_at = SENT_AT
    handover_at = SENT_AT + timedelta(days=3)
    is_in_time = True
    registered_at = SENT_AT
    registered_by_name = "Eva Ek"


class EndingFactory(DjangoModelFactory[Ending]):
    class Meta:
        model = Ending

    order = factory.SubFactory(OrderFactory)
    last_day = date(2022, 11, 3)
    reason = "wish"
    reported_at = SENT_AT
    reported_by_name = "Robin Samordnare"


class BillingCorrectionFactory(DjangoModelFactory[BillingCorrection]):
    class Meta:
        model = BillingCorrection

    client = factory.SubFactory(ClientFactory)
    unit = factory.SubFactory(UnitFactory)
    cause = "ending"
    months = factory.LazyFunction(list)
    registered_at = SENT_AT
    registered_by_name = "Eva Ek"
