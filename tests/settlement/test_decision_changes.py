"""A decision in force changes and every order of it follows: grants, message and correction, or nothing."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.cases.models import Decision, EndingConfirmation, ExtentChange
from hemmavid.cases.operations import ending
from hemmavid.cases.operations.changing import ExtentRequest
from hemmavid.cases.operations.ending import Confirmed, Ending
from hemmavid.cases.operations.needs import NeedAtLevel
from hemmavid.lib.periods import Month, Period
from hemmavid.messages.models import Message, Thread, ThreadKind
from hemmavid.messages.operations import MessageRefused
from hemmavid.orders.models import BillingCorrection, Grant, Order, OrderKind, OrderStatus
from hemmavid.orders.operations import receiving
from hemmavid.orders.operations.endings import WouldLeaveGap
from hemmavid.orders.operations.sending import CallMissing
from hemmavid.orders.operations.versions import NewVersion
from hemmavid.reports.hours_statement import hours_statement
from hemmavid.rules.decision_needed import Change
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import OccasionsPer
from hemmavid.settlement import decision_changes, order_changes
from hemmavid.settlement.decision_changes import OrderCannotFollow
from tests.cases.thread import DRESSING, NOWHERE, RESPITE, Walk, walk
from tests.factories import PriceFactory, ProviderFactory, UnitFactory
from tests.orders.world import World, actor, received, sent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]

MAY, JUNE, JULY = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
MADE_AT = datetime(2026, 4, 22, 8, 0, tzinfo=UTC)
IN_TIME = datetime(2026, 5, 20, 8, 0, tzinfo=UTC)
THE_DAY_BEFORE = datetime(2026, 5, 31, 15, 0, tzinfo=UTC)
TOO_LATE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)
HIGHER = NeedAtLevel("pakladning", 3, 1, OccasionsPer.DAY, "morgon")
MESSAGE = "Påklädning är nivå 3."


@dataclass
class Running:
    """A decision made in a case, with an order at the municipal unit in effect from the first of May."""

    step: Walk
    world: World
    order_id: UUID = NOWHERE

    @property
    def decision(self) -> Decision:
        return Decision.objects.get(pk=self.world.decision.pk)

    @property
    def order(self) -> Order:
        return Order.objects.get(pk=self.order_id)

    def change(self, *, at: datetime = IN_TIME, **changed):
        asked = self.request(**changed)
        return decision_changes.change_extent(asked, self.decision.pk, self.step.seen, by=self.step.by, at=at)

    def request(self, **changed) -> ExtentRequest:
        values = {
            "change": Change.CHANGE_LEVEL,
            "life_area": LifeArea.PERSONAL_CARE,
            "valid_from": JUNE,
            "why": "Axeln är stel.",
            "has_need_changed": True,
            "message": MESSAGE,
            "granted_id": self.decision.needs.order_by("period").first().pk,
            "need": HIGHER,
            **changed,
        }
        return ExtentRequest(**values)

    def ending(self, **changed) -> Ending:
        values = {
            "last_day": date(2026, 5, 31),
            "why": "Klär sig själv.",
            "message": "Påklädning slutar.",
            "granted_ids": (self.decision.needs.get().pk,),
            "confirmed_how": "Ringde Elsa.",
            **changed,
        }
        return Ending(**values)

    def end(self, *, at: datetime = IN_TIME, **changed):
        return decision_changes.end_granted(
            self.ending(**changed), self.decision.pk, self.step.seen, by=self.step.by, at=at
        )

    def grants(self, intervention: str = "ramtid") -> list[tuple[int, Period]]:
        rows = Grant.objects.filter(intervention=intervention, withdrawn_at__isnull=True).order_by("period")
        return [
            (minutes, Period(days.lower, days.upper))
            for minutes, days in rows.values_list("minutes", "period")
        ]

    def stored(self) -> tuple[object, ...]:
        """Everything a change may write, to see that nothing was."""
        return (
            list(Grant.objects.order_by("pk").values()),
            list(self.decision.needs.order_by("pk").values()),
            list(Order.objects.order_by("pk").values()),
            ExtentChange.objects.count(),
            EndingConfirmation.objects.count(),
            Message.objects.count(),
            BillingCorrection.objects.count(),
            self.step.case.revision,
        )


@pytest.fixture
def decided() -> Running:
    """Decided, and nothing ordered yet."""
    PriceFactory(kind="municipal", base_ore=480_00)
    PriceFactory(kind="private", base_ore=500_00)
    step = walk().applied().assessed(DRESSING, outside=(RESPITE,))
    unit = UnitFactory(provider=ProviderFactory(municipal=True), name="Team Väst")
    other = UnitFactory(name="Enhet Björken")
    coordinator = actor(Role.COORDINATOR, unit, "Sam Ordnare")
    other_coordinator = actor(Role.COORDINATOR, other, "Kim Björk")
    made = World(step.decided(), unit, other, step.by, coordinator, other_coordinator)
    return Running(step, made)


@pytest.fixture
def running(decided) -> Running:
    """Ordered, received, and in effect since the first of May."""
    order_id = received(decided.world, starts_on=MAY, at=MADE_AT)
    effects = {"ramtid": MAY, "avlosning": MAY}
    receiving.put_into_effect(effects, order_id=order_id, by=decided.world.coordinator, at=IN_TIME)
    return replace(decided, order_id=order_id)


def hours(month: Month) -> dict[str, Decimal]:
    """The month's payable hours by intervention, as the hours statement has them."""
    view = hours_statement(month=month, by=SYSTEM)
    return {row.intervention: row.payable_hours for row in view.rows}


