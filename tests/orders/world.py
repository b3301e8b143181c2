"""A client with a decision, a municipal and a private unit, and the people who send and receive orders."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from hemmavid.access.actors import Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.cases.models import Decision
from hemmavid.orders.models import Answer, Order, OrderKind
from hemmavid.orders.operations.asking import Question, answer_inquiry, ask_unit
from hemmavid.orders.operations.receiving import acknowledge_order
from hemmavid.orders.operations.sending import NewOrder, draft_order, send_order
from hemmavid.organisations.models import Unit
from tests.factories import ProviderFactory, UnitFactory, UserFactory
from tests.factories.cases import (
    DecisionFactory,
    FrameTimeSnapshotFactory,
    GrantedAreaFactory,
    GrantedNeedFactory,
    GrantedOutsideFactory,
)

AT = datetime(2022, 11, 7, 8, 0, tzinfo=UTC)  # a Monday, 9.00 in Sweden
STARTS_ON = date(2022, 11, 14)
QUESTION = Question(minutes_per_week=105, area="Exempelstad")


def actor(role: Role, unit: Unit | None = None, name: str = "") -> Actor:
    """A person with an account and one role."""
    user = UserFactory(name=name or f"Robin {role.label}")
    return Actor(user.pk, user.name, (Assignment(role, unit.pk if unit else None),))


@dataclass(frozen=True)
class World:
    """Who and what the tests of orders are about. Make it as the system."""

    decision: Decision
    unit: Unit
    other_unit: Unit
    officer: Actor
    coordinator: Actor
    other_coordinator: Actor

    @property
    def client_id(self):
        return self.decision.client_id


def world(*, with_outside: bool = False) -> World:
    """Granted frame time of 105 minutes a week for a year; respite besides, when asked for."""
    unit = UnitFactory(provider=ProviderFactory(municipal=True), name="Team Väst")
    other = UnitFactory(name="Enhet Björken")
    decision = DecisionFactory()
    GrantedAreaFactory(decision=decision)
    GrantedNeedFactory(decision=decision)
    FrameTimeSnapshotFactory(decision=decision)
    if with_outside:
        GrantedOutsideFactory(decision=decision)
    return World(
        decision,
        unit,
        other,
        actor(Role.CASE_OFFICER, name="Eva Ek"),
        actor(Role.COORDINATOR, unit, "Sam Ordnare"),
        actor(Role.COORDINATOR, other, "Kim Björk"),
    )


def revision(order_id) -> int:
    return Order.objects.values_list("revision", flat=True).get(pk=order_id)


def drafted(at_world: World, *, unit: Unit | None = None, **fields):
    """A draft to the municipal unit, or another; its id."""
    new = NewOrder(
        at_world.decision.pk, (unit or at_world.unit).pk, fields.pop("starts_on", STARTS_ON), **fields
    )
    return draft_order(new, by=at_world.officer, at=AT)


def accepted(at_world: World, order_id, *, by: Actor | None = None, at: datetime = AT) -> None:
    """The unit of the draft is asked and says yes."""
    inquiry_id = ask_unit(
        order_id=order_id,
        question=QUESTION,
        expected_revision=revision(order_id),
        by=at_world.officer,
        at=at,
    )
    answer_inquiry(
        inquiry_id=inquiry_id, answer=Answer.ACCEPTED, reason="", by=by or at_world.coordinator, at=at
    )


def sent(at_world: World, *, at: datetime = AT, **fields):
    """A sent order; its id."""
    unit = fields.get("unit")
    order_id = drafted(at_world, **fields)
    answers = at_world.other_coordinator if unit == at_world.other_unit else at_world.coordinator
    if fields.get("kind") != OrderKind.ON_CALL:
        accepted(at_world, order_id, by=answers, at=at)
    send_order(order_id=order_id, expected_revision=revision(order_id), by=at_world.officer, at=at)
    return order_id


def received(at_world: World, *, at: datetime = AT, **fields):
    """A received order, its grants made; its id."""
    order_id = sent(at_world, at=at, **fields)
    is_other = fields.get("unit") == at_world.other_unit
    by = at_world.other_coordinator if is_other else at_world.coordinator
    acknowledge_order(order_id=order_id, by=by, at=at)
    return order_id
