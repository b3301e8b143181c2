"""New cases in every state: from an application in the queue to an order that has been received."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.demo.authority.life import life_of
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.scenes import applicants
from hemmavid.demo.authority.scenes.acting import Acting
from hemmavid.demo.authority.scenes.applicants import Applicant
from hemmavid.demo.authority.scenes.walk import Walk
from hemmavid.demo.chance import stream
from hemmavid.demo.names import origin_of
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Answer, CalledWhom, HandoverKind, Order, OrderKind
from hemmavid.orders.operations.asking import Question, answer_inquiry, ask_unit, set_capacity_stop
from hemmavid.orders.operations.clarifying import ask_about_order
from hemmavid.orders.operations.deaths import report_death
from hemmavid.orders.operations.moving import NewMove, move_order
from hemmavid.orders.operations.receiving import acknowledge_order, put_into_effect, read_order
from hemmavid.orders.operations.sending import NewCall, NewOrder, draft_order, log_call, send_order
from hemmavid.orders.operations.versions import current_content
from hemmavid.rules.application_faults import ApplicantCapacity
from hemmavid.rules.decision_faults import DecisionKind

OWNER, SECOND, RECEPTION = "Bilal Karimi", "Hanna Forsmo", "Louise Rönnlid"
OWN_UNIT, OTHER_UNIT, FULL_UNIT, TEAM_UNIT = "U01", "U06", "U10", "U02"
PHONE = "08-465 004 11"


def play(acting: Acting) -> None:
    """Every new case, in the order of the list in applicants.py."""
    _applications(acting)
    _assessments(acting)
    _capacity(acting)
    _sent(acting)
    _discharge(acting)
    _death(acting)


def _walk(acting: Acting, who: Applicant, by: str, day: date) -> Walk:
    rng = stream(0, "applicant", who.personal_number)
    life = life_of(who.given_name, origin_of(who.given_name), rng)
    return Walk(acting.by(by), who, life, instant(day, 9, rng.randint(0, 40)))


def _applications(acting: Acting) -> None:
    until = acting.town.until
    _walk(acting, applicants.BRITTA, RECEPTION, until - 3 * ONE_DAY).applied(is_own=False)
    gosta = _walk(acting, applicants.GOSTA, OWNER, until - 15 * ONE_DAY).applied()
    gosta.on(until - 12 * ONE_DAY, 10).booked(acting.coming(2))
    _walk(acting, applicants.SENADA, OWNER, until - 24 * ONE_DAY).applied()


def _assessments(acting: Acting) -> None:
    until = acting.town.until
    alf = _walk(acting, applicants.ALF, OWNER, until - 9 * ONE_DAY).applied()
    alf.on(acting.past(2), 13).begun()
    monika = _assessed(acting, applicants.MONIKA, OWNER)
    monika.drafted()
    elin = _assessed(acting, applicants.ELIN, SECOND)
    _drafted_order(acting, elin, OTHER_UNIT, acting.coming(6))


def _assessed(acting: Acting, who: Applicant, by: str) -> Walk:
    """Applied two weeks ago, visited last week, assessed three working days ago."""
    walk = _walk(acting, who, by, acting.town.until - 13 * ONE_DAY).applied()
    return walk.on(acting.past(4), 10).begun().on(acting.past(3), 8, 20).assessed()


def _drafted_order(acting: Acting, walk: Walk, unit: str, starts_on: date) -> UUID:
    decision_id = walk.decided(starts_on)
    new = NewOrder(decision_id, acting.place(unit).unit_id, starts_on)
    return draft_order(new, by=walk.by, at=walk.moment())


def _asked(acting: Acting, walk: Walk, unit: str, starts_on: date) -> UUID:
    order_id = _drafted_order(acting, walk, unit, starts_on)
    question = Question(233, walk.applicant.city, ("Påklädning", "Måltid", "Dusch", "Städning"))
    ask_unit(
        order_id=order_id,
        question=question,
        expected_revision=_revision(order_id),
        by=walk.by,
        at=walk.moment(),
    )
    return order_id


def _answered(
    acting: Acting, order_id: UUID, walk: Walk, unit: str, answer: Answer, reason: str = ""
) -> None:
    inquiry_id = Order.objects.values_list("inquiry_id", flat=True).get(pk=order_id)
    walk.at += timedelta(minutes=40)
    answer_inquiry(inquiry_id=inquiry_id, answer=answer, reason=reason, by=acting.at_unit(unit), at=walk.at)


def _capacity(acting: Acting) -> None:
    """One unit has not answered; another is full and says no."""
    manager = acting.at_unit(FULL_UNIT)
    set_capacity_stop(
        unit_id=acting.place(FULL_UNIT).unit_id,
        first=acting.past(5),
        last=acting.coming(10),
        reason="Tre vakanser och sjukfrånvaro i morgongruppen",
        by=manager,
        at=acting.moment(5, 8, 5),
    )
    ahmad = _assessed(acting, applicants.AHMAD, OWNER).on(acting.past(1), 13)
    _asked(acting, ahmad, OTHER_UNIT, acting.coming(4))
    viola = _assessed(acting, applicants.VIOLA, OWNER).on(acting.past(2), 9)
    order_id = _asked(acting, viola, FULL_UNIT, acting.coming(4))
    _answered(acting, order_id, viola, FULL_UNIT, Answer.DECLINED, "Kapacitetsstopp: ingen ledig morgontid")


def _accepted(acting: Acting, who: Applicant, unit: str, starts_on: date) -> tuple[Walk, UUID]:
    walk = _assessed(acting, who, OWNER).on(acting.past(2), 9)
    order_id = _asked(acting, walk, unit, starts_on)
    _answered(acting, order_id, walk, unit, Answer.ACCEPTED)
    return walk, order_id


def _send(order_id: UUID, walk: Walk) -> None:
    send_order(order_id=order_id, expected_revision=_revision(order_id), by=walk.by, at=walk.moment())


def _received(order_id: UUID, walk: Walk, by: Actor) -> None:
    read_order(order_id=order_id, by=by, at=walk.moment())
    acknowledge_order(order_id=order_id, by=by, at=walk.moment())


def _sent(acting: Acting) -> None:
    """Late with a call, late without, unread, unclear, and as it should be."""
    walk, order_id = _accepted(acting, applicants.EINAR, OWN_UNIT, acting.after_late)
    walk.on(acting.past(1), 14, 20)
    call = NewCall(CalledWhom.UNIT, PHONE, "Samordnaren i morgongruppen")
    log_call(call, order_id=order_id, by=walk.by, at=walk.moment())
    _send(order_id, walk)
    walk, order_id = _accepted(acting, applicants.TUULA, OTHER_UNIT, acting.coming(5))
    _send(order_id, walk.on(acting.past(1), 14, 40))
    walk, order_id = _accepted(acting, applicants.ROLAND, OWN_UNIT, acting.coming(3))
    _send(order_id, walk.on(acting.past(1), 10))
    walk, order_id = _accepted(acting, applicants.INGA, OWN_UNIT, acting.coming(3))
    _send(order_id, walk.on(acting.past(1), 9))
    manager = acting.at_unit(OWN_UNIT)
    read_order(order_id=order_id, by=manager, at=walk.moment())
    shower = next(
        line.text for line in current_content(Order.objects.get(pk=order_id)).lines() if "Dusch" in line.text
    )
    text = "Ska duschen vara på torsdagar, som i målet? Morgongruppen har plats på tisdagar."
    ask_about_order(order_id=order_id, text=text, anchor=shower, by=manager, at=walk.moment())
    walk, order_id = _accepted(acting, applicants.ARVID, OWN_UNIT, acting.coming(4))
    _send(order_id, walk.on(acting.past(1), 8, 30))
    _received(order_id, walk, manager)


def _discharge(acting: Acting) -> None:
    """Home with the discharge team since a week; home care takes over in some days."""
    home_on, handover_on = acting.past(5), acting.coming(4)
    walk = _walk(acting, applicants.HASSAN, SECOND, acting.past(7)).applied(capacity=ApplicantCapacity.HELPER)
    simple_id = walk.on(acting.past(6), 9).decided(home_on, DecisionKind.SIMPLIFIED)
    new = NewOrder(simple_id, acting.place(TEAM_UNIT).unit_id, home_on, OrderKind.DISCHARGE_TEAM)
    team_order = draft_order(new, by=walk.by, at=walk.moment())
    question = Question(840, walk.applicant.city, ("Hemgångsteam",))
    ask_unit(order_id=team_order, question=question, expected_revision=1, by=walk.by, at=walk.moment())
    _answered(acting, team_order, walk, TEAM_UNIT, Answer.ACCEPTED)
    _send(team_order, walk)
    team = acting.at_unit(TEAM_UNIT)
    _received(team_order, walk, team)
    effect_at = instant(home_on, 15)
    put_into_effect({"hemgangsteam": home_on}, order_id=team_order, by=team, at=effect_at)
    walk.on(acting.past(3), 10).begun().assessed()
    decision_id = walk.on(acting.past(2), 9).decided(handover_on)
    move = NewMove(
        unit_id=acting.place(OTHER_UNIT).unit_id,
        to_kind=OrderKind.HOME_CARE,
        handover_at=instant(handover_on, 8),
        told_at=walk.at,
        kind=HandoverKind.SIMPLIFIED,
        decision_id=decision_id,
        note="Teamet möter upp vid första morgonbesöket",
    )
    move_order(
        move, order_id=team_order, expected_revision=_revision(team_order), by=walk.by, at=walk.moment()
    )


def _death(acting: Acting) -> None:
    """The order was received and had not begun; the unit told of the death in the evening."""
    walk, order_id = _accepted(acting, applicants.SIGNE, OWN_UNIT, acting.coming(2))
    _send(order_id, walk.on(acting.past(1), 9, 30))
    manager = acting.at_unit(OWN_UNIT)
    _received(order_id, walk, manager)
    walk.on(acting.past(1), 18, 10)
    report_death(
        client_id=walk.client_id,
        died_on=acting.past(1),
        unit_id=acting.place(OWN_UNIT).unit_id,
        by=manager,
        at=walk.moment(),
    )


def _revision(order_id: UUID) -> int:
    revision: int = Order.objects.values_list("revision", flat=True).get(pk=order_id)
    return revision
