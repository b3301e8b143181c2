"""Whom to call now: each function with its number, its hours at the moment, and who stands in for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.contacts.models import Audience, Contact, ContactAbsence, ContactConfirmation, Subject
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.rules.case_clocks import months_after
from hemmavid.rules.opening_hours import (
    UnknownProfile,
    is_open,
    next_closing,
    next_opening,
    profile_of,
)
from hemmavid.rules.parameter_files import ParameterSet


@dataclass(frozen=True, slots=True)
class Reached:
    """A number and when it answers. `closes_at` when open; `opens_at` the next opening; both None: never."""

    name: str
    phone: str
    is_open: bool
    closes_at: datetime | None
    opens_at: datetime | None


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A function as the page tells it. `deputy`: whom to call while it is absent, up to `absent_until`.

    `is_overdue`: nobody has confirmed the number within `contacts.confirm_months` (R222, R234).
    """

    contact_id: UUID
    subject: Subject
    unit_id: UUID | None
    unit: str
    audience: Audience
    note: str
    hours_code: str
    hours: str
    reached: Reached
    deputy: Reached | None
    absent_until: date | None
    confirmed_at: datetime | None
    confirmed_by: str
    is_overdue: bool
    may_confirm: bool

    @property
    def call(self) -> Reached:
        """Whom to call now: the function, or its deputy while it is absent."""
        return self.deputy or self.reached


@dataclass(frozen=True, slots=True)
class Clockwork:
    """The moment that is asked about, and the municipality's hours."""

    at: datetime
    parameters: ParameterSet

    @property
    def day(self) -> date:
        """The day it is there."""
        return local_day(self.at)


def contacts(now: Clockwork, *, by: Actor) -> list[ContactRow]:
    """Every function of today the actor may know, by subject, those that answer first. Three queries."""
    found = Contact.objects.visible_to(by).filter(period__contains=now.day).select_related("unit")
    rows = list(found.order_by("subject", "unit__name", "name", "pk"))
    kept = _Kept(_away(rows, now), _confirmed(rows), now, by)
    made = [kept.row(one) for one in rows]
    places = {subject: place for place, subject in enumerate(Subject)}
    return sorted(made, key=lambda row: (places[row.subject], not row.call.is_open))


def whom_to_call(
    subject: Subject, *, unit_id: UUID | None = None, now: Clockwork, by: Actor
) -> ContactRow | None:
    """The function to call about the subject now, or None when the register has none. Three queries.

    With a unit: that unit's. One that answers comes before one that is closed; feeds the rule of calls after
    14.00 (R248-R250, `rules.order_call`).
    """
    rows = [row for row in contacts(now, by=by) if row.subject is subject]
    if unit_id is not None:
        rows = [row for row in rows if row.unit_id == unit_id]
    return rows[0] if rows else None


def contact(contact_id: UUID, now: Clockwork, *, by: Actor) -> ContactRow:
    """One function. `Contact.DoesNotExist` when it is not there to be known. Three queries."""
    found = next((row for row in contacts(now, by=by) if row.contact_id == contact_id), None)
    if found is None:
        raise Contact.DoesNotExist
    return found


def overdue(rows: Iterable[ContactRow]) -> list[ContactRow]:
    """Those the actor is to confirm."""
    return [row for row in rows if row.is_overdue and row.may_confirm]


@dataclass(frozen=True, slots=True)
class _Kept:
    """What else is known of the functions on a page."""

    away: dict[UUID, ContactAbsence]
    confirmed: dict[UUID, ContactConfirmation]
    now: Clockwork
    by: Actor

    def row(self, one: Contact) -> ContactRow:
        away, confirmed = self.away.get(one.pk), self.confirmed.get(one.pk)
        confirmed_at = confirmed.confirmed_at if confirmed else None
        return ContactRow(
            contact_id=one.pk,
            subject=Subject(one.subject),
            unit_id=one.unit_id,
            unit=one.unit.name if one.unit else "",
            audience=Audience(one.audience),
            note=one.note,
            hours_code=one.hours,
            hours=_hours_label(one.hours, self.now),
            reached=_reached(one, self.now),
            deputy=_reached(away.deputy, self.now) if away else None,
            absent_until=away.period.upper - ONE_DAY if away and away.period.upper else None,
            confirmed_at=confirmed_at,
            confirmed_by=confirmed.confirmed_by_name if confirmed else "",
            is_overdue=_is_overdue(confirmed_at, self.now),
            may_confirm=_may_confirm(one.unit_id, self.by),
        )


def _away(rows: Iterable[Contact], now: Clockwork) -> dict[UUID, ContactAbsence]:
    absences = ContactAbsence.objects.filter(contact__in=rows, period__contains=now.day)
    return {one.contact_id: one for one in absences.select_related("deputy").order_by("pk")}


def _confirmed(rows: Iterable[Contact]) -> dict[UUID, ContactConfirmation]:
    newest = ContactConfirmation.objects.filter(contact__in=rows).order_by("contact_id", "-confirmed_at")
    return {one.contact_id: one for one in newest.distinct("contact_id")}


def _reached(one: Contact, now: Clockwork) -> Reached:
    try:
        opened = is_open(one.hours, now.at, parameters=now.parameters)
        closes = next_closing(one.hours, now.at, parameters=now.parameters) if opened else None
        opens = None if opened else next_opening(one.hours, now.at, parameters=now.parameters)
    except UnknownProfile:  # the municipality has taken the profile away since
        opened, closes, opens = False, None, None
    return Reached(one.name, one.phone, opened, closes, opens)


def _hours_label(code: str, now: Clockwork) -> str:
    try:
        return profile_of(code, now.day, parameters=now.parameters).label
    except UnknownProfile:
        return code


def _is_overdue(confirmed_at: datetime | None, now: Clockwork) -> bool:
    if confirmed_at is None:
        return True
    months = now.parameters.at("contacts.confirm_months", now.day).whole
    return months_after(local_day(confirmed_at), months) < now.day


def _may_confirm(unit_id: UUID | None, by: Actor) -> bool:
    reach = by.reach(Permission.CONTACTS_CONFIRM)
    return reach.everywhere if unit_id is None else reach.covers(unit_id)
