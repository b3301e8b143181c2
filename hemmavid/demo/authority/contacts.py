"""The demo's contact register: functions and their phones, never persons.

Every number is from the ranges that the Swedish telecom authority has set aside for books and films:
08-465 004 00 to 99 for functions, and 070-174 06 05 to 99 for mobiles (life.py). Nobody answers there.
"""

from __future__ import annotations

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.contacts.models import Audience, Contact, ContactAbsence, ContactConfirmation, Subject
from hemmavid.contacts.operations import ContactFacts, add_contact, confirm_contact
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.scenes.acting import Acting
from hemmavid.demo.providers import HOME_UNITS
from hemmavid.lib.periods import ONE_DAY

MANAGER = "Agneta Norrmo"
TAKEN_IN, CONFIRMED, AWAY_FROM, AWAY_DAYS = 230, 40, 2, 9
UNCONFIRMED_EVERY = 4

FUNCTIONS = (
    (Subject.ON_CALL, "Jourhavande arbetsledare", 1, Audience.PROVIDER, "on_call_2024"),
    (Subject.CASE_OFFICERS, "Biståndsenheten", 2, Audience.CITIZEN, "case_officer"),
    (Subject.FIRST_CASE_OFFICER, "Förste biståndshandläggare", 3, Audience.PROVIDER, "case_officer"),
    (Subject.PROVIDER_LINE, "Utförartelefonen", 4, Audience.PROVIDER, "provider_phone"),
    (Subject.RECEPTION, "Mottagningsgruppen", 5, Audience.CITIZEN, "reception_group"),
    (Subject.ALARM, "Larmteamet", 6, Audience.PROVIDER, "on_call_2024"),
    (Subject.NIGHT, "Nattpatrullen", 7, Audience.PROVIDER, "on_call_2024"),
    (Subject.DISCHARGE_TEAM, "Hemgångsteamet", 8, Audience.PROVIDER, "provider_care"),
    (Subject.NURSE, "Kommunens sjuksköterskor", 9, Audience.PROVIDER, "provider_care"),
    (Subject.FEES, "Avgiftsgruppen", 10, Audience.PROVIDER, "case_officer"),
    (Subject.SUPPORT, "Systemstöd", 11, Audience.STAFF, "case_officer"),
)
UNIT_PHONES_FROM = 20


def fill_register(acting: Acting) -> None:
    """Every function and every unit's number; some are overdue to be confirmed, one is away (R222, R242)."""
    manager = acting.by(MANAGER)
    taken_in = instant(acting.town.until - TAKEN_IN * ONE_DAY, 9)
    confirmed = instant(acting.town.until - CONFIRMED * ONE_DAY, 9)
    contacts = []
    for place, (subject, name, number, audience, hours) in enumerate(FUNCTIONS):
        facts = ContactFacts(subject, name, function_phone(number), audience, hours)
        contact_id = add_contact(facts, parameters=acting.town.parameters, by=manager, at=taken_in)
        contacts.append(contact_id)
        if place % UNCONFIRMED_EVERY:
            confirm_contact(contact_id, by=manager, at=confirmed)
    _units(acting)
    away = ContactAbsence(
        contact_id=contacts[2],
        deputy_id=contacts[1],
        period=DateRange(
            acting.town.until - AWAY_FROM * ONE_DAY, acting.town.until + (AWAY_DAYS - AWAY_FROM) * ONE_DAY
        ),
    )
    away.save(force_insert=True)


def _units(acting: Acting) -> None:
    """The number of each home unit, taken in by its own manager and confirmed at different times."""
    for place, unit in enumerate(HOME_UNITS):
        manager = acting.at_unit(unit.code)
        begun_on = acting.town.until - (TAKEN_IN - 17 * place) * ONE_DAY
        contact = Contact(
            subject=Subject.UNIT,
            name=f"{unit.name}, planeringen",
            unit_id=acting.place(unit.code).unit_id,
            phone=function_phone(UNIT_PHONES_FROM + place),
            audience=Audience.PROVIDER,
            hours="unit_2024",
            period=DateRange(begun_on, None),
        )
        contact.save(force_insert=True)
        ContactConfirmation.objects.create(
            contact=contact,
            confirmed_at=instant(begun_on, 10),
            confirmed_by_id=manager.user_id,
            confirmed_by_name=manager.name,
        )


def function_phone(number: int) -> str:
    """08-465 004 00 to 99."""
    return f"08-465 004 {number:02d}"
