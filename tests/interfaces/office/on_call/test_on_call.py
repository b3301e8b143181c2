"""The evening on call: find the person in the call, break the glass, grant until noon, hand over."""

import re
from datetime import UTC, datetime

import pytest
import time_machine

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.models import User
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.cases.models import Decision, OnCallHandover
from hemmavid.interfaces.office.start.screens import is_on_call
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.orders.models import Order
from hemmavid.people.models import BreakGlass, Client
from tests.factories import ClientCardVersionFactory, ContactFactory
from tests.interfaces.office.conftest import browser_of
from tests.interfaces.office.scenes import scene

pytestmark = pytest.mark.django_db
FRIDAY_EVENING = datetime(2026, 4, 24, 18, 0, tzinfo=UTC)  # 20.00 in Sweden
MONDAY_MORNING = datetime(2026, 4, 27, 5, 30, tzinfo=UTC)
NUMBER = "19400102-2380"
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial"}
NEUTRAL = "Finns utanför din behörighet – Nödöppning"


@pytest.fixture(autouse=True)
def friday_evening():
    with time_machine.travel(FRIDAY_EVENING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def own():
    """A client of the municipality's own home care."""
    found = scene(1, given_name="Egil", family_name="Egen")
    with scoped(SYSTEM):
        type(found.unit.provider).objects.filter(pk=found.unit.provider_id).update(kind="municipal")
    return found


@pytest.fixture
def outsider(own):
    """A client of a private provider."""
    found = scene(1, given_name="Åsa", family_name="Öström", personal_number=NUMBER, street="Fjärran 3")
    with scoped(SYSTEM):
        type(found.unit).objects.filter(pk=found.unit.pk).update(name="Privata Teamet")
        ClientCardVersionFactory(card__client=found.client, content={"alerts": ["Epilepsi"]})
    return found


@pytest.fixture
def browser(log_in):
    return log_in(Role.ON_CALL_SUPERVISOR, name="Jourhavande Jonna")


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def logged_in_anew():
    """The supervisor's browser after hours that no session lasts."""
    return browser_of(User.objects.get(name="Jourhavande Jonna"))


def opened(browser, typed: str = NUMBER, **about: str):
    reason = {"q": typed, "reason": "call", "text": "Dottern ringde", **about}
    return browser.post("/jour/nodoppning/", reason, follow=True)


class TestFirstPage:
    def test_has_the_box_what_is_granted_what_is_new_and_whom_to_call(self, own, browser):
        ContactFactory(subject="nurse", name="Sjuksköterska i beredskap", hours="on_call_2024")
        text = text_of(browser.get("/"))
        for words in ("Vem gäller samtalet?", "27 april 2026 kl. 12.00", "Sjuksköterska i beredskap"):
            assert words in text
        assert "Vem gäller samtalet?" in text_of(browser.get("/jour/"))

    def test_a_name_and_enter_opens_ones_own_client(self, own, browser):
        answer = browser.post("/sok/", {"q": "egil"})
        assert (answer.status_code, answer["Location"]) == (302, f"/brukare/{own.client.pk}/")


class TestSearchingOutside:
    @pytest.mark.parametrize("typed", [NUMBER, "Åsa Öström", "ostrom asa"])
    def test_one_neutral_line_and_not_a_word_of_the_person(self, typed, outsider, browser):
        text = text_of(browser.post("/sok/", {"q": typed}, headers=HTMX))
        assert NEUTRAL in text
        for secret in (str(outsider.client.pk), outsider.client.code, "Privata", "Fjärran", "Epilepsi"):
            assert secret not in text
        listed = text_of(browser.post("/sok/", {"q": typed, "lista": "1"}))
        assert NEUTRAL in listed
        assert "Privata" not in listed

    def test_enter_asks_why_at_once_and_shows_nothing_more(self, outsider, browser):
        text = text_of(browser.post("/sok/", {"q": "Åsa Öström"}))
        assert "Varför behöver du öppna?" in text
        for secret in (str(outsider.client.pk), outsider.client.code, "Privata", "Fjärran"):
            assert secret not in text

    @pytest.mark.parametrize("typed", ["Åsa", "Öström", "Åsa Ö", "Ingen Alls", "19300102-2380"])
    def test_less_than_the_whole_looks_like_nobody(self, typed, outsider, browser):
        answers = [
            re.sub(r'(csrfmiddlewaretoken" value="|X-CSRFToken": ")[^"]*', "", text_of(answer)).replace(q, "")
            for q in (typed, "Qwx Zyx")
            for answer in [browser.post("/sok/", {"q": q}, headers=HTMX)]
        ]
        assert NEUTRAL not in answers[0]
        assert answers[0] == answers[1]

    def test_a_protected_outsider_is_nobody_by_name(self, outsider, browser):
        with scoped(SYSTEM):
            Client.objects.filter(pk=outsider.client.pk).update(is_protected=True)
        assert NEUTRAL not in text_of(browser.post("/sok/", {"q": "Åsa Öström"}, headers=HTMX))
        assert NEUTRAL in text_of(browser.post("/sok/", {"q": NUMBER}, headers=HTMX))

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.UNIT_MANAGER])
    def test_roles_without_the_right_see_no_line_and_open_nothing(self, role, own, outsider, log_in):
        browser = log_in(role, own.unit)
        assert NEUTRAL not in text_of(browser.post("/sok/", {"q": NUMBER}, headers=HTMX))
        assert browser.post("/jour/nodoppning/", {"q": NUMBER, "reason": "call"}).status_code == 404
        with scoped(SYSTEM):
            assert not BreakGlass.objects.exists()


