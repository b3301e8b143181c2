"""The real login: password, second factor, and sessions that end when they should."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from cryptography.fernet import Fernet
from django.core.cache import cache
from django.test import Client as Browser
from django.urls import NoReverseMatch, reverse

from hemmavid.access import operations
from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.roles import Role
from hemmavid.lib import clock
from tests.factories import RoleAssignmentFactory, UserFactory
from tests.interfaces.office.conftest import LogIn

pytestmark = pytest.mark.django_db
PASSWORD = "tre ord utan samband"
PAGE = "/installningar/regler/"


@pytest.fixture(autouse=True)
def _no_attempts_counted():
    cache.clear()


@pytest.fixture
def user() -> User:
    person = UserFactory(username="robin")
    person.set_password(PASSWORD)
    person.save()
    RoleAssignmentFactory(user=person, role=Role.CONTROLLER.value, unit=None)
    return person


def enter(browser: Browser, password: str = PASSWORD, **more: str):
    return browser.post("/konto/", {"login": "robin", "password": password, **more})


def confirm(browser: Browser) -> None:
    """Prove anew who one is, as changes to the account demand."""
    assert (
        browser.post("/konto/bekrafta/", {"password": PASSWORD, "next": "/konto/andra-steg/"}).status_code
        == 302
    )


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def code_of(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


class TestPassword:
    def test_lets_the_person_in(self, user):
        browser = Browser()
        answer = enter(browser)
        assert (answer.status_code, answer.url) == (302, "/")
        assert browser.get(PAGE).status_code == 200

    def test_is_stored_by_argon2_outside_the_tests(self):
        from config.settings import login

        assert login.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]

    def test_a_wrong_one_says_so_and_no_more(self, user):
        browser = Browser()
        answer = enter(browser, "fel lösenord")
        unknown = browser.post("/konto/", {"login": "ingen", "password": "fel lösenord"})
        assert answer.status_code == 200
        assert "stämmer" in text_of(answer) or "felaktig" in text_of(answer).lower()
        wrong = [
            re.search(r"<ul[^>]*>\s*<li>([^<]+)", page.content.decode()).group(1)
            for page in (answer, unknown)
        ]
        assert wrong[0] == wrong[1]

    def test_the_sixth_guess_is_refused_unread(self, user):
        browser = Browser()
        for _ in range(5):
            enter(browser, "fel lösenord")
        assert enter(browser).status_code == 200
        assert browser.get(PAGE).status_code == 302

    def test_an_ended_account_is_refused(self, user):
        operations.end_user(user_id=user.pk, by=SYSTEM, at=clock.now())
        browser = Browser()
        enter(browser)
        assert browser.get(PAGE).status_code == 302

    def test_a_temporary_one_is_changed_before_anything_else(self, user):
        operations.give_password(user_id=user.pk, password="tillfälligt lösen", by=SYSTEM, is_temporary=True)
        browser = Browser()
        enter(browser, "tillfälligt lösen")
        assert browser.get(PAGE).url == "/konto/losenord/"
        new = {"oldpassword": "tillfälligt lösen", "password1": PASSWORD, "password2": PASSWORD}
        assert browser.post("/konto/losenord/", new).url == "/"
        assert browser.get(PAGE).status_code == 200


class TestWhatIsClosed:
    @pytest.mark.parametrize(
        "name", ["account_signup", "account_reset_password", "account_email", "socialaccount_signup"]
    )
    def test_nobody_signs_up_or_resets_by_mail(self, name):
        with pytest.raises(NoReverseMatch):
            reverse(name)

    def test_an_address_alone_logs_nobody_out(self, user):
        browser = Browser()
        enter(browser)
        browser.get("/konto/logga-ut/")
        assert browser.get(PAGE).status_code == 200
        assert browser.post("/konto/logga-ut/").url == "/login"
        assert browser.get(PAGE).status_code == 302


class TestSession:
    def test_ends_after_ten_hours_whatever_is_done_in_it(self, user):
        browser = Browser()
        began = clock.now()
        with time_machine.travel(began, tick=False):
            enter(browser)
        for hours, expected in ((5, 200), (9.9, 200), (10, 302)):
            with time_machine.travel(began + timedelta(hours=hours), tick=False):
                assert browser.get(PAGE).status_code == expected

    def test_ends_at_once_with_the_account(self, user):
        browser = Browser()
        enter(browser)
        operations.end_user(user_id=user.pk, by=SYSTEM, at=clock.now())
        assert browser.get(PAGE).status_code == 302

    def test_ends_at_once_with_the_last_role(self, user):
        browser = Browser()
        enter(browser)
        held = RoleAssignment.objects.get(user=user)
        operations.end_role(assignment_id=held.pk, by=SYSTEM, at=clock.now())
        assert browser.get(PAGE).url == "/login"
        assert "ingen roll som gäller idag" in text_of(browser.get("/login", follow=True))

    def test_a_session_that_is_not_ours_is_not_trusted(self, user):
        browser = Browser()
        browser.force_login(user)
        assert browser.get(PAGE).url == "/login"


class TestSecondFactor:
    def test_is_asked_for_where_a_password_is_not_enough(self, user, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        browser = Browser()
        enter(browser)
        assert browser.get(PAGE).url == "/konto/andra-steg/"
        page = browser.get("/konto/andra-steg/")
        assert page.status_code == 200
        assert "Lägg till ett andra steg" in text_of(page)

    def test_is_not_asked_of_demo_people(self, log_in: LogIn, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        assert log_in(Role.CONTROLLER, is_demo=True).get(PAGE).status_code == 200

    def test_a_code_from_the_app_lets_the_person_in(self, user, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        browser = Browser()
        assert enter(browser).url.startswith("/konto/andra-steg/authenticate/")
        assert browser.get(PAGE).status_code == 302
        assert browser.post("/konto/andra-steg/authenticate/", {"code": "000000"}).status_code == 200
        browser.post("/konto/andra-steg/authenticate/", {"code": code_of(secret)})
        assert browser.get(PAGE).status_code == 200

    def test_so_does_a_recovery_code_once(self, user):
        totp.TOTP.activate(user, totp.generate_totp_secret())
        code = RecoveryCodes.activate(user).get_unused_codes()[0]
        reached = []
        for _ in range(2):
            browser = Browser()
            enter(browser)
            browser.post("/konto/andra-steg/authenticate/", {"code": code})
            reached.append(browser.get(PAGE).status_code)
        assert reached == [200, 302]

    def test_the_apps_secret_lies_sealed(self, user, settings):
        settings.FIELD_KEYS = [Fernet.generate_key().decode()]
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        stored = Authenticator.objects.get(user=user)
        assert secret not in str(stored.data)
        assert stored.wrap().validate_code(code_of(secret))

    def test_is_set_up_on_the_page(self, user, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        browser = Browser()
        enter(browser)
        assert browser.get("/konto/andra-steg/totp/activate/").url.startswith("/konto/bekrafta/")
        confirm(browser)
        page = browser.get("/konto/andra-steg/totp/activate/").content.decode()
        secret = re.search(r"<code>([A-Z2-7]+)</code>", page).group(1)
        answer = browser.post("/konto/andra-steg/totp/activate/", {"code": code_of(secret)}, follow=True)
        assert "Reservkoder" in text_of(answer)
        assert browser.get(PAGE).status_code == 200

    def test_the_last_one_stays_where_one_is_required(self, user, settings):
        settings.SECOND_FACTOR_REQUIRED = True
        secret = totp.generate_totp_secret()
        totp.TOTP.activate(user, secret)
        browser = Browser()
        enter(browser)
        browser.post("/konto/andra-steg/authenticate/", {"code": code_of(secret)})
        confirm(browser)
        page = browser.post("/konto/andra-steg/totp/deactivate/")
        assert page.status_code == 200
        assert Authenticator.objects.filter(user=user).exists()

    def test_a_passkey_can_be_asked_for_before_anybody_is_known(self):
        answer = Browser().get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"})
        assert answer.json()["request_options"]["publicKey"]["challenge"]


class TestPages:
    ADDRESSES = (
        "/konto/",
        "/konto/losenord/",
        "/konto/logga-ut/",
        "/konto/andra-steg/",
        "/konto/andra-steg/totp/activate/",
        "/konto/andra-steg/webauthn/",
        "/konto/andra-steg/webauthn/add/",
        "/konto/andra-steg/recovery-codes/generate/",
        "/konto/kommunen/fel/",
        "/konto/avslutat/",
    )

    @pytest.mark.parametrize("address", ADDRESSES)
    def test_live_under_the_strict_policy_and_speak_swedish(self, address, user):
        browser = Browser()
        if address != "/konto/":
            enter(browser)
            confirm(browser)
        answer = browser.get(address)
        page = answer.content.decode()
        assert answer.status_code in {200, 401}
        assert "script-src 'self'" in answer.headers["Content-Security-Policy"]
        scripts = re.findall(r"<script([^>]*)>", page)
        assert [tag for tag in scripts if "src=" not in tag and "application/json" not in tag] == []
        assert re.findall(r'\s(?:style|on[a-z]+)="', page) == []
        assert re.search(r"Sign In|Authenticator|Two-Factor|Submit", text_of(answer)) is None
