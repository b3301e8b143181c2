"""Writes to the contact register. Whoever stores a number has thereby confirmed it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor, Denied, require
from hemmavid.access.models import User
from hemmavid.access.policy import Permission
from hemmavid.contacts.models import Audience, Contact, ContactAbsence, ContactConfirmation, Subject
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.rules.opening_hours import UnknownProfile, profile_of
from hemmavid.rules.parameter_files import ParameterSet

_PHONE = re.compile(r"\+?[0-9][0-9 \-/()]{3,28}")


class ContactRefused(ValueError):
    """The contact cannot be stored. `field` says where; `code` is `empty`, `not_a_phone`, `a_person`,

    `needs_unit` or `unknown_hours`.
    """

    def __init__(self, field: str, code: str) -> None:
        super().__init__(f"{field} {code}")
        self.field = field
        self.code = code


class AbsenceOverlaps(Exception):
    """The function is absent already during some of the days."""


class DeputyRefused(ValueError):
    """The deputy cannot stand in: `code` is `itself` or `not_there` (not in the register, or ended)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """What is stored about a function. `unit_id` None: a function of the municipality."""

    subject: Subject
    name: str
    phone: str
    audience: Audience
    hours: str
    unit_id: UUID | None = None
    note: str = ""


@transaction.atomic
def add_contact(facts: ContactFacts, *, parameters: ParameterSet, by: Actor, at: datetime) -> UUID:
    """Take a function into the register; its id. Raises Denied, ContactRefused."""
    _require(by, facts.unit_id)
    today = local_day(at)
    _check(facts, today, parameters)
    contact = Contact(period=DateRange(today, None))
    _fill(contact, facts)
    contact.save(force_insert=True)
    _confirm(contact, by, at)
    return contact.pk


@transaction.atomic
def change_contact(
    contact_id: UUID, facts: ContactFacts, *, parameters: ParameterSet, by: Actor, at: datetime
) -> None:
    """Change a function, and thereby confirm it. Raises Denied, Contact.DoesNotExist, ContactRefused."""
    contact = _locked(contact_id, by)
    _require(by, facts.unit_id)
    _check(facts, local_day(at), parameters)
    _fill(contact, facts)
    contact.save()
    _confirm(contact, by, at)


@transaction.atomic
def confirm_contact(contact_id: UUID, *, by: Actor, at: datetime) -> None:
    """Say that the number is right (R222). Raises Denied, Contact.DoesNotExist."""
    _confirm(_locked(contact_id, by), by, at)


@transaction.atomic
def end_contact(contact_id: UUID, *, by: Actor, at: datetime) -> None:
    """Take a function out of use from today; history keeps it. Raises Denied, Contact.DoesNotExist."""
    contact = _locked(contact_id, by)
    today = local_day(at)
    # What was taken in today was never of use: it ends tomorrow, as a period cannot be empty.
    end = max(today, date.fromordinal(contact.period.lower.toordinal() + 1))
    contact.period = DateRange(contact.period.lower, end)
    contact.save(update_fields=["period"])


@transaction.atomic
def add_absence(contact_id: UUID, days: Period, *, deputy_id: UUID, by: Actor) -> None:
    """Say that nobody answers during the days and who is called instead (R242).

    Raises Denied, Contact.DoesNotExist, DeputyRefused, AbsenceOverlaps.
    """
    contact = _locked(contact_id, by)
    if deputy_id == contact.pk:
        raise DeputyRefused("itself")
    deputies = Contact.objects.visible_to(by).filter(pk=deputy_id, period__contains=days.start)
    if not deputies.exists():
        raise DeputyRefused("not_there")
    absence = ContactAbsence(contact=contact, period=DateRange(days.start, days.end), deputy_id=deputy_id)
    try:
        with transaction.atomic():
            absence.save(force_insert=True)
    except IntegrityError as error:
        raise AbsenceOverlaps from error


@transaction.atomic
def end_absence(contact_id: UUID, *, by: Actor, at: datetime) -> None:
    """Somebody answers again from today; days that have not come are given back.

    Raises Denied, Contact.DoesNotExist. Nothing happens when the function is not absent.
    """
    contact = _locked(contact_id, by)
    today = local_day(at)
    current = contact.absences.filter(period__contains=today).order_by("pk").first()
    if current is None:
        return
    end = max(today, date.fromordinal(current.period.lower.toordinal() + 1))
    current.period = DateRange(current.period.lower, end)
    current.save(update_fields=["period"])


def _locked(contact_id: UUID, by: Actor) -> Contact:
    contact = Contact.objects.visible_to(by).select_for_update(of=("self",)).get(pk=contact_id)
    _require(by, contact.unit_id)
    return contact


def _require(by: Actor, unit_id: UUID | None) -> None:
    """A unit's numbers are its manager's; those of the municipality need a right beyond units."""
    if unit_id is None and not by.reach(Permission.CONTACTS_CONFIRM).everywhere:
        raise Denied(Permission.CONTACTS_CONFIRM)
    require(by, Permission.CONTACTS_CONFIRM, unit_id)


def _check(facts: ContactFacts, on: date, parameters: ParameterSet) -> None:
    if not facts.name.strip():
        raise ContactRefused("name", "empty")
    if User.objects.filter(name__iexact=facts.name.strip()).exists():
        raise ContactRefused("name", "a_person")
    if not facts.phone.strip():
        raise ContactRefused("phone", "empty")
    if not _PHONE.fullmatch(facts.phone.strip()):
        raise ContactRefused("phone", "not_a_phone")
    if facts.subject is Subject.UNIT and facts.unit_id is None:
        raise ContactRefused("unit", "needs_unit")
    try:
        profile_of(facts.hours, on, parameters=parameters)
    except UnknownProfile as error:
        raise ContactRefused("hours", "unknown_hours") from error


def _fill(contact: Contact, facts: ContactFacts) -> None:
    contact.subject, contact.audience, contact.hours = facts.subject, facts.audience, facts.hours
    contact.name, contact.phone, contact.note = facts.name.strip(), facts.phone.strip(), facts.note.strip()
    contact.unit_id = facts.unit_id


def _confirm(contact: Contact, by: Actor, at: datetime) -> None:
    ContactConfirmation.objects.create(
        contact=contact, confirmed_at=at, confirmed_by_id=by.user_id, confirmed_by_name=by.name
    )
