"""Another provider, the discharge team, several recipients: each day is paid to whoever performs it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models.decision import Kind
from hemmavid.cases.queries import order_basis
from hemmavid.lib.clock import day_start
from hemmavid.orders.building import content_of, recipients_of
from hemmavid.orders.models import (
    ChangeStatus,
    Grant,
    HandoverItem,
    HandoverKind,
    Order,
    OrderKind,
    OrderStatus,
    ProviderChange,
)
from hemmavid.orders.operations import endings, leading, moving, receiving, sending
from hemmavid.orders.operations.endings import Confirmation, NewEnding
from hemmavid.orders.operations.leading import NewConsent
from hemmavid.orders.operations.moving import NewChange, NewMove
from hemmavid.orders.operations.order_rows import OrderRefused
from hemmavid.orders.operations.sending import OnlyTheMunicipality
from hemmavid.orders.provider_list import likely_next_unit
from tests.factories import UnitFactory
from tests.factories.cases import DecisionFactory, GrantedAreaFactory, GrantedOutsideFactory
from tests.orders.world import AT, STARTS_ON, accepted, actor, received, revision, world

pytestmark = pytest.mark.django_db
CHANGE_ON = date(2022, 12, 1)
SOON = AT + timedelta(days=14)


@pytest.fixture
def town(as_system):
    return world()


@pytest.fixture
def order_id(town):
    found = received(town)
    receiving.put_into_effect(
        {"ramtid": STARTS_ON}, order_id=found, by=town.coordinator, at=AT + timedelta(days=7)
    )
    return found


def change(town, order_id, **fields):
    new = NewChange(town.other_unit.pk, CHANGE_ON, date(2022, 11, 18), "Elsa", **fields)
    change_id = moving.change_provider(new, order_id=order_id, by=town.officer, at=SOON)
    following = ProviderChange.objects.get(pk=change_id).next_order
    accepted(town, following.pk, by=town.other_coordinator, at=SOON)
    sending.send_order(
        order_id=following.pk, expected_revision=revision(following.pk), by=town.officer, at=SOON
    )
    return change_id, following.pk


def days_at(unit) -> list[tuple[date, date | None]]:
    rows = Grant.objects.filter(unit=unit, in_effect__isnull=False).order_by("period")
    return [(row.in_effect.lower, row.in_effect.upper) for row in rows]


class TestChangeOfProvider:
    def test_the_leaving_unit_performs_until_the_next_has_receipted(self, town, order_id):
        change(town, order_id)
        with pytest.raises(endings.WouldLeaveGap):
            endings.end_order(
                NewEnding(date(2022, 11, 30), endings.EndingReason.WISH),
                Confirmation("Elsa", "telefon", date(2022, 11, 21)),
                order_id=order_id,
                expected_revision=revision(order_id),
                by=town.officer,
                at=SOON,
            )
        assert days_at(town.unit) == [(STARTS_ON, date(2023, 11, 1))]

    def test_from_the_receipt_each_day_is_paid_to_whoever_performs(self, town, order_id):
        change_id, following = change(town, order_id)
        with scoped(town.other_coordinator):
            receiving.acknowledge_order(order_id=following, by=town.other_coordinator, at=SOON)
        assert days_at(town.unit) == [(STARTS_ON, CHANGE_ON)]
        assert days_at(town.other_unit) == [(CHANGE_ON, date(2023, 11, 1))]
        assert Order.objects.get(pk=order_id).status == OrderStatus.ENDED
        assert ProviderChange.objects.get(pk=change_id).done_on == CHANGE_ON

    def test_a_late_receipt_moves_the_day(self, town, order_id):
        _, following = change(town, order_id)
        late = datetime(2022, 12, 5, 9, 0, tzinfo=UTC)
        receiving.acknowledge_order(order_id=following, by=town.other_coordinator, at=late)
        assert days_at(town.unit) == [(STARTS_ON, date(2022, 12, 5))]
        assert days_at(town.other_unit)[0][0] == date(2022, 12, 5)

    def test_no_choice_means_the_municipality(self, town, order_id):
        with pytest.raises(OrderRefused, match="no_choice_is_municipal"):
            change(town, order_id, is_chosen=False)

    def test_is_not_closed_while_a_key_is_neither_receipted_nor_explained(self, town, order_id):
        change_id, following = change(town, order_id)
        receiving.acknowledge_order(order_id=following, by=town.other_coordinator, at=SOON)
        for item in HandoverItem.objects.exclude(kind="keys"):
            moving.explain_item(item_id=item.pk, reason="Finns inte.", by=town.coordinator, at=SOON)
        key = HandoverItem.objects.get(kind="keys")
        with pytest.raises(OrderRefused, match="not_given_yet"):
            moving.sign_item(item_id=key.pk, by=town.other_coordinator, at=SOON)
        with pytest.raises(moving.HandoverNotReceipted) as missing:
            moving.close_change(change_id=change_id, by=town.officer, at=SOON)
        assert missing.value.kinds == ("Nycklar",)
        moving.sign_item(item_id=key.pk, by=town.coordinator, at=SOON)
        moving.sign_item(item_id=key.pk, by=town.other_coordinator, at=SOON)
        moving.close_change(change_id=change_id, by=town.officer, at=SOON)
        assert ProviderChange.objects.get().status == ChangeStatus.CLOSED


class TestTheDischargeTeam:
    @pytest.fixture
    def team(self, town):
        return UnitFactory(provider=town.unit.provider, name="Hemgångsteamet")

    def move(self, town, order_id, team, **fields):
        new = NewMove(
            team.pk,
            OrderKind.DISCHARGE_TEAM,
            fields.pop("handover_at", day_start(CHANGE_ON) + timedelta(hours=8)),
            fields.pop("told_at", SOON),
            HandoverKind.ORDINARY,
            **fields,
        )
        return moving.move_order(
            new, order_id=order_id, expected_revision=revision(order_id), by=town.officer, at=SOON
        )

    def test_takes_over_and_gives_back_with_pay_by_the_day(self, town, order_id, team):
        lead = actor(Role.COORDINATOR, team)
        moved = self.move(town, order_id, team, planned_return_on=date(2022, 12, 15))
        receiving.acknowledge_order(order_id=moved, by=lead, at=SOON)
        assert days_at(town.unit) == [(STARTS_ON, CHANGE_ON)]
        back = NewMove(
            town.unit.pk,
            OrderKind.HOME_CARE,
            day_start(date(2022, 12, 15)),
            datetime(2022, 12, 12, 8, 0, tzinfo=UTC),
            HandoverKind.ORDINARY,
        )
        returned = moving.move_order(
            back, order_id=moved, expected_revision=revision(moved), by=town.officer, at=back.told_at
        )
        receiving.acknowledge_order(order_id=returned, by=town.coordinator, at=back.told_at)
        assert days_at(team) == [(CHANGE_ON, date(2022, 12, 15))]
        assert days_at(town.unit) == [(STARTS_ON, CHANGE_ON), (date(2022, 12, 15), date(2023, 11, 1))]

    def test_told_too_late_needs_the_first_case_officer(self, town, order_id, team):
        late = day_start(CHANGE_ON)
        with pytest.raises(moving.LateHandover):
            self.move(town, order_id, team, told_at=late)
        self.move(town, order_id, team, told_at=late, first_case_officer="Fia Först")

    def test_goes_by_the_new_decision_when_one_follows_the_simplified(self, town, order_id, team):
        new = DecisionFactory(client=town.decision.client, case=town.decision.case)
        GrantedAreaFactory(decision=new)
        GrantedOutsideFactory(decision=new, intervention="hemgangsteam", life_area="personal_care")
        moved = self.move(town, order_id, team, decision_id=new.pk)
        assert Order.objects.get(pk=moved).decision == new

    def test_never_goes_by_the_decision_of_somebody_else(self, town, order_id, team):
        stranger = DecisionFactory()
        with pytest.raises(OrderRefused, match="other_decision"):
            self.move(town, order_id, team, decision_id=stranger.pk)

    def test_is_offered_where_the_team_was_last_and_back_where_the_order_came_from(
        self, town, order_id, team
    ):
        assert likely_next_unit(order_id, OrderKind.DISCHARGE_TEAM, by=town.officer) is None
        moved = self.move(town, order_id, team)
        assert likely_next_unit(order_id, OrderKind.DISCHARGE_TEAM, by=town.officer) == team.pk
        assert likely_next_unit(moved, OrderKind.HOME_CARE, by=town.officer) == town.unit.pk


class TestSeveralRecipients:
    @pytest.fixture
    def discharge(self, town):
        decision = DecisionFactory(kind=Kind.SIMPLIFIED, client=town.decision.client, case=town.decision.case)
        for code, area in (
            ("hemgangsteam", "personal_care"),
            ("natthjalp", "sense_of_safety"),
            ("trygghetslarm", "sense_of_safety"),
        ):
            GrantedOutsideFactory(decision=decision, intervention=code, life_area=area)
        GrantedAreaFactory(decision=decision)
        return decision

    def test_each_has_an_order_of_its_own_and_sees_only_its_part(self, town, discharge):
        basis = order_basis(discharge.pk, on=STARTS_ON, by=town.officer)
        kinds = recipients_of(basis)
        assert set(kinds) == {OrderKind.DISCHARGE_TEAM, OrderKind.ALARM, OrderKind.NIGHT}
        parts = {
            kind: {one.code for one in content_of(basis, kind, from_day=STARTS_ON, other="").interventions}
            for kind in kinds
        }
        assert parts == {
            OrderKind.DISCHARGE_TEAM: {"hemgangsteam"},
            OrderKind.ALARM: {"trygghetslarm"},
            OrderKind.NIGHT: {"natthjalp"},
        }

    def test_night_help_is_the_municipalitys_own(self, town, discharge):
        new = sending.NewOrder(discharge.pk, town.other_unit.pk, STARTS_ON, OrderKind.NIGHT)
        with pytest.raises(OnlyTheMunicipality):
            sending.draft_order(new, by=town.officer, at=AT)


class TestCoordination:
    def test_units_write_to_each_other_only_within_a_recorded_consent(self, town, order_id):
        other = received(town, unit=town.other_unit)
        with pytest.raises(OrderRefused, match="no_end"):
            leading.record_consent(
                NewConsent("Maten", CHANGE_ON, CHANGE_ON),
                order_id=order_id,
                other_order_id=other,
                by=town.officer,
                at=SOON,
            )
        consent_id = leading.record_consent(
            NewConsent("Samordna maten", date(2022, 11, 20), CHANGE_ON),
            order_id=order_id,
            other_order_id=other,
            by=town.officer,
            at=SOON,
        )
        write = {"consent_id": consent_id, "order_id": order_id, "text": "Vi lagar på tisdag.", "at": SOON}
        with scoped(town.coordinator):
            leading.write_to_other_unit(**write, by=town.coordinator)
        leading.withdraw_consent(consent_id=consent_id, by=town.officer, at=SOON)
        with scoped(town.coordinator), pytest.raises(leading.NoConsent):
            leading.write_to_other_unit(**write, by=town.coordinator)

    def test_the_unit_of_personal_care_leads_unless_overruled(self, town, order_id):
        assert Order.objects.get(is_lead=True).pk == order_id
        other = received(town, unit=town.other_unit)
        leading.choose_lead(order_id=other, by=town.officer, at=SOON)
        assert Order.objects.get(is_lead=True).pk == other
