"""Register an application, and what happens to it until it is decided (R040, R138, R255, R256, R271-R275)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.models import Application
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_TEXT
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.clock import local_day
from hemmavid.lib.swedish import long_date
from hemmavid.rules.application_faults import (
    ApplicantCapacity,
    ApplicationFacts,
    ApplicationFault,
    application_faults,
)


class ApplicationRefused(ValueError):
    """The application cannot be registered so; every fault is told at once."""

    def __init__(self, faults: Sequence[ApplicationFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


class ApplicationAlreadyClosed(Exception):
    """The application has been decided or taken back."""


@dataclass(frozen=True, slots=True)
class NewApplication:
    """What was applied for, and what the person was told: information, leaflet and revocation clause."""

    facts: ApplicationFacts
    is_new_applicant: bool = False
    information_given_on: date | None = None
    leaflet_given_on: date | None = None
    clause_told_on: date | None = None


@transaction.atomic
def register_application(new: NewApplication, seen: Seen, *, by: Actor, at: datetime) -> UUID:
    """Register an application in the case; its id.

    Raises as `locked_case`, ApplicationRefused and TextTooLong.
    """
    case = locked_case(seen, by=by)
    faults = application_faults(new.facts, on=local_day(at))
    if faults:
        raise ApplicationRefused(faults)
    application = Application.objects.create(case=case, **_columns(new))
    entry = NewEntry(case.client_id, _told(application), at, EntryKind.NOTE, about_id=application.pk)
    write_entry(entry, by=by, at=at)
    written(case, "application_registered", by=by, at=at)
    return application.pk


@dataclass(frozen=True, slots=True)
class GivenInformation:
    """The days on which the person was informed, and the day booked for the home visit; None: not yet."""

    information_given_on: date | None
    leaflet_given_on: date | None
    clause_told_on: date | None
    home_visit_booked_on: date | None


@transaction.atomic
def note_information(
    given: GivenInformation, application_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> None:
    """Note when the person was informed and when the home visit is. Raises as `locked_case`."""
    case = locked_case(seen, by=by)
    application = Application.objects.visible_to(by).get(pk=application_id, case=case)
    application.information_given_on = given.information_given_on
    application.leaflet_given_on = given.leaflet_given_on
    application.clause_told_on = given.clause_told_on
    application.home_visit_booked_on = given.home_visit_booked_on
    application.save()
    written(case, "information_noted", by=by, at=at)


@transaction.atomic
def withdraw_application(
    *, application_id: UUID, seen: Seen, withdrawn_on: date, by: Actor, at: datetime
) -> None:
    """The person takes the application back. Raises as `locked_case` and ApplicationAlreadyClosed."""
    case = locked_case(seen, by=by)
    application = Application.objects.visible_to(by).get(pk=application_id, case=case)
    if application.decided_on or application.withdrawn_on:
        raise ApplicationAlreadyClosed(application_id)
    application.withdrawn_on = withdrawn_on
    application.save(update_fields=["withdrawn_on"])
    text = f"Ansökan återtagen {long_date(withdrawn_on)}."
    write_entry(NewEntry(case.client_id, text, at, about_id=application.pk), by=by, at=at)
    written(case, "application_withdrawn", by=by, at=at)


def _columns(new: NewApplication) -> dict[str, object]:
    facts = new.facts
    return {
        "received_on": facts.received_on,
        "capacity": facts.capacity.value,
        "applicant_name": fitting("applicant_name", facts.applicant_name, 200),
        "on_behalf_reason": fitting("on_behalf_reason", facts.on_behalf_reason, LONGEST_LINE),
        "client_wish": fitting("client_wish", facts.client_wish, LONGEST_TEXT),
        "applied_for": fitting("applied_for", facts.applied_for, LONGEST_TEXT),
        "is_new_applicant": new.is_new_applicant,
        "is_urgent": facts.is_urgent,
        "urgent_reason": fitting("urgent_reason", facts.urgent_reason, LONGEST_LINE),
        "information_given_on": new.information_given_on,
        "leaflet_given_on": new.leaflet_given_on,
        "clause_told_on": new.clause_told_on,
    }


_WHO = {
    ApplicantCapacity.SELF: "brukaren själv",
    ApplicantCapacity.LEGAL_REPRESENTATIVE: "legal företrädare",
    ApplicantCapacity.HELPER: "någon som hjälper brukaren",
    ApplicantCapacity.PROVIDER: "utföraren",
}


def _told(application: Application) -> str:
    who = _WHO[ApplicantCapacity(application.capacity)]
    name = f", {application.applicant_name}" if application.applicant_name else ""
    urgent = " Ansökan är brådskande." if application.is_urgent else ""
    return f"Ansökan inkommen {long_date(application.received_on)} från {who}{name}.{urgent}"
