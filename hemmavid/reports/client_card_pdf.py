"""The client card as one page of paper, with a QR that tells whether it still holds (R006, ux.md 4)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.resources import files
from io import BytesIO

import segno
import typst

from hemmavid.lib import swedish
from hemmavid.lib.clock import local
from hemmavid.reports.pdf import AUTHOR, STANDARDS

LINE_CHARACTERS = 48  # about what one line of half a page holds, to share the headings out
ZERO_WIDTH_SPACE = "\N{ZERO WIDTH SPACE}"
_LONG_WORD = re.compile(r"\S{28,}")


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A heading with its lines."""

    heading: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PaperCard:
    """What is printed. `name` as lists write it: a protected person by code. `check_url`: the QR's."""

    name: str
    code: str
    number: int
    made_at: datetime
    made_by: str
    sections: Sequence[PaperSection]
    printed_at: datetime
    printed_by: str
    check_url: str


def client_card_pdf(card: PaperCard) -> bytes:
    """The card on one A4; the print shrinks as the card grows, within people.card_content's limits.

    Words are handed over as JSON and are text, never markup. Raises typst.TypstError if the document cannot
    be made accessible.
    """
    compiled = typst.Compiler(input=_template(), ignore_system_fonts=True).compile(
        format="pdf",
        sys_inputs={"card": json.dumps(_document(card), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        timestamp=int(card.printed_at.timestamp()),
    )
    if not isinstance(compiled, bytes):
        raise TypeError("typst gave no single document")
    return compiled


@cache
def _template() -> bytes:
    return files("hemmavid.reports").joinpath("typst", "card.typ").read_bytes()


def _document(card: PaperCard) -> dict[str, object]:
    day = local(card.printed_at).date()
    printed = f"{swedish.short_date(day)} {swedish.clock_text(card.printed_at)}"
    return {
        "title": "Personkort",
        "author": AUTHOR,
        "date": [day.year, day.month, day.day],
        "name": card.name,
        "code": card.code,
        "version": f"Version {card.number}",
        "made": f"från {swedish.moment(card.made_at)}, {card.made_by}",
        "printed": f"Utskrivet {printed} av {card.printed_by}.",
        "check": "Kontrollera version: läs av rutan till höger och logga in.",
        "check-url": card.check_url,
        "qr": _qr(card.check_url),
        "qr-alt": "QR-kod som visar om papperet fortfarande gäller, efter inloggning",
        "columns": [[_section(part) for part in column] for column in _shared_out(card.sections)],
    }


def _section(part: PaperSection) -> dict[str, object]:
    return {"heading": part.heading, "lines": [_breakable(line) for line in part.lines]}


def _breakable(line: str) -> str:
    """A word too long for its column may be broken anywhere; it must not run over its neighbour."""
    return _LONG_WORD.sub(lambda word: ZERO_WIDTH_SPACE.join(word[0]), line)


def _shared_out(sections: Sequence[PaperSection]) -> tuple[list[PaperSection], list[PaperSection]]:
    """The headings in two columns of about the same height, in order: down the left, then down the right."""
    heights = [2 + sum(1 + len(line) // LINE_CHARACTERS for line in part.lines) for part in sections]
    half = sum(heights) / 2
    place = min(
        range(len(sections) + 1),
        key=lambda end: (abs(sum(heights[:end]) - half), -end),
    )
    return list(sections[:place]), list(sections[place:])


def _qr(url: str) -> str:
    drawn = BytesIO()
    segno.make_qr(url, error="m").save(drawn, kind="svg", xmldecl=False, border=2, scale=4)
    return drawn.getvalue().decode()
