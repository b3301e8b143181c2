"""Files that are broken as files: encoding, header, quotes, length; and a folder that is none."""

import os
from pathlib import Path

import pytest

from hemmavid.interfaces.exchange import reading
from tests.interfaces.exchange.folders import RIGHT, Folder


def test_a_byte_order_mark_crlf_and_any_order_of_columns_are_right(folder: Folder) -> None:
    rows = [line.split(",") for line in RIGHT["units"].splitlines()]
    text = "".join(",".join(reversed(row)) + "\r\n" for row in rows)
    folder.write("units", b"\xef\xbb\xbf" + text.encode())
    assert folder.load().counts["units"].new == 2


def test_a_quoted_line_break_counts_as_a_line(folder: Folder) -> None:
    folder.change("clients", "Påhittade gatan 1", '"Gatan ""1"",\nport 2"')
    folder.change("clients", "2022-11-20", "2022-11-32")
    assert folder.errors() == ["clients.csv:4: deceased_on"]


def test_blank_lines_are_passed_over_but_counted(folder: Folder) -> None:
    folder.change("units", "U2,P2", "\n\nU2,P9")
    assert folder.errors() == ["units.csv:5: provider"]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"", "1: -"),
        (b"\n", "1: -"),
        ("staff,unit,given_name,family_name\nS1,U1,Kim,Höst\n".encode("latin-1"), "2: -"),
        (b"staff,unit,given_name,family_name\nS1,U1,Kim,Snow\nS2,U1,Kim,V\xc3", "3: -"),
        (b"staff,unit,given_name,family_name\r\nS1,U1,Kim,\"A\r\nB\"\r\nS2,U1,Kim,\xff\r\n", "4: -"),
        (RIGHT["staff"].encode("utf-16"), "1: -"),
        (RIGHT["units"].encode("utf-16-le")[:40], "1: -"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "1: -"),
        (b"staff,unit,given_name,family_name\nS1,U1,K\0m,Snow\n", "2: -"),
        (b'staff,unit,given_name,family_name\nS1,U1,"Kim,Snow\nS2,U1,Kim,Snow\n', "2: -"),
        (b'staff,unit,given_name,family_name\nS1,U1,"Kim"x,Snow\n', "2: -"),
        (b"staff,unit,given_name,family_name\nS1,U1,Ki", "2: -"),
        (b"staff;unit;given_name;family_name\nS1;U1;Kim;Snow\n", "1: -"),
        (b"S1,U1,Kim,Snow\n", "1: -"),
        (b"staff,unit,given_name\n", "1: family_name"),
        (b"staff,unit,given_name,family_name,shoe_size\n", "1: shoe_size"),
        (b"staff,unit,given_name,family_name,\n", "1: -"),
        (b"staff,unit,given_name,family_name,unit\n", "1: unit"),
    ],
)  # fmt: skip
def test_a_file_that_is_broken(folder: Folder, content: bytes, place: str) -> None:
    folder.remove("visits").write("staff", content)
    assert folder.errors() == [f"staff.csv:{place}"]


def test_one_line_of_ten_megabytes(folder: Folder) -> None:
    folder.write("staff", b"staff,unit,given_name,family_name\n" + b"x" * 10_000_000)
    assert folder.errors() == ["staff.csv:2: -"]


def test_a_bad_byte_far_into_a_file_is_found_on_its_line(folder: Folder) -> None:
    row = "S{},U1,Åsa,Öst\r\n"
    text = "staff,unit,given_name,family_name\r\n" + "".join(
        row.format(number) for number in range(9, 20_009)
    )
    folder.remove("visits").write("staff", text.encode() + b"S5,U1,\xe5sa,x\r\n" + b"S6,U1,a,b\r\n")
    assert folder.errors() == ["staff.csv:20002: -"]


def test_a_large_file_cut_off_in_the_middle(folder: Folder) -> None:
    row = "W{},C1,U1,ramtid,,2022-11-09T10:00:00+01:00,,,,,cancelled"
    folder.add("visits", *(row.format(number) for number in range(reading.BATCH_ROWS * 2)))
    text = (folder.path / "visits.csv").read_bytes()
    folder.write("visits", text[:-30])
    assert folder.errors() == [f"visits.csv:{reading.BATCH_ROWS * 2 + 5}: -"]


def test_required_files_must_be_there(folder: Folder) -> None:
    for name in RIGHT:
        folder.remove(name)
    assert folder.errors() == ["providers.csv:1: -", "units.csv:1: -", "clients.csv:1: -"]


def test_a_folder_that_is_none(folder: Folder, tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere", folder.path / "units.csv"):
        [error] = Folder(path).refusal().errors
        assert (error.line, error.column) == (1, "-")


def test_a_file_that_is_a_folder_or_a_pipe_or_a_dead_link(folder: Folder) -> None:
    for name in ("staff", "grants", "plans"):
        folder.remove(name)
    (folder.path / "staff.csv").mkdir()
    os.mkfifo(folder.path / "grants.csv")
    (folder.path / "plans.csv").symlink_to("nowhere")
    assert folder.remove("visits").errors() == ["staff.csv:1: -", "grants.csv:1: -", "plans.csv:1: -"]


def test_an_unknown_file_is_a_warning(folder: Folder) -> None:
    (folder.path / "notes.txt").write_text("x")
    (folder.path / ".hidden").write_text("x")
    assert [f"{one.file}:{one.line}: {one.column}" for one in folder.load().warnings] == ["notes.txt:1: -"]


@pytest.mark.parametrize("text", ["1", "1\n", "\ufeff1\r\n"])
def test_the_version_is_one(folder: Folder, text: str) -> None:
    (folder.path / "version.txt").write_text(text)
    assert folder.load().warnings == ()


@pytest.mark.parametrize("text", ["2", "", "1.0", "\x00"])
def test_another_version_is_refused(folder: Folder, text: str) -> None:
    (folder.path / "version.txt").write_text(text)
    assert folder.errors() == ["version.txt:1: -"]
