"""What a request may try beside asking politely: odd values, other methods, forged places, poisoned files."""

import csv
import io
import re
import sys

import pytest
from django.conf import settings
from django.test import Client as Browser

from config.settings.logging import where_it_broke
from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.organisations.models import Municipality
from hemmavid.people.models import Client
from tests.factories import ClientFactory, GrantFactory
from tests.interfaces.office.leaks.asking import addresses
from tests.interfaces.office.scenes import OPEN_ENDED, scene

pytestmark = pytest.mark.django_db
ODD = (
    "\0",
    "\0ab", "\ud7ff", "%00", "' or 1=1 --", "../../etc/passwd", "<script>alert(1)</script>", "{{7*7}}", "-1",
    "0001-01", "9999-12", "0002-01", "9998-12", "1990-01", "0001-01-01", "9999-12-31", "0001-v01", "9999-v52",
    "9999-v53", "٣٣", "x" * 5000, "a " * 3000, "99999", "²²",
)  # fmt: skip
ELSEWHERE = (
    "https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "https:example.org",
    "\thttps://example.org", "http://testserver@example.org/", "/%0d%0aSet-Cookie:x=1", "///example.org",
)  # fmt: skip
PAGES = (
    "/", "/brukare/", "/rapporter/", "/rapporter/timunderlag/", "/rapporter/timunderlag/besok/",
    "/ersattning/", "/ersattning/2022-11/", "/logg/", "/sok/", "/hjalp/", "/login", "/installningar/regler/",
)  # fmt: skip


@pytest.fixture
def shown():
    return scene(1)


@pytest.fixture
def browser(shown, log_in):
    return log_in(Role.UNIT_MANAGER, shown.unit)


def parameters() -> set[str]:
    return {name for address in addresses() for name in address.parameters}


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_an_odd_value_is_never_an_error_of_ours(odd, browser, shown):
    for path in (*PAGES, f"/brukare/{shown.client.pk}/", f"/ersattning/2022-11/{shown.client.pk}/"):
        response = browser.get(path, dict.fromkeys(parameters() - {"format"}, odd))
        assert response.status_code < 500, path
        assert "<script>alert" not in response.content.decode()
    client = str(shown.client.pk)
    assert browser.get("/rapporter/timunderlag/besok/", {"brukare": client, "manad": odd}).status_code < 500
    assert browser.post("/sok/", {"q": odd}).status_code < 500
    assert browser.post("/login/demo", {"user": odd}).status_code < 500


@pytest.mark.parametrize("month", ["0001-01", "0002-01", "9998-12", "9999-12", "1990-01", "2022-13"])
def test_a_month_outside_the_calendar_is_never_an_error_of_ours(month, browser, shown):
    for path in (f"/ersattning/{month}/", f"/ersattning/{month}/{shown.client.pk}/"):
        assert browser.get(path).status_code < 500


@pytest.mark.parametrize("cookie", ["\0", "x" * 5000, "../../x", "'"])
def test_a_forged_session_is_nobody(cookie):
    browser = Browser()
    browser.cookies[settings.SESSION_COOKIE_NAME] = cookie
    assert browser.get("/brukare/").status_code == 302


class TestMethods:
    def test_a_header_cannot_turn_a_form_into_something_else(self, browser, shown):
        for header in ("X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"):
            page = browser.get(f"/brukare/{shown.client.pk}/oppna/", headers={header: "POST"})
            assert page.status_code == 302
        with scoped(SYSTEM):
            assert not Look.objects.filter(action=Action.OPEN_PROTECTED).exists()

    @pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
    def test_other_methods_do_nothing(self, method, browser, shown):
        for path in ("/brukare/", f"/brukare/{shown.client.pk}/", "/sok/", "/ersattning/"):
            assert getattr(browser, method)(path).status_code == 405

    def test_a_head_has_headers_only(self, browser, shown):
        assert browser.head(f"/brukare/{shown.client.pk}/").content == b""

    def test_every_form_needs_its_token(self, shown, log_in):
        browser = log_in(Role.COORDINATOR, shown.unit)
        browser.handler.enforce_csrf_checks = True
        for path in ("/sok/", f"/brukare/{shown.client.pk}/oppna/", "/login/demo", "/konto/logga-ut/"):
            assert browser.post(path).status_code == 403


