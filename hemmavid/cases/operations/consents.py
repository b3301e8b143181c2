"""Consent for an occasion, noted in the journal; a general one is refused (R397, R398)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.cases.models import Consent, HowGiven
from hemmavid.cases.models.fields import LONGEST_LINE
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.swedish import long_date
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.consent import ConsentFault, consent_faults


class ConsentRefused(ValueError):
    """The consent cannot be noted; every fault is told at once."""

    def __init__(self, faults: Sequence[ConsentFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


class PartiesMissing(ValueError):
    """It is not said who may share what."""


class AlreadyWithdrawn(Exception):
    """The consent has been withdrawn."""


@dataclass(frozen=True, slots=True)
class NewConsent:
    """What the person agreed to: for what purpose, between whom, for which occasion or until which day."""

    purpose: str
    parties: str
    occasion: str
    how: HowGiven
    given_on: date
    ends_on: date | None = None


@transaction.atomic
def record_consent(new: NewConsent, seen: Seen, *, by: Actor, at: datetime) -> UUID:
    """Note a consent; its id. Raises as `locked_case`, ConsentRefused, PartiesMissing, TextTooLong."""
    case = locked_case(seen, by=by)
    parameters = parameters_in_use()
    faults = consent_faults(
        new.purpose, new.occasion, new.ends_on, given_on=new.given_on, parameters=parameters
    )
    if faults:
        raise ConsentRefused(faults)
    if not new.parties.strip():
        raise PartiesMissing
    consent = Consent.objects.create(
        case=case,
        purpose=fitting("purpose", new.purpose, LONGEST_LINE),
        parties=fitting("parties", new.parties, LONGEST_LINE),
        occasion=fitting("occasion", new.occasion, LONGEST_LINE),
        how=new.how,
        given_on=new.given_on,
        ends_on=new.ends_on,
        recorded_at=at,
        recorded_by_name=by.name,
    )
    entry = NewEntry(case.client_id, _told(consent), at, EntryKind.CONSENT, about_id=consent.pk)
    write_entry(entry, by=by, at=at)
    written(case, "consent_recorded", by=by, at=at)
    return consent.pk


@transaction.atomic
def withdraw_consent(*, consent_id: UUID, seen: Seen, withdrawn_on: date, by: Actor, at: datetime) -> int:
    """The person takes the consent back; the new revision. Raises as `locked_case`, AlreadyWithdrawn."""
    case = locked_case(seen, by=by)
    consent = Consent.objects.visible_to(by).get(pk=consent_id, case=case)
    if consent.withdrawn_on is not None:
        raise AlreadyWithdrawn(consent_id)
    consent.withdrawn_on = withdrawn_on
    consent.save(update_fields=["withdrawn_on"])
    text = f"Samtycket till {consent.purpose} återkallat {long_date(withdrawn_on)}."
    entry = NewEntry(case.client_id, text, at, EntryKind.CONSENT, about_id=consent.pk)
    write_entry(entry, by=by, at=at)
    return written(case, "consent_withdrawn", by=by, at=at)


def _told(consent: Consent) -> str:
    how = HowGiven(consent.how).label.lower()
    limits = [consent.occasion] if consent.occasion else []
    limits += [f"till och med {long_date(consent.ends_on)}"] if consent.ends_on else []
    return (
        f"Samtycke givet {how} {long_date(consent.given_on)}: {consent.purpose}. "
        f"Mellan: {consent.parties}. Gäller {', '.join(limits)}."
    )
