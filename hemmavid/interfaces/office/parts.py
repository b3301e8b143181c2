"""The values the template parts take (see templatetags/parts.py). Views make them; parts only draw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from hemmavid.lib.periods import Month
from hemmavid.reports.tables import Column, Kind, ReportTable, Value


def initials_of(name: str) -> str:
    """First letters of the first and last word of a name: KL."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the breadcrumbs; the page itself has no url."""

    label: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter. `url` is the whole view with this choice: every view is a link."""

    label: str
    url: str
    is_chosen: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class MonthStep:
    """A month and its neighbours; an empty url means that there is nothing in that direction."""

    month: Month
    previous_url: str = ""
    next_url: str = ""


@dataclass(frozen=True, slots=True)
class Downloads:
    """Where the same view is had as a file; an empty url leaves the line out."""

    csv: str = ""
    xlsx: str = ""
    pdf: str = ""


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A card of the start page: what, how much, and where to go. `value` is finished text.

    `signal` is a level (A, B, C, D, OK) shown beside the label, `graphic` a small chart.
    """

    label: str
    value: str
    unit: str = ""
    note: str = ""
    url: str = ""
    link_text: str = ""
    signal: str = ""
    graphic: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One line under the search box. `why` says what matched; `kind` what it is: brukare, enhet, sida."""

    label: str
    url: str
    kind: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One button of the demo login. `demo_role`: role code for the first of a role, else ""."""

    username: str
    name: str
    role: str
    place: str = ""
    demo_role: str = ""

    @property
    def initials(self) -> str:
        """First letters of the first and last name."""
        return initials_of(self.name)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell as the screen shows it."""

    text: str
    is_number: bool
    url: str = ""
    extra: str = ""


@dataclass(frozen=True, slots=True)
class ScreenTable:
    """A `ReportTable` with what only a screen has: links, and marks beside each row's first cell."""

    table: ReportTable
    links: Sequence[str] = ()
    extras: Sequence[str] = ()

    @property
    def columns(self) -> Sequence[Column]:
        """The headings."""
        return self.table.columns

    @property
    def rows(self) -> list[list[Cell]]:
        """Rows of cells; the first cell carries the row's link and extra."""
        return [self._cells(row, index) for index, row in enumerate(self.table.rows)]

    @property
    def total(self) -> list[Cell]:
        """The total's cells, or none."""
        return self._cells(self.table.total, None) if self.table.total is not None else []

    def _cells(self, row: Sequence[Value], index: int | None) -> list[Cell]:
        url = self.links[index] if index is not None and index < len(self.links) else ""
        extra = self.extras[index] if index is not None and index < len(self.extras) else ""
        return [
            Cell(text, column.kind is not Kind.TEXT, *((url, extra) if place == 0 else ()))
            for place, (column, text) in enumerate(zip(self.columns, self.table.texts(row), strict=True))
        ]


SIGNAL_WORDS = {
    "A": "Agera nu",
    "B": "Idag",
    "C": "Planera",
    "D": "För kännedom",
    "OK": "Klart",
}
# Filled octagon, triangle, diamond, circle and tick: told apart without colour (ux.md section 2.2).
SIGNAL_SHAPES = {
    "A": SafeString('<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z"/>'),
    "B": SafeString('<path d="M8 1.5 15.5 15H.5z"/>'),
    "C": SafeString('<path d="M8 1.5 14.5 8 8 14.5 1.5 8z"/>'),
    "D": SafeString('<circle cx="8" cy="8" r="6"/>'),
    "OK": SafeString('<path d="m2.5 8.5 3.5 4 7.5-9"/>'),
}
