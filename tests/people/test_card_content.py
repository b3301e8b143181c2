"""What a card holds, what it refuses, and how two cards are told apart and put together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.people.card_content import (
    LONGEST_LINE,
    MOST_CHARACTERS,
    MOST_LINES,
    CardField,
    CardRefused,
    Content,
    check,
    content_of,
    differences,
    merge,
    read_back,
    stored,
)

ALERTS, KEYS, PETS = CardField.ALERTS, CardField.KEYS, CardField.PETS
lines = st.lists(st.text("abc ", min_size=1, max_size=5), max_size=3).map("\n".join)
contents = st.dictionaries(st.sampled_from([field.value for field in CardField]), lines).map(content_of)


def test_a_paste_from_word_becomes_plain_lines() -> None:
    typed = {"alerts": "•\tDiabetes\r\n\r\n–  Faller   lätt \n", "pets": " \n "}
    assert content_of(typed) == {ALERTS: ("Diabetes", "Faller lätt")}


@pytest.mark.parametrize(
    "line",
    ["Portkod 4711", "kod: 1234#", "Koden är 2580", "nyckelskåp kod 1 2 3 4", "PIN 9999", "lösenordet 12345"],
)
def test_a_code_is_refused_wherever_it_stands(line: str) -> None:
    with pytest.raises(CardRefused) as refused:
        check({KEYS: ("Nyckel 114", line)})
    assert (refused.value.code, refused.value.field) == ("holds_code", KEYS)


@pytest.mark.parametrize("line", ["Nyckel 114 i skåp A", "Porttelefon, tryck Vinter", "000-123 45 67"])
def test_a_key_a_bell_and_a_phone_are_no_codes(line: str) -> None:
    check({KEYS: (line,)})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({}, "empty"),
        ({ALERTS: ("x" * (LONGEST_LINE + 1),)}, "long_line"),
        ({ALERTS: ("x",) * (MOST_LINES + 1)}, "too_long"),
        ({ALERTS: ("x" * LONGEST_LINE,) * (MOST_CHARACTERS // LONGEST_LINE + 1)}, "too_long"),
    ],
)
def test_an_empty_card_and_one_that_fits_no_page_are_refused(content: Content, code: str) -> None:
    with pytest.raises(CardRefused) as refused:
        check(content)
    assert refused.value.code == code


def test_a_difference_says_what_came_and_went_under_each_heading() -> None:
    before = {ALERTS: ("Diabetes", "Hund"), KEYS: ("Nyckel 114",)}
    after = {ALERTS: ("Diabetes",), PETS: ("Hund",), KEYS: ("Nyckel 114",)}
    found = {one.field: (one.removed, one.added) for one in differences(before, after)}
    assert found == {ALERTS: (("Hund",), ()), PETS: ((), ("Hund",))}


def test_two_who_change_different_headings_lose_nothing() -> None:
    base = {ALERTS: ("Diabetes",), KEYS: ("Nyckel 114",)}
    merged = merge(base, {**base, KEYS: ("Nyckel 115",)}, {**base, PETS: ("Hund",)})
    assert merged.content == {ALERTS: ("Diabetes",), PETS: ("Hund",), KEYS: ("Nyckel 115",)}
    assert merged.both_changed == ()


def test_where_both_changed_the_same_heading_the_writer_is_told() -> None:
    base = {KEYS: ("Nyckel 114",)}
    merged = merge(base, {KEYS: ("Nyckel 115",)}, {KEYS: ("Nyckel 116",)})
    assert merged.content == {KEYS: ("Nyckel 116",)}
    assert merged.both_changed == (KEYS,)


@given(contents)
def test_what_is_stored_reads_back_the_same(content: Content) -> None:
    assert read_back(stored(content)) == content
    assert differences(content, content) == ()


@given(contents, contents)
def test_a_card_edited_by_one_alone_is_that_ones_card(base: Content, edited: Content) -> None:
    assert merge(base, edited, base).content == edited
    assert merge(base, base, edited).content == edited


@given(contents, contents)
def test_a_difference_read_backwards_trades_what_came_for_what_went(one: Content, other: Content) -> None:
    there = {(d.field, d.removed, d.added) for d in differences(one, other)}
    assert there == {(d.field, d.added, d.removed) for d in differences(other, one)}
