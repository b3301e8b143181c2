"""The registered visits of one grant in one month: the pattern, less absence and death, plus the troubles."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from math import exp, log
from random import Random
from typing import NamedTuple

from hemmavid.demo import troubles
from hemmavid.demo.care import CareRecord, DemoGrant
from hemmavid.demo.chance import stream
from hemmavid.demo.patterns import Pattern, Slot
from hemmavid.demo.window import StockholmTime, Window

MINUTE = 60
HOUR = 3_600
LEAVES_AT = 11 * HOUR
RETURNS_AT = 15 * HOUR
SHORTEST_SECONDS = 60
MOST_SECONDS, LAST_SECONDS = 6 * HOUR, 150 * MINUTE
START_SIGMA_SECONDS = 480.0


class RegisteredVisit(NamedTuple):
    """One visit before staff are chosen; `staff` is how many come, `end` None when there is none."""

    start: int
    code: str
    end: int | None
    client: int
    intervention: str
    start_method: str
    end_method: str
    approved: str
    status: str
    staff: int


class Presence:
    """Whether the client is at home: days of absence are empty, on a boundary day half a day is left."""

    def __init__(self, record: CareRecord, window: Window) -> None:
        self._away: set[int] = set()
        self._leaves: set[int] = set()
        self._returns: set[int] = set()
        for absence in record.absences:
            first = absence.from_on.toordinal()
            last = (absence.to_on or window.until + timedelta(days=1)).toordinal()
            self._away.update(range(first + 1, last))
            self._leaves.add(first)
            self._returns.add(last)
        died_on = record.person.deceased_on
        self.last = died_on.toordinal() if died_on else window.until.toordinal()
        if died_on:
            self._leaves.add(self.last)

    def is_whole(self, day: int) -> bool:
        return day not in self._away and day not in self._leaves and day not in self._returns

    def allows(self, day: int, second: int) -> bool:
        """False also on the day between two absences that share it."""
        if day in self._away or (day in self._leaves and day in self._returns):
            return False
        if day in self._leaves:
            return second < LEAVES_AT
        return day not in self._returns or second >= RETURNS_AT


@dataclass(frozen=True, slots=True)
class VisitSource:
    """A grant with everything its visits come from."""

    seed: int
    record: CareRecord
    grant: DemoGrant
    pattern: Pattern
    presence: Presence
    method: str


def month_of_visits(
    source: VisitSource, piece: tuple[date, date], window: Window, times: StockholmTime
) -> list[RegisteredVisit]:
    """The visits of one piece of a month, in no order; none ends after the last day of the window."""
    days = source.grant.days_in_effect(*piece)
    if days is None:
        return []
    rng = stream(source.seed, "visits", source.grant.code, piece[0])
    first, last = days[0].toordinal(), min(days[1].toordinal(), source.presence.last)
    until = window.until.toordinal()
    latest = times.instant(until + 1, 0)
    every, number = source.pattern.every_weeks, source.record.person.number
    visits: list[RegisteredVisit] = []
    for day in range(first, last + 1):
        slots = source.pattern.by_weekday[(day + 6) % 7]
        if not slots or (every > 1 and ((day + 6) // 7 + number) % every):
            continue
        whole = source.presence.is_whole(day)
        prefix = f"B{number:04d}-{_day_text(day)}-{source.grant.code.rpartition('-')[2]}"
        drawn = _Day(source, rng, prefix, is_recent=day > until - troubles.STILL_WAITING_DAYS)
        for slot, room in zip(slots, _rooms(slots), strict=True):
            if not whole and not source.presence.allows(day, slot.second):
                continue
            start = times.instant(day, slot.second) + int(rng.gauss(0.0, START_SIGMA_SECONDS))
            drawn.add(slot, start, room)
            if whole and source.grant.intervention == "ramtid" and rng.random() < troubles.UNPLANNED:
                drawn.add(slot, start + rng.randint(70, 130) * MINUTE, HOUR)
        visits.extend(visit for visit in drawn.visits if (visit.end or visit.start) <= latest)
    return visits


class _Day:
    """Draws the visits of one day of one grant."""

    def __init__(self, source: VisitSource, rng: Random, prefix: str, *, is_recent: bool) -> None:
        self.visits: list[RegisteredVisit] = []
        self._source = source
        self._rng = rng
        self._prefix = prefix
        self._is_recent = is_recent

    def add(self, slot: Slot, start: int, room: int) -> None:
        rng, source = self._rng, self._source
        code = f"{self._prefix}-{len(self.visits) + 1}"
        number = source.record.person.number
        intervention = source.grant.intervention
        status = troubles.status(rng)
        if status != troubles.PERFORMED:
            staff = 1 if status == troubles.CANCELLED_STATUS else 0
            self.visits.append(
                RegisteredVisit(start, code, None, number, intervention, "", "", "", status, staff)
            )
            return
        registered = troubles.registration(rng, source.method, is_recent=self._is_recent)
        seconds = self._length(slot, room)
        if intervention == "ramtid":
            point = rng.random()
            if point < troubles.WRONG_INTERVENTION:
                intervention = slot.kind
            elif point > 1 - troubles.FORGOTTEN_OUT:
                seconds += rng.randint(4 * HOUR, 9 * HOUR)
        staff = 2 if source.pattern.double_share and rng.random() < source.pattern.double_share else 1
        self.visits.append(
            RegisteredVisit(
                start, code, start + seconds, number, intervention,
                registered.start_method, registered.end_method, registered.approved, status, staff,
            )
        )  # fmt: skip

    def _length(self, slot: Slot, room: int) -> int:
        """Log-normal seconds with the pattern's mean, a minute at least and `room` at most."""
        pattern = self._source.pattern
        middle = log(pattern.mean_seconds * slot.weight) - pattern.sigma * pattern.sigma / 2
        seconds = int(exp(middle + pattern.sigma * self._rng.gauss(0.0, 1.0)))
        return min(max(seconds, SHORTEST_SECONDS), room)


@lru_cache(maxsize=8192)
def _rooms(slots: tuple[Slot, ...]) -> tuple[int, ...]:
    """Seconds for each visit until the next one of the day begins, with time for the door."""
    following = [slot.second for slot in slots[1:]]
    last = MOST_SECONDS if len(slots) == 1 else LAST_SECONDS
    return (*(then - slot.second - 20 * MINUTE for slot, then in zip(slots, following, strict=False)), last)


@lru_cache(maxsize=1024)
def _day_text(day: int) -> str:
    return date.fromordinal(day).strftime("%y%m%d")
