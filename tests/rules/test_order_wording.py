"""The words of goals, orders and consents: hints, marks and refusals, in texts as people paste them."""

from __future__ import annotations

import time
import unicodedata
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.consent import ConsentFaultCode, consent_faults
from hemmavid.rules.goal_wording import stock_phrase_hint
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.phrases import find_phrases
from hemmavid.rules.what_and_how import HowKind, how_marks, reading_seconds

ON = date(2026, 11, 24)
PARAMETERS = load_parameters()
LONGEST = 40_000


def marked(text: str) -> list[tuple[str, str]]:
    marks = how_marks(text, on=ON, parameters=PARAMETERS)
    assert [text[mark.start : mark.end] for mark in marks] == [mark.words for mark in marks]
    return [(mark.kind.value, mark.words) for mark in marks]


def hinted(text: str) -> str | None:
    hint = stock_phrase_hint(text, on=ON, parameters=PARAMETERS)
    return None if hint is None else hint.phrase


class TestPhrases:
    def test_only_whole_words_are_found(self) -> None:
        assert find_phrases("allt, allra, för alla.", ("alla",))[0].start == 17
        assert find_phrases("allra", ("all",)) == ()
        assert find_phrases("allt", ()) == ()

    def test_capitals_line_breaks_and_hard_spaces_make_no_difference(self) -> None:
        text = "SKÄLIG\n levnads\N{NO-BREAK SPACE}nivå och skälig\N{NO-BREAK SPACE}\r\nLevnadsnivå"
        (found,) = find_phrases(text, ("skälig levnadsnivå",))
        assert text[found.start : found.end] == "skälig\N{NO-BREAK SPACE}\r\nLevnadsnivå"

    def test_letters_split_by_a_word_processor_are_found(self) -> None:
        split = unicodedata.normalize("NFD", "Målet är skälig levnadsnivå.")
        assert hinted(split) == "skälig levnadsnivå"
        assert find_phrases("på kvällen", (unicodedata.normalize("NFD", "på kvällen"),))

    def test_the_longest_phrase_wins(self) -> None:
        (found,) = find_phrases("vid alla tillfällen", ("alla", "alla tillfällen"))
        assert found.phrase == "alla tillfällen"

    @given(text=st.text(max_size=60), phrase=st.sampled_from(["först", "på kvällen", "a.b", "(c)"]))
    def test_a_phrase_put_into_a_text_is_found(self, text: str, phrase: str) -> None:
        found = find_phrases(f"{text} {phrase} slut", (phrase,))
        assert any(each.phrase == phrase for each in found)
        assert all(each.start < each.end for each in found)


class TestGoal:
    @pytest.mark.parametrize(
        ("text", "phrase"),
        [
            ("Anna ska ha en skälig levnadsnivå.", "skälig levnadsnivå"),
            ("Att Bibehålla funktioner", "bibehålla funktioner"),
            ("Anna vill kunna gå till kiosken själv.", None),
            ("", None),
        ],
    )
    def test_a_stock_phrase_gives_a_hint(self, text: str, phrase: str | None) -> None:
        assert hinted(text) == phrase

    def test_the_hint_says_where_and_why(self) -> None:
        hint = stock_phrase_hint("Målet: bo kvar hemma", on=ON, parameters=PARAMETERS)
        assert hint is not None
        assert (hint.start, hint.end) == (7, 20)
        assert hint.explanation.parameter == "goal.stock_phrases"
        assert "R319" in hint.explanation.sentence


