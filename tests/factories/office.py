"""Factories of what the offices keep: client cards and the contact register."""

from datetime import UTC, date, datetime

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from hemmavid.contacts.models import Contact, ContactConfirmation
from hemmavid.people.models import ClientCard, ClientCardReading, ClientCardVersion
from tests.factories.chain import ClientFactory, UnitFactory, UserFactory

MADE_AT = datetime(2022, 11, 15, 9, 0, tzinfo=UTC)


class ClientCardFactory(DjangoModelFactory[ClientCard]):
    class Meta:
        model = ClientCard

    client = factory.SubFactory(ClientFactory)
    number = 1


class ClientCardVersionFactory(DjangoModelFactory[ClientCardVersion]):
    """The first version of a card, unless the card says otherwise."""

    class Meta:
        model = ClientCardVersion

    card = factory.SubFactory(ClientCardFactory)
    number = factory.SelfAttribute("card.number")
    content = factory.LazyFunction(lambda: {"alerts": ["Diabetes"], "keys": ["Nyckel 114 i skåp A"]})
    made_at = MADE_AT
    made_by_name = "Robin Höst"


class ClientCardReadingFactory(DjangoModelFactory[ClientCardReading]):
    class Meta:
        model = ClientCardReading

    version = factory.SubFactory(ClientCardVersionFactory)
    user = factory.SubFactory(UserFactory)
    user_name = factory.SelfAttribute("user.name")
    unit = factory.SubFactory(UnitFactory)
    read_at = MADE_AT


class ContactFactory(DjangoModelFactory[Contact]):
    """A function of the municipality that answers on working days, confirmed when it was taken in."""

    class Meta:
        model = Contact
        skip_postgeneration_save = True

    class Params:
        of_unit = factory.Trait(
            unit=factory.SubFactory(UnitFactory),
            subject="unit",
            audience="staff",
            hours="unit_2024",
            name=factory.Sequence(lambda number: f"Enhetens telefon {number + 1}"),
        )
        on_call = factory.Trait(subject="on_call", hours="on_call_2024", name="Jourtelefonen")

    subject = "provider_line"
    name = "Utförartelefonen"
    phone = "000-123 45 67"
    audience = "provider"
    hours = "case_officer"
    period = DateRange(date(2022, 1, 1), None)

    @factory.post_generation
    def confirmed(self, create: bool, extracted: object, **_: object) -> None:
        """`confirmed=False`: nobody has said that the number is right."""
        if create and extracted is not False:
            at = extracted if isinstance(extracted, datetime) else MADE_AT
            ContactConfirmation.objects.create(contact=self, confirmed_at=at, confirmed_by_name="Robin Höst")
