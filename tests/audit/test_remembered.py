"""Answers that hold until the data change."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.audit.operations import record_data_change
from hemmavid.audit.remembered import MOST_ANSWERS, Remembered

pytestmark = pytest.mark.django_db
CONTROLLER = Actor(uuid4(), "Robin", (Assignment(Role.CONTROLLER),))


def changed() -> None:
    record_data_change(what="test", rows=1, at=datetime(2022, 12, 1, tzinfo=UTC))


@pytest.fixture
def asked():
    """A memory, and how many times each question had to be worked out."""
    memory: Remembered[str] = Remembered()
    worked: list[object] = []

    def ask(key: object = "month", by: Actor = CONTROLLER) -> int:
        memory.get(key, lambda: worked.append(key) or str(key), by=by)
        return len(worked)

    return ask


def test_an_answer_is_worked_out_once(asked):
    changed()
    assert [asked(), asked()] == [1, 1]


def test_a_change_of_the_data_forgets_every_answer(asked):
    changed()
    asked()
    changed()
    assert asked() == 2


def test_nothing_is_kept_before_the_first_import(asked):
    assert [asked(), asked()] == [1, 2]


def test_an_answer_is_for_those_with_the_same_reach_only(asked):
    changed()
    unit_id = uuid4()
    manager, coordinator = (
        Actor(uuid4(), "Kim", (Assignment(role, unit_id),)) for role in (Role.UNIT_MANAGER, Role.COORDINATOR)
    )
    same_reach = Actor(uuid4(), "Alex", (Assignment(Role.UNIT_MANAGER, unit_id),))
    counts = [asked(by=by) for by in (CONTROLLER, manager, coordinator, same_reach)]
    assert counts == [1, 2, 3, 3]


def test_a_client_opened_by_break_glass_is_another_reach(asked):
    changed()
    on_call = Actor(uuid4(), "Jour", (Assignment(Role.ON_CALL_SUPERVISOR, uuid4()),))
    opened = on_call.with_opened(frozenset({uuid4()}))
    assert opened != on_call
    assert [asked(by=opened), asked(by=on_call)] == [1, 2]


def test_no_more_is_kept_than_the_most_and_the_oldest_makes_room(asked):
    changed()
    for number in range(MOST_ANSWERS + 1):
        asked(number)
    assert asked(MOST_ANSWERS) == MOST_ANSWERS + 1
    assert asked(1) == MOST_ANSWERS + 1
    assert asked(0) == MOST_ANSWERS + 2
