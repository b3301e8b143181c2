"""Whom to call now: functions with hours, deputies and numbers that somebody has confirmed."""

from datetime import UTC, date, datetime

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.contacts.models import Audience, Contact, ContactConfirmation, Subject
from hemmavid.contacts.operations import (
    AbsenceOverlaps,
    ContactFacts,
    ContactRefused,
    DeputyRefused,
    add_absence,
    add_contact,
    change_contact,
    confirm_contact,
    end_absence,
    end_contact,
)
from hemmavid.contacts.queries import Clockwork, contact, contacts, overdue, whom_to_call
from hemmavid.lib.periods import Period
from hemmavid.organisations.queries import parameters_in_use
from tests.factories import ContactFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
TUESDAY = date(2022, 11, 15)


def at(hour: int, minute: int = 0, *, day: int = 15, month: int = 11) -> datetime:
    """On the wall clock of Sweden, winter time unless it is summer."""
    offset = 2 if 4 <= month <= 10 else 1
    return datetime(2022, month, day, hour - offset, minute, tzinfo=UTC)


def clock(moment: datetime) -> Clockwork:
    return Clockwork(moment, parameters_in_use())


def somebody(role: Role, unit=None) -> Actor:
    user = UserFactory()
    return Actor(user.pk, user.name, (Assignment(role, unit.pk if unit else None),))


@pytest.fixture
def manager() -> Actor:
    return somebody(Role.AUTHORITY_MANAGER)


def names(moment: datetime, by: Actor) -> list[str]:
    return [row.reached.name for row in contacts(clock(moment), by=by)]


class TestWhomToCall:
    """The rule after 14.00 asks for the unit until 17.00, in summer until 16.00, then for the one on call."""

    @pytest.fixture
    def unit(self):
        contact = ContactFactory(of_unit=True, phone="000-11 11 11")
        ContactFactory(on_call=True, phone="000-22 22 22")
        return contact.unit

    @pytest.mark.parametrize(
        ("moment", "unit_answers"),
        [
            (at(16, 59), True), (at(17, 0), False), (at(7, 59), False), (at(8, 0), True),
            (at(15, 59, day=1, month=7), True), (at(16, 0, day=1, month=7), False),
            (at(10, 0, day=19), False),  # a Saturday
            (at(10, 0, day=24, month=6), False),  # midsummer's eve
        ],
    )  # fmt: skip
    def test_the_unit_answers_in_office_hours_and_the_one_on_call_outside(
        self, moment, unit_answers, unit, manager
    ):
        of_unit = whom_to_call(Subject.UNIT, unit_id=unit.pk, now=clock(moment), by=manager)
        on_call = whom_to_call(Subject.ON_CALL, now=clock(moment), by=manager)
        assert (of_unit.call.is_open, on_call.call.is_open) == (unit_answers, not unit_answers)

    def test_says_until_when_it_is_open_or_when_it_opens_next(self, unit, manager):
        open_now = whom_to_call(Subject.UNIT, unit_id=unit.pk, now=clock(at(14, 1)), by=manager).call
        assert (open_now.phone, open_now.closes_at, open_now.opens_at) == ("000-11 11 11", at(17), None)
        friday_night = clock(at(20, 0, day=18))
        closed = whom_to_call(Subject.UNIT, unit_id=unit.pk, now=friday_night, by=manager).call
        assert (closed.closes_at, closed.opens_at) == (None, at(8, 0, day=21))

    def test_another_units_number_is_not_given_instead(self, unit, manager):
        assert whom_to_call(Subject.UNIT, unit_id=UnitFactory().pk, now=clock(at(10)), by=manager) is None
        assert whom_to_call(Subject.NIGHT, now=clock(at(10)), by=manager) is None

    def test_of_two_the_one_that_answers_comes_first(self, manager):
        ContactFactory(name="A-telefonen", hours="provider_phone")
        ContactFactory(name="B-telefonen", hours="case_officer")
        assert (
            whom_to_call(Subject.PROVIDER_LINE, now=clock(at(10)), by=manager).reached.name == "B-telefonen"
        )

    def test_the_deputy_is_called_while_the_function_is_absent(self, unit, manager):
        absent = Contact.objects.get(unit=unit)
        deputy = ContactFactory(of_unit=True, unit=unit, name="Grannteamet", phone="000-33 33 33")
        with scoped(manager):
            days = Period.from_inclusive(TUESDAY, date(2022, 11, 17))
            add_absence(absent.pk, days, deputy_id=deputy.pk, by=manager)
        row = contact(absent.pk, clock(at(10)), by=manager)
        assert (row.call.name, row.call.phone, row.absent_until) == (
            "Grannteamet",
            "000-33 33 33",
            date(2022, 11, 17),
        )
        assert contact(absent.pk, clock(at(10, day=18)), by=manager).call.name == absent.name


