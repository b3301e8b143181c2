"""`hemmavid report timunderlag` from an import folder to every paper (contract.md sections 2 and 4)."""

import csv
import io
import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pikepdf
import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Look
from hemmavid.interfaces.cli import exits, main, table_output
from tests.factories.month_folder import load, seed_001, visit

PRINTED = """\
Insatstyp    Beviljad tid  Uppehåll  Beviljad tid LOV  Utförd tid  Ersättn.timmar  Antal besök  Tid per besök
** Ramtid           12,43                       12,43        8,13           12,43           32           0,25
Morgonhjälp                                                  0,15                            1           0,15
Totalt              12,43                       12,43        8,28           12,43           33           0,25
"""
EXACT = {
    "month": "2022-11", "unit": None, "client": None, "as_of": "2022-12-01T06:00:00+01:00",
    "rows": [
        {"intervention": "ramtid", "granted_hours": "12.43", "absence_hours": "0.00",
         "granted_lov_hours": "12.43", "performed_hours": "8.13", "payable_hours": "12.43", "visits": 32,
         "hours_per_visit": "0.25", "wrong_intervention": False},
        {"intervention": "morgonhjalp", "granted_hours": "0.00", "absence_hours": "0.00",
         "granted_lov_hours": "0.00", "performed_hours": "0.15", "payable_hours": "0.00", "visits": 1,
         "hours_per_visit": "0.15", "wrong_intervention": True},
    ],
    "total": {"granted_hours": "12.43", "absence_hours": "0.00", "granted_lov_hours": "12.43",
              "performed_hours": "8.28", "payable_hours": "12.43", "visits": 33, "hours_per_visit": "0.25"},
}  # fmt: skip


@pytest.fixture
def seed(db, tmp_path: Path) -> None:
    load(tmp_path / "folder", **seed_001())


def report(*words: str) -> int:
    return main.main(["report", "timunderlag", "--month", "2022-11", *words])


def json_of(capsysbinary, *words: str) -> dict:
    assert report("--format", "json", *words) == 0
    return json.loads(capsysbinary.readouterr().out)


def rows_by_code(statement: dict) -> dict:
    return {row["intervention"]: row for row in statement["rows"]}


