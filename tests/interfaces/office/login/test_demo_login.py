"""Demo login: one press of a button, and only where nobody real can be found (contract.md section 7)."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.test import Client as Browser

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.scope import scoped
from hemmavid.demo import stage
from hemmavid.demo.people import demo_people
from hemmavid.demo.providers import UNITS
from hemmavid.organisations.models import Municipality
from tests.factories import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
CHECKOUT = Path(__file__).resolve().parents[4]
ROLES_WITH_SCREENS = {
    "unit_manager",
    "coordinator",
    "controller",
    "case_officer",
    "first_case_officer",
    "on_call_supervisor",
    "authority_manager",
    "system_administrator",
}


@pytest.fixture
def _demo(settings) -> None:
    settings.DEMO_LOGIN = True
    stage.found_municipality(name="Demostad", organisation_number="", code="")
    with scoped(SYSTEM):
        for unit in UNITS:
            UnitFactory(code=unit.code, name=unit.name)
    stage.seat_people(since=date(2020, 1, 1))


@pytest.mark.usefixtures("_demo")
class TestInADemo:
    def test_each_role_with_screens_has_exactly_one_button(self):
        page = Browser().get("/login").content.decode()
        assert sorted(re.findall(r'<button[^>]* data-demo-role="([^"]+)"', page)) == sorted(
            ROLES_WITH_SCREENS
        )

    def test_everyone_else_is_a_further_person(self):
        page = Browser().get("/login").content.decode()
        others = [person.username for person in demo_people() if person.has_button and not person.is_primary]
        assert re.findall(r'data-demo-user="([^"]+)"', page) == others

    @pytest.mark.parametrize("role", sorted(ROLES_WITH_SCREENS))
    def test_a_press_logs_the_person_in(self, role):
        browser = Browser()
        page = browser.get("/login").content.decode()
        button = re.search(rf'<button[^>]*data-demo-role="{role}"', page)
        username = re.search(r'value="([^"]+)"', button.group()).group(1)
        answer = browser.post("/login/demo", {"user": username})
        assert (answer.status_code, answer.url) == (302, "/")
        user = User.objects.get(pk=browser.session["_auth_user_id"])
        assert user.assignments.get().role == role

    def test_one_lands_where_one_was_going(self):
        answer = Browser().post("/login/demo", {"user": "maja.sand", "next": "/logg/"})
        assert answer.url == "/logg/"

    @pytest.mark.parametrize("away", ["https://ond.example/", "//ond.example/", "javascript:alert(1)"])
    def test_but_never_away_from_us(self, away):
        assert Browser().post("/login/demo", {"user": "maja.sand", "next": away}).url == "/"

    def test_a_new_person_takes_nothing_over_from_the_one_before(self):
        browser = Browser()
        browser.post("/login/demo", {"user": "maja.sand"})
        before = browser.session.session_key
        browser.post("/login/demo", {"user": "clara.lindfors"})
        assert browser.session.session_key != before
        assert str(User.objects.get(username="clara.lindfors").pk) == browser.session["_auth_user_id"]

    def test_a_real_person_cannot_be_entered(self):
        UserFactory(username="riktig")
        assert Browser().post("/login/demo", {"user": "riktig"}).status_code == 404

    def test_a_person_who_has_ended_has_no_button_and_no_way_in(self):
        User.objects.filter(username="clara.lindfors").update(is_active=False)
        assert "clara.lindfors" not in Browser().get("/login").content.decode()
        assert Browser().post("/login/demo", {"user": "clara.lindfors"}).status_code == 404

    def test_an_address_alone_logs_nobody_in(self):
        assert Browser().get("/login/demo?user=maja.sand").status_code == 405

    def test_another_site_cannot_press_the_button(self):
        assert Browser(enforce_csrf_checks=True).post("/login/demo", {"user": "maja.sand"}).status_code == 403

    @pytest.mark.parametrize("closed", ["flag", "production", "municipality"])
    def test_without_the_flag_or_the_demo_it_does_not_exist(self, settings, closed):
        if closed == "flag":
            settings.DEMO_LOGIN = False
        elif closed == "production":
            settings.MAY_HOLD_DEMO = False
        else:
            Municipality.objects.update(is_demo=False)
        assert Browser().post("/login/demo", {"user": "maja.sand"}).status_code == 404
        answer = Browser().get("/login?next=/logg/")
        assert (answer.status_code, answer.url) == (302, "/konto/?next=%2Flogg%2F")


def test_outside_a_demo_the_door_is_the_real_one():
    answer = Browser().get("/login")
    assert (answer.status_code, answer.url) == (302, "/konto/")


def test_production_settings_allow_no_demo_whatever_the_flags():
    program = "from django.conf import settings; print(settings.DEMO_LOGIN, settings.MAY_HOLD_DEMO)"
    environment = {
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "HEMMAVID_DEMO_LOGIN": "1",
        "HEMMAVID_SECRET_KEY": "x" * 50,
        "HEMMAVID_FIELD_KEYS": Fernet.generate_key().decode(),
        "HEMMAVID_ALLOWED_HOSTS": "hemmavid.example",
        "HEMMAVID_APP_DATABASE_URL": "postgresql://app@db/hemmavid",
    }
    answer = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.split() == ["False", "False"]
