"""Results on their way out: a table for a person or a pipe, bytes for a file, whole or not at all."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Self

from rich.console import Console
from rich.text import Text

from hemmavid.interfaces.cli import exits
from hemmavid.reports.tables import ReportTable

GAP = "  "


def is_terminal() -> bool:
    """Whether a person reads stdout."""
    return sys.stdout.isatty()


def show_table(table: ReportTable) -> None:
    """The table on stdout: with colour and rules on a terminal, plain and aligned in a pipe."""
    if is_terminal():
        _paint(table)
    else:
        sys.stdout.write(plain_text(table))
        sys.stdout.flush()


def plain_text(table: ReportTable) -> str:
    """Title, columns aligned by spaces, total, notes; nothing but text, so that any tool can read it."""
    layout = _Layout.of(table, room=None)
    parts = [table.title, *table.subtitle, table.as_of_text, "", *layout.headings, *layout.rows]
    if layout.total is not None:
        parts.append(layout.total)
    if table.notes:
        parts += ["", *table.notes]
    return "".join(f"{part.rstrip()}\n" for part in parts)


def write_out(content: bytes, output: Path | None) -> None:
    """The bytes to the file, or to stdout when none is named. Refused when the file cannot be written."""
    if output is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    try:
        _write_file(output, content)
    except OSError as error:
        raise exits.Refused(f"{output} går inte att skriva: {error.strerror}.") from error


def _write_file(output: Path, content: bytes) -> None:
    """Beside the file first, then in its place at once; a device or a pipe is written as it is."""
    if output.exists() and not output.is_file():
        output.write_bytes(content)
        return
    draft = output.with_name(f".{output.name}.{os.getpid()}.tmp")
    try:
        draft.write_bytes(content)
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Layout:
    """The lines of a table, aligned. Headings take several lines where the room asks for it."""

    headings: list[str]
    rows: list[str]
    total: str | None

    @classmethod
    def of(cls, table: ReportTable, *, room: int | None) -> Self:
        """For so many characters a line; None for as many as it takes. No name and no figure is ever cut."""
        rows = [table.texts(row) for row in table.rows]
        total = None if table.total is None else table.texts(table.total)
        every = [*rows, *([] if total is None else [total])]
        headings = [[column.heading] for column in table.columns]
        widths = _widths(headings, every)
        if room is not None and sum(widths) + len(GAP) * (len(widths) - 1) > room:
            headings = [column.heading.split() for column in table.columns]
            widths = _widths(headings, every)
        height = max(map(len, headings))
        stacked = zip(*([""] * (height - len(words)) + words for words in headings), strict=True)

        def line(cells: Iterable[str]) -> str:
            return GAP.join(
                cell.rjust(width) if column.is_number else cell.ljust(width)
                for cell, width, column in zip(cells, widths, table.columns, strict=True)
            )

        return cls(list(map(line, stacked)), list(map(line, rows)), None if total is None else line(total))


def _widths(headings: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> list[int]:
    return [
        max(map(len, (*words, *cells)))
        for words, cells in zip(headings, zip(*rows, strict=True) if rows else repeat(()), strict=bool(rows))
    ]


def _paint(table: ReportTable) -> None:
    """On a terminal too narrow for the figures the terminal breaks the lines itself."""
    console = Console(file=sys.stdout, highlight=False, soft_wrap=True)
    layout = _Layout.of(table, room=console.width)
    console.print(Text(table.title, style="bold cyan"))
    for words in (*table.subtitle, table.as_of_text):
        console.print(Text(words, style="dim"))
    console.print()
    for heading in layout.headings:
        console.print(Text(heading, style="bold"))
    rule = Text("─" * len(layout.headings[0]), style="dim")
    console.print(rule)
    for row in layout.rows:
        console.print(Text(row))
    if layout.total is not None:
        console.print(rule)
        console.print(Text(layout.total, style="bold"))
    if table.notes:
        console.print()
    for note in table.notes:
        console.print(Text(note, style="yellow"))
