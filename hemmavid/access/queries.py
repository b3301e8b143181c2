"""Reads about accounts and roles."""

from datetime import date

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.models import RoleAssignment, User
from hemmavid.access.roles import Role


def actor_of(user: User, *, on: date) -> Actor:
    """The user as an actor with the roles that hold `on` that day. One query."""
    rows = RoleAssignment.objects.of_user(user.pk).in_force_on(on).order_by("role", "pk")
    assignments = tuple(Assignment(Role(role), unit_id) for role, unit_id in rows.values_list("role", "unit_id"))
    return Actor(user.pk, user.name, assignments)
