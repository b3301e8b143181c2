"""The one page about a client."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.orders.models import Grant, Order
from hemmavid.people.models import Client
from tests.factories import GrantFactory, OrderFactory, RuralMarkFactory, UnitFactory, VisitFactory
from tests.interfaces.office.scenes import OPEN_ENDED, scene

pytestmark = pytest.mark.django_db
PROTECTED = {
    "is_protected": True,
    "given_name": "Hemlig",
    "family_name": "Gömström",
    "street": "Dolda stigen 9",
    "city": "Undanby",
    "personal_number": "19400102-2380",
}
LEAKS = re.compile("Hemlig|Gömström|Dolda|Undanby|19400102")


def url_of(client, query: str = "") -> str:
    return f"/brukare/{client.pk}/{query}"


def text_of(page) -> str:
    return re.sub(r"\s+", " ", page.content.decode())


def test_tells_who_what_is_granted_what_was_done_and_why_it_counts(log_in):
    shown = scene(1, given_name="Elsa", family_name="Vinter", personal_number="19400102-2380")
    with scoped(SYSTEM):
        RuralMarkFactory(client=shown.client)
    text = text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client)))
    for words in (
        "Elsa Vinter", "19400102-••••", "Påhittade gatan 1", "landsbygd", "2 tim 54 min per vecka",
        "tills vidare", "10 november 2022 – 14 november 2022", "Godkänd 20 november 2022", "Morgonhjälp",
        "Minst en ände är registrerad med tagg", "Båda ändarna är manuella och besöket är inte godkänt",
        "Beviljat och utfört i november 2022", "<title>Elsa Vinter",
    ):  # fmt: skip
        assert words in text
    assert "2380" not in text


def test_is_not_there_for_another_provider(log_in):
    assert log_in(Role.UNIT_MANAGER, scene(1).unit).get(url_of(scene(1).client)).status_code == 404


def test_costs_the_same_number_of_queries_for_many_visits(log_in, django_assert_num_queries):
    shown = scene(1)
    browser = log_in(Role.COORDINATOR, shown.unit)
    with django_assert_num_queries(38):
        browser.get(url_of(shown.client))
    with scoped(SYSTEM):
        VisitFactory.create_batch(30, client=shown.client, unit=shown.unit)
        for year in range(10, 20):
            period = DateRange(date(2000 + year, 1, 1), date(2000 + year, 6, 1))
            GrantFactory(client=shown.client, unit=shown.unit, period=period)
    with django_assert_num_queries(38):
        browser.get(url_of(shown.client))


class TestVisits:
    def test_a_month_at_a_time(self, log_in):
        shown = scene(1)
        browser = log_in(Role.UNIT_MANAGER, shown.unit)
        assert "Besök november 2022" in text_of(browser.get(url_of(shown.client, "?besok=2022-11")))
        assert "Inga besök är registrerade" in text_of(browser.get(url_of(shown.client, "?besok=2022-10")))

    @pytest.mark.parametrize("wrong", ["2022-v54", "2022-13", "x", "2022-v00"])
    def test_an_address_that_is_wrong_shows_the_newest_week(self, wrong, log_in):
        shown = scene(1)
        page = log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client, f"?besok={wrong}"))
        assert "Besök v. 45 2022" in text_of(page)

    def test_answers_htmx_with_the_very_part_of_the_page(self, log_in):
        shown = scene(1)
        browser = log_in(Role.COORDINATOR, shown.unit)
        wanted = {"HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": "section#besok"}
        part = browser.get(url_of(shown.client), headers=wanted).content.decode()
        assert part.strip() in browser.get(url_of(shown.client)).content.decode()
        assert part.strip().startswith("<section")

    def test_double_staffed_visits_are_marked(self, log_in):
        shown = scene(1)
        with scoped(SYSTEM):
            both = {"client": shown.client, "unit": shown.unit, "code": "VD"}
            VisitFactory(**both)
            VisitFactory(**both)
        text = text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client)))
        assert text.count("två personal") == 2

    def test_a_cancelled_visit_says_so(self, log_in):
        shown = scene(1)
        with scoped(SYSTEM):
            VisitFactory(
                client=shown.client, unit=shown.unit, status="cancelled", staff=None, ended_at=None,
                start_method="", end_method="",
            )  # fmt: skip
        assert "Besöket är inställt" in text_of(
            log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client))
        )


class TestOldProvider:
    """Sees its own period only, and no address (issue 2, item 7)."""

    @pytest.fixture
    def moved(self):
        old = scene(1, deceased_on=date(2022, 12, 24))
        with scoped(SYSTEM):
            new = UnitFactory(name="Nya enheten")
            own_time = DateRange(date(2022, 1, 1), date(2022, 12, 1))
            Grant.objects.filter(client=old.client).update(period=own_time)
            GrantFactory(client=old.client, unit=new, period=DateRange(date(2022, 12, 1), None))
            later = datetime(2022, 12, 2, 8, 0, tzinfo=UTC)
            VisitFactory(client=old.client, unit=new, started_at=later, intervention="vak")
            RuralMarkFactory(client=old.client)
        return old

    def test_sees_neither_address_nor_what_came_after(self, moved, log_in):
        text = text_of(log_in(Role.UNIT_MANAGER, moved.unit).get(url_of(moved.client)))
        assert "inte längre uppdrag" in text
        assert not re.search("Påhittade gatan|Nya enheten|Vak|Avliden|landsbygd", text)

    def test_the_municipality_sees_it_all(self, moved, log_in):
        text = text_of(log_in(Role.CASE_OFFICER).get(url_of(moved.client)))
        assert re.search("Påhittade gatan", text)
        assert re.search("Nya enheten", text)
        assert re.search("Avliden", text)

    def test_may_not_open_a_protected_identity(self, moved, log_in):
        with scoped(SYSTEM):
            Client.objects.filter(pk=moved.client.pk).update(is_protected=True)
        browser = log_in(Role.UNIT_MANAGER, moved.unit)
        assert "Öppna namn och adress" not in text_of(browser.get(url_of(moved.client)))
        assert browser.post(url_of(moved.client, "oppna/")).status_code == 404


class TestOrderedUnit:
    """Serves from the moment the order is sent to it, as the client card's wall has it."""

    @pytest.fixture
    def ordered(self):
        shown = scene(1, **PROTECTED | {"is_protected": False})
        with scoped(SYSTEM):
            never = datetime(2022, 11, 1, 8, 0, tzinfo=UTC)
            Grant.objects.filter(client=shown.client).update(withdrawn_at=never, in_effect=None)
            OrderFactory(client=shown.client, unit=shown.unit, status="sent")
        return shown

    def stands(self, shown, **fields) -> None:
        with scoped(SYSTEM):
            Order.objects.filter(client=shown.client).update(**fields)

    def test_knows_the_address_before_it_has_received(self, ordered, log_in):
        text = text_of(log_in(Role.COORDINATOR, ordered.unit).get(url_of(ordered.client)))
        assert "Dolda stigen 9" in text
        assert f"<dd>{ordered.unit.name}</dd>" in text

    def test_opens_a_protected_identity_before_it_has_received(self, ordered, log_in):
        with scoped(SYSTEM):
            Client.objects.filter(pk=ordered.client.pk).update(is_protected=True)
        browser = log_in(Role.COORDINATOR, ordered.unit)
        text = text_of(browser.get(url_of(ordered.client)))
        assert "Öppna namn och adress" in text
        assert not LEAKS.search(text)
        assert "Dolda stigen 9" in text_of(browser.post(url_of(ordered.client, "oppna/")))

    def test_no_longer_knows_it_after_the_order_has_ended(self, ordered, log_in):
        self.stands(ordered, status="ended", ends_on=date(2022, 11, 20))
        text = text_of(log_in(Role.COORDINATOR, ordered.unit).get(url_of(ordered.client)))
        assert "inte längre uppdrag" in text
        assert "Dolda" not in text

    def test_a_draft_shows_nothing_to_anyone(self, ordered, log_in):
        with scoped(SYSTEM):
            asked = UnitFactory()
            OrderFactory(client=ordered.client, unit=asked, status="draft")
        assert log_in(Role.COORDINATOR, asked).get(url_of(ordered.client)).status_code == 404

    def test_is_not_there_for_another_provider(self, ordered, log_in):
        browser = log_in(Role.COORDINATOR, scene(1).unit)
        assert browser.get(url_of(ordered.client)).status_code == 404
        assert browser.post(url_of(ordered.client, "oppna/")).status_code == 404


