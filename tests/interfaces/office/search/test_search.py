"""The one box."""

import re

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from tests.factories import ClientFactory, GrantFactory
from tests.interfaces.office.scenes import OPEN_ENDED, scene

URL = "/sok/"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def unit(db):
    return scene(0).unit


@pytest.fixture
def browser(unit, log_in):
    return log_in(Role.COORDINATOR, unit)


def client_at(unit, **about):
    with scoped(SYSTEM):
        client = ClientFactory(**about)
        GrantFactory(client=client, unit=unit, period=OPEN_ENDED)
    return client


def hits(browser, typed: str) -> list[str]:
    page = browser.post(URL, {"q": typed}, headers=HTMX)
    assert page.status_code == 200
    return re.findall(r"<span>([^<]+)</span>", page.content.decode())


@pytest.mark.parametrize(
    "typed",
    ["Åke Öström", "ake", "AKE", "ostrom ake", "öst", "19400102-2380", "194001022380", "4001022380",
     "400102-2380", "k777", "K777", "Björkvägen", "bjorkv", "12345", "åke björk"],
)  # fmt: skip
def test_finds_by_name_number_code_and_address_however_it_is_spelt(typed, unit, browser):
    client_at(
        unit, given_name="Åke", family_name="Öström", code="K777", personal_number="19400102-2380",
        street="Björkvägen 4", postcode="12345",
    )  # fmt: skip
    client_at(unit, given_name="Maja", family_name="Sund", street="Annan väg 2")
    assert hits(browser, typed) == ["Åke Öström"]


@pytest.mark.parametrize("typed", ["", "a", " ", "å ", "%", "__", "2380", "40010", "ström"])
def test_finds_nothing_by_too_little_or_by_the_middle_of_a_word(typed, unit, browser):
    client_at(unit, given_name="Åke", family_name="Öström", personal_number="19400102-2380")
    assert hits(browser, typed) == []


def test_says_why_each_line_matched_and_never_repeats_a_number(unit, browser):
    client_at(unit, given_name="Åke", personal_number="19400102-2380", code="K777", street="Björkvägen 4")
    for typed, why in (
        ("åke", "namnet stämmer"), ("19400102-2380", "personnumret stämmer"), ("k777", "kod K777"),
        ("björkv", "adress Björkvägen 4"),
    ):  # fmt: skip
        text = browser.post(URL, {"q": typed}, headers=HTMX).content.decode()
        assert why in text
        assert "2380" not in text


def test_names_come_before_addresses(unit, browser):
    client_at(unit, given_name="Ada", family_name="Norr", street="Lindvägen 1")
    client_at(unit, given_name="Wilma", family_name="Lind", street="Annan väg 2")
    assert hits(browser, "lind") == ["Wilma Lind", "Ada Norr"]


def test_enter_opens_the_top_hit(unit, browser):
    client = client_at(unit, given_name="Åke", family_name="Öström")
    page = browser.post(URL, {"q": "ake"})
    assert page.status_code == 302
    assert page["Location"] == f"/brukare/{client.pk}/"


def test_a_list_of_all_hits_is_had_when_asked_for(unit, browser):
    client_at(unit, given_name="Åke", family_name="Ett")
    client_at(unit, given_name="Åke", family_name="Två")
    text = browser.post(URL, {"q": "åke", "lista": "1"}).content.decode()
    assert "Åke Ett" in text
    assert "Åke Två" in text
    assert "Åke Ett" in browser.get(URL, {"q": "åke"}).content.decode()


def test_a_personal_number_in_an_address_is_not_looked_up(unit, browser):
    client_at(unit, personal_number="19400102-2380")
    page = browser.get(URL, {"q": "19400102-2380"})
    assert (page.status_code, page["Location"]) == (302, URL)


def test_nobody_of_another_unit_is_found(unit, browser):
    client_at(scene(0).unit, given_name="Främling", personal_number="19400102-2380")
    assert hits(browser, "främling") == []
    assert hits(browser, "19400102-2380") == []


def test_a_protected_person_is_found_by_code_alone(unit, browser):
    client_at(
        unit, is_protected=True, given_name="Hemlig", family_name="Gömström", code="K999",
        personal_number="19400102-2380", street="Dolda stigen 9",
    )  # fmt: skip
    for typed in ("hemlig", "gömström", "19400102-2380", "dolda", "HG"):
        assert hits(browser, typed) == []
    assert hits(browser, "k999") == ["Skyddad identitet · HG · K999"]


def test_finds_pages_that_the_person_may_open(browser, log_in, unit):
    assert "Timunderlag LOV" in hits(browser, "timu")
    assert hits(browser, "ersättn") == []
    assert "Ersättning" in hits(log_in(Role.UNIT_MANAGER, unit), "ersättn")


def test_the_log_says_that_somebody_searched_and_not_for_what(unit, browser):
    client_at(unit, given_name="Åke")
    hits(browser, "åke")
    with scoped(SYSTEM):
        look = Look.objects.get(action=Action.SEARCH)
    assert (look.page, look.rows, look.client_id) == ("search", 1, None)


@pytest.mark.parametrize("rows", [1, 30])
def test_costs_the_same_number_of_queries_whatever_it_finds(rows, unit, browser, django_assert_num_queries):
    for _ in range(rows):
        client_at(unit, given_name="Åke")
    with django_assert_num_queries(13):
        hits(browser, "åke")
