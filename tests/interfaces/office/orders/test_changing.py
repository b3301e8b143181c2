"""An order on screen after it was sent: versions, endings with both sides shown, changes of provider."""

from datetime import date, timedelta

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.orders.models import Ending, HandoverItem, Order, OrderStatus, ProviderChange
from tests.factories import BillingCorrectionFactory, OrderFactory, OrderVersionFactory, PriceFactory
from tests.factories.cases import FrameTimeSnapshotFactory
from tests.interfaces.office.orders.conftest import NOW
from tests.orders.world import STARTS_ON, received


@pytest.fixture
def order_id(stage, clock):
    """Received, and in effect from its first day; it is a week later."""
    with scoped(SYSTEM):
        PriceFactory(kind="municipal", base_ore=480_00)
        found = received(stage.world)
    clock.move_to(NOW + timedelta(days=14))
    stage.coordinator.post("order-effect", found, ramtid=STARTS_ON)
    return found


def revision(order_id) -> int:
    with scoped(SYSTEM):
        return Order.objects.get(pk=order_id).revision


def test_a_new_version_shows_what_differs_and_what_it_pays_and_then_is_news_to_the_reader(stage, order_id):
    with scoped(SYSTEM):
        FrameTimeSnapshotFactory(
            decision=stage.world.decision,
            valid_from=date(2022, 12, 1),
            minutes_per_week=150,
            whole_minutes_per_week=150,
        )
    stage.coordinator.post("order-read", order_id)
    typed = {"valid_from": "2022-12-01", "reason": "Behovet har ökat.", "other": ""}
    page = stage.officer.post("order-send-version", order_id, **typed).content.decode()
    assert "<del>Ramtid: 105 minuter i veckan</del>" in page
    assert "105 → 150 min/vecka" in page
    stage.officer.post("order-send-version", order_id, **typed, skicka="ja", revision=revision(order_id))
    news = stage.coordinator.get("order", order_id).content.decode()
    assert "Nytt sedan du läste version 1" in news
    assert "<ins>Ramtid: 150 minuter i veckan</ins>" in news
    stage.coordinator.post("order-read", order_id)
    assert "Nytt sedan" not in stage.coordinator.get("order", order_id).content.decode()


class TestEnding:
    typed = {
        "last_day": "2022-11-16",
        "reason": "wish",
        "with_whom": "Elsa",
        "how": "telefon",
        "on": "2022-11-21",
    }

    def test_both_sides_are_shown_before_anything_is_saved(self, stage, order_id):
        page = stage.officer.post("order-end", order_id, **self.typed).content.decode()
        assert "105 → 0 min/vecka" in page
        assert "4,25" in page
        assert "0,75" in page
        assert "kr</td>" not in page  # the officer sees hours
        with scoped(SYSTEM):
            assert not Ending.objects.exists()

    def test_after_the_fourth_it_becomes_a_correction_and_no_error(self, stage, order_id, clock):
        clock.move_to(NOW + timedelta(days=30))
        page = stage.officer.post("order-end", order_id, **self.typed).content.decode()
        assert "Avsluta och skapa rättelse till debiteringen" in page
        page = stage.officer.post(
            "order-end", order_id, **self.typed, avsluta="ja", revision=revision(order_id)
        ).content.decode()
        assert "Rättelser till debiteringen" in page
        assert "4.25 h → 0.75 h" in page

    def test_what_the_unit_tells_waits_for_the_officer_to_confirm(self, stage, order_id):
        told = {"last_day": "2022-11-16", "reason": "wish", "text": "Dottern hjälper."}
        stage.coordinator.post("order-report-ending", order_id, **told)
        assert "Dottern" in stage.officer.get("order", order_id).content.decode()
        with scoped(SYSTEM):
            ending = Ending.objects.get()
        confirm = {"last_day": "2022-11-16", "with_whom": "", "on": "2022-11-21", "avsluta": "ja"}
        page = stage.officer.post("ending-confirm", ending.pk, **confirm).content.decode()
        assert "Skriv med vem avslutet är bekräftat" in page
        stage.officer.post("ending-confirm", ending.pk, **{**confirm, "with_whom": "Elsa"})
        assert stage.order().status == OrderStatus.ENDED

    def test_an_old_revision_is_told_who_was_first(self, stage, order_id):
        page = stage.officer.post("order-end", order_id, **self.typed, avsluta="ja", revision=1)
        assert "hann före" in page.content.decode()


