"""docs/rules/index.md names only what exists, and leaves out nothing the rules use."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from hemmavid.rules.parameter_schema import SCHEMA
from tests.rules.golden_month import cases

CHECKOUT = Path(__file__).resolve().parents[2]
INDEX = CHECKOUT / "docs" / "rules" / "index.md"
RULE = re.compile(r"\b(?:R[0-9]{3}|A[0-9]{1,2}|S[0-9]{2})\b")


class Entry(NamedTuple):
    rule: str
    meaning: str
    parameter: str
    function: str
    test: str


ENTRIES = [
    Entry(*(cell.strip().strip("`") for cell in line.strip("|").split("|")))
    for line in INDEX.read_text("utf-8").splitlines()
    if RULE.match(line.removeprefix("| "))
]


def assert_exists(place: str) -> None:
    file, _, name = place.partition(":")
    path = CHECKOUT / file
    assert path.is_file()
    if name:
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        assert name in {node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)}


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: f"{entry.rule} {entry.parameter}")
def test_an_entry_names_only_what_exists(entry: Entry) -> None:
    assert entry.meaning
    assert entry.parameter == "–" or entry.parameter in SCHEMA
    assert_exists(entry.function)
    assert_exists(entry.test)


def test_every_parameter_stands_in_the_index() -> None:
    assert SCHEMA.keys() - {entry.parameter for entry in ENTRIES} == set()


def test_every_rule_of_a_golden_case_stands_in_the_index() -> None:
    used = {rule for case in cases() for rule in case["rules"] if RULE.fullmatch(rule)}
    assert used - {entry.rule for entry in ENTRIES} == set()


def test_every_rule_a_golden_file_proves_is_named_by_a_case_of_that_file() -> None:
    proven = {(case["file"], rule) for case in cases() for rule in case["rules"]}
    golden = [entry for entry in ENTRIES if entry.test.endswith(".toml")]
    assert [entry for entry in golden if (Path(entry.test).name, entry.rule) not in proven] == []
