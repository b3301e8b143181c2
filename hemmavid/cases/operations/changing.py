"""Change the extent of a decision from a day, without a new decision (R135, R252, R277, R278, R287-R291)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.calculation import LevelOfNeed
from hemmavid.cases.decision_words import need_words, timed_words
from hemmavid.cases.models import (
    Case,
    Decision,
    DecisionStatus,
    ExtentChange,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.models.fields import LONGEST_LINE, LONGEST_WHY
from hemmavid.cases.operations.needs import NeedAtLevel, TimedNeed, outside_columns
from hemmavid.cases.operations.revision import Seen, fitting, locked_case, written
from hemmavid.cases.operations.snapshots import Computed, aid_of, frame_time_on, take_snapshots
from hemmavid.cases.periods import period_of, until
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.periods import Period
from hemmavid.lib.swedish import long_date
from hemmavid.rules.decision_needed import CHANGE_LABELS, Change, Needed, NeededStep, what_is_needed
from hemmavid.rules.frame_time_comparison import FrameTimeComparison, compare
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.standard_times import StandardTimes


class DecisionNotInForce(Exception):
    """The decision is a draft or has ended: its extent does not change."""


class DayOutsideDecision(ValueError):
    """The day lies outside the decision's period, or the row does not hold on it."""


class WhyMissing(ValueError):
    """It is not said what has changed (R278, R288)."""


class MessageMissing(ValueError):
    """No new order is sent, so the provider is told by message; there is none (R252)."""


class ChangeRefused(ValueError):
    """The change takes something else; `needed` says what, and why (R135, R277)."""

    def __init__(self, needed: Needed) -> None:
        super().__init__(needed.step.value)
        self.needed = needed


class NeedAlreadyGranted(ValueError):
    """The need stands in the same visit already, some of the time: change that row instead."""


@dataclass(frozen=True, slots=True)
class ExtentRequest:
    """What to change from a day, and why. `granted_id`: the row that changes or ends.

    `message` is to the provider. `has_need_changed`: the need is another than the decision says, as `why`
    describes (R135, R288).
    """

    change: Change
    life_area: LifeArea
    valid_from: date
    why: str
    has_need_changed: bool = False
    message: str = ""
    granted_id: UUID | None = None
    need: NeedAtLevel | None = None
    timed: TimedNeed | None = None


@dataclass(frozen=True, slots=True)
class ExtentChanged:
    """What came of it. The caller sends `message` to the provider (R252)."""

    decision_id: UUID
    revision: int
    needed: Needed
    message: str
    what: str
    computed: tuple[Computed, ...]
    comparison: FrameTimeComparison | None


@transaction.atomic
def change_extent(
    request: ExtentRequest, decision_id: UUID, seen: Seen, *, by: Actor, at: datetime
) -> ExtentChanged:
    """Change, add or end something granted from the day; frame time follows from that day on (R287, R289).

    Raises as `locked_case`, DecisionNotInForce, DayOutsideDecision, WhyMissing, MessageMissing,
    ChangeRefused, NeedsRefused, NeedAlreadyGranted, TextTooLong.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = decision_in_force(decision_id, case, by)
    period = checked_period(decision, request)
    needed = needed_for(decision, request)
    rows = list(decision.needs.filter(period__isnull=False).order_by("pk"))
    aid = aid_of(decision, at)
    before = frame_time_on(request.valid_from, rows, aid)
    what = _written(decision, request, period, aid.rules.standard_times.standard_times)
    computed = take_snapshots(decision, period, from_day=request.valid_from, at=at)
    after = computed[0].found if computed else None
    comparison = compare(before, after, request.valid_from) if before and after else None
    _note(decision, request, what, by=by, at=at)
    revision = written(case, f"extent_changed:{request.change.value}", by=by, at=at)
    return ExtentChanged(
        decision.pk, revision, needed, request.message.strip(), what, tuple(computed), comparison
    )


def decision_in_force(decision_id: UUID, case: Case, by: Actor) -> Decision:
    """The case's decision when it is made and not ended. Decision.DoesNotExist, DecisionNotInForce."""
    decision = Decision.objects.visible_to(by).get(pk=decision_id, case=case)
    if decision.status != DecisionStatus.DECIDED:
        raise DecisionNotInForce(decision.number)
    return decision


def checked_period(decision: Decision, request: ExtentRequest) -> Period:
    """The decision's period, which holds the day of change; and that it is said why."""
    period = period_of(decision.period)
    if period is None or not period.contains(request.valid_from):
        raise DayOutsideDecision(request.valid_from)
    if not request.why.strip():
        raise WhyMissing
    fitting("why", request.why, LONGEST_WHY)
    return period


def needed_for(decision: Decision, request: ExtentRequest) -> Needed:
    """What the change takes; ChangeRefused when it is more than a change of extent, MessageMissing."""
    needed = what_is_needed(
        request.change,
        granted_areas=granted_areas(decision),
        area=request.life_area,
        has_need_changed=request.has_need_changed,
    )
    if needed.step is not NeededStep.EXTENT_CHANGE:
        raise ChangeRefused(needed)
    if needed.must_tell_provider and not request.message.strip():
        raise MessageMissing
    return needed