def thread() -> Thread:
    return Thread.objects.get(kind=ThreadKind.CHANGE)


class TestAChangeOfExtent:
    def test_moves_the_hours_statement_from_that_day_and_not_before(self, running):
        before = {month: hours(month) for month in (Month(2026, 5), Month(2026, 6))}
        running.change(valid_from=date(2026, 6, 16))
        assert hours(Month(2026, 5)) == before[Month(2026, 5)]
        june = hours(Month(2026, 6))
        assert june["ramtid"] > before[Month(2026, 6)]["ramtid"]
        assert june["avlosning"] == before[Month(2026, 6)]["avlosning"]
        assert hours(Month(2026, 7))["ramtid"] > june["ramtid"]

    def test_gives_other_grants_from_the_day_in_effect_as_before(self, running):
        [(minutes, whole)] = running.grants()
        running.change()
        assert [days for _, days in running.grants()] == [Period(MAY, JUNE), Period(JUNE, whole.end)]
        assert running.grants()[0][0] == minutes < running.grants()[1][0]
        assert {row.in_effect for row in Grant.objects.all()} == {row.period for row in Grant.objects.all()}

    def test_tells_the_unit_in_the_officers_words_and_what_differs(self, running):
        carried = running.change()
        assert [(one.unit, one.order_id) for one in carried.told] == [("Team Väst", running.order_id)]
        assert thread().about_id == running.order_id
        assert thread().unit_ids == [running.world.unit.pk]
        text = thread().messages.get().text
        assert text.startswith(MESSAGE)
        assert "Ramtid: tidigare ”Ramtid:" in text
        assert "nivå 3" in text
        assert "Axeln är stel" not in text  # the reason is the authority's

    def test_in_time_needs_no_correction(self, running):
        assert running.change().corrections == 0
        assert not BillingCorrection.objects.exists()

    def test_back_into_a_locked_month_becomes_a_correction_for_billing(self, running):
        before = hours(Month(2026, 6))["ramtid"]
        assert running.change(at=TOO_LATE).corrections == 1
        correction = BillingCorrection.objects.get()
        assert (correction.order_id, correction.cause) == (running.order_id, "version")
        [june] = correction.months
        assert june["month"] == "2026-06"
        assert Decimal(june["hours_after"]) > Decimal(june["hours_before"])
        assert hours(Month(2026, 6))["ramtid"] > before

    def test_says_nothing_to_a_unit_that_it_does_not_concern(self, running):
        with_night = ExtentRequest(
            Change.ADD_INTERVENTION, LifeArea.PERSONAL_CARE, MAY, "Orolig om natten.", has_need_changed=True,
            message="Nattillsyn.",
            timed=replace(RESPITE, life_area=LifeArea.PERSONAL_CARE, intervention="natthjalp"),
        )  # fmt: skip
        decision_changes.change_extent(
            with_night, running.decision.pk, running.step.seen, by=running.step.by, at=IN_TIME
        )
        assert not Thread.objects.filter(kind=ThreadKind.CHANGE).exists()
        night = received(running.world, starts_on=JULY, kind=OrderKind.NIGHT, at=IN_TIME)
        told = running.change(valid_from=JULY).told
        assert running.order_id in {one.order_id for one in told}
        assert night not in {one.order_id for one in told}

    def test_of_a_decision_that_is_not_ordered_is_made_and_tells_nobody(self, decided):
        assert decided.change().told == ()
        assert decided.decision.needs.count() == 2

    def test_of_time_before_a_change_already_made_keeps_the_later(self, running):
        first = running.decision.outside.get()
        asked = {
            "change": Change.CHANGE_OUTSIDE_TIME, "life_area": LifeArea.SUPPORT_OF_CARER,
            "granted_id": first.pk, "need": None,
        }  # fmt: skip
        running.change(**asked, valid_from=JULY, timed=replace(RESPITE, minutes=180))
        running.change(**asked, valid_from=JUNE, timed=replace(RESPITE, minutes=150))
        end = running.decision.period.upper
        assert running.grants("avlosning") == [
            (120, Period(MAY, JUNE)), (150, Period(JUNE, JULY)), (180, Period(JULY, end)),
        ]  # fmt: skip

    def test_of_a_level_before_an_ending_already_made_keeps_the_ending_in_a_new_version_too(self, running):
        running.end(granted_ids=(running.decision.outside.get().pk,), last_day=date(2026, 6, 30))
        running.change(valid_from=JUNE)
        new = NewVersion(date(2026, 6, 2), "Nytt mål.", "Ring först.")
        order_changes.send_version(
            new, order_id=running.order_id, expected_revision=running.order.revision, by=running.step.by,
            at=IN_TIME,
        )  # fmt: skip
        assert running.grants("avlosning") == [(120, Period(MAY, JULY))]

    def test_leaves_a_part_that_ended_in_the_order_alone(self, running):
        rows = Grant.objects.filter(intervention="avlosning")
        rows.update(period=(MAY, date(2026, 5, 10)), in_effect=(MAY, date(2026, 5, 10)))
        running.change()
        assert running.grants("avlosning")[0][1] == Period(MAY, date(2026, 5, 10))


