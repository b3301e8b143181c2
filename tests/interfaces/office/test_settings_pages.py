"""Inställningar: accounts are given and ended by somebody else; rules, prices and the chain are shown."""

import re

import pytest
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import reverse

from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.roles import Role
from hemmavid.interfaces.office.settings_pages import rule_words
from hemmavid.rules.parameter_files import load_parameters
from tests.factories import PriceFactory, RoleAssignmentFactory, UnitFactory, UserFactory
from tests.interfaces.office.conftest import LogIn

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(log_in: LogIn) -> Browser:
    return log_in(Role.SYSTEM_ADMINISTRATOR, username="admin")


@pytest.fixture
def user() -> User:
    return UserFactory(username="kim", name="Kim Vår")


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def role(**about: str) -> dict[str, str]:
    return {"role": "controller", "unit": "", "first_day": "2026-11-01", "last_day": "", **about}


def test_an_account_is_made_and_its_password_shown_once(administrator):
    answer = administrator.post("/installningar/konton/nytt/", {"name": "Kim Vår", "username": "kim"})
    password = re.search(r"<code>([^<]+)</code>", answer.content.decode()).group(1)
    user = User.objects.get(username="kim")
    assert user.check_password(password)
    assert user.has_temporary_password
    assert password not in administrator.get(f"/installningar/konton/{user.pk}/").content.decode()


def test_a_taken_name_is_told_at_the_field(administrator, user):
    answer = administrator.post("/installningar/konton/nytt/", {"name": "Kim", "username": "KIM"})
    assert "Användarnamnet är upptaget" in text_of(answer)
    assert User.objects.filter(username__iexact="kim").count() == 1


def test_a_role_is_given_and_ended(administrator, user):
    address = f"/installningar/konton/{user.pk}/"
    assert administrator.post(f"{address}roll/", role()).url == address
    held = RoleAssignment.objects.get(user=user)
    assert "Gäller" in text_of(administrator.get(address))
    assert administrator.post(f"/installningar/roller/{held.pk}/avsluta/").url == address
    assert "Avslutad" in text_of(administrator.get(address))
    administrator.post(f"/installningar/roller/{held.pk}/avsluta/")
    assert "redan avslutad" in text_of(administrator.get(address))


@pytest.mark.parametrize(
    ("about", "told"),
    [
        ({"role": "coordinator"}, "Välj enhet."),
        ({"last_day": "2026-10-31"}, "Sista dagen ligger före den första."),
        ({"first_day": ""}, "Från och med:"),
        ({"role": "chef"}, "Roll:"),
    ],
)
def test_what_is_wrong_with_a_role_is_told(about, told, administrator, user):
    answer = administrator.post(f"/installningar/konton/{user.pk}/roll/", role(**about))
    assert told in text_of(answer)
    assert not user.assignments.exists()


def test_a_role_of_the_municipality_takes_no_unit_and_none_is_held_twice(administrator, user):
    unit = UnitFactory()
    address = f"/installningar/konton/{user.pk}/roll/"
    assert "hör inte till någon enhet" in text_of(administrator.post(address, role(unit=str(unit.pk))))
    administrator.post(address, role(role="coordinator", unit=str(unit.pk)))
    answer = administrator.post(address, role(role="coordinator", unit=str(unit.pk)))
    assert "redan rollen" in text_of(answer)
    assert user.assignments.count() == 1


def test_a_forgotten_password_is_replaced_and_an_account_ended(administrator, user):
    cache.clear()
    address = f"/installningar/konton/{user.pk}/"
    answer = administrator.post(f"{address}losenord/")
    password = re.search(r"<code>([^<]+)</code>", answer.content.decode()).group(1)
    assert Browser().post("/konto/", {"login": "kim", "password": password}).url == "/"
    assert administrator.post(f"{address}avsluta/").url == address
    assert "Kontot är avslutat" in text_of(administrator.get(address))
    for again in ("losenord/", "avsluta/"):
        assert administrator.post(f"{address}{again}").status_code == 302
    assert "redan avslutad" in text_of(administrator.post(f"{address}roll/", role()))


