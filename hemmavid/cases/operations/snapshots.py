"""Frame time kept with a decision: computed for each day its needs change, explained for good (R124)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from hemmavid.cases.calculation import Aid, levels_of, lines_as_stored, version_of
from hemmavid.cases.models import Decision, FrameTimeSnapshot, GrantedNeed
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.frame_time import FrameTime


@dataclass(frozen=True, slots=True)
class Computed:
    """The frame time from a day; `found` None when nothing is left within frame time."""

    valid_from: date
    found: FrameTime | None


def aid_of(decision: Decision, at: datetime) -> Aid:
    """The aid that a decision was made by: a new table changes no running decision (R044, R135)."""
    return Aid.for_day(local_day(decision.decided_at or at), parameters_in_use())


def frame_time_on(day: date, rows: Iterable[GrantedNeed], aid: Aid) -> FrameTime | None:
    """The frame time of the granted needs that hold on the day."""
    return aid.frame_time(levels_of(row for row in rows if row.period is not None and day in row.period))


def take_snapshots(decision: Decision, period: Period, *, from_day: date, at: datetime) -> list[Computed]:
    """Compute and keep the frame time of each stretch from the day on. NeedsRefused with every fault."""
    rows = list(GrantedNeed.objects.filter(decision=decision, period__isnull=False).order_by("pk"))
    aid = aid_of(decision, at)
    found = [Computed(day, frame_time_on(day, rows, aid)) for day in _days(rows, period, from_day)]
    FrameTimeSnapshot.objects.bulk_create(_kept(decision, one, aid, at) for one in found)
    return found


def _days(rows: Iterable[GrantedNeed], period: Period, from_day: date) -> list[date]:
    first = max(period.start, from_day)
    bounds = {day for row in rows if row.period for day in (row.period.lower, row.period.upper) if day}
    return sorted({first, *(day for day in bounds if day > first and period.contains(day))})


def _kept(decision: Decision, one: Computed, aid: Aid, at: datetime) -> FrameTimeSnapshot:
    found = one.found
    grant = aid.grant(found) if found else None
    return FrameTimeSnapshot(
        decision=decision,
        valid_from=one.valid_from,
        minutes_per_week=found.minutes_per_week if found else Decimal(0),
        whole_minutes_per_week=grant.minutes_per_week if grant else 0,
        hours_per_month=found.hours_per_month if found else Decimal(0),
        table_version=version_of(found) if found else "",
        result=lines_as_stored(found) if found else [],
        explanation=list(grant.because) if grant else [],
        made_at=at,
    )
