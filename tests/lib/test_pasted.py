"""A paste keeps its words and loses what no reader sees."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.pasted import cleaned


def test_line_breaks_and_bullets_of_a_word_processor_become_ordinary():
    assert cleaned("ett\r\ntvå\rtre\vfyra\ffem\u2028sex") == "ett\ntvå\ntre\nfyra\nfem\nsex"
    assert cleaned("\uf0b7 ett \uf0a7 två") == "• ett • två"


def test_what_nobody_sees_goes_and_what_is_meant_stays():
    assert cleaned("sam\u00adarbete\u200b\ufeff\0\x07") == "samarbete"
    assert cleaned("”citat” – å\u00a0ä\tö é 😀") == "”citat” – å\u00a0ä\tö é 😀"


@given(st.text())
def test_cleaning_twice_is_cleaning_once_and_leaves_no_control(text):
    once = cleaned(text)
    assert cleaned(once) == once
    assert {unicodedata.category(char) for char in once if char not in "\t\n"}.isdisjoint({"Cc", "Co", "Cs"})
