"""End something granted, often back-dated, and have the end confirmed with the person (R296-R298, R301)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.decision_words import listed
from hemmavid.cases.models import Case, Decision, DecisionStatus, EndingConfirmation, ExtentChange
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY
from hemmavid.cases.operations.changing import (
    Closed,
    DayOutsideDecision,
    MessageMissing,
    WhyMissing,
    close_row,
    decision_in_force,
)
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.cases.operations.snapshots import Computed, aid_of, frame_time_on, take_snapshots
from hemmavid.cases.periods import period_of, until
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
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
    """The end has been confirmed."""


@dataclass(frozen=True, slots=True)
class Ending:
    """What ends, and the day it was last performed: the day after is the first without (R296, R298).

    `granted_ids` empty: the whole decision. `confirmed_how` empty: to be confirmed with the person (R297).
    """

    last_day: date
    why: str
    message: str
    granted_ids: tuple[UUID, ...] = ()
    confirmed_how: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """What came of it. The caller sends `message` to the provider (R252).

    `locks`: the months already locked, whose correction goes to billing (R299, R303). `confirmation_id` None:
    confirmed at once.
    """

    decision_id: UUID
    revision: int
    what: str
    ended_from: date
    message: str
    computed: tuple[Computed, ...]
    comparison: FrameTimeComparison | None
    locks: tuple[PeriodLock, ...]
    confirmation_id: UUID | None


@transaction.atomic
def end_granted(ending: Ending, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime) -> Ended:
    """End what is chosen, or the whole decision, from the day after the last. Never an error for being late.

    Raises as `locked_case`, DecisionNotInForce, DayOutsideDecision, NothingToEnd, WhyMissing, MessageMissing.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = decision_in_force(decision_id, case, by)
    period = _checked(decision, ending)
    ended_from = ending.last_day + ONE_DAY
    aid = aid_of(decision, at)
    before = frame_time_on(ended_from, list(decision.needs.order_by("pk")), aid)
    closed = _close(decision, ending, ended_from)
    what = listed(one.words(aid.rules.standard_times.standard_times) for one in closed)[:LONGEST_LINE]
    computed = take_snapshots(decision, period, from_day=ended_from, at=at)
    after = computed[0].found if computed else None
    if not ending.granted_ids:
        _end_decision(decision, ended_from)
    confirmation = _confirmation(case, decision, ending, what, closed, by=by, at=at)
    _note(decision, ending, what, by=by, at=at)
    affected = Period(ended_from, period.end)
    return Ended(
        decision_id=decision.pk,
        revision=written(case, "ended", by=by, at=at),
        what=what,
        ended_from=ended_from,
        message=ending.message.strip(),
        computed=tuple(computed),
        comparison=compare(before, after, ended_from) if before and after else None,
        locks=locked_months(affects=affected, registered_at=at, parameters=parameters_in_use()),
        confirmation_id=confirmation,
    )


@dataclass(frozen=True, slots=True)
class Confirmed:
    """How and when the person confirmed the end."""

    on: date
    how: str


@transaction.atomic
def confirm_ending(
    confirmed: Confirmed, confirmation_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> int:
    """Note that the person has confirmed the end (R297); the case's new revision.

    Raises as `locked_case`, ConfirmationMissing, AlreadyConfirmed.
    """
    case = locked_case(seen, by=by)
    task = EndingConfirmation.objects.visible_to(by).get(pk=confirmation_id, case=case)
    if task.confirmed_on is not None:
        raise AlreadyConfirmed(confirmation_id)
    if not confirmed.how.strip():
        raise ConfirmationMissing
    task.confirmed_on, task.confirmed_by_name = confirmed.on, by.name
    task.confirmed_how = fitting("how", confirmed.how, LONGEST_LINE)
    task.save(update_fields=["confirmed_on", "confirmed_how", "confirmed_by_name"])
    text = f"Avslutet av {task.what} bekräftat {long_date(confirmed.on)}: {task.confirmed_how}"
    write_entry(NewEntry(case.client_id, text, at, EntryKind.CONTACT, about_id=task.pk), by=by, at=at)
    return written(case, "ending_confirmed", by=by, at=at)


def _checked(decision: Decision, ending: Ending) -> Period:
    period = period_of(decision.period)
    if period is None or not period.contains(ending.last_day + ONE_DAY):
        raise DayOutsideDecision(ending.last_day)
    if not ending.why.strip():
        raise WhyMissing
    fitting("why", ending.why, LONGEST_WHY)
    if not ending.message.strip():
        raise MessageMissing
    return period


def _close(decision: Decision, ending: Ending, day: date) -> list[Closed]:
    wanted = ending.granted_ids or _all_rows(decision, day)
    if not wanted:
        raise NothingToEnd(decision.number)
    return [close_row(decision, granted_id, day) for granted_id in wanted]


def _all_rows(decision: Decision, day: date) -> Sequence[UUID]:
    holds = {"period__contains": day}
    needs = decision.needs.filter(**holds).order_by("pk").values_list("pk", flat=True)
    return [*needs, *decision.outside.filter(**holds).order_by("pk").values_list("pk", flat=True)]


def _end_decision(decision: Decision, day: date) -> None:
    left = until(day, decision.period) if decision.period is not None else None
    decision.status = DecisionStatus.ENDED
    decision.period = left if left is not None else decision.period
    decision.save(update_fields=["status", "period"])


def _confirmation(
    case: Case,
    decision: Decision,
    ending: Ending,
    what: str,
    closed: Sequence[Closed],
    *,
    by: Actor,
    at: datetime,
) -> UUID | None:
    how = fitting("confirmed_how", ending.confirmed_how, LONGEST_LINE)
    task = EndingConfirmation.objects.create(
        case=case,
        decision=decision,
        what=what,
        life_area=closed[0].row.life_area,
        ended_from=ending.last_day + ONE_DAY,
        last_performed_on=ending.last_day,
        asked_at=at,
        asked_by_name=by.name,
        confirmed_on=ending.last_day if how else None,
        confirmed_how=how,
        confirmed_by_name=by.name if how else "",
    )
    return None if how else task.pk


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