class TestWhoSeesWhat:
    def test_a_provider_sees_the_municipality_and_itself_and_no_other_provider(self):
        ContactFactory(name="Utförartelefonen")
        own, other = ContactFactory(of_unit=True, name="Vi"), ContactFactory(of_unit=True, name="De")
        assert names(at(10), somebody(Role.COORDINATOR, own.unit)) == ["Vi", "Utförartelefonen"]
        assert names(at(10), somebody(Role.UNIT_MANAGER, other.unit)) == ["De", "Utförartelefonen"]

    @pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.ON_CALL_SUPERVISOR, Role.SYSTEM_ADMINISTRATOR])
    def test_the_municipality_sees_all(self, role):
        ContactFactory(of_unit=True, name="Vi")
        assert names(at(10), somebody(role)) == ["Vi"]

    def test_who_has_no_business_there_sees_none(self):
        ContactFactory()
        assert names(at(10), somebody(Role.CARE_WORKER, UnitFactory())) == []

    def test_what_has_ended_is_gone(self, manager):
        contact = ContactFactory()
        with scoped(manager):
            end_contact(contact.pk, by=manager, at=at(10))
        assert names(at(9), manager) == []
        contact.refresh_from_db()
        assert contact.period == DateRange(date(2022, 1, 1), TUESDAY)

    def test_what_was_taken_in_today_ends_tomorrow(self, manager):
        contact = ContactFactory(period=DateRange(TUESDAY, None))
        with scoped(manager):
            end_contact(contact.pk, by=manager, at=at(10))
        assert names(at(10, day=16), manager) == []


class TestKeepingItRight:
    def facts(self, **about) -> ContactFacts:
        plain = {
            "subject": Subject.RECEPTION, "name": "Mottagningsgruppen", "phone": "000-12 34 56",
            "audience": Audience.CITIZEN, "hours": "reception_group",
        }  # fmt: skip
        return ContactFacts(**(plain | about))

    def add(self, by: Actor, **about):
        with scoped(by):
            return add_contact(self.facts(**about), parameters=parameters_in_use(), by=by, at=at(10))

    def test_whoever_stores_a_number_has_confirmed_it(self, manager):
        contact_id = self.add(manager)
        row = contact(contact_id, clock(at(10)), by=manager)
        assert (row.confirmed_at, row.confirmed_by, row.is_overdue) == (at(10), manager.name, False)

    @pytest.mark.parametrize(
        ("about", "field", "code"),
        [
            ({"name": " "}, "name", "empty"),
            ({"phone": ""}, "phone", "empty"),
            ({"phone": "ring mig"}, "phone", "not_a_phone"),
            ({"hours": "alltid"}, "hours", "unknown_hours"),
            ({"subject": Subject.UNIT}, "unit", "needs_unit"),
        ],
    )
    def test_what_is_of_no_use_is_refused(self, about, field, code, manager):
        with pytest.raises(ContactRefused) as refused:
            self.add(manager, **about)
        assert (refused.value.field, refused.value.code) == (field, code)

    def test_a_function_is_no_person(self, manager):
        UserFactory(name="Hanna Handläggare")
        with pytest.raises(ContactRefused) as refused:
            self.add(manager, name="hanna handläggare")
        assert refused.value.code == "a_person"

    def test_a_number_is_overdue_when_the_months_have_passed(self, manager):
        ContactFactory(confirmed=datetime(2022, 5, 15, 10, tzinfo=UTC))
        assert overdue(contacts(clock(at(10)), by=manager)) == []
        assert len(overdue(contacts(clock(at(10, day=16)), by=manager))) == 1

    def test_a_number_nobody_has_confirmed_is_overdue_and_not_for_those_who_may_not(self, manager):
        ContactFactory(confirmed=False)
        assert len(overdue(contacts(clock(at(10)), by=manager))) == 1
        officer = somebody(Role.CASE_OFFICER)
        assert overdue(contacts(clock(at(10)), by=officer)) == []

    def test_a_confirmation_is_a_row_of_its_own(self, manager):
        contact_id = self.add(manager)
        with scoped(manager):
            confirm_contact(contact_id, by=manager, at=at(11))
        assert ContactConfirmation.objects.filter(contact_id=contact_id).count() == 2

    def test_a_changed_number_is_confirmed_and_the_old_one_kept_in_history(self, manager):
        contact_id = self.add(manager)
        with scoped(manager):
            change_contact(
                contact_id,
                self.facts(phone="000-99 99 99"),
                parameters=parameters_in_use(),
                by=manager,
                at=at(12),
            )
        row = contact(contact_id, clock(at(12)), by=manager)
        assert (row.reached.phone, row.confirmed_at) == ("000-99 99 99", at(12))
        assert [old.phone for old in Contact.objects.get().events.order_by("pk")] == ["000-12 34 56"]