@pytest.mark.usefixtures("seed")
class TestSeed001:
    def test_prints_the_very_table(self, capsys):
        assert report() == 0
        shown = capsys.readouterr()
        assert PRINTED in shown.out
        assert "Uppgifter per 1 december 2022" in shown.out
        assert "Fel insats taggad: Morgonhjälp." in shown.out
        assert shown.err == ""

    def test_json_is_the_contracts_to_the_letter(self, capsysbinary):
        assert report("--format", "json") == 0
        out = capsysbinary.readouterr().out
        assert json.loads(out) == EXACT
        assert out.endswith(b"}\n")

    def test_json_names_unit_and_client_when_asked_for(self, capsysbinary):
        statement = json_of(capsysbinary, "--unit", "U1", "--client", "C1")
        assert statement == {**EXACT, "unit": "U1", "client": "C1"}

    def test_csv_opens_in_swedish_excel(self, capsysbinary):
        assert report("--format", "csv") == 0
        raw = capsysbinary.readouterr().out
        assert raw.startswith("\ufeff".encode())
        rows = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))
        assert rows[1:] == [
            ["** Ramtid", "12,43", "", "12,43", "8,13", "12,43", "32", "0,25"],
            ["Morgonhjälp", "", "", "", "0,15", "", "1", "0,15"],
            ["Totalt", "12,43", "", "12,43", "8,28", "12,43", "33", "0,25"],
        ]

    def test_xlsx_holds_numbers_and_blanks(self, tmp_path):
        path = tmp_path / "november.xlsx"
        assert report("--format", "xlsx", "--output", str(path)) == 0
        cells = [[cell.value for cell in row] for row in openpyxl.load_workbook(path).active.rows]
        frame = next(row for row in cells if row[0] == "** Ramtid")
        assert frame == ["** Ramtid", 12.43, None, 12.43, 8.13, 12.43, 32, 0.25]

    def test_pdf_is_written_to_a_pipe_as_bytes(self, capsysbinary):
        assert report("--format", "pdf") == 0
        document = pikepdf.open(io.BytesIO(capsysbinary.readouterr().out))
        assert document.Root.MarkInfo.Marked

    @pytest.mark.parametrize("form", ["table", "json", "csv", "xlsx", "pdf"])
    def test_the_same_data_give_the_same_bytes(self, form, tmp_path):
        first, second = tmp_path / "first", tmp_path / "second"
        for path in (first, second):
            assert report("--format", form, "--output", str(path)) == 0
        assert first.read_bytes() == second.read_bytes()
        assert [path.name for path in tmp_path.iterdir() if path.name.endswith(".tmp")] == []

    def test_it_is_logged_as_an_export_by_the_system(self, capsys):
        assert report("--client", "C1") == 0
        with scoped(SYSTEM):
            look = Look.objects.get(action="export")
        assert (look.actor_name, look.client_id is not None, look.page) == (
            "system",
            True,
            "hemmavid report timunderlag",
        )

    @pytest.mark.parametrize(
        ("words", "told"),
        [
            (["--unit", "U9"], "enheten 'U9' finns inte"),
            (["--client", "C9"], "brukaren 'C9' finns inte"),
            (["--month", "2022-13"], "är ingen månad"),
            (["--month", "nov"], "är ingen månad"),
            (["--format", "doc"], "finns inte, välj bland"),
        ],
    )
    def test_a_wrong_call_ends_with_two_and_says_why(self, words, told, capsys):
        try:
            status = report(*words)
        except SystemExit as end:
            status = end.code
        shown = capsys.readouterr()
        assert status == exits.USAGE
        assert told in shown.err
        assert shown.out == ""

    @pytest.mark.parametrize("form", ["xlsx", "pdf"])
    def test_no_binary_is_poured_over_a_terminal(self, form, monkeypatch, capsys):
        monkeypatch.setattr(table_output, "is_terminal", lambda: True)
        assert report("--format", form) == exits.USAGE
        assert f"--output timunderlag.{form}" in capsys.readouterr().err

    def test_a_terminal_gets_the_same_figures_in_colour(self, monkeypatch, capsys):
        monkeypatch.setattr(table_output, "is_terminal", lambda: True)
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("COLUMNS", "140")
        assert report() == 0
        shown = capsys.readouterr().out
        assert "\x1b[" in shown
        assert "** Ramtid" in shown
        assert "8,28" in shown

    def test_a_file_that_cannot_be_written_is_refused_and_leaves_nothing(self, tmp_path, capsys):
        assert report("--output", str(tmp_path / "missing" / "november.txt")) == exits.REFUSED
        assert "går inte att skriva" in capsys.readouterr().err

    def test_an_older_file_is_replaced_at_once(self, tmp_path):
        path = tmp_path / "november.txt"
        path.write_text("gammalt")
        assert report("--output", str(path)) == 0
        assert PRINTED in path.read_text()

    def test_a_device_is_written_to_and_not_replaced(self):
        assert report("--output", "/dev/null") == 0
        assert not Path("/dev/null").is_file()


