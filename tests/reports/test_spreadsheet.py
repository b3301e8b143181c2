"""Excel and CSV: numbers as numbers, Swedish as Swedish Excel reads it, nothing typed becomes a formula."""

import dataclasses
import io
import re
from datetime import UTC, datetime
from decimal import Decimal
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.money import Money
from hemmavid.reports.spreadsheet import csv_bytes, xlsx_bytes
from hemmavid.reports.tables import Column, Kind, ReportTable

TABLE = ReportTable(
    title="Ersättning: november/2022",
    subtitle=["Team Väst"],
    columns=[
        Column("Insats"),
        Column("Timmar", Kind.HOURS),
        Column("Belopp", Kind.KRONOR),
        Column("Besök", Kind.COUNT),
    ],
    rows=[["Ramtid", Decimal("1212.43"), Money(59_664_012), 33], ["Bad; dusch", Decimal(0), Money(-50), 0]],
    total=["Summa", Decimal("1212.43"), Money(59_663_962), 33],
    notes=["Uppehåll är avdraget."],
    as_of=datetime(2022, 12, 1, 5, tzinfo=UTC),
)


def sheet(table: ReportTable) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(table))).active


def test_csv_is_what_swedish_excel_opens_by_double_click() -> None:
    assert csv_bytes(TABLE).decode("utf-8") == (
        "\ufeffInsats;Timmar;Belopp;Besök\r\n"
        "Ramtid;1212,43;596640,12;33\r\n"
        '"Bad; dusch";;-0,50;\r\n'
        "Summa;1212,43;596639,62;33\r\n"
    )


@pytest.mark.parametrize(
    "typed", ["=1+1", "+46701234567", "-2", "@SUM(A1)", "\tx", "=cmd|' /C calc'!A0", "＝1"]
)
def test_free_text_is_never_a_formula(typed: str) -> None:
    table = dataclasses.replace(TABLE, rows=[[typed, Decimal(1), Money(1), 1]])
    assert f"\r\n'{typed}" in csv_bytes(table).decode().replace('"', "")
    cell = sheet(table)["A6"]
    assert cell.data_type == "s"
    assert cell.value == typed


@given(st.text())
def test_no_text_opens_a_cell_as_a_formula(typed: str) -> None:
    table = ReportTable("T", [Column("Text"), Column("Mer")], [["", typed]], datetime(2022, 1, 1, tzinfo=UTC))
    body = csv_bytes(table).decode("utf-8").split("\r\n", 1)[1]
    assert not re.match(r';"?[=+\-@\t]', body)


def test_figures_are_numbers_and_zeros_blank_but_an_amount_of_nothing_is_told() -> None:
    rows = list(sheet(dataclasses.replace(TABLE, rows=[["Tvätt", Decimal(0), Money(0), 0]])).values)
    assert rows[4] == ("Insats", "Timmar", "Belopp", "Besök")
    assert rows[5] == ("Tvätt", None, 0, None)
    assert rows[6] == ("Summa", 1212.43, 596639.62, 33)


def test_the_sheet_is_framed_for_reading_and_print() -> None:
    page = sheet(TABLE)
    assert page["A1"].value == TABLE.title
    assert page["A2"].value == "Team Väst"
    assert page["A3"].value == "Uppgifter per 1 december 2022 kl.\u00a06.00"
    assert page.freeze_panes == "B6"
    assert page["B6"].number_format == "#,##0.00"
    assert page["D6"].number_format == "#,##0"
    assert page.title == "Ersättning  november 2022"
    assert page.print_title_rows == "$5:$5"


def test_the_same_table_gives_the_same_bytes_dated_by_the_data() -> None:
    assert xlsx_bytes(TABLE) == xlsx_bytes(TABLE)
    assert csv_bytes(TABLE) == csv_bytes(TABLE)
    with ZipFile(io.BytesIO(xlsx_bytes(TABLE))) as parts:
        assert b"2022-12-01T05:00:00Z" in parts.read("docProps/core.xml")


def test_a_row_of_the_wrong_width_is_refused() -> None:
    with pytest.raises(ValueError, match="2 values for 4 columns"):
        dataclasses.replace(TABLE, rows=[["Ramtid", Decimal(1)]])


@pytest.mark.parametrize(
    ("kind", "value"), [(Kind.HOURS, "12,43"), (Kind.KRONOR, Decimal(1)), (Kind.COUNT, Money(1))]
)
def test_a_value_that_does_not_belong_to_its_column_is_refused(kind: Kind, value: object) -> None:
    table = ReportTable("T", [Column("K", kind)], [[value]], TABLE.as_of)
    for written in (csv_bytes, xlsx_bytes):
        with pytest.raises(TypeError, match="K: "):
            written(table)


def test_a_zero_can_be_kept() -> None:
    assert Column("Besök", Kind.COUNT, keeps_zero=True).text(0) == "0"
    assert Column("Besök", Kind.COUNT).text(0) == ""
    assert Column("Text").text(None) == ""
