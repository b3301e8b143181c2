"""A table of standard times as somebody writes it in the page: read as the municipality's own file is."""

from __future__ import annotations

import re

from hemmavid.rules.parameter_files import DatedValue, MalformedParameter, read_content

PARAMETER = "frame_time.standard_times"
LONGEST_TABLE = 400_000
"""Characters; the shipped table has some ten thousand."""
UNREADABLE = "\N{REPLACEMENT CHARACTER}"
_AT_LINE = re.compile(r"at line (\d+), column (\d+)")


class TableRefused(ValueError):
    """The table cannot be used. `sentence` says where and why, in Swedish."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def read_table(text: str) -> DatedValue:
    """The newest value of the table, or TableRefused with the line at fault where it is known."""
    if UNREADABLE in text:
        line = text[: text.index(UNREADABLE)].count("\n") + 1
        raise TableRefused(
            f"Rad {line}: ett tecken går inte att läsa. Spara filen som UTF-8 och ladda upp den."
        )
    try:
        return read_content(PARAMETER, text.encode(), file="Tabellen").values[0]
    except MalformedParameter as wrong:
        raise TableRefused(_sentence(wrong, text)) from None


def _sentence(wrong: MalformedParameter, text: str) -> str:
    if found := _AT_LINE.search(wrong.reason):
        return f"Rad {found[1]}, tecken {found[2]}: det är inte giltig TOML. Rätta raden och kör igen."
    if "at end of document" in wrong.reason:
        last = len(text.splitlines())
        return f"Rad {last}: tabellen slutar mitt i ett värde. Rätta och kör igen."
    line = _line_of(wrong.reason.partition(":")[0], text)
    place = f"Rad {line}" if line else wrong.place.capitalize()
    return f"{place}: {wrong.reason}."


def _line_of(need: str, text: str) -> int | None:
    """The line on which the table of a need begins; None when nothing in the text is called so."""
    heading = re.compile(rf"\s*\[\s*values\.value\.{re.escape(need)}\s*\]")
    numbered = enumerate(text.splitlines(), start=1)
    return next((number for number, line in numbered if heading.match(line)), None)