def test_nobody_administers_his_own_account(administrator):
    own = User.objects.get(username="admin")
    address = f"/installningar/konton/{own.pk}/"
    page = administrator.get(address).content.decode()
    assert "Det här är ditt eget konto" in page
    assert f"{address}avsluta/" not in page
    for attempt in ("losenord/", "avsluta/"):
        assert administrator.post(f"{address}{attempt}").url == address
    assert "ditt eget konto" in text_of(administrator.post(f"{address}roll/", role()))
    held = own.assignments.get()
    administrator.post(f"/installningar/roller/{held.pk}/avsluta/")
    own.refresh_from_db()
    assert own.is_active
    assert own.assignments.filter(ended_at__isnull=True).count() == 1


def test_accounts_are_listed_with_what_they_may_today(administrator):
    unit = UnitFactory(name="Norr")
    RoleAssignmentFactory(user=UserFactory(name="Kim Vår"), role="coordinator", unit=unit)
    assert "samordnare, Norr" in text_of(administrator.get("/installningar/konton/"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_costs_the_same_whatever_its_length(count, administrator, django_assert_max_num_queries):
    RoleAssignmentFactory.create_batch(count)
    with django_assert_max_num_queries(14):
        administrator.get("/installningar/konton/")


def test_rules_show_value_date_source_and_who_decided(administrator):
    PriceFactory()
    text = text_of(administrator.get("/installningar/regler/"))
    for shown in (
        "payment.model",
        "Ersättningsmodell",
        "beviljad tid",
        "Ledsagning: utfört upp till beviljat",
        "2022-10-01",
        "vård- och omsorgsnämnden",
        "480,00 kr",
        "exempel 2022-1",
        "Har gällt",
    ):
        assert shown in text


@pytest.mark.parametrize("parameter", list(load_parameters()), ids=lambda parameter: parameter.name)
def test_every_rule_has_a_name_and_every_value_words_in_swedish(parameter):
    assert rule_words.name_of(parameter.name) != parameter.name
    for dated in parameter.values:
        for part in rule_words.words_of(dated):
            assert "_" not in part
            assert "cat" not in part.split(": ")[-1]


def test_a_coordinator_sees_the_rules_and_no_krona(log_in: LogIn):
    PriceFactory()
    text = text_of(log_in(Role.COORDINATOR, UnitFactory()).get("/installningar/regler/"))
    assert "payment.model" in text
    assert "480,00" not in text


def test_the_chain_is_shown_and_walked(administrator):
    assert "inte än" in text_of(administrator.get("/installningar/kedjan/"))
    assert "Kedjan håller" in text_of(administrator.post("/installningar/kedjan/"))


class TestLooks:
    def test_reading_the_log_is_itself_logged(self, log_in: LogIn):
        reader = log_in(Role.AUTHORITY_MANAGER, name="Robin Höst")
        assert "Ingen har sett något" in text_of(reader.get("/logg/"))
        assert "Robin Höst" in text_of(reader.get("/logg/"))

    def test_is_narrowed_by_links_and_says_so(self, log_in: LogIn):
        reader = log_in(Role.AUTHORITY_MANAGER, name="Robin Höst")
        reader.get("/logg/")
        page = reader.get("/logg/").content.decode()
        link = re.search(r'href="(\?[^"]*person=[^"]+)"', page).group(1).replace("&amp;", "&")
        assert "Person: Robin Höst" in text_of(reader.get(f"{reverse('office:looks')}{link}"))

    def test_a_wrong_day_is_told_at_the_field(self, log_in: LogIn):
        assert "Dag:" in text_of(log_in(Role.AUTHORITY_MANAGER).get("/logg/?dag=igår"))

    def test_more_rows_are_asked_for(self, log_in: LogIn, monkeypatch):
        monkeypatch.setattr("hemmavid.interfaces.office.log.views.ROWS_AT_FIRST", 1)
        reader = log_in(Role.AUTHORITY_MANAGER)
        for _ in range(3):
            page = reader.get("/logg/")
        assert "Visar 1 av 2" in text_of(page)
        assert "Visar alla" in text_of(reader.get("/logg/?visa=50"))
