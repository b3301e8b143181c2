"""A change on the case page reaches the providers, as the officer sees it: plain posts, no script."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Decision, EndingConfirmation
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.orders.models import BillingCorrection, Grant, Order
from hemmavid.orders.operations import receiving
from tests.cases.thread import DRESSING, RESPITE
from tests.factories import OrderFactory, PriceFactory, ProviderFactory, UnitFactory
from tests.interfaces.office.cases.desk import Desk, desk, form_values, words_of
from tests.interfaces.office.conftest import browser_of
from tests.orders.world import World, actor, received, sent

pytestmark = pytest.mark.django_db
MADE_AT = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
NOW = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)
MAY, JUNE = date(2026, 5, 1), date(2026, 6, 1)


@dataclass
class Sitting:
    """An officer at the screen with a decision whose order Team Väst has."""

    desk: Desk
    decision: Decision
    world: World

    def later(self, clock, at: datetime) -> None:
        """The days go by; the officer logs in anew."""
        clock.move_to(at)
        self.desk.browser = browser_of(self.desk.user)

    def change(self, *, gor: str, **typed: str):
        query = "?andring=change_level&omrade=personal_care&behov_andrat=on"
        url = self.desk.url("decision-change", self.decision.pk) + query
        values = form_values(self.desk.browser.get(url).content.decode())
        with scoped(SYSTEM):
            need = self.decision.needs.order_by("period").first()
        values |= {
            "valid_from": "2026-06-01", "granted_id": str(need.pk), "level": "pakladning:3", "count": "1",
            "per": "day", "visit": "morgon", "why": "Axeln är stel.", "message": "Nivå 3 från 1 juni.",
            "gor": gor, **typed,
        }  # fmt: skip
        return self.desk.browser.post(url, values, follow=True)

    def end(self, *, gor: str, **typed: str):
        values = self.desk.form("decision-end", self.decision.pk)
        values |= {"whole": "on", "last_day": "2026-06-10", "why": "Flyttar.", "gor": gor, **typed}
        url = self.desk.url("decision-end", self.decision.pk)
        return self.desk.browser.post(url, values, follow=True)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sitting(clock) -> Sitting:
    made = desk()
    with scoped(SYSTEM):
        PriceFactory(kind="municipal", base_ore=480_00)
        decision = made.walk.applied().assessed(DRESSING, outside=(RESPITE,)).decided()
        unit = UnitFactory(provider=ProviderFactory(municipal=True), name="Team Väst")
        people = actor(Role.COORDINATOR, unit, "Sam Ordnare")
        world = World(decision, unit, unit, made.walk.by, people, people)
    return Sitting(made, decision, world)


@pytest.fixture
def in_effect(sitting) -> Sitting:
    with scoped(SYSTEM):
        order_id = received(sitting.world, starts_on=MAY, at=MADE_AT)
        effects = {"ramtid": MAY, "avlosning": MAY}
        receiving.put_into_effect(effects, order_id=order_id, by=sitting.world.coordinator, at=NOW)
    return sitting


def stored(read):
    with scoped(SYSTEM):
        return read()


def test_the_preview_shows_pay_in_hours_and_saves_nothing(in_effect):
    page = words_of(in_effect.change(gor="rakna").content.decode())
    assert "Utförarens ersättning" in page
    assert "Team Väst" in page
    assert "Skillnad, kr" not in page  # the officer sees hours
    assert stored(Grant.objects.count) == 2


def test_a_change_tells_which_unit_got_the_message(in_effect):
    page = words_of(in_effect.change(gor="spara").content.decode())
    assert "Team Väst har fått meddelandet." in page
    assert stored(lambda: Thread.objects.get(kind=ThreadKind.CHANGE).unit_ids) == [in_effect.world.unit.pk]
    assert stored(lambda: Grant.objects.filter(period__startswith=JUNE).count()) == 1


def test_an_order_that_cannot_follow_is_told_at_the_day_and_what_was_typed_stays(sitting, clock):
    with scoped(SYSTEM):
        sent(sitting.world, starts_on=JUNE, at=MADE_AT)
    sitting.later(clock, datetime(2026, 5, 31, 15, 0, tzinfo=UTC))
    html = sitting.change(gor="spara").content.decode()
    assert "Inget är sparat. Uppdrag U" in html
    assert "Axeln är stel." in html
    assert "Nivå 3 från 1 juni." in html
    assert stored(sitting.decision.needs.count) == 1


def test_an_ending_confirmed_too_late_corrects_what_billing_has(in_effect, clock):
    in_effect.later(clock, TOO_LATE)
    assert "Rättelse till debiteringen" in words_of(in_effect.end(gor="rakna").content.decode())
    page = words_of(in_effect.end(gor="spara").content.decode())
    assert "Stödet fortsätter" in page
    assert not stored(BillingCorrection.objects.exists)
    task = stored(EndingConfirmation.objects.get)
    confirm = form_values(in_effect.desk.page("case"), "bekrafta/") | {"how": "Ringde Elsa."}
    url = in_effect.desk.url("case-ending-confirm", task.pk)
    page = words_of(in_effect.desk.browser.post(url, confirm, follow=True).content.decode())
    assert "Team Väst har fått meddelandet." in page
    assert "Debiteringen har fått en rättelse" in page
    assert stored(BillingCorrection.objects.count) == 1
    assert stored(lambda: Decision.objects.get(pk=in_effect.decision.pk).status) == "ended"


def test_an_ending_confirmed_at_once_ends_the_order(in_effect):
    page = words_of(in_effect.end(gor="spara", confirmed_how="Ringde Elsa.").content.decode())
    assert "Avslutat. Team Väst har fått meddelandet." in page
    assert stored(lambda: Thread.objects.filter(kind=ThreadKind.ENDING).count()) == 1


def test_the_case_page_lists_the_orders_and_makes_new_ones_at_the_same_cost(
    in_effect, django_assert_max_num_queries
):
    order_new = reverse("office:order-new", args=[in_effect.decision.pk])
    with CaptureQueriesContext(connection) as first:
        page = in_effect.desk.page("case")
    assert order_new in page
    assert stored(Order.objects.get).code in page
    with scoped(SYSTEM):
        client = in_effect.decision.client
        OrderFactory.create_batch(30, client=client, unit=in_effect.world.unit)
    with django_assert_max_num_queries(len(first)):
        assert in_effect.desk.page("case").count('href="/uppdrag/') > 30
