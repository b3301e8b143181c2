"""BH3 on screen: from a decision to a sent order, with the receiver's eyes, and received within seconds."""

from datetime import timedelta

from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.contacts.models import Subject
from hemmavid.orders.models import Inquiry, Order, OrderStatus
from hemmavid.people.models import Client
from tests.factories import ContactFactory
from tests.interfaces.office.orders.conftest import NOW


def begin(stage, starts_on="2022-11-14", **typed):
    wanted = {"kind": "home_care", "unit": stage.world.unit.pk, "starts_on": starts_on, "other": "", **typed}
    return stage.officer.post("order-new", stage.world.decision.pk, **wanted)


def accept(stage):
    with scoped(SYSTEM):
        inquiry = Inquiry.objects.get()
    return stage.coordinator.post("inquiry-answer", inquiry.pk, svar="accepted")


def ask(stage):
    return stage.officer.post("order-ask-unit", stage.order_id, revision=stage.order().revision)


def send(stage):
    return stage.officer.post("order-send", stage.order_id, revision=stage.order().revision)


def sent(stage, **typed):
    begin(stage, **typed)
    ask(stage)
    accept(stage)
    return send(stage)


def test_the_officer_sees_the_order_as_the_receiver_will_before_sending(stage):
    page = begin(stage, other="Ring på kl. 8.00 och duscha på fem minuter.").content.decode()
    assert "Mottagarens ögon" in page
    assert "Elsa klär sig själv på överkroppen före jul." in page
    assert "<mark>kl. 8.00</mark>" in page
    assert "sekunder att läsa" in page


def test_the_unit_is_asked_without_a_name(stage):
    begin(stage)
    ask(stage)
    page = stage.coordinator.get("inquiries").content.decode()
    assert "105 min/vecka" in page
    assert "Vi tar emot" in page
    assert "Tacka nej" not in page  # no capacity stop is in force
    assert "Vinter" not in page
    assert "Elsa" not in page


def test_to_send_takes_two_presses_when_the_unit_has_answered(stage):
    page = sent(stage).content.decode()
    assert "Uppdraget är skickat." in page
    assert stage.order().status == OrderStatus.SENT


def test_without_the_units_answer_nothing_is_sent(stage):
    begin(stage)
    assert "Fråga enheten först" in send(stage).content.decode()
    assert stage.order().status == OrderStatus.DRAFT


def test_the_sender_sees_who_received_it_and_when(stage):
    sent(stage)
    order_id = stage.order_id
    page = stage.officer.get("order", order_id).content.decode()
    assert 'hx-trigger="every 4s"' in page
    stage.coordinator.post("order-acknowledge", order_id)
    told = stage.officer.get("order-status", order_id).content.decode()
    assert "Mottaget 7 november 2022 kl. 10.00" in told.replace("\N{NO-BREAK SPACE}", " ")
    assert "av Sam Ordnare." in told
    assert "every 4s" not in told


def test_the_second_to_receive_is_told_who_was_first(stage):
    sent(stage)
    stage.coordinator.post("order-acknowledge", stage.order_id)
    page = stage.coordinator.post("order-acknowledge", stage.order_id).content.decode()
    assert "Redan gjort av Sam Ordnare" in page


class TestAfterTwoInTheAfternoon:
    def test_the_right_number_is_shown_and_sending_waits_for_the_call(self, stage, clock):
        with scoped(SYSTEM):
            ContactFactory(subject=Subject.UNIT, unit=stage.world.unit, phone="011-15 00 01")
        begin(stage, starts_on="2022-11-08")
        ask(stage)
        accept(stage)
        clock.move_to(NOW + timedelta(hours=5))
        page = stage.officer.get("order-draft", stage.order_id).content.decode()
        assert "Ring innan du skickar" in page
        assert "011-15 00 01" in page
        assert "Skriv vem du nådde" in send(stage).content.decode()
        stage.officer.post("order-call", stage.order_id, phone="011-15 00 01", spoke_with="")
        assert "Uppdraget är skickat." in send(stage).content.decode()


class TestWhatAnotherProviderSees:
    def test_the_order_is_not_there_in_any_form(self, stage):
        sent(stage)
        stage.officer.post("order-ask", stage.order_id, text="Går det bra på måndag?", anchor="")
        for name, *rest in (("order",), ("order-status",), ("order-version", 1), ("order-report-ending",)):
            assert stage.stranger.get(name, stage.order_id, *rest).status_code == 404
        for name in ("order-read", "order-acknowledge", "order-effect", "order-ask"):
            assert stage.stranger.post(name, stage.order_id, text="?").status_code == 404
        assert "Vinter" not in stage.stranger.get("orders", lage="alla").content.decode()

    def test_a_draft_is_not_there_for_its_own_unit_either(self, stage):
        begin(stage)
        assert stage.coordinator.get("order", stage.order_id).status_code == 404
        assert "Vinter" not in stage.coordinator.get("orders", lage="alla").content.decode()


def test_the_unit_never_reads_what_lies_behind_the_order(stage):
    sent(stage)
    page = stage.coordinator.get("order", stage.order_id).content.decode()
    assert str(stage.world.decision.pk) not in page
    assert str(stage.world.decision.case_id) not in page


def test_opening_is_noted_once_the_page_is_open(stage):
    sent(stage)
    page = stage.coordinator.get("order", stage.order_id).content.decode()
    assert "Markera som läst" in page
    stage.coordinator.post("order-read", stage.order_id)
    assert stage.order().read_at == NOW
    assert "Markera som läst" not in stage.coordinator.get("order", stage.order_id).content.decode()


def test_a_forty_thousand_character_text_is_refused_at_its_field(stage):
    page = begin(stage, other="x" * 40_000).content.decode()
    assert "Övrigt:" in page
    with scoped(SYSTEM):
        assert not Order.objects.exists()


def test_what_is_said_after_a_press_waits_in_no_cookie(stage):
    sent(stage)
    browser, order_id = stage.coordinator.browser, stage.order_id
    browser.post(reverse("office:order-acknowledge", args=[order_id]))
    assert "messages" not in browser.cookies
    assert "Uppdraget är mottaget." in browser.get(reverse("office:order", args=[order_id])).content.decode()


def test_where_a_protected_person_lives_is_not_told_in_the_question_to_a_unit(stage):
    begin(stage)
    with scoped(SYSTEM):
        Client.objects.filter(pk=stage.world.client_id).update(is_protected=True, city="Fjärrstad")
    ask(stage)
    with scoped(SYSTEM):
        assert Inquiry.objects.get().area == ""
    assert "Fjärrstad" not in stage.coordinator.get("inquiries").content.decode()
