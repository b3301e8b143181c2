"""One table, four papers: the same frozen values become HTML, PDF, Excel and CSV.

What a figure looks like is decided by its column's kind, once, here; so screen and paper cannot differ
(ux.md MC4). A zero in an hours or count column is blank, as in the printed hours statement
(contract.md section 4); a zero amount of money is shown, because a krona that is not paid is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from hemmavid.lib import swedish
from hemmavid.lib.money import Money

Value: TypeAlias = str | int | Decimal | Money | None
Row: TypeAlias = Sequence[Value]


class Kind(StrEnum):
    """What a column holds: words, hours with two decimals, money, a change in money, or whole numbers."""

    TEXT = "text"
    HOURS = "hours"
    KRONOR = "kronor"
    CHANGE = "change"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Column:
    """A heading and what stands below it. `keeps_zero` shows a zero that would be blank."""

    heading: str
    kind: Kind = Kind.TEXT
    keeps_zero: bool = False

    @property
    def is_number(self) -> bool:
        """Figures stand to the right."""
        return self.kind is not Kind.TEXT

    def number(self, value: Value) -> Decimal | int | None:
        """The figure of a number column as a number; None where the cell is to be blank.

        Raises TypeError for a value that does not belong to the kind: a column of hours never holds text.
        """
        if value is None:
            return None
        if self.kind in {Kind.KRONOR, Kind.CHANGE}:
            if not isinstance(value, Money):
                raise TypeError(f"{self.heading}: {type(value).__name__} is not Money")
            return value.kronor
        if isinstance(value, (str, Money)):
            raise TypeError(f"{self.heading}: {type(value).__name__} is not a number")
        return value if value or self.keeps_zero else None

    def text(self, value: Value) -> str:
        """The cell as people read it: 12,43 · 5 966,40 · 32 · blank."""
        if self.kind is Kind.TEXT:
            return "" if value is None else str(value)
        figure = self.number(value)
        if figure is None:
            return ""
        sign = "+" if self.kind is Kind.CHANGE and figure > 0 else ""
        return sign + swedish.number(figure, 0 if self.kind is Kind.COUNT else 2)


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A finished table.

    `as_of` is the last change of the data, never the clock (contract.md section 4), so the same data give
    the same file byte for byte. `subtitle` and `notes` are plain sentences. Every row, and the total,
    has one value a column; ValueError otherwise.
    """

    title: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    as_of: datetime
    total: Row | None = None
    subtitle: Sequence[str] = ()
    notes: Sequence[str] = ()

    def __post_init__(self) -> None:
        for row in (*self.rows, *([self.total] if self.total is not None else [])):
            if len(row) != len(self.columns):
                raise ValueError(f"{self.title}: a row of {len(row)} values for {len(self.columns)} columns")

    @property
    def as_of_text(self) -> str:
        """Uppgifter per 24 april 2024 kl. 13.15."""
        return f"Uppgifter per {swedish.moment(self.as_of)}"

    def texts(self, row: Row) -> list[str]:
        """One row as people read it."""
        return [column.text(value) for column, value in zip(self.columns, row, strict=True)]