class TestBreakingTheGlass:
    def test_opens_the_client_page_to_read_until_morning(self, outsider, browser, friday_evening):
        text = text_of(opened(browser))
        assert "Nödöppnad av dig till 25 april 2026 kl. 8.00" in text
        assert "Åsa Öström" in text
        assert "Epilepsi" in text
        page = f"/brukare/{outsider.client.pk}/"
        assert browser.get(page).status_code == 200
        assert browser.get(f"{page}kort/").status_code == 200
        friday_evening.move_to(datetime(2026, 4, 25, 6, 0, tzinfo=UTC))
        assert logged_in_anew().get(page).status_code == 404

    def test_is_logged_and_the_manager_is_told_who_and_why(self, outsider, browser, log_in):
        opened(browser)
        with scoped(SYSTEM):
            look = Look.objects.get(action=Action.BREAK_GLASS)
            thread = Thread.objects.get(kind=ThreadKind.BREAK_GLASS)
        assert (look.actor_name, look.client_id) == ("Jourhavande Jonna", outsider.client.pk)
        manager = log_in(Role.UNIT_MANAGER, outsider.unit)
        assert '<span class="hv-count">1' in text_of(manager.get("/"))
        told = text_of(manager.get(f"/meddelanden/{thread.pk}/"))
        assert "Jourhavande Jonna, jourhavande arbetsledare" in told
        assert "Brukaren eller en anhörig har ringt. Dottern ringde" in told

    def test_another_reason_needs_words_and_what_was_typed_stays(self, outsider, browser):
        text = text_of(opened(browser, reason="other", text=""))
        assert "Skriv varför du behöver öppna." in text
        assert f'value="{NUMBER}"' in text
        with scoped(SYSTEM):
            assert not BreakGlass.objects.exists()

    @pytest.mark.parametrize("about", [{"reason": "x"}, {"text": "x" * 501}])
    def test_a_reason_that_is_none_is_refused(self, about, outsider, browser):
        assert "Det här behöver du rätta" in text_of(opened(browser, **about))

    def test_without_having_found_anybody_nothing_opens(self, outsider, browser):
        assert "Ingen hittades" in text_of(opened(browser, "Åsa"))
        assert "Ingen hittades" in text_of(opened(browser, str(outsider.client.pk)))
        assert browser.get("/jour/nodoppning/").status_code == 302

    def test_what_is_opened_cannot_be_written_in(self, outsider, browser):
        opened(browser)
        base = f"/brukare/{outsider.client.pk}/"
        assert browser.get(f"{base}kort/skriv-ut/").status_code == 404
        assert browser.get(f"{base}journal/skriv/").status_code == 404
        assert browser.get(f"{base}meddelanden/nytt/").status_code == 404
        assert browser.post(f"{base}kort/fel/", {"number": "1", "text": "x"}).status_code == 404

    def test_a_colleague_on_call_has_to_open_too(self, outsider, browser, log_in):
        opened(browser)
        assert log_in(Role.ON_CALL_SUPERVISOR).get(f"/brukare/{outsider.client.pk}/").status_code == 404

    def test_openings_are_on_the_first_page_and_end_there_too(self, outsider, browser, friday_evening):
        opened(browser)
        assert "Åsa Öström" in text_of(browser.get("/"))
        friday_evening.move_to(datetime(2026, 4, 25, 6, 0, tzinfo=UTC))
        text = text_of(logged_in_anew().get("/"))
        assert "Öppningen är slut" in text
        assert "Åsa" not in text


