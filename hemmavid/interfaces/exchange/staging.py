"""Stage 1: cells become typed rows in temporary tables, by COPY, in constant memory (architecture.md 3a)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from hemmavid.interfaces.exchange.cells import Code, WrongCell
from hemmavid.interfaces.exchange.columns import Column, File
from hemmavid.interfaces.exchange.problems import Findings, Problem, shown
from hemmavid.interfaces.exchange.progress import Progress
from hemmavid.interfaces.exchange.reading import Batch, Unreadable, batches

_MOST_REFUSED_CODES = 10_000
_LIKE_COLUMN = re.compile(r"[a-z][a-z0-9_]{0,40}")


class Sink(Protocol):
    """What takes the text of a COPY."""

    def write(self, buffer: str) -> object:
        """Take a piece."""


@dataclass(slots=True)
class Reading:
    """How the reading of one file went.

    `is_whole` says that every row's key is known, in the staging table or among `refused`, so that it can be
    said of a code that it is not there. `is_staged` says that the file was read to its end.
    """

    file: File
    rows: int = 0
    is_whole: bool = True
    is_staged: bool = True
    refused: list[str] = field(default_factory=list)


def stage(
    cursor: CursorWrapper, file: File, path: Path | None, errors: Findings, progress: Progress
) -> Reading:
    """Make the file's staging table and fill it, rows with errors left out; a missing file is empty."""
    _make_table(cursor, file)
    reading = Reading(file)
    if path is None:
        return reading
    columns = sql.SQL(", ").join(map(sql.Identifier, ("line", *file.names)))
    statement = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(file.table), columns)
    with cursor.copy(statement) as copy:
        try:
            _read(copy, reading, path, errors, progress)
        except Unreadable as unreadable:
            errors.add(Problem(file.path, unreadable.line, "-", unreadable.reason))
            reading.is_whole = reading.is_staged = False
    # The searches that follow join the stored rows, and are planned well only if the size is known.
    cursor.execute(sql.SQL("analyze {}").format(sql.Identifier(file.table)).as_string(None))
    return reading


def copy_rows(cursor: CursorWrapper, table: str, rows: Iterable[Sequence[object]]) -> None:
    """Fill a temporary table with a few rows."""
    with cursor.copy(sql.SQL("copy {} from stdin").format(sql.Identifier(table))) as copy:
        for row in rows:
            copy.write_row(row)


def _make_table(cursor: CursorWrapper, file: File) -> None:
    columns = [
        sql.SQL("{} {}").format(sql.Identifier(column.name), sql.SQL(column.kind.sql_type))
        for column in file.columns
    ]
    statement = sql.SQL("create temporary table {} (line integer not null, {})").format(
        sql.Identifier(file.table), sql.SQL(", ").join(columns)
    )
    cursor.execute(statement.as_string(None))


def _read(copy: Sink, reading: Reading, path: Path, errors: Findings, progress: Progress) -> None:
    size = path.stat().st_size
    header: list[str] | None = None
    for batch in batches(path):
        if header is None and batch.rows:
            header = batch.rows.pop(0)
            batch.lines.pop(0)
            if not _header_holds(reading.file, header, errors):
                reading.is_whole = reading.is_staged = False
                return
        if header is not None:
            _write(copy, reading, header, batch, errors)
        progress(reading.file.path, batch.at_byte, size)
    if header is None:
        raise Unreadable(1, f"filen är tom; första raden ska vara rubriken {','.join(reading.file.names)}")


def _header_holds(file: File, header: Sequence[str], errors: Findings) -> bool:
    """Every column once and no other. Without a known name the line is data, and is not repeated."""
    if not set(header) & set(file.names):
        named = "semikolon" if ";" in "".join(header) else ""
        hint = "; fälten ska skiljas åt med komma, inte semikolon" if named else ""
        reason = f"första raden är ingen rubrik; skriv {','.join(file.names)}{hint}"
        errors.add(Problem(file.path, 1, "-", reason))
        return False
    problems = list(_header_problems(file, header))
    for problem in problems:
        errors.add(problem)
    return not problems


def _header_problems(file: File, header: Sequence[str]) -> Iterator[Problem]:
    known = set(file.names)
    for place, name in enumerate(header, start=1):
        if name not in known:
            # A line of data may have slipped into the header, and then this is no column but a person.
            value = shown(name) if not file.holds_names or _LIKE_COLUMN.fullmatch(name) else ""
            reason = f"kolumn {place} är okänd; ta bort den eller rätta namnet"
            yield Problem(file.path, 1, value or "-", reason, value)
        elif name in header[: place - 1]:
            yield Problem(file.path, 1, name, "kolumnen finns två gånger; ta bort den ena", name)
    for name in file.names:
        if name not in header:
            yield Problem(file.path, 1, name, "kolumnen saknas; lägg till den, även om den är tom", name)


def _write(copy: Sink, reading: Reading, header: Sequence[str], batch: Batch, errors: Findings) -> None:
    """Whole columns at a time; only a batch in which something is wrong is gone through cell by cell."""
    file = reading.file
    reading.rows += len(batch.rows)
    if not batch.rows:
        return
    places = [header.index(column.name) for column in file.columns]
    if set(map(len, batch.rows)) == {len(header)}:
        cells = list(zip(*batch.rows, strict=True))
        try:
            texts = [
                column.read_all(cells[place]) for column, place in zip(file.columns, places, strict=True)
            ]
        except WrongCell:
            pass
        else:
            lines = map(str, batch.lines)
            copy.write("\n".join(map("\t".join, zip(lines, *texts, strict=True))) + "\n")
            return
    for line, row in zip(batch.lines, batch.rows, strict=True):
        if len(row) == len(header):
            good = _read_row(reading, line, [row[place] for place in places], errors)
            if good is not None:
                copy.write("\t".join((str(line), *good)) + "\n")
        else:
            hint = "avklippt" if len(row) < len(header) else "utan citattecken runt en text med komma"
            reason = f"raden har {len(row)} fält men ska ha {len(header)}; kontrollera om den är {hint}"
            errors.add(Problem(file.path, line, "-", reason))
            reading.is_whole = False


def _read_row(reading: Reading, line: int, row: Sequence[str], errors: Findings) -> list[str] | None:
    file = reading.file
    texts: list[str] = []
    for column, cell in zip(file.columns, row, strict=True):
        try:
            texts.append(column.read(cell))
        except WrongCell as wrong:
            errors.add(_problem(file, line, column, cell, wrong))
    if len(texts) == len(row):
        return texts
    _remember_refused(reading, row[file.names.index(file.key[0])])
    return None


def _problem(file: File, line: int, column: Column, cell: str, wrong: WrongCell) -> Problem:
    """Names stand in some files: if the fields of a row are out of step, one may turn up in any column."""
    may_be_name = file.holds_names and not isinstance(column.kind, Code) and any(map(str.isalpha, cell))
    value = "" if may_be_name or column.kind.is_personal else shown(cell)
    subject = f"”{value}”" if value else "värdet"
    return Problem(file.path, line, column.name, f"{subject} {wrong}", value)


def _remember_refused(reading: Reading, code: str) -> None:
    """A refused row still explains its code to others, unless there are too many to remember."""
    if len(reading.refused) < _MOST_REFUSED_CODES:
        reading.refused.append(code)
    else:
        reading.is_whole = False
