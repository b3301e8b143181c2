"""What a change that reaches back shows before it is made, and what billing must correct afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hemmavid.access.roles import Role
from hemmavid.orders.grant_plan import GrantPlan
from hemmavid.orders.models import BillingCorrection, EndingReason, Grant, Order
from hemmavid.orders.operations import endings, receiving
from hemmavid.orders.operations.endings import Confirmation, NewEnding
from hemmavid.organisations.models import Price
from hemmavid.rules.parameter_files import ParameterNotDefined
from hemmavid.settlement import order_changes
from hemmavid.settlement.previews import Change, TwoSidedPreview, two_sided_preview
from tests.factories import PriceFactory
from tests.factories.cases import FrameTimeSnapshotFactory
from tests.orders.world import AT, STARTS_ON, World, actor, received, revision, world

pytestmark = pytest.mark.django_db
IN_TIME = datetime(2022, 12, 4, 22, 59, tzinfo=UTC)
TOO_LATE = datetime(2022, 12, 4, 23, 1, tzinfo=UTC)
LAST_DAY = date(2022, 11, 20)
CONFIRMED = Confirmation("Elsa", "telefon", date(2022, 12, 1))
WISH = NewEnding(LAST_DAY, EndingReason.WISH)


@pytest.fixture
def town(as_system) -> World:
    PriceFactory(kind="municipal", base_ore=480_00)
    PriceFactory(kind="private", base_ore=500_00)
    return world()


def in_effect(town: World, **fields):
    order_id = received(town, **fields)
    by = town.other_coordinator if fields.get("unit") else town.coordinator
    receiving.put_into_effect({"ramtid": STARTS_ON}, order_id=order_id, by=by, at=AT + timedelta(days=7))
    return order_id


def ending_plan(order_id) -> GrantPlan:
    return endings.ending_plan(Order.objects.get(pk=order_id), WISH)


def shown(town: World, plan: GrantPlan, **fields) -> TwoSidedPreview:
    change = Change(town.client_id, plan, **fields)
    return two_sided_preview(change, by=actor(Role.AUTHORITY_MANAGER), at=TOO_LATE)


class TestPreview:
    def test_tells_the_differences_in_hours_and_kronor_and_what_is_locked(self, town):
        preview = shown(town, ending_plan(in_effect(town)))
        first = preview.months[0]
        assert (str(first.hours_difference), first.amount_difference.ore) == ("-2.50", -1200_00)
        assert preview.shows_kronor
        assert preview.has_locked
        assert len(first.explanation) == 2

    def test_tells_hours_alone_where_no_price_is_in_force(self, town):
        plan = ending_plan(in_effect(town))
        Price.objects.filter(kind="municipal").update(valid_from=date(2030, 1, 1))
        preview = shown(town, plan)
        assert not preview.shows_kronor
        assert preview.months[0].amount_difference is None

    def test_leaves_out_a_unit_that_the_change_does_not_touch(self, town):
        plan = ending_plan(in_effect(town))
        in_effect(town, unit=town.other_unit)
        assert {row.unit for row in shown(town, plan).months} == {"Team Väst"}

    def test_a_day_of_death_stops_the_time_from_the_day_after(self, town):
        in_effect(town)
        preview = shown(town, GrantPlan(LAST_DAY + timedelta(days=1)), deceased_on=LAST_DAY)
        assert [str(row.after.hours) for row in preview.months] == ["1.75", "0.00"]

    def test_what_is_not_in_effect_is_frame_time_and_no_pay(self, town):
        received(town)
        preview = shown(town, GrantPlan(LAST_DAY))
        assert (preview.frame_minutes_before, preview.frame_minutes_after) == (105, 105)
        assert preview.months == ()

    def test_a_day_long_ago_comes_to_an_end(self, town):
        plan = replace(ending_plan(in_effect(town)), from_day=date(2010, 1, 1))
        assert shown(town, plan).months == ()

    def test_a_day_before_the_rules_begin_is_an_error_that_names_the_rule(self, town):
        plan = replace(ending_plan(in_effect(town)), from_day=date(1999, 6, 1))
        with pytest.raises(ParameterNotDefined, match=r"lock\.day"):
            shown(town, plan)


class TestCorrection:
    def test_only_the_unit_whose_month_changes_gets_one(self, town):
        order_id = in_effect(town)
        in_effect(town, unit=town.other_unit)
        order_changes.end_order(
            WISH,
            CONFIRMED,
            order_id=order_id,
            expected_revision=revision(order_id),
            by=town.officer,
            at=TOO_LATE,
        )
        assert [one.unit_id for one in BillingCorrection.objects.order_by("pk")] == [town.unit.pk]

    def test_a_month_that_had_nothing_before_is_counted_from_nothing(self, town):
        order_id = received(town)
        order_changes.put_into_effect(
            {"ramtid": STARTS_ON}, order_id=order_id, by=town.coordinator, at=TOO_LATE
        )
        [month] = BillingCorrection.objects.get().months
        assert (month["hours_before"], month["hours_after"], month["ore_before"]) == ("0.00", "4.25", 0)

    def test_a_death_told_late_by_one_unit_corrects_both_and_neither_learns_of_the_other(self, town):
        in_effect(town)
        in_effect(town, unit=town.other_unit)
        order_changes.report_death(
            client_id=town.client_id,
            died_on=LAST_DAY,
            unit_id=town.unit.pk,
            by=town.coordinator,
            at=TOO_LATE,
        )
        registered = dict(BillingCorrection.objects.values_list("unit_id", "registered_by_name"))
        assert registered == {town.unit.pk: "Sam Ordnare", town.other_unit.pk: "Myndigheten"}

    def test_a_change_without_an_order_is_made_with_its_message(self, town):
        order_id = in_effect(town)
        FrameTimeSnapshotFactory(
            decision=town.decision,
            valid_from=date(2022, 12, 5),
            minutes_per_week=210,
            whole_minutes_per_week=210,
        )
        order_changes.change_without_order(
            order_id=order_id,
            valid_from=date(2022, 12, 5),
            message="Ramtiden ökar.",
            expected_revision=revision(order_id),
            by=town.officer,
            at=IN_TIME,
        )
        assert sorted(Grant.objects.values_list("minutes", flat=True)) == [105, 210]
        assert not BillingCorrection.objects.exists()