class TestWhoKeepsIt:
    def test_a_unit_manager_keeps_the_units_own_and_nothing_else(self):
        own, other, common = ContactFactory(of_unit=True), ContactFactory(of_unit=True), ContactFactory()
        by = somebody(Role.UNIT_MANAGER, own.unit)
        with scoped(by):
            confirm_contact(own.pk, by=by, at=at(10))
            with pytest.raises(Denied):
                confirm_contact(common.pk, by=by, at=at(10))
            with pytest.raises(Contact.DoesNotExist):
                confirm_contact(other.pk, by=by, at=at(10))

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.ON_CALL_SUPERVISOR])
    def test_others_only_read(self, role):
        own = ContactFactory(of_unit=True)
        by = somebody(role, own.unit if role is Role.COORDINATOR else None)
        with scoped(by), pytest.raises(Denied):
            confirm_contact(own.pk, by=by, at=at(10))

    def test_a_unit_manager_cannot_take_over_a_number_of_the_municipality(self):
        own = ContactFactory(of_unit=True)
        by = somebody(Role.UNIT_MANAGER, own.unit)
        facts = ContactFacts(Subject.FEES, "Avgifterna", "000-1 1111", Audience.STAFF, "case_officer")
        with scoped(by), pytest.raises(Denied):
            add_contact(facts, parameters=parameters_in_use(), by=by, at=at(10))
        with scoped(by), pytest.raises(Denied):
            change_contact(own.pk, facts, parameters=parameters_in_use(), by=by, at=at(10))


class TestAbsence:
    def test_a_function_is_not_its_own_deputy(self, manager):
        contact = ContactFactory()
        with scoped(manager), pytest.raises(DeputyRefused) as refused:
            add_absence(contact.pk, Period(TUESDAY), deputy_id=contact.pk, by=manager)
        assert refused.value.code == "itself"

    def test_a_deputy_that_has_ended_is_none(self, manager):
        contact = ContactFactory()
        gone = ContactFactory(period=DateRange(date(2022, 1, 1), date(2022, 2, 1)))
        with scoped(manager), pytest.raises(DeputyRefused) as refused:
            add_absence(contact.pk, Period(TUESDAY), deputy_id=gone.pk, by=manager)
        assert refused.value.code == "not_there"

    def test_two_absences_at_a_time_are_refused(self, manager):
        contact, deputy = ContactFactory(), ContactFactory()
        with scoped(manager):
            add_absence(contact.pk, Period(TUESDAY), deputy_id=deputy.pk, by=manager)
            with pytest.raises(AbsenceOverlaps):
                add_absence(contact.pk, Period(TUESDAY), deputy_id=deputy.pk, by=manager)

    def test_whoever_comes_back_early_answers_again(self, manager):
        contact_, deputy = ContactFactory(), ContactFactory(name="Ersättaren")
        with scoped(manager):
            add_absence(contact_.pk, Period(date(2022, 11, 14)), deputy_id=deputy.pk, by=manager)
            assert contact(contact_.pk, clock(at(10)), by=manager).deputy.name == "Ersättaren"
            end_absence(contact_.pk, by=manager, at=at(10))
            end_absence(contact_.pk, by=manager, at=at(10))
        assert contact(contact_.pk, clock(at(10)), by=manager).deputy is None


def test_the_database_itself_refuses_a_function_without_a_number(as_system):
    with pytest.raises(IntegrityError), transaction.atomic():
        ContactFactory(phone="")


def test_a_profile_the_municipality_has_taken_away_answers_never(manager):
    ContactFactory(hours="borttagen")
    (row,) = contacts(clock(at(10)), by=manager)
    assert (row.call.is_open, row.call.opens_at, row.hours) == (False, None, "borttagen")


@pytest.mark.parametrize("count", [1, 30])
def test_the_register_costs_three_queries(count, manager, django_assert_num_queries):
    ContactFactory.create_batch(count, of_unit=True)
    with django_assert_num_queries(3):
        contacts(clock(at(10)), by=manager)


def test_the_system_reads_it_too():
    ContactFactory(name="Jourtelefonen", subject="on_call")
    assert names(at(10), SYSTEM) == ["Jourtelefonen"]
