"""Results on their way out: a table for a person or a pipe, bytes for a file, whole or not at all."""

import os
import sys
from itertools import chain
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table
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
    headings = [column.heading for column in table.columns]
    lines = [headings, *(table.texts(row) for row in table.rows)]
    if table.total is not None:
        lines.append(table.texts(table.total))
    widths = [max(map(len, cells)) for cells in zip(*lines, strict=True)]
    aligned = [
        GAP.join(
            cell.rjust(width) if column.is_number else cell.ljust(width)
            for cell, width, column in zip(line, widths, table.columns, strict=True)
        )
        for line in lines
    ]
    parts = [table.title, *table.subtitle, table.as_of_text, "", *aligned]
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


def _paint(table: ReportTable) -> None:
    shown = Table(box=box.SIMPLE_HEAD, header_style="bold", footer_style="bold", padding=(0, 1, 0, 0))
    shown.show_footer = table.total is not None
    rows = [table.texts(row) for row in table.rows]
    totals = table.texts(table.total) if table.total is not None else [""] * len(table.columns)
    widths = [max(map(len, cells)) for cells in zip(totals, *rows, strict=True)]
    for column, total, width in zip(table.columns, totals, widths, strict=True):
        # On a narrow terminal headings are broken, never names or figures.
        shown.add_column(
            Text(column.heading),
            justify="right" if column.is_number else "left",
            footer=Text(total),
            min_width=width,
            overflow="fold",
        )
    for row in rows:
        shown.add_row(*map(Text, row))
    console = Console(file=sys.stdout, highlight=False)
    console.print(Text(table.title, style="bold cyan"))
    for line in chain(table.subtitle, (table.as_of_text,)):
        console.print(Text(line, style="dim"))
    console.print(shown)
    for note in table.notes:
        console.print(Text(note, style="yellow"))
