"""Kontakter: whom to call now, found in the one box, kept by those who answer for the numbers."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.contacts.models import Contact, ContactAbsence
from tests.factories import ContactFactory, UserFactory
from tests.interfaces.office.scenes import scene

pytestmark = pytest.mark.django_db
TUESDAY_AFTERNOON = datetime(2022, 11, 15, 13, 1, tzinfo=UTC)  # 14.01 in Sweden
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def tuesday_afternoon():
    with time_machine.travel(TUESDAY_AFTERNOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def unit():
    return scene(0).unit


@pytest.fixture
def manager(log_in):
    return log_in(Role.AUTHORITY_MANAGER, name="Mia Myndighetschef")


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def typed(**about: str) -> dict[str, str]:
    return {
        "subject": "reception", "name": "Mottagningsgruppen", "phone": "000-12 34 56", "unit": "",
        "audience": "citizen", "hours": "reception_group", "note": "", **about,
    }  # fmt: skip


class TestReading:
    def test_says_the_number_and_until_when_it_answers(self, unit, log_in):
        ContactFactory(of_unit=True, unit=unit, name="Team Västs telefon", phone="000-11 11 11")
        ContactFactory(on_call=True, phone="000-22 22 22")
        text = text_of(log_in(Role.COORDINATOR, unit).get("/kontakter/"))
        assert 'href="tel:000111111"' in text
        assert "Öppet till kl. 17.00" in text.replace("\xa0", " ")
        assert "Stängt, öppnar kl. 17.00" in text.replace("\xa0", " ")

    def test_says_the_day_it_opens_when_that_is_not_today(self, log_in, tuesday_afternoon):
        ContactFactory(hours="provider_phone")
        tuesday_afternoon.move_to(datetime(2022, 11, 15, 14, 0, tzinfo=UTC))
        officer = log_in(Role.CASE_OFFICER)
        assert "öppnar imorgon kl. 13.15" in text_of(officer.get("/kontakter/")).replace("\xa0", " ")
        tuesday_afternoon.move_to(datetime(2022, 11, 18, 14, 0, tzinfo=UTC))
        text = text_of(log_in(Role.CASE_OFFICER).get("/kontakter/")).replace("\xa0", " ")
        assert "öppnar måndag 21 november 2022 kl. 13.15" in text

    def test_is_narrowed_by_audience(self, log_in):
        ContactFactory(name="Utförartelefonen", audience="provider")
        ContactFactory(name="Mottagningsgruppen", audience="citizen", subject="reception")
        text = text_of(log_in(Role.CASE_OFFICER).get("/kontakter/?for=citizen"))
        assert "Mottagningsgruppen" in text
        assert "Utförartelefonen" not in text
        assert "Inga kontakter här" in text_of(log_in(Role.CASE_OFFICER).get("/kontakter/?for=staff"))

    def test_is_found_in_the_one_box_by_name_unit_and_matter(self, unit, log_in):
        ContactFactory(subject="nurse", name="Sjuksköterskornas telefon", phone="000-33 33 33")
        browser = log_in(Role.COORDINATOR, unit)
        for word in ("sjukskoterska", "telefon sjuk"):
            text = text_of(browser.post("/sok/", {"q": word}, headers=HTMX))
            assert "Sjuksköterskornas telefon 000-33 33 33" in text
            assert "kontakt" in text
        assert "000-33" not in text_of(browser.post("/sok/", {"q": "%%"}, headers=HTMX))

    def test_another_providers_number_is_neither_listed_nor_found(self, unit, log_in):
        ContactFactory(of_unit=True, name="Grannens telefon")
        browser = log_in(Role.UNIT_MANAGER, unit)
        assert "Grannens" not in text_of(browser.get("/kontakter/"))
        assert "Grannens" not in text_of(browser.post("/sok/", {"q": "grannens"}, headers=HTMX)).replace(
            "grannens", ""
        )


class TestKeeping:
    def test_a_number_is_added_changed_and_taken_away(self, manager):
        assert "Kontakten är sparad" in text_of(manager.post("/kontakter/ny/", typed(), follow=True))
        contact = Contact.objects.get()
        page = f"/kontakter/{contact.pk}/"
        assert 'value="000-12 34 56"' in text_of(manager.get(page))
        changed = text_of(manager.post(page, typed(phone="000-99 99 99"), follow=True))
        assert "000-99 99 99" in changed
        ended = text_of(manager.post(f"{page}avsluta/", follow=True))
        assert "används inte längre" in ended

    @pytest.mark.parametrize(
        ("about", "told"),
        [
            ({"phone": "ring"}, "Skriv numret med siffror"),
            ({"phone": ""}, "Det här behöver du rätta"),
            ({"name": "Hanna Handläggare"}, "inte en persons"),
            ({"subject": "unit"}, "Välj vilken enhet"),
            ({"hours": "x"}, "Det här behöver du rätta"),
            ({"subject": "x"}, "Det här behöver du rätta"),
        ],
    )
    def test_what_is_of_no_use_is_refused_at_its_field_and_stays_typed(self, about, told, manager):
        UserFactory(name="Hanna Handläggare")
        text = text_of(manager.post("/kontakter/ny/", typed(**about)))
        assert told in text
        assert not Contact.objects.exists()
        contact = ContactFactory()
        assert told in text_of(manager.post(f"/kontakter/{contact.pk}/", typed(**about)))

    def test_overdue_numbers_are_listed_and_confirmed_with_one_button(self, unit, log_in):
        own = ContactFactory(of_unit=True, unit=unit, name="Vår telefon", confirmed=False)
        browser = log_in(Role.UNIT_MANAGER, unit)
        assert "Stämmer numren?" in text_of(browser.get("/kontakter/"))
        text = text_of(browser.post(f"/kontakter/{own.pk}/bekrafta/", follow=True))
        assert "Numret är bekräftat." in text
        assert "Stämmer numren?" not in text

    def test_a_coordinator_reads_and_changes_nothing(self, unit, log_in):
        own = ContactFactory(of_unit=True, unit=unit, confirmed=False)
        browser = log_in(Role.COORDINATOR, unit)
        text = text_of(browser.get("/kontakter/"))
        assert "Stämmer numren?" not in text
        assert "Lägg till en kontakt" not in text
        assert browser.post(f"/kontakter/{own.pk}/bekrafta/").status_code == 404

    def test_a_unit_manager_is_offered_the_own_unit_alone(self, unit, log_in):
        other = scene(0).unit
        text = text_of(log_in(Role.UNIT_MANAGER, unit).get("/kontakter/ny/"))
        assert str(unit.pk) in text
        assert str(other.pk) not in text
        assert "Ingen, hela kommunen" not in text
        answer = log_in(Role.UNIT_MANAGER, unit).post("/kontakter/ny/", typed(unit=str(other.pk)))
        assert "Det här behöver du rätta" in text_of(answer)


class TestAbsence:
    @pytest.fixture
    def pair(self):
        return ContactFactory(name="Utförartelefonen"), ContactFactory(name="Växeln", phone="000-44 44 44")

    def absent(self, pair, **about: str) -> dict[str, str]:
        return {"first_day": "2022-11-15", "last_day": "2022-11-17", "deputy": str(pair[1].pk), **about}

    def test_the_deputy_is_shown_while_it_lasts_and_not_after(self, pair, manager):
        contact, _ = pair
        page = f"/kontakter/{contact.pk}/"
        text = text_of(manager.post(f"{page}franvaro/", self.absent(pair), follow=True))
        assert "Ersätter Utförartelefonen till och med 17 november 2022" in text
        assert "Växeln svarar istället" in text_of(manager.get(page))
        text = text_of(manager.post(f"{page}tillbaka/", follow=True))
        assert "svarar igen" in text
        with scoped(SYSTEM):
            assert ContactAbsence.objects.get().period.upper.day == 16

    @pytest.mark.parametrize(
        "about", [{"first_day": ""}, {"last_day": "2022-11-01"}, {"deputy": "x"}, {"first_day": "2020-01-01"}]
    )
    def test_days_and_deputies_that_cannot_be_are_refused(self, about, pair, manager):
        text = text_of(manager.post(f"/kontakter/{pair[0].pk}/franvaro/", self.absent(pair, **about)))
        assert "Det här behöver du rätta" in text

    def test_two_absences_at_once_are_refused(self, pair, manager):
        page = f"/kontakter/{pair[0].pk}/franvaro/"
        manager.post(page, self.absent(pair))
        assert "redan frånvarande" in text_of(manager.post(page, self.absent(pair)))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_costs_the_same_for_one_and_thirty(count, log_in, django_assert_num_queries):
    ContactFactory.create_batch(count, of_unit=True)
    officer = log_in(Role.CASE_OFFICER)
    with django_assert_num_queries(15):
        officer.get("/kontakter/")
