"""Decisions on call until 12.00 the next working day, handed over and received (R342, R349-R354)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.audit.operations import record_changes
from hemmavid.cases.models import Case, CaseStatus, Decision, DecisionStatus, GrantedNeed, OnCallHandover
from hemmavid.cases.models.decision import Kind
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY
from hemmavid.cases.models.record import OnCallHandoverItem
from hemmavid.cases.operations.numbers import next_decision_number
from hemmavid.cases.operations.opening import open_case
from hemmavid.cases.operations.owners import owned_by
from hemmavid.cases.operations.revision import fitting, written
from hemmavid.cases.periods import stored
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date, moment
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.models import Client
from hemmavid.rules import decision_faults
from hemmavid.rules.decision_faults import (
    DecidedNeed,
    DecisionDraft,
    DecisionFault,
    DecisionKind,
    DecisionModel,
)
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.occasions import OccasionsPer
from hemmavid.rules.on_call_grant import limit_of_grant
from hemmavid.rules.urgent_need import NeedKind, NeedReason, PayStart, pay_start


class OnCallRefused(ValueError):
    """The decision cannot be made so; every fault is told at once."""

    def __init__(self, faults: Sequence[DecisionFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


class NothingToHandOver(Exception):
    """The actor has made no decision that is not handed over already."""


class AlreadyReceived(Exception):
    """A case officer has received the decision."""


@dataclass(frozen=True, slots=True)
class OnCallNeed:
    """One need until noon: what, how often and in which visit. The officer judges the level later."""

    life_area: LifeArea
    need: str
    count: int = 1
    per: OccasionsPer = OccasionsPer.DAY
    visit: str = ""


@dataclass(frozen=True, slots=True)
class OnCallRequest:
    """What to grant a client, until when and why. `need_kind`: what the need is taken to be on call."""

    client_id: UUID
    needs: tuple[OnCallNeed, ...]
    until: datetime
    why: str
    need_kind: NeedKind = NeedKind.URGENT_LASTING
    need_reason: NeedReason = NeedReason.OTHER


@transaction.atomic
def grant_on_call(request: OnCallRequest, *, by: Actor, at: datetime) -> UUID:
    """Grant home care for the night, to a new client or beside a running case; the decision's id.

    Raises Client.DoesNotExist, Denied, OnCallRefused (past noon, in office hours, no needs), TextTooLong.
    """
    client = Client.objects.visible_to(by).get(pk=request.client_id)
    require(by, Permission.ON_CALL_GRANT)
    faults = decision_faults.faults_of(_draft(request, at))
    if faults:
        raise OnCallRefused(faults)
    decision = Decision.objects.create(
        number=next_decision_number(local_day(at)),
        client=client,
        kind=Kind.ON_CALL,
        model=DecisionModel.FRAME_TIME.value,
        status=DecisionStatus.DECIDED,
        period=stored(_period(request, at)),
        begun_on=local_day(at),
        reported_on=local_day(at),
        need_kind=request.need_kind.value,
        need_reason=request.need_reason.value,
        has_revocation_clause=True,
        reasons=fitting("why", request.why, LONGEST_WHY),
        granted_until=request.until,
        drafted_at=at,
        decided_at=at,
        decided_by_id=by.user_id,
        decided_by_name=by.name,
    )
    _grant(decision, request.needs)
    record_changes([client.pk], what="on_call_granted", by=by, at=at)
    return decision.pk


@transaction.atomic
def sign_handover(*, note: str = "", by: Actor, at: datetime) -> UUID:
    """Hand over all that the actor has granted and not handed over; the hand-over's id (JA5, R342, R349).

    Each decision lands with the owner of the client's case, or in the queue, with the day that pay counts
    from. Raises Denied, NothingToHandOver, TextTooLong.
    """
    decisions = Decision.objects.visible_to(by).filter(kind=Kind.ON_CALL, decided_by_id=by.user_id)
    require(by, Permission.ON_CALL_GRANT)
    waiting = decisions.filter(handover_item__isnull=True).order_by("decided_at", "pk")
    items = list(waiting.select_for_update(of=("self",)))
    if not items:
        raise NothingToHandOver
    handover = OnCallHandover.objects.create(
        shift_started_at=items[0].decided_at or at,
        signed_at=at,
        signed_by_id=by.user_id,
        signed_by_name=by.name,
        note=fitting("note", note, LONGEST_LINE),
    )
    for decision in items:
        start = pays_from(decision)
        OnCallHandoverItem.objects.create(
            handover=handover,
            decision=decision,
            pays_from=start.starts_on,
            because=list(start.explanation.because()),
        )
    record_changes({one.client_id for one in items}, what="on_call_handed_over", by=by, at=at)
    return handover.pk


@transaction.atomic
def receive_on_call(*, decision_id: UUID, by: Actor, at: datetime) -> UUID:
    """Take the night's decision into the client's case, which is opened when there is none; the case's id.

    The actor becomes the owner of a case that lies in the queue. Raises Decision.DoesNotExist, Denied,
    AlreadyReceived, and as `open_case`.
    """
    decision = Decision.objects.visible_to(by).select_for_update(of=("self",)).get(pk=decision_id)
    require(by, Permission.CASE_WRITE)
    if decision.kind != Kind.ON_CALL or decision.received_at is not None:
        raise AlreadyReceived(decision_id)
    case = _case_of(decision.client_id, by, at)
    decision.case = case
    decision.received_at, decision.received_by_name = at, by.name
    decision.save(update_fields=["case", "received_at", "received_by_name"])
    entry = NewEntry(case.client_id, _told(decision), at, EntryKind.DECISION, about_id=decision.pk)
    write_entry(entry, by=by, at=at)
    written(case, "on_call_received", by=by, at=at)
    return case.pk


def pays_from(decision: Decision) -> PayStart:
    """The day that pay counts from when the officer finds the need (R341, R347, R355)."""
    begun_on: date = decision.begun_on or local_day(decision.drafted_at)
    return pay_start(
        kind=NeedKind(decision.need_kind or NeedKind.URGENT_LASTING),
        begun_on=begun_on,
        reported_on=decision.reported_on,
        decided_start=begun_on,
        parameters=parameters_in_use(),
    )


def _draft(request: OnCallRequest, at: datetime) -> DecisionDraft:
    return DecisionDraft(
        kind=DecisionKind.ON_CALL,
        period=_period(request, at),
        needs=tuple(DecidedNeed(need.life_area, need.need) for need in request.needs),
        model=DecisionModel.FRAME_TIME,
        has_revocation_clause=True,
        ends_at=request.until,
        on_call_limit=limit_of_grant(granted_at=at, parameters=parameters_in_use()),
    )


def _period(request: OnCallRequest, at: datetime) -> Period:
    """From the day of the grant to the day it ends, both included."""
    day = local_day(at)
    return Period.from_inclusive(day, max(day, local_day(request.until)))


def _grant(decision: Decision, needs: Sequence[OnCallNeed]) -> None:
    for need in needs:
        GrantedNeed.objects.create(
            decision=decision,
            life_area=need.life_area.value,
            need=need.need,
            count=need.count,
            per=need.per.value,
            visit=need.visit,
            period=decision.period,
        )


def _case_of(client_id: UUID, by: Actor, at: datetime) -> Case:
    cases = Case.objects.visible_to(by).filter(client_id=client_id, status=CaseStatus.OPEN)
    case = cases.select_for_update(of=("self",)).order_by("pk").first()
    if case is None:
        opened = open_case(client_id=client_id, by=by, at=at)
        return Case.objects.get(pk=opened.case_id)
    if case.officer_id is None and by.user_id is not None:
        owned_by(case, by.user_id, "Tog emot jourens beslut", is_priority=False, by=by, at=at)
    return case


def _told(decision: Decision) -> str:
    until = moment(decision.granted_until) if decision.granted_until else ""
    counted = long_date(pays_from(decision).starts_on)
    return (
        f"Jourbeslut {decision.number} av {decision.decided_by_name} mottaget. Gäller till {until}. "
        f"Om behovet kvarstår räknas ersättningen från {counted}. {decision.reasons}"
    )
