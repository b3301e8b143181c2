"""The days a demo covers, and wall-clock time in Stockholm as instants, fast enough for a million visits."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

STOCKHOLM = ZoneInfo("Europe/Stockholm")
EPOCH_DAY = date(1970, 1, 1).toordinal()
DAY_SECONDS = 86_400
HOUR_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Window:
    """The `months` whole months before that of `until`, and its days so far (contract.md section 2)."""

    until: date
    months: int

    @property
    def starts_on(self) -> date:
        return first_of_month(self.until, -self.months)

    @property
    def last_full_month(self) -> date:
        """First day of the newest whole month."""
        return first_of_month(self.until, -1)

    @property
    def days(self) -> int:
        return (self.until - self.starts_on).days + 1

    def month_pieces(self) -> Iterator[tuple[date, date]]:
        """First and last day of each month in the window; the last piece ends on `until`."""
        for back in range(-self.months, 1):
            first = first_of_month(self.until, back)
            yield first, min(first_of_month(first, 1) - timedelta(days=1), self.until)


def first_of_month(day: date, months: int = 0) -> date:
    """The first day of the month that lies `months` after (before if negative) the month of `day`."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


class StockholmTime:
    """Wall-clock seconds to epoch seconds and back to ISO text, for the days around one window."""

    def __init__(self, first: date, last: date) -> None:
        self._first = first
        self._last = last
        self._day_text: dict[int, str] = {}

    @cached_property
    def _changes(self) -> tuple[list[int], list[int]]:
        """Epoch seconds of each clock change, and the offset before the first and after each."""
        at = _epoch(self._first) - DAY_SECONDS
        end = _epoch(self._last) + 3 * DAY_SECONDS
        changes: list[int] = []
        offsets = [_offset(at)]
        while at < end:
            step = at + HOUR_SECONDS
            if _offset(step) != offsets[-1]:
                changes.append(step)
                offsets.append(_offset(step))
            at = step
        return changes, offsets

    def offset(self, instant: int) -> int:
        """Seconds east of UTC at an instant."""
        changes, offsets = self._changes
        return offsets[bisect_right(changes, instant)]

    def instant(self, day: int, second: int) -> int:
        """Epoch seconds of a wall-clock second of a day's ordinal; a repeated hour means the later one."""
        winter = (day - EPOCH_DAY) * DAY_SECONDS + second - HOUR_SECONDS
        return winter + HOUR_SECONDS - self.offset(winter)

    def second_of_day(self, instant: int) -> int:
        return (instant + self.offset(instant)) % DAY_SECONDS

    def text(self, instant: int) -> str:
        """ISO 8601 with the offset of Stockholm, for example 2022-11-20T08:02:11+01:00."""
        offset = self.offset(instant)
        day, second = divmod(instant + offset, DAY_SECONDS)
        text = self._day_text.get(day)
        if text is None:
            text = self._day_text[day] = date.fromordinal(day + EPOCH_DAY).isoformat()
        minute, second = divmod(second, 60)
        return f"{text}T{minute // 60:02d}:{minute % 60:02d}:{second:02d}+0{offset // HOUR_SECONDS}:00"


def _epoch(day: date) -> int:
    return (day.toordinal() - EPOCH_DAY) * DAY_SECONDS


def _offset(instant: int) -> int:
    offset = datetime.fromtimestamp(instant, UTC).astimezone(STOCKHOLM).utcoffset()
    return int(offset.total_seconds()) if offset else 0
