"""Brukare: the list."""

import re
from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.orders.models import Grant
from tests.factories import AbsenceFactory, ClientFactory, GrantFactory
from tests.interfaces.office.scenes import OPEN_ENDED, scene

URL = "/brukare/"
pytestmark = pytest.mark.django_db


def names_in(page) -> list[str]:
    rows = re.findall(r'<th scope="row"><a href="[^"]+">([^<]+)</a>', page.content.decode())
    return [row.strip() for row in rows]


def client_at(unit, family_name, **about):
    with scoped(SYSTEM):
        client = ClientFactory(family_name=family_name, **about)
        GrantFactory(client=client, unit=unit, period=OPEN_ENDED)
    return client


def test_stands_in_swedish_order_with_protected_people_last_by_code(log_in):
    unit = scene(0).unit
    for family_name in ("Öman", "Andersson", "Zetterlund", "Åberg", "Ängmark"):
        client_at(unit, family_name)
    client_at(unit, "Aaronsson", is_protected=True, code="C9002")
    client_at(unit, "Bbronsson", is_protected=True, code="C9001")
    assert names_in(log_in(Role.UNIT_MANAGER, unit).get(URL)) == [
        "Andersson, Elsa", "Zetterlund, Elsa", "Åberg, Elsa", "Ängmark, Elsa", "Öman, Elsa",
        "Skyddad identitet · EB · C9001", "Skyddad identitet · EA · C9002",
    ]  # fmt: skip


def test_never_shows_the_name_address_or_number_of_a_protected_person(log_in):
    shown = scene(1, is_protected=True, family_name="Hemligström", street="Gömda vägen 7",
                  personal_number="19400102-2380")  # fmt: skip
    for role in (Role.UNIT_MANAGER, Role.CASE_OFFICER, Role.CONTROLLER):
        text = log_in(role, shown.unit).get(URL + "?status=alla").content.decode()
        assert shown.client.code in text
        assert not re.search("Hemligström|Gömda|1940", text)


def test_shows_only_the_clients_of_ones_own_units(log_in):
    own, other = scene(1), scene(1)
    page = log_in(Role.COORDINATOR, own.unit).get(URL)
    assert own.client.family_name in page.content.decode()
    assert other.client.family_name not in page.content.decode()


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_number_of_queries_whatever_its_length(rows, log_in, django_assert_num_queries):
    browser = log_in(Role.UNIT_MANAGER, scene(rows).unit)
    with django_assert_num_queries(18):
        assert len(names_in(browser.get(URL))) == rows


def test_shows_fifty_rows_and_then_more(log_in):
    browser = log_in(Role.UNIT_MANAGER, scene(52).unit)
    page = browser.get(URL)
    assert len(names_in(page)) == 50
    assert "Visar 50 av 52" in page.content.decode()
    assert len(names_in(browser.get(URL + "?visa=100"))) == 52


def test_answers_htmx_with_the_very_part_of_the_page(log_in):
    browser = log_in(Role.UNIT_MANAGER, scene(2).unit)
    whole = browser.get(URL).content.decode()
    part = browser.get(URL, headers={"HX-Request": "true", "HX-Request-Type": "partial"}).content.decode()
    assert part.strip() in whole
    assert "<html" not in part


class TestChips:
    def test_ended_clients_stand_apart(self, log_in):
        unit = scene(0).unit
        client = client_at(unit, "Slutman")
        with scoped(SYSTEM):
            Grant.objects.filter(client=client).update(period=DateRange(date(2022, 1, 1), date(2022, 6, 1)))
        browser = log_in(Role.UNIT_MANAGER, unit)
        assert names_in(browser.get(URL)) == []
        assert names_in(browser.get(URL + "?status=avslutade")) == ["Slutman, Elsa"]

    def test_the_dead_stand_among_the_ended(self, log_in):
        unit = scene(0).unit
        client_at(unit, "Död", deceased_on=date(2022, 11, 3))
        browser = log_in(Role.UNIT_MANAGER, unit)
        assert names_in(browser.get(URL)) == []
        assert "Avliden" in browser.get(URL + "?status=avslutade").content.decode()

    def test_wrong_intervention_of_a_month(self, log_in):
        shown = scene(2)
        client_at(shown.unit, "Rättman")
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(URL + "?urval=fel-insats&manad=2022-11")
        assert len(names_in(page)) == 2

    def test_granted_time_without_a_visit(self, log_in):
        shown = scene(1)
        client_at(shown.unit, "Tomman")
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(URL + "?urval=utan-besok&manad=2022-11")
        assert names_in(page) == ["Tomman, Elsa"]

    def test_visits_that_wait_for_approval(self, log_in):
        shown = scene(1)
        client_at(shown.unit, "Klarman")
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(URL + "?urval=att-godkanna&manad=2022-11")
        assert len(names_in(page)) == 1

    def test_away_today(self, log_in):
        shown = scene(1)
        client = client_at(shown.unit, "Borta")
        with scoped(SYSTEM):
            AbsenceFactory(client=client, left_on=date(2023, 1, 1), returned_on=None)
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(URL + "?urval=franvarande")
        assert names_in(page) == ["Borta, Elsa"]
        assert "Frånvarande" in page.content.decode()

    def test_decisions_not_in_effect(self, log_in):
        shown = scene(1)
        client = client_at(shown.unit, "Väntan")
        with scoped(SYSTEM):
            Grant.objects.filter(client=client).update(in_effect=None)
        page = log_in(Role.CASE_OFFICER).get(URL + "?urval=ej-verkstalld")
        assert names_in(page) == ["Väntan, Elsa"]

    def test_one_unit_of_several(self, log_in):
        first, second = scene(1), scene(1)
        browser = log_in(Role.CONTROLLER)
        assert len(names_in(browser.get(URL))) == 2
        of_first = browser.get(f"{URL}?enhet={first.unit.code}")
        assert names_in(of_first) == [f"{first.client.family_name}, Elsa"]
        assert second.unit.name in browser.get(URL).content.decode()

    def test_an_empty_choice_says_what_to_do_next(self, log_in):
        page = log_in(Role.UNIT_MANAGER, scene(0).unit).get(URL)
        assert "Visa alla brukare" in page.content.decode()

    @pytest.mark.parametrize(
        "query", ["visa=x", "visa=-1", "visa=9999999", "status=?", "manad=2022-13", "urval=x"]
    )
    def test_an_address_that_is_wrong_shows_the_whole_list(self, query, log_in):
        shown = scene(1)
        assert len(names_in(log_in(Role.UNIT_MANAGER, shown.unit).get(f"{URL}?{query}"))) == 1


def test_is_written_in_the_look_log_before_it_is_sent(log_in):
    shown = scene(3)
    log_in(Role.UNIT_MANAGER, shown.unit, name="Robin Läsare").get(URL)
    with scoped(SYSTEM):
        look = Look.objects.get(page="clients")
    assert (look.actor_name, look.action, look.rows) == ("Robin Läsare", Action.LIST, 3)
