"""Too much or too little time alone is no description of a need (R137)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.rules.explanation import Step
from hemmavid.rules.need_description import lacks_need
from hemmavid.rules.parameter_files import load_parameters
from tests.rules.golden_needs import DAY

PARAMETERS = load_parameters()
PHRASES = PARAMETERS.at("review.time_phrases", DAY).words
FALLS = "Karin har ramlat två gånger och klarar inte längre att resa sig ur duschstolen själv."


def refused(text: str) -> Step | None:
    return lacks_need(text, on=DAY, parameters=PARAMETERS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   \n",
        "För lite tid.",
        "FÖR LITE TID!!!",
        "Tiden räcker inte till, vi hinner inte.",
        "Ramtiden är för låg, vi behöver mer tid.",
        "12345 67890 11111 22222 33333 44444",
        "mer tid mer tid mer tid mer tid mer tid mer tid",
        ". , ! ? - ; : ( )",
    ],
)
def test_time_alone_is_refused_with_what_to_write_instead(text: str) -> None:
    step = refused(text)
    assert step is not None
    assert step.claim.startswith("Beskriv behovet: vad klarar personen")
    assert step.parameter == "review.min_words"


@pytest.mark.parametrize("text", [FALLS, f"Tiden räcker inte. {FALLS}", f"{FALLS}\nFör lite tid."])
def test_a_described_need_is_let_through_whatever_is_said_of_time(text: str) -> None:
    assert refused(text) is None


@pytest.mark.parametrize(("words", "is_refused"), [(4, True), (5, False)])
def test_the_limit_is_the_municipalitys_number_of_words(words: int, is_refused: bool) -> None:
    assert (refused("för lite tid " + "ord " * words) is not None) == is_refused


@given(st.lists(st.sampled_from(sorted(PHRASES)), max_size=8))
def test_no_row_of_phrases_about_time_is_a_need(phrases: list[str]) -> None:
    assert refused(", ".join(phrases)) is not None


@given(st.text(max_size=300))
def test_more_words_never_make_a_description_worse(text: str) -> None:
    assert refused(f"{text}\n{FALLS}") is None
