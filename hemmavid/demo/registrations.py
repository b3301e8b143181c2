"""Gives the visits of a unit to its staff and writes them as lines of visits.csv, month by month."""

from collections.abc import Iterator
from datetime import date, timedelta

from hemmavid.demo.care import CareRecord
from hemmavid.demo.chance import stream
from hemmavid.demo.patterns import pattern_of
from hemmavid.demo.rosters import Roster
from hemmavid.demo.scripts import SCRIPTS
from hemmavid.demo.troubles import home_method
from hemmavid.demo.visits import Presence, RegisteredVisit, VisitSource, month_of_visits
from hemmavid.demo.window import DAY_SECONDS, EPOCH_DAY, StockholmTime, Window

LEAVES_BEFORE_SECONDS = 90  # the second of two may leave up to so much earlier


class VisitPlan:
    """The sources of visits by unit, kept while the demo is written."""

    def __init__(self, seed: int, window: Window) -> None:
        self._seed = seed
        self._window = window
        self._sources: dict[str, list[VisitSource]] = {}
        self._times = StockholmTime(window.starts_on, window.until + timedelta(days=1))
        self._latest = self._times.instant(window.until.toordinal() + 1, 0)

    def add(self, record: CareRecord) -> None:
        """Keeps what a client's visits come from; grants without visits in the window are left out."""
        presence = Presence(record, self._window)
        method = home_method(stream(self._seed, "method", record.person.number))
        for grant in record.grants:
            pattern = pattern_of(self._seed, record, grant)
            if pattern and grant.days_in_effect(self._window.starts_on, self._window.until):
                source = VisitSource(self._seed, record, grant, pattern, presence, method)
                self._sources.setdefault(grant.unit, []).append(source)

    def lines(self, unit: str, piece: tuple[date, date], roster: Roster) -> list[str]:
        """The unit's lines of one piece of a month, in order of start."""
        visits: list[RegisteredVisit] = []
        for source in self._sources.get(unit, ()):
            script = SCRIPTS.get((source.record.person.number, source.grant.intervention))
            if script and piece[0] == self._window.last_full_month:
                visits.extend(script(piece[0], self._times))
            else:
                visits.extend(month_of_visits(source, piece, self._window, self._times))
        visits.sort()
        lines: list[str] = []
        for visit in visits:
            lines.extend(self._staffed(unit, visit, roster))
        return lines

    def _staffed(self, unit: str, visit: RegisteredVisit, roster: Roster) -> Iterator[str]:
        """One line, or two with the same code when two came; a visit pushed past the last day is left out."""
        start, code, end, client, intervention, start_method, end_method, approved, status, staff = visit
        text = self._times.text
        head = f"{code},K{client:04d},{unit},{intervention}"
        tail = f"{start_method},{end_method},{approved},{status}\r\n"
        if staff == 0:
            yield f"{head},,{text(start)},,{tail}"
            return
        wall = start + self._times.offset(start)
        day_second = (wall // DAY_SECONDS + EPOCH_DAY, wall % DAY_SECONDS)
        place, wait = roster.take(start, end or start, day_second, client)
        if (end or start) + wait > self._latest:
            return
        ends = text(end + wait) if end else ""
        yield f"{head},{roster.codes[place]},{text(start + wait)},{ends},{tail}"
        if staff == 2 and end is not None:
            left_at = end - start % LEAVES_BEFORE_SECONDS
            second, late = roster.take(start + wait, left_at + wait, day_second, client)
            if second != place and late == 0 and left_at > start:
                yield f"{head},{roster.codes[second]},{text(start + wait)},{text(left_at + wait)},{tail}"
