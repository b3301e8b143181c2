"""`hemmavid import`: what is told, where, and how it ends (contract.md section 2)."""

from argparse import ArgumentParser
from pathlib import Path

import pytest

from hemmavid.access.actors import SYSTEM
from hemmavid.access.scope import scoped
from hemmavid.interfaces.cli import import_folder as command
from hemmavid.visits.models import Visit
from tests.interfaces.exchange.folders import Folder, right_folder


@pytest.fixture
def folder(db, tmp_path: Path) -> Folder:
    return right_folder(tmp_path / "folder")


def call(*words: str) -> int:
    parser = ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args(words))


def stored_visits() -> int:
    with scoped(SYSTEM):
        return Visit.objects.count()


def test_a_right_folder_is_told_in_a_few_lines(folder: Folder, capsys) -> None:
    assert call(str(folder.path)) == 0
    out, err = capsys.readouterr()
    assert "besök: 4 rader (nya: 4, ändrade: 0)" in out
    assert out.endswith("Klart: allt är inläst.\n")
    assert err == ""

    assert call(str(folder.path)) == 0
    assert capsys.readouterr().out.endswith("Klart: ingenting var ändrat.\n")


def test_a_check_stores_nothing(folder: Folder, capsys) -> None:
    assert call(str(folder.path), "--check") == 0
    assert capsys.readouterr().out.endswith("Mappen går att läsa in. Ingenting sparades.\n")
    assert stored_visits() == 0


@pytest.mark.parametrize("extra", [(), ("--check",)])
def test_errors_are_lines_on_stderr_alone(folder: Folder, capsys, extra: tuple[str, ...]) -> None:
    folder.change("grants", "174", "0").change("visits", "tag,tag", "tag,nfc")
    assert call(str(folder.path), *extra) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "grants.csv:2: minutes: ”0” är inget heltal från 1 och uppåt; skriv bara siffror, till exempel 174",
        "visits.csv:2: end_method: ”nfc” är inte giltigt; skriv tag, lock, qr eller manual",
    ]
    assert stored_visits() == 0


def test_warnings_are_told_and_the_folder_is_taken(folder: Folder, capsys) -> None:
    folder.add("grants", "G3,C1,U2,ramtid,10,week,2022-06-01,,,")
    assert call(str(folder.path)) == 0
    [line] = capsys.readouterr().err.splitlines()
    assert line.startswith("warning: grants.csv:4: unit: ")


def test_beyond_a_hundred_errors_are_counted(folder: Folder, capsys) -> None:
    folder.add("plans", *("C9,U1,2022-11-20x" for _ in range(1_234)))
    assert call(str(folder.path)) == 1
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 101
    assert lines[-1] == "… och 1\N{NO-BREAK SPACE}134 fel till som inte visas"


def test_a_folder_that_is_not_there(capsys, db, tmp_path: Path) -> None:
    assert call(str(tmp_path / "nowhere")) == 1
    assert capsys.readouterr().err == f"{tmp_path}/nowhere:1: -: mappen finns inte; kontrollera sökvägen\n"


def test_an_empty_folder(capsys, db, tmp_path: Path) -> None:
    assert call(str(tmp_path)) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3