class TestWhatAndHow:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("Hjälp kl. 8.15 varje dag", ["kl. 8.15"]),
            ("Hjälp klockan 8", ["klockan 8"]),
            ("Frukost 07:30 och lunch 12.00.", ["07:30", "12.00"]),
            ("Promenad i 15 minuter", ["15 minuter"]),
            ("Dusch 25-30 min", ["25-30 min"]),
            ("Städning 1,5 tim", ["1,5 tim"]),
            ("Vila en halvtimme", ["en halvtimme"]),
        ],
    )
    def test_times_are_marked(self, text: str, words: list[str]) -> None:
        assert [each for _, each in marked(text)] == words

    @pytest.mark.parametrize(
        "text",
        [
            "Väger 72.5 kg",
            "Telefon 011-15 00 00",
            "Version 1.15.2",
            "25.99 kronor",
            "Den 12.10 fyller Anna år",
            "07:30:15",
            "Bor på 3 tr",
            "minnet",
        ],
    )
    def test_other_figures_are_left_alone(self, text: str) -> None:
        assert marked(text) == []

    def test_methods_are_marked_in_the_order_of_the_text(self) -> None:
        assert marked("På morgonen kl. 8: börja med duschen i duschstolen, 20 min.") == [
            ("method", "På morgonen"),
            ("clock", "kl. 8"),
            ("method", "börja med"),
            ("method", "i duschstolen"),
            ("duration", "20 min"),
        ]

    def test_words_are_marked_once(self) -> None:
        assert marked("kl. 8 tim") == [("clock", "kl. 8")]

    def test_a_text_of_what_alone_has_no_marks(self) -> None:
        assert marked("Anna behöver hjälp att duscha. Hon tvättar sig själv i ansiktet.") == []

    def test_a_mark_says_why(self) -> None:
        (mark,) = how_marks("Börja med duschen", on=ON, parameters=PARAMETERS)
        assert mark.kind is HowKind.METHOD
        assert mark.explanation.sentence.startswith("”Börja med” säger hur (sätt att göra)")
        assert mark.explanation.parameter == "order.how_words"

    @given(
        text=st.lists(st.sampled_from(["kl. 8.15", "20 min", "först", "duscha", "\n", "08.00", "en"])).map(
            " ".join
        )
    )
    def test_marks_stand_in_order_and_never_overlap(self, text: str) -> None:
        marks = how_marks(text, on=ON, parameters=PARAMETERS)
        assert all(first.end <= second.start for first, second in pairwise(marks))
        assert all(0 <= mark.start < mark.end <= len(text) for mark in marks)

    @pytest.mark.parametrize(("words", "seconds"), [(0, 0), (1, 1), (10, 3), (200, 60), (201, 61)])
    def test_reading_takes_a_minute_for_two_hundred_words(self, words: int, seconds: int) -> None:
        assert reading_seconds("ord " * words) == seconds

    @pytest.mark.parametrize("piece", ["först kl. 8 ", "1", " ", "kl", "å", "en ", "12.", "på\n"])
    def test_a_very_long_text_is_read_at_once(self, piece: str) -> None:
        text = (piece * LONGEST)[:LONGEST]
        started = time.process_time()
        how_marks(text, on=ON, parameters=PARAMETERS)
        hinted(text)
        assert time.process_time() - started < 2


class TestConsent:
    def faults(
        self, purpose: str = "Dela planen med systern", occasion: str = "Flytten", ends_on: date | None = None
    ) -> list[tuple[str, str]]:
        found = consent_faults(purpose, occasion, ends_on, given_on=ON, parameters=PARAMETERS)
        assert all("R398" in fault.explanation.sentence for fault in found)
        return [(fault.code.value, fault.field) for fault in found]

    def test_an_occasion_or_a_last_day_is_enough(self) -> None:
        assert self.faults() == []
        assert self.faults(occasion="", ends_on=ON) == []

    def test_a_consent_without_purpose_is_refused(self) -> None:
        assert self.faults(purpose=" ") == [(ConsentFaultCode.NO_PURPOSE, "purpose")]

    def test_a_consent_without_occasion_and_end_is_refused(self) -> None:
        assert self.faults(occasion=" ") == [(ConsentFaultCode.NO_OCCASION_OR_END, "occasion")]

    @pytest.mark.parametrize(
        "purpose", ["Generellt samtycke", "ge ut all information", "Allt som behövs", "Tills  vidare"]
    )
    def test_a_general_consent_is_refused(self, purpose: str) -> None:
        assert self.faults(purpose=purpose) == [(ConsentFaultCode.GENERAL, "purpose")]

    def test_general_words_are_refused_in_the_occasion_too(self) -> None:
        assert self.faults(occasion="vid alla tillfällen") == [(ConsentFaultCode.GENERAL, "occasion")]

    def test_a_consent_may_not_end_before_it_was_given(self) -> None:
        day_before = date(2026, 11, 23)
        assert self.faults(ends_on=day_before) == [(ConsentFaultCode.ENDS_BEFORE_GIVEN, "ends_on")]

    def test_every_fault_is_told_at_once(self) -> None:
        assert len(self.faults(purpose="", occasion="")) == 2
