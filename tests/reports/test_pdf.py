"""The PDF carries the marks of an accessible document, and words stay words."""

import dataclasses
import io
from datetime import UTC, datetime
from decimal import Decimal

import pikepdf
import pytest

from hemmavid.reports.pdf import hours_statement_pdf, settlement_pdf, table_pdf
from hemmavid.reports.tables import Column, Kind, ReportTable

TABLE = ReportTable(
    title="Timunderlag LOV, november 2022",
    subtitle=["Team Väst"],
    columns=[Column("Insats"), Column("Beviljad tid", Kind.HOURS), Column("Antal besök", Kind.COUNT)],
    rows=[["Ramtid", Decimal("12.43"), 33]],
    total=["Summa", Decimal("12.43"), 33],
    notes=["Uppehåll är avdraget."],
    as_of=datetime(2022, 12, 1, 5, tzinfo=UTC),
)


@pytest.fixture(scope="module")
def document() -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(table_pdf(TABLE)))


def tags(element: object) -> list[str]:
    if isinstance(element, pikepdf.Array):
        return [tag for child in element for tag in tags(child)]
    if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
        return []
    return [str(element.S), *(tags(element.K) if "/K" in element else [])]


def test_it_claims_the_accessible_and_the_archival_standard(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
        assert metadata["dc:title"] == TABLE.title


def test_it_speaks_swedish_and_shows_its_title(document: pikepdf.Pdf) -> None:
    assert str(document.Root.Lang).startswith("sv")
    assert document.Root.MarkInfo.Marked
    assert document.Root.ViewerPreferences.DisplayDocTitle


def test_headings_and_table_are_tagged(document: pikepdf.Pdf) -> None:
    found = tags(document.Root.StructTreeRoot.K)
    assert found.count("/H1") == 1
    assert found.count("/Table") == 1
    assert found.count("/TH") == 3
    assert found.count("/TR") == 3


def test_fonts_are_inside_the_file(document: pikepdf.Pdf) -> None:
    fonts = [
        item for item in document.objects if isinstance(item, pikepdf.Dictionary) and "/FontName" in item
    ]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_same_table_gives_the_same_bytes() -> None:
    assert table_pdf(TABLE) == hours_statement_pdf(TABLE) == settlement_pdf(TABLE)


def test_markup_in_words_is_words() -> None:
    nasty = '#panic("x") *fet* = rubrik $x$ <b> \\ "citat" åäö'
    table = dataclasses.replace(TABLE, title=nasty, rows=[[nasty, Decimal(0), 0]], notes=[nasty])
    with pikepdf.open(io.BytesIO(table_pdf(table))) as document, document.open_metadata() as metadata:
        assert metadata["dc:title"] == nasty
        assert tags(document.Root.StructTreeRoot.K).count("/H1") == 1


def test_a_long_table_repeats_its_headings_over_pages() -> None:
    table = dataclasses.replace(TABLE, rows=[["Ramtid", Decimal("12.43"), 33]] * 200)
    with pikepdf.open(io.BytesIO(table_pdf(table))) as document:
        assert len(document.pages) > 2
        assert tags(document.Root.StructTreeRoot.K).count("/TR") == 202


def test_many_columns_lie_down() -> None:
    columns = [Column(f"Kolumn {number}") for number in range(8)]
    table = dataclasses.replace(TABLE, columns=columns, rows=[["x"] * 8], total=None, notes=[], subtitle=[])
    with pikepdf.open(io.BytesIO(table_pdf(table))) as document:
        _, _, width, height = document.pages[0].mediabox
        assert width > height


def test_a_table_without_rows_is_still_a_document() -> None:
    assert table_pdf(dataclasses.replace(TABLE, rows=[], total=None)).startswith(b"%PDF")
