"""PDF of a `ReportTable` by typst: tagged (PDF/UA-1) and archivable (PDF/A-2a), A4, headings on every page.

typst refuses to write the standard when a title or a heading's level is missing, and our tests look for the
mark of PDF/UA, the language, the title and the structure tree. What is not verified: no veraPDF and no
person with a screen reader has read the files, and PAC has not been run.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files

import typst

from hemmavid.lib.clock import local
from hemmavid.reports.tables import ReportTable

AUTHOR = "Hemmavid"
STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]


def table_pdf(table: ReportTable) -> bytes:
    """The table on A4, landscape when it has more than six columns. The same table gives the same bytes.

    Words are handed over as JSON and are text, never markup: `#eval`, `*` and `=` print as they are. Only the
    fonts inside the typst wheel are used. Raises typst.TypstError if the document cannot be made accessible.
    """
    compiled = _compiler().compile(
        format="pdf",
        sys_inputs={"table": json.dumps(_document(table), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(table.as_of.timestamp()),
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst gave no single document")
    return compiled


def hours_statement_pdf(table: ReportTable) -> bytes:
    """The hours statement (Timunderlag LOV, contract.md section 4) as PDF."""
    return table_pdf(table)


def settlement_pdf(table: ReportTable) -> bytes:
    """The settlement proposal (contract.md section 5) as PDF."""
    return table_pdf(table)


def _compiler() -> typst.Compiler:
    return typst.Compiler(input=_template(), ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return files("hemmavid.reports").joinpath("typst", "table.typ").read_bytes()


def _document(table: ReportTable) -> dict[str, object]:
    day = local(table.as_of).date()
    return {
        "title": table.title,
        "author": AUTHOR,
        "date": [day.year, day.month, day.day],
        "as_of": table.as_of_text,
        "subtitle": list(table.subtitle),
        "columns": [{"heading": column.heading, "number": column.is_number} for column in table.columns],
        "rows": [table.texts(row) for row in table.rows],
        "total": table.texts(table.total) if table.total is not None else None,
        "notes": list(table.notes),
    }
