"""The kinds of cells of the import: what a cell may say, and what is staged for it.

A kind turns the text of a cell into the text PostgreSQL shall read, or refuses it with a predicate in
Swedish that says what to do: "är inget datum; skriv ÅÅÅÅ-MM-DD".
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from hemmavid.lib.identity_numbers import NoSuchDate, WrongCheckDigits, WrongForm

_FIRST_YEAR = 1900
_LARGEST_WHOLE = 2_147_483_647
_OPEN_END = "9999-12-31"
_CODE = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]+")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WHOLE = re.compile(r"[0-9]{1,10}")
_MONEY = re.compile(r"([0-9]{1,9})\.([0-9]{2})")
# ISO 8601, extended form; offsets as wide as PostgreSQL takes them.
_INSTANT = (
    r"(?:19|2[0-9])[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?"
    r"(?:Z|[+-](?:0[0-9]|1[0-5])(?::[0-5][0-9])?)"
)
_ONE_INSTANT = re.compile(_INSTANT)
_MANY_INSTANTS = re.compile(rf"(?:{_INSTANT}\n)*+")
_COPY_ESCAPES = {ord("\\"): "\\\\", ord("\t"): "\\t", ord("\n"): "\\n", ord("\r"): "\\r"}
NULL = "\\N"


class WrongCell(ValueError):
    """The cell cannot be read; the message is a Swedish predicate that never holds the cell's value."""


class Kind(ABC):
    """A kind of cell. `sql_type` is its type in the staging table; `empty` what an empty cell becomes."""

    sql_type = "text"
    empty = NULL
    is_personal = False

    @abstractmethod
    def read(self, cell: str) -> str:
        """The text PostgreSQL shall read for a cell that is not empty. Raises WrongCell."""

    def read_all(self, cells: Sequence[str]) -> Iterable[str]:
        """The same for many cells at once, empty ones too; each text is read once. Raises WrongCell."""
        read = {cell: self.read(cell) if cell else self.empty for cell in set(cells)}
        return map(read.__getitem__, cells)


@dataclass(frozen=True)
class Text(Kind):
    """Free text of a limited length."""

    longest: int = 200
    is_personal: bool = False
    empty = ""

    def read(self, cell: str) -> str:
        """The text as it is."""
        if len(cell) > self.longest:
            raise WrongCell(f"är längre än {self.longest} tecken; korta av")
        return cell.translate(_COPY_ESCAPES)


class Code(Kind):
    """A code: free text without spaces."""

    empty = ""

    def read(self, cell: str) -> str:
        """The code as it is."""
        if not _CODE.fullmatch(cell):
            raise WrongCell("innehåller mellanslag eller styrtecken; skriv koden utan")
        if len(cell) > 100:
            raise WrongCell("är längre än 100 tecken; korta av koden")
        return cell.translate(_COPY_ESCAPES)


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words."""

    words: tuple[str, ...]
    empty = ""

    def read(self, cell: str) -> str:
        """The word."""
        if cell not in self.words:
            raise WrongCell(f"är inte giltigt; skriv {', '.join(self.words[:-1])} eller {self.words[-1]}")
        return cell


@dataclass(frozen=True)
class Listed(Kind):
    """A code of a long list known to the program."""

    codes: frozenset[str]
    empty = ""

    def read(self, cell: str) -> str:
        """The code."""
        if cell not in self.codes:
            raise WrongCell("är ingen insatskod; använd en kod ur kontraktets lista, till exempel ramtid")
        return cell


class YesNo(Kind):
    """`yes` or `no`."""

    sql_type = "boolean"

    def read(self, cell: str) -> str:
        """A truth value."""
        if cell not in {"yes", "no"}:
            raise WrongCell("är varken yes eller no; skriv ett av dem")
        return "t" if cell == "yes" else "f"


class Day(Kind):
    """A date written YYYY-MM-DD."""

    sql_type = "date"

    def read(self, cell: str) -> str:
        """The date."""
        if not _DATE.fullmatch(cell):
            raise WrongCell("är inget datum; skriv ÅÅÅÅ-MM-DD, till exempel 2022-11-01")
        try:
            day = date.fromisoformat(cell)
        except ValueError:
            raise WrongCell("är ett datum som inte finns; rätta det") from None
        if day.year < _FIRST_YEAR:
            raise WrongCell(f"är före år {_FIRST_YEAR}; rätta året")
        return cell


class LastDay(Day):
    """The last day of a period; empty, or the last day there is, means until further notice."""

    def read(self, cell: str) -> str:
        """The date. The day after 9999-12-31 exists in no calendar of ours, so it stands for no end."""
        day = super().read(cell)
        return NULL if day == _OPEN_END else day


class Instant(Kind):
    """An instant, ISO 8601 with offset."""

    sql_type = "timestamptz"

    def read(self, cell: str) -> str:
        """The instant."""
        if not _ONE_INSTANT.fullmatch(cell):
            raise WrongCell("är ingen tidpunkt; skriv datum, T, klockslag och zon: 2022-11-20T08:02:11+01:00")
        try:
            datetime.fromisoformat(cell)
        except ValueError:
            raise WrongCell("är en tidpunkt som inte finns; rätta datumet eller klockslaget") from None
        return cell

    def read_all(self, cells: Sequence[str]) -> Iterable[str]:
        """Hardly two are alike, so their form is tested in one go and each one only for existence."""
        filled = list(filter(None, cells))
        if not _MANY_INSTANTS.fullmatch("\n".join(filled) + "\n" if filled else ""):
            return super().read_all(cells)
        try:
            for _ in map(datetime.fromisoformat, filled):
                pass
        except ValueError:
            return super().read_all(cells)
        return [cell or NULL for cell in cells]


class Minutes(Kind):
    """A whole number of at least 1."""

    sql_type = "integer"

    def read(self, cell: str) -> str:
        """The number."""
        if not _WHOLE.fullmatch(cell) or not 1 <= int(cell) <= _LARGEST_WHOLE:
            raise WrongCell("är inget heltal från 1 och uppåt; skriv bara siffror, till exempel 174")
        return cell


class Kronor(Kind):
    """Kronor with a point and two decimals, staged in öre."""

    sql_type = "bigint"

    def read(self, cell: str) -> str:
        """The amount in öre."""
        amount = _MONEY.fullmatch(cell)
        if amount is None:
            raise WrongCell("är inget belopp; skriv kronor med punkt och två decimaler, till exempel 480.00")
        return f"{amount[1]}{amount[2]}"


@dataclass(frozen=True)
class CheckedNumber(Kind):
    """A number with a check digit, staged in its one written form."""

    written: Callable[[str], str]
    form: str
    is_personal: bool = False
    empty = ""

    def read(self, cell: str) -> str:
        """The number with its hyphen."""
        try:
            return self.written(cell)
        except NoSuchDate:
            raise WrongCell("har ett födelsedatum som inte finns; rätta numret") from None
        except WrongForm:
            raise WrongCell(f"har fel form; skriv {self.form}") from None
        except WrongCheckDigits:
            raise WrongCell("har fel kontrollsiffra; jämför med källan och rätta") from None
