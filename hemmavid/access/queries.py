"""Reads about accounts and roles."""

from dataclasses import dataclass
from datetime import date

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.roles import Role


def actor_of(user: User, *, on: date) -> Actor:
    """The user as an actor with the roles that hold `on` that day. One query."""
    rows = RoleAssignment.objects.of_user(user.pk).in_force_on(on).order_by("role", "pk")
    assignments = tuple(
        Assignment(Role(role), unit_id) for role, unit_id in rows.values_list("role", "unit_id")
    )
    return Actor(user.pk, user.name, assignments)


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
