"""Rapporter: Timunderlag LOV, from the month to the visit."""

import csv
import io
import re

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from tests.interfaces.office.scenes import NOVEMBER, scene

URL = "/rapporter/timunderlag/"
VISITS = f"{URL}besok/"
pytestmark = pytest.mark.django_db


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def csv_of(page) -> list[list[str]]:
    return list(csv.reader(io.StringIO(page.content.decode("utf-8-sig")), delimiter=";"))


def figure(text: str) -> int:
    return int(text.replace(",", "") or 0)


def test_the_catalogue_asks_questions_and_leads_to_the_answers(log_in):
    text = text_of(log_in(Role.CONTROLLER).get("/rapporter/"))
    assert "Hur många timmar är beviljade" in text
    assert URL in text


def test_prints_the_headings_of_the_paper_and_when_the_data_changed(log_in):
    shown = scene(1)
    text = text_of(log_in(Role.COORDINATOR, shown.unit).get(f"{URL}?manad={NOVEMBER}"))
    for heading in ("Insatstyp", "Beviljad tid LOV", "Ersättn.timmar", "Tid per besök", "** Ramtid"):
        assert heading in text
    assert "Uppgifter per 1 december 2022 kl. 6.00" in text
    assert "Så räknas det" in text
    assert "taggade med fel insats" in text or "Fel insats taggad" in text


def test_the_clients_add_up_to_the_statement(log_in):
    shown = scene(3)
    browser = log_in(Role.UNIT_MANAGER, shown.unit)
    statement = csv_of(browser.get(f"{URL}?manad={NOVEMBER}&format=csv"))[-1]
    *clients, total = csv_of(browser.get(f"{URL}?manad={NOVEMBER}&tabell=brukare&format=csv"))[1:]
    assert statement[1:] == total[2:]
    for place in range(2, 8):
        assert figure(total[place]) == sum(figure(client[place]) for client in clients)


def test_narrows_to_an_intervention_and_to_a_client(log_in):
    shown, other = scene(1), scene(1)
    browser = log_in(Role.CONTROLLER)
    narrowed = text_of(browser.get(f"{URL}?manad={NOVEMBER}&insats=ledsagning"))
    assert "Brukare med ledsagning ×" in narrowed
    assert f"{URL}besok/?manad={NOVEMBER}&amp;brukare={shown.client.pk}&amp;insats=ledsagning" in narrowed
    text = text_of(browser.get(f"{URL}?manad={NOVEMBER}&brukare={shown.client.pk}"))
    assert f"{shown.client.given_name} {shown.client.family_name} ×" in text
    assert other.client.family_name not in text
    text = text_of(browser.get(f"{URL}?manad={NOVEMBER}&enhet={other.unit.code}"))
    assert shown.client.family_name not in text


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_number_of_queries_whatever_its_length(rows, log_in, django_assert_num_queries):
    browser = log_in(Role.COORDINATOR, scene(rows).unit)
    with django_assert_num_queries(22):
        browser.get(f"{URL}?manad={NOVEMBER}")


def test_answers_htmx_with_the_very_part_of_the_page(log_in):
    browser = log_in(Role.COORDINATOR, scene(2).unit)
    url = f"{URL}?manad={NOVEMBER}"
    part = browser.get(url, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()
    assert part.strip() in browser.get(url).content.decode()


def test_another_providers_client_is_not_there(log_in):
    other = scene(1).client
    browser = log_in(Role.UNIT_MANAGER, scene(1).unit)
    assert browser.get(f"{URL}?brukare={other.pk}").status_code == 404
    assert browser.get(f"{VISITS}?brukare={other.pk}").status_code == 404


@pytest.mark.parametrize("query", ["manad=x", "enhet=x", "insats=x", "brukare=x", "visa=x"])
def test_an_address_that_is_wrong_shows_the_whole_statement(query, log_in):
    assert "** Ramtid" in text_of(log_in(Role.COORDINATOR, scene(1).unit).get(f"{URL}?{query}"))


class TestVisits:
    def test_each_says_why_it_counts_or_not(self, log_in):
        shown = scene(1)
        url = f"{VISITS}?manad={NOVEMBER}&brukare={shown.client.pk}"
        text = text_of(log_in(Role.COORDINATOR, shown.unit).get(url))
        assert "Minst en ände är registrerad med tagg" in text
        assert "Båda ändarna är manuella och besöket är inte godkänt" in text
        assert text.count("</tr>") == 4

    def test_narrows_to_the_row_it_came_from(self, log_in):
        shown = scene(1)
        url = f"{VISITS}?manad={NOVEMBER}&brukare={shown.client.pk}&insats=morgonhjalp"
        text = text_of(log_in(Role.COORDINATOR, shown.unit).get(url))
        assert text.count("</tr>") == 2
        assert "Fel insats taggad" in text

    def test_without_a_client_there_is_nothing(self, log_in):
        assert log_in(Role.COORDINATOR, scene(1).unit).get(VISITS).status_code == 404

    def test_is_a_look_at_the_client(self, log_in):
        shown = scene(1)
        log_in(Role.COORDINATOR, shown.unit).get(f"{VISITS}?manad={NOVEMBER}&brukare={shown.client.pk}")
        with scoped(SYSTEM):
            assert Look.objects.get(client_id=shown.client.pk).action == Action.LOOK

    def test_never_names_a_protected_person(self, log_in):
        shown = scene(1, is_protected=True, given_name="Hemlig", family_name="Gömström")
        browser = log_in(Role.COORDINATOR, shown.unit)
        kept = f"manad={NOVEMBER}&brukare={shown.client.pk}"
        file = f"{URL}?tabell=brukare&format=csv"
        for url in (f"{URL}?{kept}", f"{VISITS}?{kept}", f"{VISITS}?{kept}&format=csv", file):
            assert not re.search("Hemlig|Gömström", browser.get(url).content.decode("utf-8-sig"))


@pytest.mark.parametrize(("kind", "opening"), [("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")])
def test_every_view_is_had_as_a_file(kind, opening, log_in):
    shown = scene(1)
    browser = log_in(Role.COORDINATOR, shown.unit)
    kept = f"manad={NOVEMBER}&brukare={shown.client.pk}&format={kind}"
    for url in (f"{URL}?{kept}", f"{VISITS}?{kept}", f"{URL}?{kept}&tabell=brukare"):
        assert browser.get(url).content.startswith(opening)
