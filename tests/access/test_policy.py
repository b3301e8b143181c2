"""The one table that grants, and what follows from it for any mixture of roles."""

from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied, require
from hemmavid.access.policy import POLICY, Permission, Where
from hemmavid.access.roles import LABELS, OF_A_UNIT, Role

UNITS = [uuid4() for _ in range(4)]


# Held for the municipality, but meaning the units that access/queries.py gives it (R250).
COVERS_UNITS = OF_A_UNIT | {Role.ON_CALL_SUPERVISOR}
OPEN_TO_ALL = {Permission.RULES_READ, Permission.PRICES_READ, Permission.CONTACTS_READ}
OF_NO_CLIENT = OPEN_TO_ALL | {Permission.ON_CALL_GRANT, Permission.BREAK_GLASS}


def assignment_of(role: Role, unit_id: UUID) -> Assignment:
    return Assignment(role, unit_id if role in COVERS_UNITS else None)


assignments = st.lists(st.builds(assignment_of, st.sampled_from(Role), st.sampled_from(UNITS)), max_size=5)
permissions = st.sampled_from(Permission)


def actor(held: list[Assignment]) -> Actor:
    return Actor(uuid4(), "Robin", tuple(held))


def test_every_permission_stands_in_the_table():
    assert set(POLICY) == set(Permission)


def test_every_role_has_a_word_on_the_screen():
    assert set(LABELS) == set(Role)
    assert Role.UNIT_MANAGER.label == "enhetschef"


def test_a_role_of_a_unit_is_never_granted_a_client_everywhere():
    about_clients = set(Permission) - OF_NO_CLIENT
    granted = [
        (permission, role)
        for permission in about_clients
        for role, where in POLICY[permission].items()
        if role in COVERS_UNITS and where is Where.EVERYWHERE
    ]
    assert granted == []


def test_who_sees_kronor_is_as_settled():
    # architecture.md 3a, "Kronor"; billing_officer has no screens yet.
    assert set(POLICY[Permission.KRONOR_READ]) == {Role.UNIT_MANAGER, Role.CONTROLLER, Role.AUTHORITY_MANAGER}


@given(permissions)
def test_nobody_may_anything_without_a_role(permission):
    assert not actor([]).may(permission)
    with pytest.raises(Denied) as refusal:
        require(actor([]), permission)
    assert refusal.value.permission is permission


@given(assignments, permissions)
def test_what_is_not_in_the_table_is_denied(held, permission):
    granted = {one for one in held if one.role in POLICY[permission]}
    assert actor(held).may(permission) == bool(granted)


@given(assignments, permissions, st.sampled_from(UNITS))
def test_a_role_of_a_unit_never_reaches_another(held, permission, unit_id):
    of_units = [one for one in held if one.role in COVERS_UNITS and one.unit_id != unit_id]
    reached = actor(of_units).reach(permission)
    assert unit_id not in reached.unit_ids
    if permission not in OF_NO_CLIENT:
        assert not reached.covers(unit_id)


@given(assignments, assignments, permissions, st.sampled_from(UNITS))
def test_roles_together_may_what_any_of_them_may_and_no_more(first, second, permission, unit_id):
    together = actor(first + second).may(permission, unit_id)
    assert together == (actor(first).may(permission, unit_id) or actor(second).may(permission, unit_id))


@given(assignments, permissions)
def test_the_order_of_roles_does_not_matter(held, permission):
    assert actor(held).reach(permission) == actor(held[::-1]).reach(permission)


@given(permissions, st.sampled_from(UNITS))
def test_the_system_reaches_everywhere(permission, unit_id):
    assert SYSTEM.may(permission, unit_id)
    assert SYSTEM.roles == frozenset()


def test_a_refusal_names_the_permission_and_nobody():
    with pytest.raises(Denied, match=r"^kronor_read$"):
        require(actor([assignment_of(Role.COORDINATOR, UNITS[0])]), Permission.KRONOR_READ, UNITS[0])


def test_what_lies_behind_a_decision_is_the_authoritys_alone():
    authority = {Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER, Role.AUTHORITY_MANAGER}
    for permission in (Permission.CASE_READ, Permission.JOURNAL_OF_AUTHORITY):
        assert set(POLICY[permission]) == authority  # R018, R247, R399


def test_an_opened_client_opens_nothing_without_the_right_to_open():
    client = frozenset({uuid4()})
    supervisor = actor([Assignment(Role.ON_CALL_SUPERVISOR)]).with_opened(client)
    coordinator = actor([Assignment(Role.COORDINATOR, UNITS[0])]).with_opened(client)
    assert supervisor.reach(Permission.CLIENT_READ).client_ids == client
    assert not supervisor.reach(Permission.JOURNAL_OF_PROVIDER).client_ids
    assert not coordinator.reach(Permission.CLIENT_READ).client_ids
