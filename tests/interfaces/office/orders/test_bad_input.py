"""What people type wrong in the forms of orders: words at the field or above, never an error page."""

from datetime import date, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.messages.models import LONGEST_TEXT, Message
from hemmavid.orders.models import CapacityStop, Ending, HandoverItem, OrderStatus
from hemmavid.orders.models import Order as OrderRow
from tests.factories import CapacityStopFactory
from tests.interfaces.office.orders.conftest import NOW, desk_of
from tests.orders.world import STARTS_ON, actor, drafted, received

UNLIKELY = "Året kan inte stämma"
IMPOSSIBLE = ("0001-01-01", "1999-06-01", "9999-12-31")
LATE_NOVEMBER = DateRange(date(2022, 11, 20), date(2022, 12, 1))
NUL = "Ringde\0 dottern."


@pytest.fixture
def order_id(stage, clock):
    """Received, a week after its first day."""
    with scoped(SYSTEM):
        found = received(stage.world)
    clock.move_to(NOW + timedelta(days=14))
    return found


def ending(**typed: object) -> dict[str, object]:
    return {"last_day": "2022-11-16", "reason": "wish", "with_whom": "Elsa", "on": "2022-11-21", **typed}


class TestDaysThatCannotBe:
    @pytest.mark.parametrize("typed", IMPOSSIBLE)
    @pytest.mark.parametrize("pressed", [{}, {"avsluta": "ja"}], ids=["preview", "end"])
    def test_an_ending_says_so_at_the_field_and_keeps_what_was_typed(self, stage, order_id, typed, pressed):
        page = stage.officer.post("order-end", order_id, **ending(last_day=typed), **pressed)
        assert page.status_code == 200
        assert 'id="id_last_day_error"' in page.content.decode()
        assert UNLIKELY in page.content.decode()
        assert typed in page.content.decode()
        with scoped(SYSTEM):
            assert not Ending.objects.exists()

    def test_an_ending_before_the_order_began_is_told_before_anything_is_counted(self, stage, order_id):
        page = stage.officer.post("order-end", order_id, **ending(last_day="2001-01-01"), avsluta="ja")
        assert "Dagen ligger före uppdragets start." in page.content.decode()

    def test_what_never_began_may_end_the_day_before_its_first(self, stage, order_id):
        last = STARTS_ON - timedelta(days=1)
        page = stage.officer.post("order-end", order_id, **ending(last_day=last, reason="never_started"))
        assert "Dagen ligger före" not in page.content.decode()

    @pytest.mark.parametrize("typed", IMPOSSIBLE)
    def test_a_death_says_so_at_the_field(self, stage, order_id, typed):
        page = stage.coordinator.post("order-death", order_id, died_on=typed).content.decode()
        assert UNLIKELY in page
        with scoped(SYSTEM):
            assert stage.world.decision.client.deceased_on is None

    def test_a_death_to_come_is_told_at_the_field(self, stage, order_id):
        page = stage.coordinator.post("order-death", order_id, died_on="2022-11-22").content.decode()
        assert 'id="id_died_on_error"' in page
        assert "Dagen har inte varit än." in page

    @pytest.mark.parametrize("typed", IMPOSSIBLE)
    @pytest.mark.parametrize(
        ("name", "field", "others"),
        [
            ("order-send-version", "valid_from", {"reason": "Nytt behov."}),
            ("order-change", "valid_from", {"message": "En dusch mindre."}),
            ("order-change-provider", "starts_on", {}),
            ("order-move", "planned_return_on", {}),
        ],
    )
    def test_the_other_forms_of_the_officer_say_so_too(self, stage, order_id, name, field, others, typed):
        page = stage.officer.post(name, order_id, **{field: typed, **others})
        assert page.status_code == 200
        assert f'id="id_{field}_error"' in page.content.decode()

    def test_an_instant_that_cannot_be_is_told_at_the_field(self, stage, order_id):
        page = stage.officer.post("order-move", order_id, handover_at="9999-12-31T23:59", told_at="igår")
        assert UNLIKELY in page.content.decode()
        assert "Skriv dag och klockslag" in page.content.decode()

    @pytest.mark.parametrize("typed", [*IMPOSSIBLE, "igår"])
    def test_a_first_performed_day_is_refused_in_words_above_the_order(self, stage, order_id, typed):
        page = stage.coordinator.post("order-effect", order_id, ramtid=typed).content.decode()
        assert "Ramtid, först utfört: " in page
        assert "Skriv dagen som 2026-05-01." in page
        assert stage.order().status == OrderStatus.ACKNOWLEDGED