class TestGranting:
    def url(self, found) -> str:
        return f"/jour/{found.client.pk}/bevilja/"

    def asked(self, sent_to, **about) -> dict[str, object]:
        return {
            "unit": str(sent_to.pk), "needs": ["toalettbesok"], "count": "3", "kind": "urgent_lasting",
            "why": "Ramlade ikväll.", "until": "2026-04-27T12:00", **about,
        }  # fmt: skip

    def test_the_end_is_set_to_noon_on_monday(self, own, browser):
        assert 'value="2026-04-27T12:00"' in text_of(browser.get(self.url(own)))

    def test_easter_is_waited_out(self, own, browser, friday_evening):
        friday_evening.move_to(datetime(2026, 4, 2, 18, 0, tzinfo=UTC))  # Maundy Thursday
        assert 'value="2026-04-07T12:00"' in text_of(browser.get(self.url(own)))

    def test_is_granted_told_and_on_the_list_that_writes_itself(self, own, browser, log_in):
        text = text_of(browser.post(self.url(own), self.asked(own.unit), follow=True))
        assert "Hjälpen är beviljad till 27 april 2026 kl. 12.00" in text
        assert "Egil Egen" in text_of(browser.get("/"))
        with scoped(SYSTEM):
            thread = Thread.objects.get(kind=ThreadKind.ON_CALL)
        for reader in (log_in(Role.CASE_OFFICER), log_in(Role.COORDINATOR, own.unit)):
            assert "Ramlade ikväll." in text_of(reader.get(f"/meddelanden/{thread.pk}/"))

    def test_the_unit_has_the_order_at_once_and_the_one_on_call_sees_it_wait(self, own, browser, log_in):
        assert f'value="{own.unit.pk}" selected' in text_of(browser.get(self.url(own)))
        browser.post(self.url(own), self.asked(own.unit))
        with scoped(SYSTEM):
            order = Order.objects.get()
        assert (order.status, order.kind, order.unit_id) == ("sent", "on_call", own.unit.pk)
        text = text_of(browser.get("/"))
        assert "Uppdrag att ta emot" in text
        assert f'action="/uppdrag/{order.pk}/ta-emot/"' in text
        assert "Uppdraget är mottaget" in text_of(browser.post(f"/uppdrag/{order.pk}/ta-emot/", follow=True))
        assert log_in(Role.COORDINATOR, own.unit).get(f"/uppdrag/{order.pk}/").status_code == 200

    def test_another_providers_unit_cannot_be_sent(self, own, outsider, browser):
        text = text_of(browser.post(self.url(own), self.asked(outsider.unit)))
        assert "Det här behöver du rätta" in text
        with scoped(SYSTEM):
            assert not Decision.objects.exists()

    def test_an_outsider_is_granted_when_opened(self, own, outsider, browser):
        assert browser.get(self.url(outsider)).status_code == 404
        opened(browser)
        text = text_of(browser.post(self.url(outsider), self.asked(own.unit), follow=True))
        assert "Hjälpen är beviljad" in text

    @pytest.mark.parametrize(
        "about",
        [
            {"until": "2026-04-27T12:01"},
            {"until": "x"},
            {"until": ""},
            {"needs": []},
            {"unit": ""},
            {"unit": "x"},
            {"needs": ["x"]},
            {"why": ""},
            {"why": "x" * 40_000},
            {"count": "0"},
            {"kind": "x"},
        ],
    )
    def test_what_cannot_be_granted_is_said_at_its_field_and_stays_typed(self, about, own, browser):
        text = text_of(browser.post(self.url(own), self.asked(own.unit, **about)))
        assert "Det här behöver du rätta" in text
        with scoped(SYSTEM):
            assert not Decision.objects.exists()

    def test_in_office_hours_the_case_officer_decides(self, own, browser, friday_evening):
        friday_evening.move_to(datetime(2026, 4, 24, 9, 0, tzinfo=UTC))
        assert "kontorstid" in text_of(browser.get(self.url(own)))
        text = text_of(browser.post(self.url(own), self.asked(own.unit)))
        assert "Det här behöver du rätta" in text

    def test_another_role_grants_nothing(self, own, log_in):
        for role in (Role.COORDINATOR, Role.UNIT_MANAGER, Role.CASE_OFFICER):
            assert log_in(role, own.unit).post(self.url(own), self.asked(own.unit)).status_code == 404


class TestTheMorning:
    def test_one_signature_hands_everything_over(self, own, browser, friday_evening):
        browser.post(f"/jour/{own.client.pk}/bevilja/", TestGranting().asked(own.unit))
        friday_evening.move_to(MONDAY_MORNING)
        browser = logged_in_anew()
        page = text_of(browser.get("/jour/overlamning/"))
        assert "räknas ersättningen från 24 april 2026" in page
        text = text_of(browser.post("/jour/overlamning/", {"note": ""}, follow=True))
        assert "Överlämningen är signerad" in text
        with scoped(SYSTEM):
            assert OnCallHandover.objects.get().items.count() == 1
        assert "Det finns inget att lämna över" in text_of(browser.get("/jour/overlamning/"))
        again = text_of(browser.post("/jour/overlamning/", {"note": ""}, follow=True))
        assert "Det finns inget att lämna över" in again


@pytest.mark.parametrize("count", [1, 30])
def test_the_first_page_costs_the_same_for_one_and_thirty(
    count, own, outsider, browser, django_assert_num_queries
):
    opened(browser)
    for _ in range(count):
        browser.post(f"/jour/{own.client.pk}/bevilja/", TestGranting().asked(own.unit))
    browser.get("/")
    with django_assert_num_queries(29):
        browser.get("/")


def test_whoever_is_on_call_and_something_else_has_the_wider_screen():
    both = Actor(None, "Robin", (Assignment(Role.ON_CALL_SUPERVISOR), Assignment(Role.CASE_OFFICER)))
    assert is_on_call(Actor(None, "Robin", both.assignments[:1]))
    assert not is_on_call(both)