def test_an_officer_opens_a_case_from_the_page_and_a_unit_does_not(log_in):
    shown = scene(1)
    address = reverse("office:case-new-client", args=[shown.client.pk])
    assert address in text_of(log_in(Role.CASE_OFFICER).get(url_of(shown.client)))
    assert address not in text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client)))


class TestProtected:
    def test_shows_code_and_initials_to_everybody(self, log_in):
        shown = scene(1, **PROTECTED)
        for role in (Role.UNIT_MANAGER, Role.COORDINATOR, Role.CASE_OFFICER, Role.CONTROLLER):
            text = text_of(log_in(role, shown.unit).get(url_of(shown.client)))
            assert f"Skyddad identitet · HG · {shown.client.code}" in text
            assert not LEAKS.search(text)

    def test_opens_by_one_post_for_that_view_only_and_is_logged(self, log_in):
        shown = scene(1, **PROTECTED)
        browser = log_in(Role.COORDINATOR, shown.unit, name="Robin Öppnare")
        opened = text_of(browser.post(url_of(shown.client, "oppna/")))
        assert "Hemlig Gömström" in opened
        assert "Dolda stigen 9" in opened
        assert not LEAKS.search(re.search("<title>.*?</title>", opened)[0])
        assert not LEAKS.search(text_of(browser.get(url_of(shown.client))))
        with scoped(SYSTEM):
            look = Look.objects.get(action=Action.OPEN_PROTECTED)
        assert (look.actor_name, look.client_id) == ("Robin Öppnare", shown.client.pk)

    def test_the_address_of_the_button_alone_opens_nothing(self, log_in):
        shown = scene(1, **PROTECTED)
        page = log_in(Role.COORDINATOR, shown.unit).get(url_of(shown.client, "oppna/"))
        assert (page.status_code, page["Location"]) == (302, url_of(shown.client))

    def test_is_never_printed_when_opened(self, log_in):
        shown = scene(1, **PROTECTED)
        opened = text_of(log_in(Role.COORDINATOR, shown.unit).post(url_of(shown.client, "oppna/")))
        outside = re.sub(r'<(span|div) class="hv-opened">.*?</\1>', "", opened)
        assert not LEAKS.search(outside)

    def test_does_not_open_for_who_only_counts_money(self, log_in):
        shown = scene(1, **PROTECTED)
        browser = log_in(Role.CONTROLLER)
        assert browser.post(url_of(shown.client, "oppna/")).status_code == 404
        with scoped(SYSTEM):
            assert not Look.objects.filter(action=Action.OPEN_PROTECTED).exists()

    def test_there_is_nothing_to_open_of_somebody_who_is_not_protected(self, log_in):
        shown = scene(1)
        browser = log_in(Role.COORDINATOR, shown.unit)
        assert browser.post(url_of(shown.client, "oppna/")).status_code == 404


