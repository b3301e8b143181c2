"""Journalen: written from the client page, signed and locked, corrected, narrowed and searched."""

import re
from datetime import timedelta

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Look
from hemmavid.journals.models import JournalEntry
from hemmavid.lib import clock
from tests.factories import GrantFactory, RoleAssignmentFactory, UserFactory
from tests.interfaces.office.conftest import browser_of
from tests.interfaces.office.scenes import OPEN_ENDED, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def shown():
    return scene(1, given_name="Elsa", family_name="Vinter")


@pytest.fixture
def coordinator(shown, log_in):
    return log_in(Role.COORDINATOR, shown.unit, name="Samira Samordnare")


@pytest.fixture
def officer(log_in):
    return log_in(Role.CASE_OFFICER, name="Hanna Handläggare")


def url(shown, rest: str = "") -> str:
    return f"/brukare/{shown.client.pk}/journal/{rest}"


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def typed(text: str, **about: str) -> dict[str, str]:
    return {"kind": "note", "happened_at": "2022-11-15T09:00", "text": text, **about}


def written(shown, browser, text: str = "Ringde dottern.", **about: str):
    return browser.post(url(shown, "skriv/"), typed(text, **about), follow=True)


class TestWriting:
    def test_one_link_from_the_client_page_leads_to_the_form(self, shown, coordinator):
        text = text_of(coordinator.get(f"/brukare/{shown.client.pk}/"))
        assert f'<a href="{url(shown, "skriv/")}" data-go="n">Skriv i journalen</a>' in text
        assert coordinator.get(url(shown, "skriv/")).status_code == 200

    def test_an_entry_is_signed_with_name_and_moment_and_is_on_the_client_page(self, shown, coordinator):
        text = text_of(written(shown, coordinator))
        assert "signerad och låst" in text
        assert re.search(r"Signerad .* av Samira Samordnare", text)
        assert "Ringde dottern." in text_of(coordinator.get(f"/brukare/{shown.client.pk}/"))

    def test_the_clock_is_that_of_the_wall(self, shown, coordinator):
        written(shown, coordinator)
        with scoped(SYSTEM):
            assert JournalEntry.objects.get().happened_at.hour == 8  # 9.00 in November is 8.00 UTC

    @pytest.mark.parametrize(
        ("about", "told"),
        [
            ({"text": "  "}, "Skriv en anteckning."),
            ({"text": "x" * 20_001}, "högst 20000 tecken"),
            ({"text": "y" * 40_000}, "högst 20000 tecken"),
            ({"happened_at": "igår"}, "Skriv dag och klockslag"),
            ({"happened_at": ""}, "Det här behöver du rätta"),
            ({"happened_at": "2099-12-31T23:59"}, "Tiden har inte varit än"),
            ({"happened_at": "9999-12-31T23:59"}, "Året kan inte stämma"),
            ({"happened_at": "0001-01-01T00:00"}, "Året kan inte stämma"),
            ({"kind": "decision"}, "Det här behöver du rätta"),
        ],
    )
    def test_what_cannot_be_signed_is_said_at_its_field_and_stays_typed(
        self, about, told, shown, coordinator
    ):
        sent = typed("Det jag skrev") | about
        answer = coordinator.post(url(shown, "skriv/"), sent)
        assert told in text_of(answer)
        assert sent["text"].strip() in answer.content.decode()
        with scoped(SYSTEM):
            assert not JournalEntry.objects.exists()

    def test_a_time_to_come_is_refused(self, shown, coordinator):
        later = clock.local(clock.now() + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M")
        text = text_of(coordinator.post(url(shown, "skriv/"), typed("Snart", happened_at=later)))
        assert "Tiden har inte varit än" in text

    def test_a_paste_with_markup_is_words(self, shown, coordinator):
        text = text_of(written(shown, coordinator, "<b>fet</b> “citat” \u2013 tankstreck"))
        assert "&lt;b&gt;fet&lt;/b&gt; “citat”" in text

    def test_with_two_units_one_chooses_the_journal(self, shown):
        with scoped(SYSTEM):
            other = GrantFactory(client=shown.client, period=OPEN_ENDED).unit
        user = UserFactory()
        for unit in (shown.unit, other):
            RoleAssignmentFactory(user=user, role="coordinator", unit=unit)
        browser = browser_of(user)
        assert "Journal</label>" in text_of(browser.get(url(shown, "skriv/")))
        written(shown, browser, journal=str(other.pk))
        with scoped(SYSTEM):
            assert JournalEntry.objects.get().unit_id == other.pk
        refused = browser.post(url(shown, "skriv/"), typed("x", journal="x"))
        assert "Det här behöver du rätta" in text_of(refused)


class TestCorrecting:
    def test_a_correction_points_back_and_the_entry_stands(self, shown, coordinator):
        written(shown, coordinator, "Elsa har hund.")
        with scoped(SYSTEM):
            entry = JournalEntry.objects.get()
        page = url(shown, f"{entry.pk}/ratta/")
        assert "Elsa har hund." in text_of(coordinator.get(page))
        text = text_of(coordinator.post(page, {"text": "Elsa har katt."}, follow=True))
        assert "Rättelsen är signerad" in text
        assert f'<a href="#anteckning-{entry.pk}">tidigare anteckning</a>' in text
        assert "Elsa har hund." in text
        assert "Rättad senare" in text

    def test_a_correction_without_words_is_refused(self, shown, coordinator):
        written(shown, coordinator)
        with scoped(SYSTEM):
            entry = JournalEntry.objects.get()
        answer = coordinator.post(url(shown, f"{entry.pk}/ratta/"), {"text": ""})
        assert "Skriv en anteckning." in text_of(answer)


class TestReading:
    def test_neither_side_reads_the_others(self, shown, coordinator, officer):
        written(shown, coordinator, "Enhetens ord")
        written(shown, officer, "Myndighetens ord")
        for browser, own, others in (
            (coordinator, "Enhetens ord", "Myndighetens ord"),
            (officer, "Myndighetens ord", "Enhetens ord"),
        ):
            for path in (url(shown), f"/brukare/{shown.client.pk}/"):
                text = text_of(browser.get(path))
                assert own in text
                assert others not in text

    def test_is_narrowed_by_kind_and_searched_by_words_that_stand_in_no_address(self, shown, coordinator):
        written(shown, coordinator, "Telefon med dottern", kind="contact")
        written(shown, coordinator, "Elsa åt bra")
        narrowed = text_of(coordinator.get(url(shown, "?typ=contact")))
        assert "Telefon med dottern" in narrowed
        assert "Elsa åt bra" not in narrowed
        found = coordinator.post(url(shown), {"ord": "DOTTERN"})
        assert "1 anteckning med" in text_of(found)
        assert "Elsa åt bra" not in text_of(found)
        assert coordinator.get(url(shown, "?typ=x&visa=x")).status_code == 200

    def test_opening_it_is_logged(self, shown, coordinator):
        coordinator.get(url(shown))
        with scoped(SYSTEM):
            assert Look.objects.get(page="journal").client_id == shown.client.pk

    def test_another_unit_of_the_client_and_who_counts_money_have_none_of_it(
        self, shown, coordinator, log_in
    ):
        written(shown, coordinator, "Enhetens ord")
        with scoped(SYSTEM):
            other = GrantFactory(client=shown.client, period=OPEN_ENDED).unit
            entry = JournalEntry.objects.get()
        there = log_in(Role.UNIT_MANAGER, other)
        assert "Enhetens ord" not in text_of(there.get(url(shown)))
        assert there.get(url(shown, f"{entry.pk}/ratta/")).status_code == 404
        controller = log_in(Role.CONTROLLER)
        assert controller.get(url(shown)).status_code == 404
        assert 'id="journal"' not in text_of(controller.get(f"/brukare/{shown.client.pk}/"))


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_for_one_and_thirty(count, shown, coordinator, django_assert_num_queries):
    for number in range(count):
        written(shown, coordinator, f"Rad {number}")
    with django_assert_num_queries(21):
        coordinator.get(url(shown))
