"""Endings: told, confirmed with the client, dated back, and corrected with billing when late."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.lib.periods import Month
from hemmavid.messages.models import MailboxKind, Thread, ThreadKind
from hemmavid.orders.grant_writes import LateChange
from hemmavid.orders.models import BillingCorrection, Ending, EndingReason, Grant, Order, OrderStatus
from hemmavid.orders.operations import endings, receiving
from hemmavid.orders.operations.endings import Confirmation, NewEnding
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.people.models import Client
from hemmavid.reports.hours_statement import hours_statement
from hemmavid.settlement import order_changes
from hemmavid.settlement.previews import Change, two_sided_preview
from tests.factories import PriceFactory
from tests.orders.world import AT, STARTS_ON, actor, received, revision, world

pytestmark = pytest.mark.django_db
NOVEMBER = Month(2022, 11)
IN_TIME = datetime(2022, 12, 4, 22, 59, tzinfo=UTC)  # 23.59 in Sweden
TOO_LATE = datetime(2022, 12, 4, 23, 1, tzinfo=UTC)
CONFIRMED = Confirmation("Elsa", "telefon", date(2022, 12, 1))
LAST_DAY = date(2022, 11, 20)


@pytest.fixture
def town(as_system):
    PriceFactory(kind="municipal", base_ore=480_00)
    return world()


@pytest.fixture
def order_id(town):
    found = received(town)
    receiving.put_into_effect(
        {"ramtid": STARTS_ON}, order_id=found, by=town.coordinator, at=AT + timedelta(days=7)
    )
    return found


def wish(last_day: date = LAST_DAY, **fields) -> NewEnding:
    return NewEnding(last_day, EndingReason.WISH, **fields)


def end(town, order_id, new: NewEnding, *, at: datetime, confirmation: Confirmation = CONFIRMED):
    return order_changes.end_order(
        new, confirmation, order_id=order_id, expected_revision=revision(order_id), by=town.officer, at=at
    )


def hours(town) -> list[str]:
    return [str(row.payable_hours) for row in hours_statement(month=NOVEMBER, by=town.officer).rows]


def test_the_unit_tells_and_nothing_ends_until_the_officer_has_it_confirmed(town, order_id):
    ending_id = endings.report_ending(wish(), order_id=order_id, by=town.coordinator, at=IN_TIME)
    assert hours(town) == ["4.25"]
    confirm = {"ending_id": ending_id, "last_day": LAST_DAY, "by": town.officer, "at": IN_TIME}
    with pytest.raises(OrderRefused, match="not_confirmed"):
        order_changes.confirm_ending(Confirmation(), **confirm)
    order_changes.confirm_ending(CONFIRMED, **confirm)
    assert hours(town) == ["1.75"]  # 105 × 7 ÷ 7 = 105 minutes
    assert Order.objects.get().status == OrderStatus.ENDED
    with pytest.raises(endings.EndingAlreadyAnswered):
        order_changes.confirm_ending(CONFIRMED, **confirm)


def test_in_time_is_no_matter_for_billing(town, order_id):
    end(town, order_id, wish(), at=IN_TIME)
    assert not BillingCorrection.objects.exists()


def test_too_late_becomes_a_correction_that_names_each_month_its_hours_and_ore(town, order_id):
    end(town, order_id, wish(), at=TOO_LATE)
    correction = BillingCorrection.objects.get()
    assert correction.months == [
        {
            "month": "2022-11",
            "hours_before": "4.25",
            "hours_after": "1.75",
            "ore_before": 2040_00,
            "ore_after": 840_00,
        }
    ]
    thread = Thread.objects.get(kind=ThreadKind.CORRECTION)
    assert thread.participants.filter(mailbox__kind=MailboxKind.BILLING).exists()
    assert "november 2022: 4,25" in thread.messages.get().text


def test_a_late_change_that_nobody_weighed_is_refused(town, order_id):
    with pytest.raises(LateChange) as late:
        endings.end_order(
            wish(),
            CONFIRMED,
            order_id=order_id,
            expected_revision=revision(order_id),
            by=town.officer,
            at=TOO_LATE,
        )
    assert late.value.months == (NOVEMBER,)


def test_a_preview_is_the_figure_that_follows_and_writes_nothing(town, order_id):
    controller = actor(Role.AUTHORITY_MANAGER)
    plan = endings.ending_plan(Order.objects.get(), wish())
    for reader, amounts in ((town.officer, (None, None)), (controller, (2040_00, 840_00))):
        shown = two_sided_preview(Change(town.client_id, plan), by=reader, at=TOO_LATE)
        first = shown.months[0]
        assert (shown.frame_minutes_before, shown.frame_minutes_after) == (105, 0)
        assert (str(first.before.hours), str(first.after.hours), first.is_locked) == ("4.25", "1.75", True)
        ore = tuple(one.amount and one.amount.ore for one in (first.before, first.after))
        assert ore == amounts
    assert hours(town) == ["4.25"]


def test_put_into_effect_by_mistake_is_undone_when_it_never_was_performed(town, order_id):
    end(
        town,
        order_id,
        NewEnding(LAST_DAY, EndingReason.NEVER_STARTED),
        at=IN_TIME,
        confirmation=Confirmation(),
    )
    assert hours(town) == []
    assert Grant.objects.get().in_effect is None


def test_a_unit_may_mend_the_day_of_effect_and_late_goes_to_billing(town, order_id):
    order_changes.put_into_effect(
        {"ramtid": date(2022, 11, 21)}, order_id=order_id, by=town.coordinator, at=TOO_LATE
    )
    assert hours(town) == ["2.50"]
    assert BillingCorrection.objects.get().cause == "effect"


class TestDeath:
    def test_told_by_a_unit_reaches_authority_and_other_units_and_ends_the_orders(self, town, order_id):
        other = received(town, unit=town.other_unit)
        with scoped(town.coordinator):
            order_changes.report_death(
                client_id=town.client_id,
                died_on=LAST_DAY,
                unit_id=town.unit.pk,
                by=town.coordinator,
                at=IN_TIME,
            )
        assert set(Order.objects.values_list("status", flat=True)) == {"ended"}
        assert Client.objects.get().deceased_on == LAST_DAY
        sides = sorted(len(thread.unit_ids) for thread in Thread.objects.filter(kind=ThreadKind.DEATH))
        assert sides == [1, 1]
        told = Thread.objects.get(unit_ids=[town.other_unit.pk], kind=ThreadKind.DEATH).messages.get()
        assert told.author_name == "Myndigheten"  # who else serves the client is not theirs to know
        assert Ending.objects.filter(order_id=other).get().reason == EndingReason.DEATH
        assert hours(town) == ["1.75"]

    def test_told_by_the_authority_reaches_the_unit(self, town, order_id):
        order_changes.report_death(
            client_id=town.client_id, died_on=LAST_DAY, unit_id=None, by=town.officer, at=IN_TIME
        )
        assert Thread.objects.get(kind=ThreadKind.DEATH).unit_ids == [town.unit.pk]
        assert SYSTEM.is_system
