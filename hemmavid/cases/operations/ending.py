"""End something granted, often back-dated, once the person has confirmed it (R296-R298, R301)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.decision_words import listed
from hemmavid.cases.models import (
    Case,
    Decision,
    DecisionStatus,
    EndingConfirmation,
    ExtentChange,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY
from hemmavid.cases.operations.changing import (
    DayOutsideDecision,
    MessageMissing,
    WhyMissing,
    close_row,
    decision_in_force,
    row_on,
    row_words,
)
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.cases.operations.snapshots import Computed, aid_of, frame_time_on, take_snapshots
from hemmavid.cases.periods import period_of, until
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY, Period
from hemmavid.lib.swedish import long_date
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.decision_needed import CHANGE_LABELS, Change
from hemmavid.rules.frame_time_comparison import FrameTimeComparison, compare
from hemmavid.rules.period_lock import PeriodLock, locked_months


class NothingToEnd(ValueError):
    """Nothing is chosen, or it has ended already."""


class ConfirmationMissing(ValueError):
    """It is not said how the person confirmed the end (R297)."""


class AlreadyConfirmed(Exception):
    """The end has been confirmed, or the person has said that the support goes on."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends, and the day it was last performed: the day after is the first without (R296, R298).

    `granted_ids` empty: the whole decision. `confirmed_how`: how the person confirmed it (R297).
    """

    last_day: date
    why: str
    message: str
    granted_ids: tuple[UUID, ...] = ()
    confirmed_how: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it. The orders of the decision are to follow, and `message` goes to the provider (R252).

    `locks`: the months already locked, whose correction goes to billing (R299, R303).
    """

    decision_id: UUID
    revision: int
    what: str
    ended_from: date
    message: str
    computed: tuple[Computed, ...]
    comparison: FrameTimeComparison | None
    locks: tuple[PeriodLock, ...]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How and when the person confirmed the end, or said that the support goes on."""

    on: date
    how: str


@transaction.atomic
def ask_to_end(ending: Ending, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> UUID:
    """Note that the person is to confirm the end (R297); the task's id. Until then everything goes on.

    Raises as `locked_case`, DecisionNotInForce, DayOutsideDecision, NothingToEnd, WhyMissing, MessageMissing,
    TextTooLong.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = decision_in_force(decision_id, case, by)
    _checked(decision, ending)
    rows = _rows(decision, ending)
    what = _words(rows, decision, at)
    task = _task(case, decision, ending, rows, what=what, by=by, at=at)
    text = f"Avslut av {what}, sista dag {long_date(ending.last_day)}, ska bekräftas. {ending.why.strip()}"
    entry = NewEntry(decision.client_id, text, at, EntryKind.DECISION, about_id=decision.pk)
    write_entry(entry, by=by, at=at)
    written(case, "ending_asked", by=by, at=at)
    return task.pk


