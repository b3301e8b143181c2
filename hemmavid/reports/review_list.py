"""The list of clients with frame time: how near performed time comes, and which to take up (R139, R140)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.lib import swedish
from hemmavid.lib.hours import as_hundredths
from hemmavid.lib.periods import Month
from hemmavid.messages.frame_time_reviews import ReviewThread, review_threads
from hemmavid.people.naming import ClientName
from hemmavid.people.queries import client_names
from hemmavid.reports.frame_time_review import ReviewOfClient, Reviews, frame_time_reviews
from hemmavid.reports.tables import Column, Kind, ReportTable, Value
from hemmavid.rules.frame_time_review import MonthOfFrameTime

TITLE = "Översyn av ramtid"


class Standing(StrEnum):
    """Where a client's review is, the most pressing first."""

    OPEN = "open"
    ASKED = "asked"
    COMING = "coming"
    WITHIN = "within"


STANDING_LABELS = {
    Standing.OPEN: "Ta upp nu",
    Standing.ASKED: "Upptagen",
    Standing.COMING: "På väg",
    Standing.WITHIN: "",
}
_ORDER = {standing: place for place, standing in enumerate(Standing)}


@dataclass(frozen=True, slots=True)
class ListedReview:
    """One row before it has a name."""

    one: ReviewOfClient
    standing: Standing
    thread: ReviewThread | None

    @property
    def words(self) -> str:
        """Ta upp nu · Upptagen 5 november 2026 kl. 9.15 · På väg, 1 månad."""
        if self.standing is Standing.COMING:
            number = len(self.one.review.months)
            return f"{STANDING_LABELS[self.standing]}, {number} månad{'er' if number > 1 else ''}"
        if self.standing is Standing.ASKED and self.thread is not None:
            return f"Upptagen {swedish.moment(self.thread.opened_at)}"
        return STANDING_LABELS[self.standing]


@dataclass(frozen=True, slots=True)
class ReviewList:
    """The rows asked for, most pressing and then most different first, and how many there are of each."""

    reviews: Reviews
    rows: tuple[ListedReview, ...]
    counts: dict[Standing, int]

    def named(self, *, by: Actor, most: int | None = None) -> list[tuple[ListedReview, ClientName]]:
        """The first rows with names, or all of them. One query."""
        rows = self.rows[:most]
        names = client_names([row.one.code for row in rows], by=by)
        return [(row, names[row.one.code]) for row in rows if row.one.code in names]


def review_list(
    *, on: date, by: Actor, unit_id: UUID | None = None, standing: Standing | None = None
) -> ReviewList:
    """Clients with frame time within the actor's reach. Twenty queries at most, whatever their number."""
    reviews = frame_time_reviews(on=on, by=by, unit_id=unit_id)
    threads = review_threads(by=by)
    rows = [_listed(one, threads.get(one.client_id)) for one in reviews.clients]
    rows.sort(key=lambda row: (_ORDER[row.standing], -abs(row.one.difference), row.one.code))
    counts = {each: sum(row.standing is each for row in rows) for each in Standing}
    return ReviewList(reviews, tuple(row for row in rows if standing in (None, row.standing)), counts)


def _listed(one: ReviewOfClient, thread: ReviewThread | None) -> ListedReview:
    if thread is not None and thread.is_about(one.review.opened_on):
        return ListedReview(one, Standing.ASKED, thread)
    if one.review.is_open:
        return ListedReview(one, Standing.OPEN, None)
    return ListedReview(one, Standing.COMING if one.review.months else Standing.WITHIN, None)


def review_table(
    found: ReviewList, rows: Sequence[tuple[ListedReview, ClientName]], *, has_units: bool, has_codes: bool
) -> ReportTable:
    """A row a client: performed of frame time month by month in percent, and the newest month in hours."""
    months = found.reviews.months
    return ReportTable(
        title=f"{TITLE}, till och med {swedish.month_name(months[-1])}",
        columns=(
            Column("Brukare"),
            *([Column("Kod")] if has_codes else []),
            *([Column("Enhet")] if has_units else []),
            *(Column(f"{_month(month)} (%)", Kind.COUNT, keeps_zero=True) for month in months),
            Column("Ramtid (h)", Kind.HOURS),
            Column("Utfört (h)", Kind.HOURS),
            Column("Skillnad (h)", Kind.HOURS),
            Column("Trend"),
            Column("Läge"),
        ),
        rows=[
            (
                name.listed,
                *([name.code] if has_codes else []),
                *([", ".join(unit.name for unit in row.one.units)] if has_units else []),
                *_shares(row.one, months),
                row.one.last.granted_lov_hours,
                row.one.last.performed_hours,
                row.one.difference,
                trend(row.one.months),
                row.words,
            )
            for row, name in rows
        ],
        as_of=found.reviews.as_of,
        notes=("Procent är utförd tid av ramtiden, efter uppehåll. Timmarna gäller den senaste månaden.",),
    )


def _month(month: Month) -> str:
    """The month alone: four in a row need no year."""
    return swedish.MONTH_NAMES[month.month - 1].capitalize()


def share(month: MonthOfFrameTime) -> int | None:
    """Performed of granted in whole percent; None where nothing was granted."""
    if not month.granted_lov_hours:
        return None
    exact = Decimal(100 * as_hundredths(month.performed_hours)) / as_hundredths(month.granted_lov_hours)
    return int(exact.quantize(Decimal(1), rounding="ROUND_HALF_UP"))


def trend(months: Sequence[MonthOfFrameTime]) -> str:
    """Whether the newest month came nearer to frame time than the one before it (R139)."""
    if len(months) < 2:
        return ""
    before, last = (abs(one.performed_hours - one.granted_lov_hours) for one in months[-2:])
    if before == last:
        return "oförändrat"
    return "närmar sig" if last < before else "längre ifrån"


def _shares(one: ReviewOfClient, months: Sequence[Month]) -> list[Value]:
    known = {month.month: month for month in one.months}
    return [share(known[month]) if month in known else None for month in months]