class TestLooks:
    def test_every_opening_is_written(self, log_in):
        shown = scene(1)
        browser = log_in(Role.COORDINATOR, shown.unit)
        browser.get(url_of(shown.client))
        browser.get(url_of(shown.client))
        with scoped(SYSTEM):
            assert Look.objects.filter(client_id=shown.client.pk, action=Action.LOOK).count() == 2

    def test_the_manager_sees_who_has_read(self, log_in):
        shown = scene(1)
        log_in(Role.COORDINATOR, shown.unit, name="Nyfiken Nisse").get(url_of(shown.client))
        assert "Nyfiken Nisse" in text_of(log_in(Role.UNIT_MANAGER, shown.unit).get(url_of(shown.client)))

    def test_without_the_right_the_block_is_not_there(self, log_in):
        shown = scene(1)
        page = log_in(Role.COORDINATOR, shown.unit).get(url_of(shown.client))
        assert "Vem har läst" not in text_of(page)


def test_a_grant_to_come_serves_already_and_a_grant_that_waits_is_marked(log_in):
    shown = scene(0)
    with scoped(SYSTEM):
        coming = GrantFactory(unit=shown.unit, period=DateRange(date(2099, 1, 1), None), in_effect=None)
        waiting = GrantFactory(unit=shown.unit, period=OPEN_ENDED, in_effect=None)
    browser = log_in(Role.UNIT_MANAGER, shown.unit)
    assert "Påhittade gatan" in text_of(browser.get(url_of(coming.client)))
    assert "Kommande" in text_of(browser.get(url_of(coming.client)))
    assert "Inte verkställd" in text_of(browser.get(url_of(waiting.client)))
