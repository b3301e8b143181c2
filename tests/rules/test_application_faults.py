"""Who may apply, and what must be said: each gap at its own field (R040, R138, R256)."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.application_faults import ApplicantCapacity, ApplicationFacts, application_faults

TODAY = date(2026, 4, 20)
OWN = ApplicationFacts(date(2026, 4, 13), ApplicantCapacity.SELF, "Hjälp på morgonen")
SAID = {"applicant_name": "Kim", "on_behalf_reason": "Kan inte tala.", "client_wish": "Vill duscha."}


def fields(facts: ApplicationFacts) -> list[str]:
    return [fault.field for fault in application_faults(facts, on=TODAY)]


@pytest.mark.parametrize(
    ("capacity", "missing"),
    [
        (ApplicantCapacity.SELF, []),
        (ApplicantCapacity.LEGAL_REPRESENTATIVE, ["applicant_name"]),
        (ApplicantCapacity.HELPER, ["applicant_name", "on_behalf_reason"]),
        (ApplicantCapacity.PROVIDER, ["applicant_name", "on_behalf_reason", "client_wish"]),
    ],
)
def test_the_further_from_the_client_the_more_is_said(capacity, missing):
    assert fields(replace(OWN, capacity=capacity)) == missing
    assert fields(replace(OWN, capacity=capacity, **SAID)) == []


def test_an_urgent_application_says_why():
    assert fields(replace(OWN, is_urgent=True)) == ["urgent_reason"]
    assert fields(replace(OWN, is_urgent=True, urgent_reason="Ingen mat.")) == []


def test_an_application_of_today_is_in_time_and_of_tomorrow_is_not():
    assert fields(replace(OWN, received_on=TODAY)) == []
    assert fields(replace(OWN, received_on=date(2026, 4, 21))) == ["received_on"]


def test_every_fault_says_what_to_do():
    faults = application_faults(
        ApplicationFacts(date(2026, 5, 1), ApplicantCapacity.PROVIDER, " ", is_urgent=True), on=TODAY
    )
    assert len(faults) == 6
    assert all(fault.sentence.endswith(".") for fault in faults)


@given(st.sampled_from(ApplicantCapacity), st.text(max_size=5), st.text(max_size=5), st.booleans())
def test_saying_more_never_adds_a_fault(capacity, name, reason, is_urgent):
    said = replace(OWN, capacity=capacity, applicant_name=name, on_behalf_reason=reason, is_urgent=is_urgent)
    fuller = replace(said, applicant_name=f"{name}x", on_behalf_reason=f"{reason}x", urgent_reason="x")
    assert set(fields(fuller)) <= set(fields(said))
