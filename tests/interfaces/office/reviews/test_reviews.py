"""Översyn av ramtid on the screen: the list, one client's months, and the message to the authority."""

import csv
import io
import re

import pytest
from django.test import Client as Browser

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.messages.models import Message, Thread, ThreadKind
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client
from tests.factories import UnitFactory
from tests.interfaces.office.conftest import LogIn
from tests.reports.drift import AS_GRANTED, drifting, told_of_november

URL = "/rapporter/ramtid/"
NEED = "Karin har ramlat två gånger och klarar inte längre att resa sig ur duschstolen själv."
pytestmark = [pytest.mark.django_db, pytest.mark.time_machine("2022-12-05T10:00:00+01:00", tick=False)]


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.fixture
def unit() -> Unit:
    with scoped(SYSTEM):
        return told_of_november()


@pytest.fixture
def client(unit: Unit) -> Client:
    """One whose review is open."""
    with scoped(SYSTEM):
        return drifting(unit, AS_GRANTED, AS_GRANTED, 300, 300, family_name="Drift")


@pytest.fixture
def browser(log_in: LogIn, unit: Unit) -> Browser:
    return log_in(Role.COORDINATOR, unit)


def page_of(client: Client) -> str:
    return f"{URL}{client.pk}/"


def take_up(browser: Browser, client: Client, text: str = NEED, **how):
    return browser.post(f"{page_of(client)}ta-upp/", {"description": text}, **how)


class TestTheList:
    def test_names_those_to_take_up_and_leads_to_each(self, browser, client):
        text = text_of(browser.get(URL))
        assert "Drift, Elsa" in text
        assert page_of(client) in text
        assert "Ta upp nu" in text
        assert "Uppgifter per 1 december 2022" in text

    def test_is_narrowed_by_the_address(self, browser, client):
        assert "Jämn, Elsa" not in text_of(browser.get(f"{URL}?urval=ta-upp"))
        assert "Inga brukare här" in text_of(browser.get(f"{URL}?urval=upptagna"))
        assert "Jämn, Elsa" in text_of(browser.get(f"{URL}?urval=x&enhet=y&visa=z"))

    def test_the_look_is_logged(self, browser, client):
        browser.get(URL)
        with scoped(SYSTEM):
            look = Look.objects.get(page="reviews")
        assert (look.action, look.rows) == (Action.LIST, 2)

    @pytest.mark.parametrize(
        ("kind", "opening"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")]
    )
    def test_is_had_as_a_file(self, kind, opening, browser, client):
        assert browser.get(f"{URL}?format={kind}").content.startswith(opening)

    def test_the_file_has_codes_so_that_rows_can_be_matched(self, browser, client):
        file = browser.get(f"{URL}?format=csv").content.decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(file), delimiter=";"))
        assert rows[1][:2] == ["Drift, Elsa", client.code]

    def test_answers_htmx_with_the_part_alone(self, browser, client):
        headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
        part = browser.get(URL, headers=headers).content.decode()
        assert part.strip() in browser.get(URL).content.decode()

    def test_never_names_a_protected_person(self, unit, browser):
        with scoped(SYSTEM):
            drifting(unit, 300, 300, is_protected=True, given_name="Hemlig", family_name="Gömström")
        for url in (URL, f"{URL}?format=csv"):
            assert not re.search("Hemlig|Gömström", browser.get(url).content.decode("utf-8-sig"))

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_the_same_number_of_queries_whatever_its_length(
        self, rows, unit, log_in, django_assert_num_queries
    ):
        with scoped(SYSTEM):
            for _ in range(rows):
                drifting(unit, 300, 300)
        browser = log_in(Role.UNIT_MANAGER, unit)
        with django_assert_num_queries(36):
            browser.get(URL)


class TestAClient:
    def test_shows_month_by_month_why_it_is_open_and_the_draft(self, browser, client):
        text = text_of(browser.get(page_of(client)))
        assert "november 2022" in text
        assert "Utanför" in text
        assert "Översyn öppnades 1 december 2022" in text
        assert "Utförd tid har skilt sig väsentligt från ramtiden 2 kalendermånader i rad" in text
        assert "Ta upp översynen" in text

    def test_before_the_second_month_there_is_nothing_to_take_up(self, unit, browser):
        with scoped(SYSTEM):
            client = drifting(unit, AS_GRANTED, AS_GRANTED, AS_GRANTED, 300)
        assert "Ta upp översynen" not in text_of(browser.get(page_of(client)))
        assert "Det finns ingen översyn att ta upp" in text_of(take_up(browser, client))
        with scoped(SYSTEM):
            assert not Thread.objects.exists()

    def test_without_frame_time_says_so(self, unit, browser):
        with scoped(SYSTEM):
            client = drifting(unit, 300)
            client.grants.update(intervention="ledsagning")
        assert "Ingen ramtid att se över" in text_of(browser.get(page_of(client)))

    def test_is_a_look_at_the_client(self, browser, client):
        browser.get(page_of(client))
        with scoped(SYSTEM):
            assert Look.objects.get(client_id=client.pk).page == "review"

    def test_the_officer_reads_and_does_not_ask_herself(self, log_in, client):
        text = text_of(log_in(Role.CASE_OFFICER).get(page_of(client)))
        assert "Översyn öppnades 1 december 2022" in text
        assert "Ta upp översynen" not in text

    def test_another_providers_client_is_not_there(self, browser):
        with scoped(SYSTEM):
            other = drifting(UnitFactory(), 300, 300)
        assert browser.get(page_of(other)).status_code == 404
        assert take_up(browser, other).status_code == 404


class TestTakingItUp:
    def test_sends_the_figures_and_the_need_to_the_authority(self, browser, client):
        text = text_of(take_up(browser, client, follow=True))
        assert "Översynen är upptagen med myndigheten" in text
        with scoped(SYSTEM):
            message = Message.objects.get(thread__kind=ThreadKind.REVIEW)
        assert message.text.startswith("Utförd tid har skilt sig väsentligt")
        assert message.text.endswith(NEED)

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "Siffrorna säger hur tiden skiljer sig, men inte varför"),
            ("För lite tid.", "Att tiden är för lång eller för kort räcker inte"),
            ("ord " * 10_000, "som mest 4000 tecken"),
        ],
    )
    def test_a_text_that_will_not_do_is_refused_at_its_field_and_kept(self, text, words, browser, client):
        page = take_up(browser, client, text)
        assert words in text_of(page).replace("\N{NO-BREAK SPACE}", "")
        assert text.strip() in page.content.decode()
        with scoped(SYSTEM):
            assert not Thread.objects.exists()

    def test_a_second_time_is_refused_politely(self, browser, client, log_in, unit):
        take_up(browser, client)
        other = log_in(Role.UNIT_MANAGER, unit)
        text = text_of(take_up(other, client, follow=True))
        assert "redan upptagen" in text
        assert "Översynen togs upp 5 december 2022" in text_of(browser.get(page_of(client)))
        with scoped(SYSTEM):
            assert Thread.objects.count() == 1

    def test_a_protected_persons_name_is_in_no_part_of_it(self, unit, browser):
        with scoped(SYSTEM):
            hidden = drifting(unit, 300, 300, is_protected=True, given_name="Hemlig", family_name="Gömström")
        for page in (browser.get(page_of(hidden)), take_up(browser, hidden, "kort")):
            assert not re.search("Hemlig|Gömström", page.content.decode())
