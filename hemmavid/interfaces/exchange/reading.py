"""Reading one CSV file: strict UTF-8, strict quotes, each row's line, in constant memory whatever comes."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO, TextIO

BATCH_ROWS = 4096
_LONGEST_LINE = 1_000_000
_CHUNK = 1 << 16
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


class Unreadable(Exception):
    """The file cannot be read beyond `line`; `reason` says why, in Swedish."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(line, reason)
        self.line = line
        self.reason = reason


@dataclass(slots=True)
class Batch:
    """Rows with the number of the line each begins on. `at_byte` is how far the file has been read."""

    lines: list[int] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    at_byte: int = 0


def batches(path: Path) -> Iterator[Batch]:
    """The rows of a file, a few thousand at a time; blank lines are passed over. Raises Unreadable."""
    try:
        with path.open("rb") as raw, TextIOWrapper(raw, "utf-8-sig", newline="") as text:
            yield from _batches(raw, text)
    except UnicodeDecodeError:
        raise _not_utf_8(path) from None
    except OSError as error:
        raise Unreadable(
            1, f"filen går inte att läsa ({error.strerror}); kontrollera den och rättigheterna"
        ) from None


def _batches(raw: BinaryIO, text: TextIO) -> Iterator[Batch]:
    reader = csv.reader(_lines(text), strict=True)
    batch = Batch()
    first = 1
    try:
        for row in reader:
            if row:
                batch.lines.append(first)
                batch.rows.append(row)
                if len(batch.rows) == BATCH_ROWS:
                    batch.at_byte = raw.tell()
                    yield batch
                    batch = Batch()
            first = reader.line_num + 1
    except csv.Error:
        yield batch
        reason = "citattecknen går inte ihop i raden som börjar här; stäng citattecknet eller dubblera det"
        raise Unreadable(first, reason) from None
    batch.at_byte = raw.tell()
    yield batch


def _lines(text: TextIO) -> Iterator[str]:
    """Lines with their ends; a line without end would fill the memory, so its length has a limit."""
    number = 0
    while line := text.readline(_LONGEST_LINE):
        number += 1
        if "\0" in line:
            raise Unreadable(number, "raden innehåller nolltecken; spara filen som CSV UTF-8")
        if len(line) == _LONGEST_LINE:
            raise Unreadable(
                number, "raden är längre än en miljon tecken; kontrollera att filen är en CSV-fil"
            )
        yield line


def _not_utf_8(path: Path) -> Unreadable:
    """Read again, as bytes, to find the line of the first bad one (contract.md section 2)."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    line, after_return, start = 1, False, b""
    with path.open("rb") as raw:
        while True:
            chunk = raw.read(_CHUNK)
            start = start or chunk[:2]
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                good = error.object[: error.start]
                line += _line_ends(good, after_return=after_return)
                return Unreadable(line, _encoding_reason(start))
            line += _line_ends(chunk, after_return=after_return)
            if not chunk:
                return Unreadable(line, "filen ändrades medan den lästes; försök igen")
            after_return = chunk.endswith(b"\r")


def _line_ends(text: bytes, *, after_return: bool) -> int:
    ends = text.count(b"\n") + text.count(b"\r") - text.count(b"\r\n")
    return ends - 1 if after_return and text.startswith(b"\n") else ends


def _encoding_reason(start: bytes) -> str:
    if start in _UTF_16:
        return "filen är UTF-16 och inte UTF-8; spara den som CSV UTF-8"
    return "ett tecken är inte UTF-8; spara filen som CSV UTF-8"