class TestACapacityStop:
    @pytest.fixture
    def manager(self, stage):
        with scoped(SYSTEM):
            return desk_of(actor(Role.UNIT_MANAGER, stage.world.unit))

    def stopped(self, manager, stage, **typed: object) -> str:
        sent = {"unit": stage.world.unit.pk, "first": "2022-11-10", "last": "", "reason": "Vakanser", **typed}
        return manager.post("capacity", **sent).content.decode()

    def test_over_another_is_refused_in_words(self, manager, stage):
        with scoped(SYSTEM):
            CapacityStopFactory(unit=stage.world.unit, period=LATE_NOVEMBER)
        assert "har redan ett stopp under de dagarna" in self.stopped(manager, stage)
        with scoped(SYSTEM):
            assert CapacityStop.objects.count() == 1

    def test_right_up_to_another_is_taken(self, manager, stage):
        with scoped(SYSTEM):
            CapacityStopFactory(unit=stage.world.unit, period=LATE_NOVEMBER)
        self.stopped(manager, stage, last="2022-11-19")
        with scoped(SYSTEM):
            assert CapacityStop.objects.count() == 2

    def test_to_the_end_of_time_is_refused_at_the_field(self, manager, stage):
        assert UNLIKELY in self.stopped(manager, stage, last="9999-12-31")


class TestTextsThatCannotBe:
    def test_an_invisible_character_goes_and_the_words_stay(self, stage, order_id):
        stage.coordinator.post("order-ask", order_id, text=NUL, anchor="a\0b")  # the sentence is not there
        stage.coordinator.post("order-ask", order_id, text=NUL, anchor="")
        stage.coordinator.post("order-request-move", order_id, text=NUL)
        with scoped(SYSTEM):
            said = Message.objects.filter(text__contains="dottern").values_list("text", flat=True)
            assert set(said) == {"Ringde dottern."}
            assert len(said) == 2

    def test_forty_thousand_characters_are_refused_and_nothing_is_cut(self, stage, order_id):
        page = stage.coordinator.post("order-ask", order_id, text="å" * 40_000, anchor="")
        assert "Meddelandet är för långt." in page.content.decode()

    @pytest.mark.parametrize("name", ["order-phone-check", "order-call"])
    def test_a_name_that_does_not_fit_is_refused_and_not_cut(self, stage, name):
        with scoped(SYSTEM):
            order_id = drafted(stage.world)
        page = stage.officer.post(name, order_id, spoke_with="Å" * 201, revision=1).content.decode()
        assert "Texten är för lång för rutan." in page

    def test_an_explanation_that_does_not_fit_is_refused_and_not_cut(self, stage, order_id):
        typed = {
            "unit": stage.world.other_unit.pk,
            "requested_on": "2022-11-18",
            "requested_by": "Elsa",
            "starts_on": "2022-12-01",
        }
        stage.officer.post("order-change-provider", order_id, **typed)
        with scoped(SYSTEM):
            key = HandoverItem.objects.get(kind="keys")
        page = stage.coordinator.post(
            "handover-item", key.change_id, key.pk, forklara="ja", reason="x" * 501
        ).content.decode()
        assert "Texten är för lång för rutan." in page
        with scoped(SYSTEM):
            assert HandoverItem.objects.get(pk=key.pk).reason == ""

    def test_a_version_with_more_changed_than_a_message_holds_is_told_by_heading(self, stage, order_id):
        stage.officer.post(
            "order-send-version",
            order_id,
            valid_from="2022-12-01",
            reason="Mycket nytt.",
            other="Nyckeln ligger hos grannen. " * 284,
            skicka="ja",
            revision=revision(order_id),
        )
        stage.officer.post(
            "order-send-version",
            order_id,
            valid_from="2022-12-02",
            reason="Allt är nytt.",
            other="Nyckeln ligger hos dottern. " * 284,
            skicka="ja",
            revision=revision(order_id),
        )
        with scoped(SYSTEM):
            assert stage.order().versions.count() == 3
            told = Message.objects.get(text__contains="Allt är nytt.").text
        assert "Övrigt: ändrat, läs i uppdraget." in told
        assert len(told) < LONGEST_TEXT


def revision(order_id) -> int:
    with scoped(SYSTEM):
        return OrderRow.objects.get(pk=order_id).revision


class TestAConsent:
    def test_a_day_that_cannot_be_is_told_above_the_order(self, stage, order_id):
        with scoped(SYSTEM):
            other_id = received(stage.world, unit=stage.world.other_unit)
        typed = {
            "other_order": other_id,
            "purpose": "Maten",
            "given_on": "2022-11-21",
            "ends_on": "9999-12-31",
        }
        page = stage.officer.post("order-consent", order_id, **typed).content.decode()
        assert "Gäller till: Året kan inte stämma" in page
