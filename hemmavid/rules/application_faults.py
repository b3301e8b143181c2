"""What refuses an application, every fault at once (R040, R138, R255, R256, R350).

The client or a legal representative applies first. Somebody else may when the client cannot or will not,
and says why; the provider also says what the client wishes.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class ApplicantCapacity(StrEnum):
    """In what capacity somebody applies."""

    SELF = "self"
    LEGAL_REPRESENTATIVE = "legal_representative"
    HELPER = "helper"
    PROVIDER = "provider"


class ApplicationFaultCode(StrEnum):
    """Why an application cannot be registered."""

    NOTHING_APPLIED_FOR = "nothing_applied_for"
    NO_APPLICANT = "no_applicant"
    NO_REASON_ON_BEHALF = "no_reason_on_behalf"
    NO_CLIENT_WISH = "no_client_wish"
    NO_URGENT_REASON = "no_urgent_reason"
    RECEIVED_IN_THE_FUTURE = "received_in_the_future"


_TEXTS = {
    ApplicationFaultCode.NOTHING_APPLIED_FOR: "Skriv vad ansökan gäller",
    ApplicationFaultCode.NO_APPLICANT: "Skriv vem som ansöker",
    ApplicationFaultCode.NO_REASON_ON_BEHALF: "Skriv varför brukaren inte kan eller vill ansöka själv (R138)",
    ApplicationFaultCode.NO_CLIENT_WISH: "Skriv vad brukaren själv önskar (R256)",
    ApplicationFaultCode.NO_URGENT_REASON: "Skriv varför det är brådskande (R039)",
    ApplicationFaultCode.RECEIVED_IN_THE_FUTURE: "Dagen har inte varit än: ange dagen då ansökan kom in",
}


@dataclass(frozen=True, slots=True)
class ApplicationFault:
    """One fault and the field it stands at."""

    code: ApplicationFaultCode
    field: str

    @property
    def sentence(self) -> str:
        """What to do about it, in Swedish."""
        return f"{_TEXTS[self.code]}."


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """An application as it is about to be registered."""

    received_on: date
    capacity: ApplicantCapacity
    applied_for: str
    applicant_name: str = ""
    on_behalf_reason: str = ""
    client_wish: str = ""
    is_urgent: bool = False
    urgent_reason: str = ""


def application_faults(facts: ApplicationFacts, *, on: date) -> list[ApplicationFault]:
    """Every fault of an application registered on the day; empty when it may be."""
    return list(_faults(facts, on))


def _faults(facts: ApplicationFacts, on: date) -> Iterator[ApplicationFault]:
    if facts.received_on > on:
        yield ApplicationFault(ApplicationFaultCode.RECEIVED_IN_THE_FUTURE, "received_on")
    if not facts.applied_for.strip():
        yield ApplicationFault(ApplicationFaultCode.NOTHING_APPLIED_FOR, "applied_for")
    if facts.capacity is not ApplicantCapacity.SELF and not facts.applicant_name.strip():
        yield ApplicationFault(ApplicationFaultCode.NO_APPLICANT, "applicant_name")
    is_another = facts.capacity in {ApplicantCapacity.HELPER, ApplicantCapacity.PROVIDER}
    if is_another and not facts.on_behalf_reason.strip():
        yield ApplicationFault(ApplicationFaultCode.NO_REASON_ON_BEHALF, "on_behalf_reason")
    if facts.capacity is ApplicantCapacity.PROVIDER and not facts.client_wish.strip():
        yield ApplicationFault(ApplicationFaultCode.NO_CLIENT_WISH, "client_wish")
    if facts.is_urgent and not facts.urgent_reason.strip():
        yield ApplicationFault(ApplicationFaultCode.NO_URGENT_REASON, "urgent_reason")
