"""Accounts and roles are given and ended by somebody else, and nothing is forgotten."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from hemmavid.access import operations, queries
from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.operations import NewRole, NewUser
from hemmavid.access.roles import Role
from tests.factories import RoleAssignmentFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)
PASSWORD = "tre ord utan samband"
CONTROLLER = NewRole(Role.CONTROLLER, None, TODAY)


@pytest.fixture
def administrator() -> Actor:
    return Actor(uuid4(), "Robin", (Assignment(Role.SYSTEM_ADMINISTRATOR),))


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.SYSTEM_ADMINISTRATOR])
def test_only_a_system_administrator_administers(role):
    user = UserFactory()
    somebody = Actor(uuid4(), "Robin", (Assignment(role, None),))
    for attempt in (
        lambda: operations.create_user(NewUser("ny", "Ny", PASSWORD), by=somebody),
        lambda: operations.give_role(CONTROLLER, user_id=user.pk, by=somebody),
        lambda: operations.give_password(user_id=user.pk, password=PASSWORD, by=somebody, is_temporary=True),
        lambda: operations.end_user(user_id=user.pk, by=somebody, at=AT),
        lambda: operations.end_role(assignment_id=uuid4(), by=somebody, at=AT),
        lambda: queries.accounts(by=somebody),
        lambda: queries.account(user_id=user.pk, by=somebody),
        lambda: queries.holder_of(assignment_id=uuid4(), by=somebody),
    ):
        with pytest.raises(Denied):
            attempt()


class TestCreateUser:
    def test_makes_an_account_without_rights(self, administrator):
        user = operations.create_user(NewUser("kim", "Kim Vår", PASSWORD), by=administrator)
        assert user.check_password(PASSWORD)
        assert queries.actor_of(user, on=TODAY).roles == frozenset()

    def test_refuses_a_name_that_is_taken_whatever_its_case(self):
        UserFactory(username="kim")
        with pytest.raises(operations.UsernameTaken):
            operations.create_user(NewUser("KIM", "Kim Vår", PASSWORD), by=SYSTEM)

    @pytest.mark.parametrize("password", ["kort", "lösenordet", "password1234", "kimkimkimkim"])
    def test_refuses_a_weak_password_with_reasons(self, password):
        with pytest.raises(operations.PasswordRefused) as refusal:
            operations.create_user(NewUser("kimkimkimkim", "Kim Vår", password), by=SYSTEM)
        assert refusal.value.reasons
        assert not User.objects.exists()


class TestGiveRole:
    def test_holds_from_its_first_day_through_its_last(self, administrator):
        unit, user = UnitFactory(), UserFactory()
        new = NewRole(Role.COORDINATOR, unit.pk, date(2026, 12, 1), date(2026, 12, 24))
        operations.give_role(new, user_id=user.pk, by=administrator)
        held = [
            bool(queries.actor_of(user, on=date(2026, month, day)).roles)
            for month, day in ((11, 30), (12, 1), (12, 24), (12, 25))
        ]
        assert held == [False, True, True, False]

    def test_is_never_given_by_its_holder(self, administrator):
        user = UserFactory(id=administrator.user_id)
        with pytest.raises(operations.SelfAdministration):
            operations.give_role(CONTROLLER, user_id=user.pk, by=administrator)

    def test_of_a_unit_has_one_and_of_the_municipality_has_none(self):
        user, unit = UserFactory(), UnitFactory()
        for wrong in (NewRole(Role.COORDINATOR, None, TODAY), NewRole(Role.CONTROLLER, unit.pk, TODAY)):
            with pytest.raises(operations.RoleNeedsUnit):
                operations.give_role(wrong, user_id=user.pk, by=SYSTEM)

    def test_refuses_an_end_before_the_start(self):
        new, user = NewRole(Role.CONTROLLER, None, TODAY, date(2026, 11, 23)), UserFactory()
        with pytest.raises(operations.PeriodEmpty):
            operations.give_role(new, user_id=user.pk, by=SYSTEM)

    def test_is_held_once_at_a_time_and_can_be_given_again_after_its_end(self):
        user = UserFactory()
        assignment = operations.give_role(CONTROLLER, user_id=user.pk, by=SYSTEM)
        with pytest.raises(operations.RoleAlreadyHeld):
            operations.give_role(CONTROLLER, user_id=user.pk, by=SYSTEM)
        operations.end_role(assignment_id=assignment.pk, by=SYSTEM, at=AT)
        operations.give_role(CONTROLLER, user_id=user.pk, by=SYSTEM)
        assert queries.actor_of(user, on=TODAY).roles == {Role.CONTROLLER}


class TestEnd:
    def test_a_role_stops_at_once_and_stays_on_record(self, administrator):
        held = RoleAssignmentFactory()
        operations.end_role(assignment_id=held.pk, by=administrator, at=AT)
        assert queries.actor_of(held.user, on=TODAY).roles == frozenset()
        row = queries.account(user_id=held.user_id, by=administrator).roles[0]
        assert row.ended_at == AT
        assert not row.holds_on(TODAY)

    def test_a_role_is_not_ended_twice_nor_by_its_holder(self, administrator):
        held = RoleAssignmentFactory()
        operations.end_role(assignment_id=held.pk, by=SYSTEM, at=AT)
        with pytest.raises(operations.AlreadyEnded):
            operations.end_role(assignment_id=held.pk, by=SYSTEM, at=AT)
        own = RoleAssignmentFactory(user=UserFactory(id=administrator.user_id))
        with pytest.raises(operations.SelfAdministration):
            operations.end_role(assignment_id=own.pk, by=administrator, at=AT)

    def test_an_account_ends_with_all_its_roles_and_its_password(self, administrator):
        held = RoleAssignmentFactory()
        operations.end_user(user_id=held.user_id, by=administrator, at=AT)
        user = User.objects.get(pk=held.user_id)
        assert not user.is_active
        assert not user.has_usable_password()
        assert not RoleAssignment.objects.in_force_on(TODAY).exists()

    def test_an_ended_account_is_left_alone(self):
        user = UserFactory(is_active=False)
        for attempt in (
            lambda: operations.end_user(user_id=user.pk, by=SYSTEM, at=AT),
            lambda: operations.give_role(CONTROLLER, user_id=user.pk, by=SYSTEM),
            lambda: operations.give_password(
                user_id=user.pk, password=PASSWORD, by=SYSTEM, is_temporary=True
            ),
        ):
            with pytest.raises(operations.AlreadyEnded):
                attempt()


def test_a_temporary_password_is_replaced_by_ones_own():
    user = UserFactory()
    operations.give_password(user_id=user.pk, password=PASSWORD, by=SYSTEM, is_temporary=True)
    user.refresh_from_db()
    assert user.has_temporary_password
    operations.note_own_password(user)
    operations.note_own_password(user)
    user.refresh_from_db()
    assert not user.has_temporary_password


@pytest.mark.parametrize("count", [1, 20])
def test_the_list_of_accounts_costs_two_queries_whatever_its_length(count, django_assert_num_queries):
    RoleAssignmentFactory.create_batch(count)
    with django_assert_num_queries(2):
        assert len(queries.accounts(by=SYSTEM)) == count


def test_accounts_stand_in_swedish_order():
    for name in ("Örjan", "Adam", "Åke", "Zelda"):
        UserFactory(name=name)
    assert [one.name for one in queries.accounts(by=SYSTEM)] == ["Adam", "Zelda", "Åke", "Örjan"]


def test_a_role_that_has_not_begun_or_is_over_is_told_from_one_that_holds():
    row = queries.RoleRow(uuid4(), Role.CONTROLLER, "", date(2026, 11, 1), date(2026, 11, 30), None)
    assert [row.holds_on(date(2026, month, 15)) for month in (10, 11, 12)] == [False, True, False]


def test_people_go_by_their_names():
    user = UserFactory(name="Kim Vår Sommar")
    assert (str(user), user.get_full_name(), user.get_short_name()) == (
        "Kim Vår Sommar",
        "Kim Vår Sommar",
        "Kim",
    )
    assert User.objects.get_by_natural_key(user.username.upper()) == user
    assert str(RoleAssignmentFactory(user=user)) == f"{user.pk} unit_manager"