def test_a_death_told_by_the_unit_is_on_the_officers_page_at_once(stage, order_id):
    stage.coordinator.post("order-death", order_id, died_on="2022-11-20")
    assert "Dödsfall, till och med 20 november 2022" in stage.officer.get("order", order_id).content.decode()


def test_a_question_at_a_sentence_stays_until_both_agree(stage, order_id):
    asked = {"text": "Vilken jul?", "anchor": "Ramtid: 105 minuter i veckan"}
    page = stage.coordinator.post("order-ask", order_id, **asked).content.decode()
    assert "<blockquote><p>Ramtid: 105 minuter i veckan</p>" in page
    with scoped(SYSTEM):
        thread = stage.order().client.threads.get(kind="clarification")
    stage.officer.post("order-matter", order_id, thread.pk, text="Nästa jul.")
    stage.officer.post("order-matter", order_id, thread.pk, klart="ja")
    page = stage.coordinator.post("order-matter", order_id, thread.pk, klart="ja").content.decode()
    assert "klart 21 november 2022" in page


class TestChangeOfProvider:
    def test_leads_to_a_draft_for_the_new_unit_and_a_checklist_for_the_old(self, stage, order_id):
        typed = {
            "unit": stage.world.other_unit.pk,
            "requested_on": "2022-11-18",
            "requested_by": "Elsa",
            "starts_on": "2022-12-01",
        }
        page = stage.officer.post("order-change-provider", order_id, **typed).content.decode()
        assert "Utkast" in page
        with scoped(SYSTEM):
            change, key = ProviderChange.objects.get(), HandoverItem.objects.get(kind="keys")
        assert stage.stranger.get("handover", change.pk).status_code == 404  # only asked so far
        page = stage.coordinator.post("handover-item", change.pk, key.pk).content.decode()
        assert "av Sam Ordnare" in page

    def test_no_choice_is_the_municipality(self, stage, order_id):
        typed = {
            "unit": stage.world.other_unit.pk,
            "requested_on": "2022-11-18",
            "requested_by": "Elsa",
            "starts_on": "2022-12-01",
            "not_chosen": "on",
        }
        page = stage.officer.post("order-change-provider", order_id, **typed).content.decode()
        assert "Välj en kommunal enhet." in page


class TestCost:
    def more_orders(self, stage, count: int) -> None:
        with scoped(SYSTEM):
            for order in OrderFactory.create_batch(count, unit=stage.world.unit):
                OrderVersionFactory(order=order)

    def test_the_list_costs_the_same_for_one_and_thirty(self, stage, count_queries):
        self.more_orders(stage, 1)
        one = count_queries(lambda: stage.coordinator.get("orders"))
        self.more_orders(stage, 29)
        assert count_queries(lambda: stage.coordinator.get("orders")) == one

    def test_an_order_costs_the_same_with_one_and_thirty_of_everything(self, stage, order_id, count_queries):
        def thirty_times() -> None:
            for number in range(30):
                stage.coordinator.post("order-ask", order_id, text=f"Fråga {number}", anchor="")

        with scoped(SYSTEM):
            order = Order.objects.get(pk=order_id)
            BillingCorrectionFactory(client=order.client, unit=order.unit, order=order)
        stage.coordinator.post("order-ask", order_id, text="Fråga", anchor="")
        one = count_queries(lambda: stage.coordinator.get("order", order_id))
        thirty_times()
        assert count_queries(lambda: stage.coordinator.get("order", order_id)) == one