@transaction.atomic
def end_granted(ending: Ending, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> Ended:
    """End what is chosen, or the whole decision, from the day after the last. Never an error for being late.

    Raises as `ask_to_end`, and ConfirmationMissing: without the person's word nothing ends (R297).
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = decision_in_force(decision_id, case, by)
    _checked(decision, ending)
    rows = _rows(decision, ending)
    task = _task(case, decision, ending, rows, what=_words(rows, decision, at), by=by, at=at)
    _confirm(task, Confirmed(local_day(at), ending.confirmed_how), by=by)
    return _ended(case, decision, ending, what="ended", by=by, at=at)


@transaction.atomic
def confirm_ending(
    confirmed: Confirmed, confirmation_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> Ended:
    """The person has confirmed the end (R297): what was asked for ends from the day that was said.

    Raises as `end_granted`, AlreadyConfirmed, EndingConfirmation.DoesNotExist.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    task = _waiting_task(confirmation_id, case, by)
    ending = asked_ending(task)
    decision = decision_in_force(task.decision_id, case, by)
    _checked(decision, ending)
    _confirm(task, confirmed, by=by)
    text = f"Avslutet av {task.what} bekräftat {long_date(confirmed.on)}: {task.confirmed_how}"
    write_entry(NewEntry(case.client_id, text, at, EntryKind.CONTACT, about_id=task.pk), by=by, at=at)
    return _ended(case, decision, ending, what="ending_confirmed", by=by, at=at)


@transaction.atomic
def refuse_ending(said: Confirmed, confirmation_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> int:
    """The person goes on with the support: nothing ends. The case's new revision.

    Raises as `locked_case`, ConfirmationMissing, AlreadyConfirmed.
    """
    case = locked_case(seen, by=by)
    task = _waiting_task(confirmation_id, case, by)
    if not said.how.strip():
        raise ConfirmationMissing
    task.refused_on, task.confirmed_by_name = said.on, by.name
    task.confirmed_how = fitting("how", said.how, LONGEST_LINE)
    task.save(update_fields=["refused_on", "confirmed_how", "confirmed_by_name"])
    text = f"{task.what} avslutas inte, {long_date(said.on)}: {task.confirmed_how}"
    write_entry(NewEntry(case.client_id, text, at, EntryKind.CONTACT, about_id=task.pk), by=by, at=at)
    return written(case, "ending_refused", by=by, at=at)


def asked_ending(task: EndingConfirmation) -> Ending:
    """What the task asks to end."""
    last_day = task.ended_from - ONE_DAY
    return Ending(last_day, task.why, task.message, tuple(task.granted_ids), task.confirmed_how)


def _waiting_task(confirmation_id: UUID, case: Case, by: Actor) -> EndingConfirmation:
    task = EndingConfirmation.objects.visible_to(by).get(pk=confirmation_id, case=case)
    if task.confirmed_on is not None or task.refused_on is not None:
        raise AlreadyConfirmed(confirmation_id)
    return task


def _checked(decision: Decision, ending: Ending) -> None:
    period = period_of(decision.period)
    if period is None or not period.contains(ending.last_day + ONE_DAY):
        raise DayOutsideDecision(ending.last_day)
    if not ending.why.strip():
        raise WhyMissing
    fitting("why", ending.why, LONGEST_WHY)
    if not ending.message.strip():
        raise MessageMissing


def _rows(decision: Decision, ending: Ending) -> list[GrantedNeed | GrantedOutside]:
    """What ends, as it stands on the first day without. Raises NothingToEnd, DayOutsideDecision."""
    day = ending.last_day + ONE_DAY
    wanted = ending.granted_ids or _all_rows(decision, day)
    if not wanted:
        raise NothingToEnd(decision.number)
    return [row_on(decision, granted_id, day) for granted_id in wanted]


def _all_rows(decision: Decision, day: date) -> Sequence[UUID]:
    holds = {"period__contains": day}
    needs = decision.needs.filter(**holds).order_by("pk").values_list("pk", flat=True)
    return [*needs, *decision.outside.filter(**holds).order_by("pk").values_list("pk", flat=True)]


def _words(rows: Sequence[GrantedNeed | GrantedOutside], decision: Decision, at: datetime) -> str:
    times = aid_of(decision, at).rules.standard_times.standard_times
    return listed(row_words(row, times) for row in rows)[:LONGEST_LINE]


def _task(
    case: Case,
    decision: Decision,
    ending: Ending,
    rows: Sequence[GrantedNeed | GrantedOutside],
    *,
    what: str,
    by: Actor,
    at: datetime,
) -> EndingConfirmation:
    return EndingConfirmation.objects.create(
        case=case,
        decision=decision,
        what=what,
        life_area=rows[0].life_area,
        ended_from=ending.last_day + ONE_DAY,
        last_performed_on=ending.last_day,
        granted_ids=list(ending.granted_ids),
        why=ending.why.strip(),
        message=ending.message.strip(),
        asked_at=at,
        asked_by_name=by.name,
    )


def _confirm(task: EndingConfirmation, confirmed: Confirmed, *, by: Actor) -> None:
    if not confirmed.how.strip():
        raise ConfirmationMissing
    task.confirmed_on, task.confirmed_by_name = confirmed.on, by.name
    task.confirmed_how = fitting("confirmed_how", confirmed.how, LONGEST_LINE)
    task.save(update_fields=["confirmed_on", "confirmed_how", "confirmed_by_name"])


def _ended(case: Case, decision: Decision, ending: Ending, *, what: str, by: Actor, at: datetime) -> Ended:
    """Close the rows, and the decision when all of it ends; frame time follows from the day."""
    day = ending.last_day + ONE_DAY
    period = Period(decision.period.lower, decision.period.upper)
    aid = aid_of(decision, at)
    before = frame_time_on(day, list(decision.needs.order_by("pk")), aid)
    closed = [close_row(decision, row.pk, day) for row in _rows(decision, ending)]
    words = _words([one.row for one in closed], decision, at)
    computed = take_snapshots(decision, period, from_day=day, at=at)
    after = computed[0].found if computed else None
    if not ending.granted_ids:
        _end_decision(decision, day)
    _note(decision, ending, words, by=by, at=at)
    return Ended(
        decision_id=decision.pk,
        revision=written(case, what, by=by, at=at),
        what=words,
        ended_from=day,
        message=ending.message.strip(),
        computed=tuple(computed),
        comparison=compare(before, after, day) if before and after else None,
        locks=locked_months(
            affects=Period(day, period.end), registered_at=at, parameters=parameters_in_use()
        ),
    )


def _end_decision(decision: Decision, day: date) -> None:
    left = until(day, decision.period) if decision.period is not None else None
    decision.status = DecisionStatus.ENDED
    decision.period = left if left is not None else decision.period
    decision.save(update_fields=["status", "period"])


def _note(decision: Decision, ending: Ending, what: str, *, by: Actor, at: datetime) -> None:
    told = f"{CHANGE_LABELS[Change.END_INTERVENTION]}: {what}"[:LONGEST_LINE]
    ExtentChange.objects.create(
        decision=decision,
        valid_from=ending.last_day + ONE_DAY,
        change=Change.END_INTERVENTION.value,
        what=told,
        why=ending.why.strip(),
        told_provider=ending.message.strip(),
        at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    text = f"{told}. Sista dag {long_date(ending.last_day)}. {ending.why.strip()}"
    entry = NewEntry(decision.client_id, text, at, EntryKind.DECISION, about_id=decision.pk)
    write_entry(entry, by=by, at=at)