class TestOtherGoldenCases:
    @pytest.mark.django_db(transaction=True)
    def test_one_tagged_end_counts_and_two_manual_wait_for_approval(self, tmp_path, capsysbinary):
        visits = [
            visit("A", "2022-11-01T08:00:00+01:00", 900, start_method="tag", end_method="manual"),
            visit("B", "2022-11-02T08:00:00+01:00", 900, start_method="manual", end_method="tag"),
            visit("C", "2022-11-03T08:00:00+01:00", 900, start_method="manual", end_method="manual"),
            visit(
                "D",
                "2022-11-04T08:00:00+01:00",
                900,
                start_method="manual",
                end_method="manual",
                approved="no",
            ),
        ]
        load(tmp_path / "folder", grants=[{}], visits=visits)
        assert json_of(capsysbinary)["total"]["visits"] == 2
        visits[2]["approved"] = "yes"
        load_again(tmp_path, visits)
        assert json_of(capsysbinary)["total"]["visits"] == 3

    @pytest.mark.parametrize(("minutes", "payable"), [(315, "4.00"), (186, "3.10")])
    def test_respite_is_paid_as_performed_up_to_granted(self, minutes, payable, db, tmp_path, capsysbinary):
        grant = {"intervention": "avlosning", "minutes": 240, "per": "month"}
        visits = [visit("A", "2022-11-01T08:00:00+01:00", 60 * minutes, intervention="avlosning")]
        load(tmp_path / "folder", grants=[grant], visits=visits)
        assert rows_by_code(json_of(capsysbinary))["avlosning"]["payable_hours"] == payable

    def test_frame_time_is_paid_as_granted_less_absence(self, db, tmp_path, capsysbinary):
        # Away the seven days between leaving and return: 174 min × 7 ÷ 7 = 2,90 h.
        load(tmp_path / "folder", grants=[{}], absences=[{"from": "2022-11-10", "to": "2022-11-18"}])
        row = rows_by_code(json_of(capsysbinary))["ramtid"]
        assert (row["granted_hours"], row["absence_hours"], row["payable_hours"]) == ("12.43", "2.90", "9.53")

    def test_before_october_2022_performed_time_is_paid(self, db, tmp_path, capsysbinary):
        visits = [
            visit("A", "2022-09-01T08:00:00+02:00", 3600),
            visit("B", "2022-09-01T10:00:00+02:00", 1800, intervention="morgonhjalp"),
        ]
        load(tmp_path / "folder", grants=[{}], visits=visits)
        rows = rows_by_code(json_of(capsysbinary, "--month", "2022-09"))
        assert [rows[code]["payable_hours"] for code in ("ramtid", "morgonhjalp")] == ["1.00", "0.50"]

    def test_what_is_outside_lov_is_never_shown(self, db, tmp_path, capsysbinary):
        visits = [visit("A", "2022-11-01T23:00:00+01:00", 900, intervention="natthjalp")]
        load(tmp_path / "folder", grants=[{"intervention": "natthjalp"}], visits=visits)
        assert json_of(capsysbinary)["rows"] == []

    def test_an_empty_database_gives_an_empty_statement(self, db, capsysbinary):
        statement = json_of(capsysbinary)
        assert statement["rows"] == []
        assert statement["as_of"] is None
        assert Decimal(statement["total"]["payable_hours"]) == 0

    def test_a_parameter_folder_that_cannot_be_used_is_refused_in_one_line(
        self, db, tmp_path, settings, capsys
    ):
        settings.PARAMETERS_FOLDER = str(tmp_path / "nowhere")
        assert report() == exits.REFUSED
        assert capsys.readouterr().err.count("\n") == 1


def load_again(tmp_path: Path, visits: list) -> None:
    load(tmp_path / "folder", grants=[{}], visits=visits)


@pytest.mark.django_db(transaction=True)
def test_as_of_is_the_last_change_of_the_data_and_not_the_clock(tmp_path, capsysbinary):
    load(tmp_path / "folder", grants=[{}])
    load(tmp_path / "folder", grants=[{}], at=datetime(2023, 7, 1, 12, 30, tzinfo=UTC))
    assert json_of(capsysbinary)["as_of"] == "2022-12-01T06:00:00+01:00"  # the same folder changes nothing
    load(tmp_path / "folder", grants=[{"minutes": 175}], at=datetime(2023, 7, 1, 12, 30, tzinfo=UTC))
    assert json_of(capsysbinary)["as_of"] == "2023-07-01T14:30:00+02:00"


@pytest.mark.parametrize("columns", [20, 80, 120])
def test_no_name_and_no_figure_is_cut_on_a_narrow_terminal(columns, seed, monkeypatch, capsys):
    monkeypatch.setattr(table_output, "is_terminal", lambda: True)
    monkeypatch.setenv("COLUMNS", str(columns))
    assert report() == 0
    shown = capsys.readouterr().out
    assert "…" not in shown
    assert "Morgonhjälp" in shown
    assert [shown.count(figure) for figure in ("12,43", "8,28", "0,25")] == [6, 1, 2]
    assert max(map(len, shown.splitlines())) <= max(columns, 90)