class TestAnOrderOnItsWay:
    @pytest.fixture
    def on_its_way(self, decided) -> Running:
        order_id = sent(decided.world, starts_on=date(2026, 7, 1), at=MADE_AT)
        return replace(decided, order_id=order_id)

    def test_is_sent_anew_and_told_so_that_what_is_received_is_what_holds(self, on_its_way):
        on_its_way.change()
        newest = on_its_way.order.versions.latest("number")
        assert (newest.number, newest.reason, newest.valid_from) == (2, MESSAGE, JULY)
        assert thread().messages.get().text == MESSAGE
        receiving.acknowledge_order(order_id=on_its_way.order_id, by=on_its_way.world.coordinator, at=IN_TIME)
        [(minutes, days)] = on_its_way.grants()
        assert minutes == newest.content["frame_minutes_per_week"]
        assert days.start == JULY

    def test_that_starts_too_soon_without_a_call_refuses_the_whole(self, on_its_way):
        before = on_its_way.stored()
        with pytest.raises(OrderCannotFollow) as refusal:
            on_its_way.change(at=datetime(2026, 6, 30, 15, 0, tzinfo=UTC))
        assert isinstance(refusal.value.because, CallMissing)
        assert on_its_way.stored() == before

    def test_of_a_decision_that_ends_is_not_to_be_received(self, on_its_way):
        on_its_way.end(granted_ids=())
        assert on_its_way.order.status == OrderStatus.ENDED


class TestNothingIsStored:
    @pytest.fixture
    def two(self, decided) -> Running:
        """One order on its way that starts tomorrow, and a later one that is received."""
        first = sent(decided.world, starts_on=JUNE, at=MADE_AT)
        received(decided.world, starts_on=MAY, unit=decided.world.other_unit, at=MADE_AT)
        return replace(decided, order_id=first)

    def test_when_the_second_of_two_orders_refuses(self, two):
        before = two.stored()
        with pytest.raises(OrderCannotFollow) as refusal:
            two.change(at=THE_DAY_BEFORE)
        assert isinstance(refusal.value.because, CallMissing)
        assert (refusal.value.code, refusal.value.unit) == (two.order.code, "Team Väst")
        assert two.stored() == before

    def test_by_a_preview_that_an_order_refuses(self, two):
        before = two.stored()
        with pytest.raises(OrderCannotFollow):
            decision_changes.preview_extent(
                two.request(), two.decision.pk, two.step.seen, by=two.step.by, at=THE_DAY_BEFORE
            )
        assert two.stored() == before

    def test_when_the_message_does_not_fit(self, running):
        before = running.stored()
        with pytest.raises(OrderCannotFollow) as refusal:
            running.change(message="m" * 8001)
        assert isinstance(refusal.value.because, MessageRefused)
        assert running.stored() == before

    def test_when_another_unit_is_on_its_way_to_take_over(self, running):
        Order.objects.filter(pk=running.order_id).update(kind=OrderKind.NIGHT)
        next_id = sent(running.world, starts_on=JULY, unit=running.world.other_unit, at=MADE_AT)
        Order.objects.filter(pk=next_id).update(replaces=running.order_id, decision=None)
        Order.objects.filter(pk=running.order_id).update(kind=OrderKind.HOME_CARE)
        before = running.stored()
        with pytest.raises(OrderCannotFollow) as refusal:
            running.end(granted_ids=())
        assert isinstance(refusal.value.because, WouldLeaveGap)
        assert running.stored() == before

    def test_by_a_preview(self, running):
        before = running.stored()
        preview = decision_changes.preview_extent(
            running.request(why="", message=""), running.decision.pk, running.step.seen,
            by=running.step.by, at=IN_TIME,
        )  # fmt: skip
        assert running.stored() == before
        assert preview.frame_minutes_after > preview.frame_minutes_before == running.grants()[0][0]
        [june] = [row for row in preview.months if row.month == Month(2026, 6)]
        assert june.hours_difference > 0
        assert not preview.shows_kronor  # the officer sees hours


