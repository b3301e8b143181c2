"""What the documents promise is there: links, commands, and the words they say stand on the screen.

The handbook's convention (docs/handbook/index.md): what is set in bold stands on the screen word for word,
and three dots stand for what varies.
"""

import argparse
import ast
import html
import importlib
import re
import shlex
import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from hemmavid.interfaces.cli.main import COMMANDS, PACKAGE
from hemmavid.interfaces.cli.swedish_parser import SwedishParser

CHECKOUT = Path(__file__).resolve().parents[2]
DOCUMENTS = [*sorted(CHECKOUT.glob("*.md")), *sorted((CHECKOUT / "docs").rglob("*.md"))]
HANDBOOK = [path for path in sorted((CHECKOUT / "docs/handbook").glob("*.md")) if path.stem != "glossary"]
PICTURES = sorted((CHECKOUT / "docs/images").glob("*"))
SCREEN = CHECKOUT / "hemmavid"
# Where the words of a screen are written; models and roles hold the labels of choices.
SCREEN_SOURCES = ("interfaces/office", "reports", "rules", "audit", "access", "visits", "lib")

LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)
BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
SHELL = re.compile(r"^```sh\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`((?:hemmavid|make) [a-z][^`]*)`")
TEMPLATE_COMMENT = re.compile(r"\{% comment %\}.*?\{% endcomment %\}", re.DOTALL)
MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|tmp|home|root|Users|mnt)/")
PICTURE_WIDTH, LARGEST_PICTURE = 1280, 250_000
HEMMAVID = {"hemmavid", ".venv/bin/hemmavid"}


def _named(path: Path) -> str:
    return str(path.relative_to(CHECKOUT))


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _anchor(heading: str) -> str:
    """As GitHub makes it of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def _anchors(document: Path) -> set[str]:
    return {_anchor(found) for found in HEADING.findall(_text(document))}


def _on_one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_link_to_a_file_or_heading_leads_somewhere(document: Path) -> None:
    broken = []
    for link in LINK.findall(_text(document)):
        if "://" in link or link.startswith("mailto:"):
            continue
        place, _, anchor = link.partition("#")
        target = (document.parent / place).resolve() if place else document
        if not target.exists() or (anchor and anchor not in _anchors(target)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_no_document_tells_where_somebody_s_machine_keeps_things(document: Path) -> None:
    assert MACHINE_PATH.findall(_text(document)) == []


def _commands(text: str) -> Iterator[list[str]]:
    """The commands of the shell blocks, without comments and leading environment."""
    for block in SHELL.findall(text):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            while words and re.fullmatch(r"[A-Z_]+=.*", words[0]):
                words = words[1:]
            if words:
                yield words


def _make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", _text(CHECKOUT / "Makefile"), re.MULTILINE))


def _parser_of(name: str) -> argparse.ArgumentParser:
    command = next(one for one in COMMANDS if one.name == name)
    parser = SwedishParser(prog=f"hemmavid {name}")
    importlib.import_module(f"{PACKAGE}.{command.module}").add_arguments(parser)
    return parser


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_command_shown_is_one_that_the_program_takes(document: Path) -> None:
    names = {command.name for command in COMMANDS}
    for words in _commands(_text(document)):
        if words[0] == "make":
            assert set(words[1:]) <= _make_targets(), words
            continue
        assert words[0] in HEMMAVID, words
        assert words[1] in names, words
        _parser_of(words[1]).parse_args(words[2:])


@pytest.mark.parametrize("document", DOCUMENTS, ids=_named)
def test_every_command_named_in_a_sentence_exists(document: Path) -> None:
    names = {command.name for command in COMMANDS}
    for mention in INLINE.findall(_text(document)):
        program, name, *_ = mention.split()
        assert name in (names if program == "hemmavid" else _make_targets()), mention


def _spoken(path: Path) -> Iterator[str]:
    """What a source may put on the screen: a template's text, a module's strings without its docstrings."""
    if path.suffix == ".html":
        yield _on_one_line(html.unescape(TEMPLATE_COMMENT.sub("", _text(path))))
        return
    tree = ast.parse(_text(path))
    told = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.value


@pytest.fixture(scope="module")
def screen_words() -> str:
    """All that the screens' sources say, one saying a line."""
    paths = [path for place in SCREEN_SOURCES for path in sorted((SCREEN / place).rglob("*"))]
    spoken = (path for path in paths if path.suffix in {".html", ".py"} and "migrations" not in path.parts)
    return "\n".join(saying for path in spoken for saying in _spoken(path))


@pytest.mark.parametrize("page", HANDBOOK, ids=_named)
def test_every_label_in_bold_stands_on_the_screen(page: Path, screen_words: str) -> None:
    labels = {_on_one_line(label) for label in BOLD.findall(_text(page))}
    parts = {part.strip(" ,") for label in labels for part in label.split("…")} - {""}
    missing = {part for part in parts if not re.search(rf"\b{re.escape(part)}(?!\w)", screen_words)}
    assert missing == set()


@pytest.mark.parametrize("picture", PICTURES, ids=_named)
def test_a_picture_is_a_screen_s_width_and_light_to_load(picture: Path) -> None:
    content = picture.read_bytes()
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, _height = struct.unpack(">II", content[16:24])
    assert width == PICTURE_WIDTH
    assert len(content) < LARGEST_PICTURE


def test_every_page_of_the_handbook_is_found_from_its_index() -> None:
    index = CHECKOUT / "docs/handbook/index.md"
    linked = {(index.parent / link).resolve() for link in LINK.findall(_text(index))}
    assert {path for path in index.parent.glob("*.md") if path != index} <= linked
