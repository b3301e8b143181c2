"""A case is opened for a client we know or a person new to us, and applied in (R039-R041, R138, R256)."""

from datetime import date

import pytest

from hemmavid.access.actors import Denied
from hemmavid.access.roles import Role
from hemmavid.cases.models import Application, Case
from hemmavid.cases.operations import applications, assessing, opening
from hemmavid.lib.identity_numbers import WrongIdentityNumber
from hemmavid.people.models import Client
from hemmavid.people.registration import ClientAlreadyKnown, NewClient, PersonIncomplete
from hemmavid.rules.application_faults import ApplicantCapacity, ApplicationFacts
from tests.cases.thread import AT, officer, stranger, walk
from tests.factories import ClientFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

ELSA = NewClient("19400102-9992", "Elsa", "Vinter")


class TestANewPerson:
    def test_is_registered_with_no_more_than_is_needed(self):
        opened = opening.open_case_for_new_person(ELSA, by=officer(), at=AT)
        client = Client.objects.get(pk=opened.client_id)
        assert (client.personal_number, client.code) == ("19400102-9992", opened.number)
        assert opened.number.startswith("2026-")

    def test_with_wrong_check_digits_is_refused_and_nobody_is_stored(self):
        with pytest.raises(WrongIdentityNumber):
            opening.open_case_for_new_person(
                NewClient("19400102-9993", "Elsa", "Vinter"), by=officer(), at=AT
            )
        assert not Client.objects.exists()
        assert not Case.objects.exists()

    def test_without_a_name_is_refused_at_the_name(self):
        with pytest.raises(PersonIncomplete) as refusal:
            opening.open_case_for_new_person(NewClient("19400102-9992", "Elsa", " "), by=officer(), at=AT)
        assert refusal.value.field == "family_name"

    def test_who_is_known_already_is_shown_instead(self):
        known = ClientFactory(personal_number="19400102-9992")
        with pytest.raises(ClientAlreadyKnown) as refusal:
            opening.open_case_for_new_person(ELSA, by=officer(), at=AT)
        assert refusal.value.client_id == known.pk


class TestAKnownClient:
    def test_has_one_open_case_at_a_time(self):
        case = walk().case
        with pytest.raises(opening.CaseAlreadyOpen) as refusal:
            opening.open_case(client_id=case.client_id, by=officer(), at=AT)
        assert refusal.value.case_id == case.pk

    def test_who_has_died_gets_none(self):
        client = ClientFactory(deceased_on=date(2026, 4, 1))
        with pytest.raises(opening.ClientDeceased):
            opening.open_case(client_id=client.pk, by=officer(), at=AT)

    def test_may_be_left_in_the_queue(self):
        opened = opening.open_case(client_id=ClientFactory().pk, is_own=False, by=officer(), at=AT)
        assert Case.objects.get(pk=opened.case_id).officer is None

    def test_is_nobodys_outside_the_authority(self):
        client = ClientFactory()
        with pytest.raises(Client.DoesNotExist):
            opening.open_case(client_id=client.pk, by=stranger(), at=AT)
        for role in (Role.AUTHORITY_MANAGER, Role.CONTROLLER):
            with pytest.raises(Denied):
                opening.open_case(client_id=client.pk, by=officer(role), at=AT)


class TestAnApplication:
    def refused(self, **facts):
        step = walk()
        values = {
            "received_on": date(2026, 4, 13),
            "capacity": ApplicantCapacity.SELF,
            "applied_for": "Hjälp",
        }
        new = applications.NewApplication(ApplicationFacts(**{**values, **facts}))
        with pytest.raises(applications.ApplicationRefused) as refusal:
            applications.register_application(new, step.seen, by=step.by, at=AT)
        return [fault.field for fault in refusal.value.faults]

    def test_by_the_provider_says_who_why_and_what_the_client_wishes(self):
        assert self.refused(capacity=ApplicantCapacity.PROVIDER) == [
            "applicant_name", "on_behalf_reason", "client_wish",
        ]  # fmt: skip

    def test_by_a_legal_representative_says_who(self):
        assert self.refused(capacity=ApplicantCapacity.LEGAL_REPRESENTATIVE) == ["applicant_name"]

    def test_that_is_urgent_says_why(self):
        assert self.refused(is_urgent=True) == ["urgent_reason"]

    def test_of_nothing_or_of_tomorrow_is_refused(self):
        assert self.refused(applied_for=" ", received_on=date(2026, 4, 21)) == ["received_on", "applied_for"]

    def test_can_be_taken_back_once(self):
        step = walk().applied()
        application = Application.objects.get()
        values = {
            "application_id": application.pk,
            "withdrawn_on": date(2026, 4, 20),
            "by": step.by,
            "at": AT,
        }
        applications.withdraw_application(seen=step.seen, **values)
        with pytest.raises(applications.ApplicationAlreadyClosed):
            applications.withdraw_application(seen=step.seen, **values)

    def test_what_the_person_is_told_may_be_noted_later(self):
        step = walk().applied(informed=False)
        application = Application.objects.get()
        day = date(2026, 4, 15)
        given = applications.GivenInformation(day, day, None, date(2026, 4, 22))
        applications.note_information(given, application.pk, step.seen, by=step.by, at=AT)
        application.refresh_from_db()
        assert (application.leaflet_given_on, application.clause_told_on) == (day, None)


class TestAnAssessment:
    def test_of_a_new_applicant_has_a_home_visit_or_says_why_not(self):
        step = walk().applied()
        assessing.start_assessment(seen=step.seen, by=step.by, at=AT)
        with pytest.raises(assessing.AssessmentIncomplete) as refusal:
            assessing.complete_assessment(seen=step.seen, by=step.by, at=AT)
        assert refusal.value.codes == ("no_home_visit", "no_area")

    def test_is_one_at_a_time_and_closed_when_complete(self):
        step = walk().applied()
        assessing.start_assessment(seen=step.seen, by=step.by, at=AT)
        with pytest.raises(assessing.AssessmentAlreadyBegun):
            assessing.start_assessment(seen=step.seen, by=step.by, at=AT)
        other = walk().applied().assessed()
        with pytest.raises(assessing.NoAssessment):
            assessing.save_assessment(assessing.AssessmentText("Mer."), other.seen, by=other.by, at=AT)
