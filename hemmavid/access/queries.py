"""Reads about accounts and roles."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Func

from hemmavid.access.actors import Actor, Assignment, require
from hemmavid.access.models import RoleAssignment, RoleAssignmentQuerySet, User
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.organisations.models import ProviderKind, Unit


def actor_of(user: User, *, on: date) -> Actor:
    """The user as an actor with the roles that hold `on` that day. One query, two for on call."""
    rows = RoleAssignment.objects.of_user(user.pk).in_force_on(on).order_by("role", "pk")
    assignments = [Assignment(Role(role), unit_id) for role, unit_id in rows.values_list("role", "unit_id")]
    if any(one.role is Role.ON_CALL_SUPERVISOR for one in assignments):
        assignments += _in_house_units()
    return Actor(user.pk, user.name, tuple(assignments))


def _in_house_units() -> list[Assignment]:
    """The on-call supervisor stands in for every unit of the municipality's own home care (R250, R342)."""
    units = Unit.objects.filter(provider__kind=ProviderKind.MUNICIPAL).order_by("pk")
    return [Assignment(Role.ON_CALL_SUPERVISOR, unit_id) for unit_id in units.values_list("pk", flat=True)]


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """An account one may enter without a password in a demo. `place` is the unit's name, if any."""

    username: str
    name: str
    role: Role
    place: str


def demo_accounts(*, on: date) -> list[DemoAccount]:
    """The demo's accounts with a role that holds `on` that day, one row a person. One query."""
    rows = (
        RoleAssignment.objects.in_force_on(on)
        .filter(user__is_demo=True)
        .order_by("user_id", "role", "pk")
        .distinct("user_id")
    )
    return [
        DemoAccount(username, name, Role(role), place or "")
        for username, name, role, place in rows.values_list(
            "user__username", "user__name", "role", "unit__name"
        )
    ]


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role somebody holds, has held or will hold. `last_day` is None until further notice."""

    assignment_id: UUID
    role: Role
    unit: str
    first_day: date
    last_day: date | None
    ended_at: datetime | None

    def holds_on(self, day: date) -> bool:
        """Whether it holds on `day`."""
        begun = self.first_day <= day and self.ended_at is None
        return begun and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class AccountRow:
    """An account with all its roles, the newest first."""

    user_id: UUID
    username: str
    name: str
    is_active: bool
    last_login: datetime | None
    roles: tuple[RoleRow, ...]


def accounts(*, by: Actor) -> list[AccountRow]:
    """Every account in Swedish order of names. Two queries. Raises Denied."""
    require(by, Permission.ACCESS_ADMINISTER)
    users = User.objects.order_by(Func("name", function="swedish_key"), "username")
    roles: dict[UUID, list[RoleRow]] = defaultdict(list)
    for user_id, row in _role_rows(RoleAssignment.objects.all()):
        roles[user_id].append(row)
    return [_account(user, roles[user.pk]) for user in users]


def account(*, user_id: UUID, by: Actor) -> AccountRow:
    """One account. Two queries. Raises Denied, User.DoesNotExist."""
    require(by, Permission.ACCESS_ADMINISTER)
    user = User.objects.get(pk=user_id)
    return _account(user, [row for _, row in _role_rows(RoleAssignment.objects.of_user(user_id))])


def _account(user: User, roles: list[RoleRow]) -> AccountRow:
    return AccountRow(
        user_id=user.pk,
        username=user.username,
        name=user.name,
        is_active=user.is_active,
        last_login=user.last_login,
        roles=tuple(roles),
    )


def _role_rows(assignments: RoleAssignmentQuerySet) -> Iterator[tuple[UUID, RoleRow]]:
    rows = assignments.order_by("-period", "pk").values_list(
        "user_id", "pk", "role", "unit__name", "period", "ended_at"
    )
    for user_id, pk, role, unit, period, ended_at in rows:
        last_day = period.upper - timedelta(days=1) if period.upper else None
        yield user_id, RoleRow(pk, Role(role), unit or "", period.lower, last_day, ended_at)


def holder_of(*, assignment_id: UUID, by: Actor) -> UUID:
    """Whose role it is. Raises Denied, RoleAssignment.DoesNotExist."""
    require(by, Permission.ACCESS_ADMINISTER)
    return RoleAssignment.objects.only("user_id").get(pk=assignment_id).user_id
