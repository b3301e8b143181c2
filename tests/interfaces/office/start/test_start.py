"""The first screen of each role."""

import re
from datetime import date

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.orders.models import Grant
from tests.factories import AbsenceFactory
from tests.interfaces.office.scenes import scene

pytestmark = pytest.mark.django_db
ROLES = (
    Role.UNIT_MANAGER, Role.COORDINATOR, Role.CONTROLLER, Role.CASE_OFFICER, Role.AUTHORITY_MANAGER,
    Role.SYSTEM_ADMINISTRATOR,
)  # fmt: skip


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


@pytest.mark.parametrize("role", ROLES)
def test_five_cards_each_a_figure_with_words_and_a_way_on(role, log_in):
    shown = scene(2)
    text = text_of(log_in(role, shown.unit).get("/"))
    cards = re.findall(r'<li class="hv-card">(.*?)</li>', text)
    assert len(cards) == 5
    for card in cards:
        assert re.search(r'class="hv-card-value">\s*\S', card)
        assert re.search(r'class="hv-card-note">[^<]+<', card) or "href" in card


@pytest.mark.parametrize("role", ROLES)
def test_stands_before_any_data_are_there(role, log_in):
    assert log_in(role, scene(0).unit).get("/").status_code == 200


def test_the_manager_sees_kronor_and_why_they_changed(log_in):
    text = text_of(log_in(Role.UNIT_MANAGER, scene(1).unit).get("/"))
    assert "Ersättning november 2022, förslag" in text
    assert "mot oktober 2022" in text


def test_the_coordinator_sees_none(log_in):
    text = text_of(log_in(Role.COORDINATOR, scene(1).unit).get("/"))
    assert not re.search(r"\bkr\b|Ersättning", text)
    assert "Besök att godkänna" in text


def test_the_case_officer_sees_who_waits_and_how_long(log_in):
    shown = scene(1)
    with scoped(SYSTEM):
        Grant.objects.filter(client=shown.client, intervention="ledsagning").update(in_effect=None)
    text = text_of(log_in(Role.CASE_OFFICER).get("/"))
    assert f"Elsa {shown.client.family_name}" in text
    assert "Beslutet gäller sedan 1 januari 2022" in text


def test_the_controller_sees_each_provider_with_its_payment_day(log_in):
    shown = scene(1)
    text = text_of(log_in(Role.CONTROLLER).get("/"))
    assert shown.unit.provider.name in text
    assert "2022-12-15" in text


def test_counts_who_is_away_today(log_in):
    shown = scene(1)
    with scoped(SYSTEM):
        AbsenceFactory(client=shown.client, left_on=date(2023, 1, 1), returned_on=None)
    text = text_of(log_in(Role.COORDINATOR, shown.unit).get("/"))
    assert re.search(r"Frånvarande idag</span> <span class=\"hv-card-value\">1 ", text)


def test_never_names_a_protected_person(log_in):
    shown = scene(1, is_protected=True, given_name="Hemlig", family_name="Gömström")
    with scoped(SYSTEM):
        Grant.objects.filter(client=shown.client).update(in_effect=None)
    text = text_of(log_in(Role.CASE_OFFICER).get("/"))
    assert shown.client.code in text
    assert not re.search("Hemlig|Gömström", text)


@pytest.mark.parametrize(
    ("role", "queries"), [(Role.UNIT_MANAGER, 61), (Role.COORDINATOR, 30), (Role.CASE_OFFICER, 39)]
)
@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_number_of_queries_for_any_number_of_clients(
    role, queries, rows, log_in, django_assert_max_num_queries
):
    browser = log_in(role, scene(rows).unit)
    with django_assert_max_num_queries(queries):
        browser.get("/")


def test_the_navigation_shows_what_one_may_open(log_in):
    text = text_of(log_in(Role.COORDINATOR, scene(1).unit).get("/"))
    rail = re.search(r'<nav class="hv-rail".*?</nav>', text)[0]
    places = ["/", "/", "/brukare/", "/uppdrag/", "/meddelanden/", "/rapporter/", "/kontakter/"]
    places += ["/installningar/regler/", "/hjalp/"]
    assert re.findall(r'href="([^"]+)"', rail) == places


@pytest.mark.parametrize("url", ["/hjalp/", "/tillganglighet/"])
def test_help_and_the_accessibility_statement_open_for_all(url, log_in):
    assert log_in(Role.SYSTEM_ADMINISTRATOR).get(url).status_code == 200


def test_a_page_that_is_not_there_says_so_in_swedish(log_in):
    page = log_in(Role.COORDINATOR, scene(1).unit).get("/finns-inte/")
    assert page.status_code == 404
    assert "Sidan finns inte" in text_of(page)
