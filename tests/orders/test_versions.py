"""A sent order never changes: what is new is a new version, told, receipted, granted from its day."""

from datetime import date, timedelta

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.messages.models import Reading, Thread, ThreadKind
from hemmavid.messages.operations import MessageRefused
from hemmavid.orders.content import holds_sentence
from hemmavid.orders.models import Grant, Order
from hemmavid.orders.operations import clarifying, receiving, versions
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.orders.operations.versions import NewVersion, current_content
from tests.factories.cases import FrameTimeSnapshotFactory
from tests.orders.world import AT, STARTS_ON, received, revision, sent, world

pytestmark = pytest.mark.django_db
FROM = date(2022, 12, 5)
LATER = AT + timedelta(days=14)


@pytest.fixture
def town(as_system):
    return world()


def more_time(town, minutes: int = 150, valid_from: date = FROM) -> None:
    FrameTimeSnapshotFactory(
        decision=town.decision,
        valid_from=valid_from,
        minutes_per_week=minutes,
        whole_minutes_per_week=minutes,
    )


def send(town, order_id, valid_from: date = FROM, **fields) -> int:
    new = NewVersion(valid_from, fields.pop("reason", "Behovet har ökat."), fields.pop("other", ""))
    return versions.send_version(
        new, order_id=order_id, expected_revision=revision(order_id), by=town.officer, at=LATER
    )


def test_a_new_version_closes_the_grant_the_day_before_and_opens_another(town):
    order_id = received(town)
    more_time(town)
    assert send(town, order_id) == 2
    grants = Grant.objects.order_by("period")
    assert [(one.minutes, one.period.lower, one.period.upper) for one in grants] == [
        (105, STARTS_ON, FROM),
        (150, FROM, date(2023, 11, 1)),
    ]


def test_the_unit_is_told_what_differs_and_its_reading_is_receipted(town):
    order_id = received(town)
    more_time(town)
    send(town, order_id)
    thread = Thread.objects.get(kind=ThreadKind.NEW_VERSION)
    assert "tidigare ”Ramtid: 105 minuter i veckan”, nu ”Ramtid: 150" in thread.messages.get().text
    with scoped(town.coordinator):
        receiving.read_order(order_id=order_id, by=town.coordinator, at=LATER)
    assert Reading.objects.get().read_by_name == "Sam Ordnare"


def test_the_same_again_is_no_new_version(town):
    order_id = received(town)
    with pytest.raises(OrderRefused, match="nothing_new"):
        send(town, order_id)


def test_what_stands_under_ovrigt_reaches_the_unit(town):
    order_id = sent(town, other="Hunden är snäll.\nRing på två gånger.")
    assert [line.text for line in current_content(Order.objects.get(pk=order_id)).lines()][-2:] == [
        "Hunden är snäll.",
        "Ring på två gånger.",
    ]


def test_a_version_sent_before_the_order_is_received_shapes_its_grants(town):
    order_id = sent(town)
    more_time(town)
    send(town, order_id)
    receiving.acknowledge_order(order_id=order_id, by=town.coordinator, at=LATER)
    assert [one.minutes for one in Grant.objects.order_by("period")] == [105, 150]


def test_a_change_without_a_new_order_forces_a_message(town):
    order_id = received(town)
    more_time(town)
    change = {"order_id": order_id, "valid_from": FROM, "by": town.officer, "at": LATER}
    with pytest.raises(MessageRefused, match="empty"):
        versions.change_without_order(**change, message=" ", expected_revision=revision(order_id))
    assert Grant.objects.count() == 1
    versions.change_without_order(**change, message="Ramtiden ökar.", expected_revision=revision(order_id))
    assert Grant.objects.count() == 2
    assert Thread.objects.get(kind=ThreadKind.CHANGE).unit_ids == [town.unit.pk]


class TestClarification:
    def test_stays_open_until_both_sides_agree(self, town):
        order_id = received(town)
        thread_id = clarifying.ask_about_order(
            order_id=order_id,
            text="Vad menas?",
            by=town.coordinator,
            at=AT,
            anchor="Ramtid: 105 minuter i veckan",
        )
        settle = {"thread_id": thread_id, "order_id": order_id, "at": AT}
        assert not clarifying.agree_about_order(**settle, by=town.coordinator)
        assert clarifying.agree_about_order(**settle, by=town.officer)
        assert Thread.objects.get().closed_at == AT

    def test_an_anchor_survives_a_new_version(self, town):
        order_id = received(town)
        anchor = "Mål: Elsa klär sig själv på överkroppen före jul."
        clarifying.ask_about_order(
            order_id=order_id, text="Vilken jul?", by=town.coordinator, at=AT, anchor=anchor
        )
        more_time(town)
        send(town, order_id)
        message = Thread.objects.get(kind=ThreadKind.CLARIFICATION).messages.get()
        assert message.anchor == anchor
        assert holds_sentence(current_content(Order.objects.get(pk=order_id)), anchor)

    def test_an_unknown_sentence_is_no_anchor(self, town):
        order_id = received(town)
        with pytest.raises(OrderRefused, match="unknown_sentence"):
            clarifying.ask_about_order(
                order_id=order_id, text="?", by=town.coordinator, at=AT, anchor="Något annat"
            )

    def test_of_an_order_that_is_not_ones_own_finds_none(self, town):
        order_id = received(town)
        with scoped(town.other_coordinator), pytest.raises(Order.DoesNotExist):
            clarifying.ask_about_order(order_id=order_id, text="?", by=town.other_coordinator, at=AT)
        assert SYSTEM.is_system