class TestAnEnding:
    def test_of_a_part_leaves_the_order_running_with_the_rest(self, running):
        running.end()
        assert running.order.status == OrderStatus.IN_EFFECT
        assert [days for _, days in running.grants()] == [Period(MAY, JUNE)]
        assert running.grants("avlosning")[0][1].end == running.decision.period.upper
        assert "Påklädning slutar." in thread().messages.get().text

    def test_of_the_whole_decision_ends_the_order_and_tells_the_unit(self, running):
        running.end(granted_ids=())
        assert (running.order.status, running.order.ends_on) == (OrderStatus.ENDED, JUNE)
        assert {days.end for _, days in (*running.grants(), *running.grants("avlosning"))} == {JUNE}
        told = Thread.objects.get(kind=ThreadKind.ENDING)
        assert "Påklädning slutar." in told.messages.get().text

    def test_with_a_long_message_tells_all_of_it(self, running):
        running.end(granted_ids=(), message="Tack! " * 200)
        assert thread().messages.get().text == ("Tack! " * 200).strip()

    def test_after_the_month_is_locked_corrects_it(self, running):
        assert running.end(at=TOO_LATE, last_day=date(2026, 6, 10)).corrections == 1
        correction = BillingCorrection.objects.get()
        assert correction.cause == "ending"
        assert [one["month"] for one in correction.months] == ["2026-06"]

    def test_reaches_the_days_that_an_order_already_over_still_covers(self, running):
        running.world.decision.refresh_from_db()
        Order.objects.filter(pk=running.order_id).update(status=OrderStatus.ENDED, ends_on=JULY)
        for row in Grant.objects.all():
            row.period = row.in_effect = (MAY, JULY)
            row.save()
        running.change()
        assert [days for _, days in running.grants()] == [Period(MAY, JUNE), Period(JUNE, JULY)]
        assert running.grants("avlosning")[0][1] == Period(MAY, JULY)
        assert running.order.status == OrderStatus.ENDED


class TestAnEndingToConfirm:
    def ask(self, running) -> UUID:
        asked = running.ending(confirmed_how="")
        return ending.ask_to_end(
            asked, running.decision.pk, running.step.seen, by=running.step.by, at=IN_TIME
        )

    def test_reaches_no_unit_until_it_is_confirmed_and_then_as_any_other(self, running):
        task_id = self.ask(running)
        assert len(running.grants()) == 1
        assert running.grants()[0][1].end == running.decision.period.upper
        assert not Thread.objects.filter(kind=ThreadKind.CHANGE).exists()
        how = Confirmed(date(2026, 7, 6), "Ringde Elsa.")
        carried = decision_changes.confirm_ending(
            how, task_id, running.step.seen, by=running.step.by, at=TOO_LATE
        )
        assert [one.unit for one in carried.told] == ["Team Väst"]
        assert carried.corrections == 1
        assert [days for _, days in running.grants()] == [Period(MAY, JUNE)]
        assert "Påklädning slutar." in thread().messages.get().text

    def test_shows_what_it_would_do(self, running):
        preview = decision_changes.preview_ending(
            replace(running.ending(confirmed_how=""), why="", message=""), running.decision.pk,
            running.step.seen, by=running.step.by, at=IN_TIME,
        )  # fmt: skip
        assert preview.frame_minutes_after == 0
        assert len(running.grants()) == 1
