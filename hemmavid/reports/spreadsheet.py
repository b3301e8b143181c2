"""Spreadsheets of a `ReportTable`: a workbook for Excel, and CSV as Swedish Excel opens it by double click.

Both give the same bytes for the same table. Numbers are numbers; what people typed is never a formula.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import UTC

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from hemmavid.lib.swedish import HARD_SPACE, MINUS
from hemmavid.reports.tables import Column, Kind, ReportTable, Row, Value

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
# A spreadsheet takes a cell that opens so for a formula (OWASP, CSV injection).
FORMULA_OPENINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER_FORMATS = {
    Kind.HOURS: "#,##0.00",
    Kind.KRONOR: "#,##0.00",
    Kind.CHANGE: "+#,##0.00;-#,##0.00;0.00",
    Kind.COUNT: "#,##0",
    Kind.TEXT: "@",
}
NARROWEST, WIDEST = 10, 48
WIDTH_SAMPLE = 200
PAPER_A4 = 9
SHEET_NAME_LENGTH = 31
SHEET_NAME_REFUSED = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))


def csv_bytes(table: ReportTable) -> bytes:
    """UTF-8 with BOM, semicolon, decimal comma, CRLF; headings, rows, and the total last.

    Figures carry no thousands separator, so that Excel reads them as numbers. A text that would be taken
    for a formula gets an apostrophe in front. Title and notes are left out: the file is for machines too.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(column.heading) for column in table.columns])
    for row in table.rows:
        writer.writerow(_csv_cells(table, row))
    if table.total is not None:
        writer.writerow(_csv_cells(table, table.total))
    return (BOM + out.getvalue()).encode()


def xlsx_bytes(table: ReportTable) -> bytes:
    """A workbook with one sheet: title, subtitle, headings, rows, total, notes.

    Blank stands for zero where the table says so. Rows are written one at a time in constant memory. The
    workbook is dated by the data (`as_of`), not by the clock.
    """
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(out, options) as book:
        book.set_properties(
            {
                "title": table.title,
                "comments": table.as_of_text,
                "created": table.as_of.astimezone(UTC).replace(tzinfo=None),
            }
        )
        _write_sheet(book, table)
    return out.getvalue()


def _csv_cells(table: ReportTable, row: Row) -> list[str]:
    return [_csv_cell(column, value) for column, value in zip(table.columns, row, strict=True)]


def _csv_cell(column: Column, value: Value) -> str:
    if not column.is_number:
        return _harmless(column.text(value))
    return column.text(value).replace(HARD_SPACE, "").replace(MINUS, "-")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA_OPENINGS) else text


@dataclass(frozen=True, slots=True)
class _Styles:
    """The formats of one workbook."""

    title: Format
    words: Format
    headings: dict[bool, Format]
    cells: dict[Kind, Format]
    totals: dict[Kind, Format]

    @classmethod
    def of(cls, book: Workbook) -> _Styles:
        def heading(alignment: str) -> Format:
            return book.add_format(
                {"bold": True, "bg_color": "#E2EEEF", "bottom": 1, "text_wrap": True, "align": alignment}
            )

        return cls(
            title=book.add_format({"bold": True, "font_size": 14}),
            words=book.add_format({"font_color": "#55606B"}),
            headings={True: heading("right"), False: heading("left")},
            cells={kind: book.add_format({"num_format": shown}) for kind, shown in NUMBER_FORMATS.items()},
            totals={
                kind: book.add_format({"num_format": shown, "bold": True, "top": 1})
                for kind, shown in NUMBER_FORMATS.items()
            },
        )


def _write_sheet(book: Workbook, table: ReportTable) -> None:
    """Top to bottom, as constant memory demands: a row once left cannot be written again."""
    styles = _Styles.of(book)
    sheet = book.add_worksheet(_sheet_name(table.title))
    for place, column in enumerate(table.columns):
        sheet.set_column(place, place, _width(table, place, column))
    sheet.write_string(0, 0, table.title, styles.title)
    for line, words in enumerate((*table.subtitle, table.as_of_text), start=1):
        sheet.write_string(line, 0, words, styles.words)
    top = len(table.subtitle) + 3
    for place, column in enumerate(table.columns):
        sheet.write_string(top, place, column.heading, styles.headings[column.is_number])
    sheet.freeze_panes(top + 1, 1)
    sheet.repeat_rows(top)
    line = top + 1
    for row in table.rows:
        _write_row(sheet, line, table, row, styles.cells)
        line += 1
    if table.total is not None:
        _write_row(sheet, line, table, table.total, styles.totals)
        line += 1
    for note in table.notes:
        line += 1
        sheet.write_string(line, 0, note, styles.words)
    sheet.set_landscape()
    sheet.set_paper(PAPER_A4)
    sheet.fit_to_pages(1, 0)


def _write_row(
    sheet: Worksheet, line: int, table: ReportTable, row: Row, formats: dict[Kind, Format]
) -> None:
    for place, (column, value) in enumerate(zip(table.columns, row, strict=True)):
        style = formats[column.kind]
        figure = column.number(value) if column.is_number else None
        if figure is not None:
            sheet.write_number(line, place, figure, style)
        elif column.is_number:
            sheet.write_blank(line, place, None, style)
        else:
            sheet.write_string(line, place, column.text(value), style)


def _width(table: ReportTable, place: int, column: Column) -> int:
    """Wide enough for the first rows and the total; words wrap in the heading only."""
    sample = [*table.rows[:WIDTH_SAMPLE], *([table.total] if table.total is not None else [])]
    longest = max((len(column.text(row[place])) for row in sample), default=0)
    return min(max(longest + 2, NARROWEST, len(column.heading) * 2 // 3), WIDEST)


def _sheet_name(title: str) -> str:
    return title.translate(SHEET_NAME_REFUSED)[:SHEET_NAME_LENGTH].strip() or "Tabell"