def granted_areas(decision: Decision) -> frozenset[LifeArea]:
    """The life areas in which the decision grants, or has granted, something."""
    areas = {
        *decision.needs.filter(period__isnull=False).values_list("life_area", flat=True),
        *decision.outside.filter(period__isnull=False).values_list("life_area", flat=True),
        *GrantedArea.objects.filter(decision=decision).exclude(goal="").values_list("life_area", flat=True),
    }
    return frozenset(LifeArea(area) for area in areas)


def levels_after(rows: Sequence[GrantedNeed], request: ExtentRequest) -> list[LevelOfNeed]:
    """The needs that hold on the day once the change is made: for a look before it is."""
    day = request.valid_from
    kept = [row for row in rows if row.period and day in row.period and row.level]
    same = [
        LevelOfNeed(row.need, row.level or 0, row.count, row.per, row.visit)
        for row in kept
        if row.pk != request.granted_id
    ]
    new = request.need
    added = [LevelOfNeed(new.need, new.level, new.count, new.per.value, new.visit)] if new else []
    return same + added


def _written(decision: Decision, request: ExtentRequest, period: Period, times: StandardTimes) -> str:
    """Close and open the rows; what was done, in words."""
    closed = close_row(decision, request.granted_id, request.valid_from) if request.granted_id else None
    span = closed.free if closed is not None else DateRange(request.valid_from, period.end)
    if request.need is not None:
        _open_need(decision, request.need, request, span)
    if request.timed is not None:
        GrantedOutside.objects.create(decision=decision, period=span, **outside_columns(request.timed))
    return _said(request, closed, times)


@dataclass(frozen=True, slots=True)
class Closed:
    """A row that was closed, and the stretch from the day on that is now free."""

    row: GrantedNeed | GrantedOutside
    free: DateRange

    def words(self, times: StandardTimes) -> str:
        """What it was."""
        return row_words(self.row, times)


def row_words(row: GrantedNeed | GrantedOutside, times: StandardTimes) -> str:
    """What is granted, as a person would say it."""
    return need_words(row, times) if isinstance(row, GrantedNeed) else timed_words(row)


def close_row(decision: Decision, granted_id: UUID, day: date) -> Closed:
    """Let a granted row end when the day begins. DayOutsideDecision when it does not hold on the day."""
    row = row_on(decision, granted_id, day)
    period = DateRange(row.period.lower, row.period.upper)
    row.period = until(day, period)
    row.save(update_fields=["period"])
    return Closed(row, DateRange(day, period.upper))


def row_on(decision: Decision, granted_id: UUID, day: date) -> GrantedNeed | GrantedOutside:
    """A granted row of the decision. DayOutsideDecision when it does not hold on the day."""
    row = _row(decision, granted_id)
    if row.period is None or day not in row.period:
        raise DayOutsideDecision(day)
    return row


def _row(decision: Decision, granted_id: UUID) -> GrantedNeed | GrantedOutside:
    need = decision.needs.filter(pk=granted_id).order_by("pk").first()
    if need is not None:
        return need
    return decision.outside.get(pk=granted_id)


def _open_need(decision: Decision, need: NeedAtLevel, request: ExtentRequest, span: DateRange) -> None:
    columns = replace(need, need_id=None)
    try:
        with transaction.atomic():
            GrantedNeed.objects.create(
                decision=decision,
                life_area=request.life_area.value,
                need=columns.need,
                level=columns.level,
                count=columns.count,
                per=columns.per.value,
                visit=columns.visit,
                extent=columns.extent,
                extent_text=fitting("extent_text", columns.extent_text, LONGEST_LINE),
                support=columns.support.value if columns.support else "",
                answer=columns.answer,
                period=span,
            )
    except IntegrityError as error:
        raise NeedAlreadyGranted(need.need) from error


def _said(request: ExtentRequest, closed: Closed | None, times: StandardTimes) -> str:
    now = need_words(request.need, times) if request.need else ""
    now = timed_words(request.timed) if request.timed else now
    parts = [part for part in (closed.words(times) if closed else "", now) if part]
    return f"{CHANGE_LABELS[request.change]}: {' → '.join(parts)}"[:LONGEST_LINE]


def _note(decision: Decision, request: ExtentRequest, what: str, *, by: Actor, at: datetime) -> None:
    ExtentChange.objects.create(
        decision=decision,
        valid_from=request.valid_from,
        change=request.change.value,
        what=what,
        why=request.why.strip(),
        told_provider=request.message.strip(),
        at=at,
        by_id=by.user_id,
        by_name=by.name,
    )
    text = f"Beslut {decision.number} ändras i omfattning från {long_date(request.valid_from)}. {what}. "
    entry = NewEntry(
        decision.client_id, text + request.why.strip(), at, EntryKind.DECISION, about_id=decision.pk
    )
    write_entry(entry, by=by, at=at)