class TestAnswers:
    def test_nothing_of_a_logged_in_person_is_kept_by_a_browser(self, browser, shown):
        files = (f"/rapporter/timunderlag/?manad=2022-11&format={kind}" for kind in ("csv", "xlsx", "pdf"))
        for path in ("/", "/brukare/", f"/brukare/{shown.client.pk}/", "/finns-inte", *files):
            headers = browser.get(path).headers
            assert headers["Cache-Control"] == "no-store"
            assert headers["X-Content-Type-Options"] == "nosniff"
            assert headers["X-Frame-Options"] == "DENY"
            assert headers["Referrer-Policy"] == "same-origin"
            assert "default-src 'none'" in headers["Content-Security-Policy"]

    def test_an_error_shows_no_value_of_a_row(self, browser, shown, monkeypatch):
        def fail(*_: object, **__: object):
            raise ValueError(f"{shown.client.family_name} 19400102-2384")

        monkeypatch.setattr("hemmavid.interfaces.office.clients.client_page.client_head", fail)
        browser.raise_request_exception = False
        page = browser.get(f"/brukare/{shown.client.pk}/")
        assert page.status_code == 500
        assert shown.client.family_name not in page.content.decode()
        assert "19400102" not in page.content.decode()

    def test_an_errors_line_in_the_log_holds_neither_address_nor_value(self):
        try:
            raise ValueError("Elsa Vinter")
        except ValueError:
            event = {"event": "Internal Server Error: /brukare/2121c080/", "exc_info": sys.exc_info()}
        line = str(where_it_broke(None, "error", event))
        assert "ValueError" in line
        assert not re.search("Vinter|2121c080", line)

    def test_a_poisoned_code_cannot_rename_a_file(self, shown, browser):
        Poison.give(shown.client, code='C1";filename="kör.exe')
        path = f"/rapporter/timunderlag/besok/?brukare={shown.client.pk}&manad=2022-11&format=csv"
        disposition = browser.get(path).headers["Content-Disposition"]
        assert not re.search(r'(?<!\\)"; ?filename="', disposition)
        assert "\n" not in disposition

    def test_a_poisoned_name_is_no_formula(self, shown, browser):
        with scoped(SYSTEM):
            worst = ClientFactory(given_name="x", family_name='=HYPERLINK("http://x","klicka")')
            GrantFactory(client=worst, unit=shown.unit, period=OPEN_ENDED)
        path = "/rapporter/timunderlag/?manad=2022-11&tabell=brukare&format=csv"
        rows = csv.reader(io.StringIO(browser.get(path).content.decode("utf-8-sig")), delimiter=";")
        assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "@"))]

    def test_a_poisoned_name_is_no_markup(self, shown, browser):
        Poison.give(
            shown.client, given_name="<img src=x>", family_name="</title><script>x()</script>", street="<b>"
        )
        key = shown.client.pk
        pages = ("/brukare/", f"/brukare/{key}/", "/rapporter/timunderlag/?manad=2022-11", "/sok/?q=script",
                 f"/rapporter/timunderlag/besok/?manad=2022-11&brukare={key}", "/ersattning/2022-11/",
                 f"/ersattning/2022-11/{key}/", "/logg/")  # fmt: skip
        for path in pages:
            text = browser.get(path).content.decode()
            assert not re.search(r"<img src=x|<script>x|<b>", text), path

    def test_the_pulse_tells_nothing(self):
        assert Browser().get("/healthz").content == b"ok\n"


class Poison:
    """Words that an import lets through, because codes and names are free text."""

    @staticmethod
    def give(client: Client, **about: str) -> None:
        with scoped(SYSTEM):
            Client.objects.filter(pk=client.pk).update(**about)


class TestTheDoor:
    @pytest.fixture
    def demo(self, shown):
        with scoped(SYSTEM):
            Municipality.objects.create(name="Exempelby", organisation_number="", code="0000", is_demo=True)
        return User.objects.create(username="demo", name="Demo", is_demo=True)

    @pytest.mark.parametrize("place", ELSEWHERE)
    def test_leads_to_no_other_site(self, place, demo):
        for path in ("/login/demo", f"/login/demo?next={place}"):
            leads = Browser().post(path, {"user": "demo", "next": place}).headers["Location"]
            assert leads == "/" or re.match(r"/(?![/\\])", leads)
            assert "\n" not in leads
        page = Browser().get("/login", {"next": place}).content.decode()
        assert not re.search(r'name="next" value="(?!/[^/\\]|"|/")', page)

    def test_a_session_from_before_is_not_carried_over(self, demo):
        browser = Browser()
        browser.get("/login")
        session = browser.session
        session["planted"] = "x"
        session.save()
        browser.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        browser.post("/login/demo", {"user": "demo"})
        assert browser.session.session_key != session.session_key
        assert "planted" not in browser.session

    @pytest.mark.parametrize(
        "closed",
        [{"DEMO_LOGIN": False}, {"MAY_HOLD_DEMO": False}, {"DEMO_LOGIN": False, "MAY_HOLD_DEMO": False}],
    )
    def test_the_demo_door_is_shut_unless_every_setting_opens_it(self, closed, demo, settings):
        for name, value in closed.items():
            setattr(settings, name, value)
        assert Browser().post("/login/demo", {"user": "demo"}).status_code == 404

    def test_the_demo_door_is_shut_where_real_people_may_be(self, demo):
        with scoped(SYSTEM):
            Municipality.objects.update(is_demo=False)
        assert Browser().post("/login/demo", {"user": "demo"}).status_code == 404

    def test_nobody_real_enters_by_the_demo_door(self, demo):
        User.objects.create(username="karin", name="Karin", is_demo=False)
        User.objects.create(username="slutat", name="Slutat", is_demo=True, is_active=False)
        for name in ("karin", "slutat", "", "DEMO", "\0", "demo\0"):
            assert Browser().post("/login/demo", {"user": name}).status_code == 404
