"""Who is acting, and what that person may reach just now."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from uuid import UUID

from hemmavid.access.policy import OPENED_BY_BREAK_GLASS, POLICY, Permission, Where
from hemmavid.access.roles import Role


class Denied(Exception):
    """The actor may not do this. `permission` says what was asked for."""

    def __init__(self, permission: Permission) -> None:
        super().__init__(permission.value)
        self.permission = permission


@dataclass(frozen=True, slots=True)
class Assignment:
    """A role in force today; `unit_id` is None for roles of the municipality."""

    role: Role
    unit_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """The units a permission reaches: all of them, some, or none.

    `client_ids` are single clients beyond those units, opened by break-glass (nödöppning) for a time.
    """

    everywhere: bool
    unit_ids: frozenset[UUID]
    client_ids: frozenset[UUID] = frozenset()

    def covers(self, unit_id: UUID) -> bool:
        """Whether the reach holds `unit_id`."""
        return self.everywhere or unit_id in self.unit_ids

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.unit_ids or self.client_ids)


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, or the system itself, with the roles that hold on the day of the request.

    `opened` are clients outside the area that the person has opened by break-glass, with a reason, just now.
    """

    user_id: UUID | None
    name: str
    assignments: tuple[Assignment, ...] = ()
    opened: frozenset[UUID] = frozenset()
    is_system: bool = field(default=False, kw_only=True)

    @property
    def roles(self) -> frozenset[Role]:
        """All roles in force."""
        return frozenset(assignment.role for assignment in self.assignments)

    def reach(self, permission: Permission) -> Reach:
        """Where the actor has `permission`: everywhere, in some units, or nowhere (falsy)."""
        if self.is_system:
            return Reach(everywhere=True, unit_ids=frozenset())
        granted = POLICY[permission]
        everywhere = any(granted.get(one.role) is Where.EVERYWHERE for one in self.assignments)
        own = frozenset(
            one.unit_id
            for one in self.assignments
            if one.unit_id is not None and granted.get(one.role) is Where.OWN_UNITS
        )
        opened = self.opened if permission in OPENED_BY_BREAK_GLASS else frozenset()
        return Reach(everywhere=everywhere, unit_ids=own, client_ids=opened)

    def with_opened(self, client_ids: frozenset[UUID]) -> Actor:
        """The same person, to whom these clients are open as well. Nothing without the right to open."""
        return replace(self, opened=client_ids) if self.may(Permission.BREAK_GLASS) else self

    def may(self, permission: Permission, unit_id: UUID | None = None) -> bool:
        """Whether the actor has `permission`, at `unit_id` when one is given."""
        reach = self.reach(permission)
        return bool(reach) if unit_id is None else reach.covers(unit_id)


SYSTEM = Actor(None, "system", is_system=True)
"""The command line and the jobs: municipality-wide, and logged (architecture.md 3a, Tokens)."""


def require(actor: Actor, permission: Permission, unit_id: UUID | None = None) -> None:
    """Raise `Denied` unless the actor has `permission` (at `unit_id`)."""
    if not actor.may(permission, unit_id):
        raise Denied(permission)
