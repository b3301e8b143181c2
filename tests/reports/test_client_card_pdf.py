"""The card on paper: one accessible page whatever it holds, with version, printer and a QR."""

import dataclasses
import io
from datetime import UTC, datetime

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hemmavid.people.card_content import LONGEST_LINE, MOST_CHARACTERS, MOST_LINES, CardField
from hemmavid.reports.client_card_pdf import PaperCard, PaperSection, client_card_pdf
from tests.interfaces.office.leaks.answers import bare, pdf_text
from tests.reports.test_pdf import tags

CARD = PaperCard(
    name="Elsa Vinter",
    code="C1",
    number=7,
    made_at=datetime(2022, 11, 15, 9, 0, tzinfo=UTC),
    made_by="Hanna Handläggare",
    sections=[
        PaperSection("Viktigt att veta", ("Diabetes", "Faller lätt")),
        PaperSection("Nycklar", ("Nyckel 114",)),
    ],
    printed_at=datetime(2024, 4, 24, 11, 15, tzinfo=UTC),
    printed_by="Samira Samordnare",
    check_url="https://hemmavid.example/personkort/7f1c2c1e-3a56-4a4e-9a8f-0b6a4f8f6e01/",
)


PARTS = st.tuples(st.sampled_from(CardField), st.integers(1, 20), st.integers(1, LONGEST_LINE))


def pages(card: PaperCard) -> int:
    with pikepdf.open(io.BytesIO(client_card_pdf(card))) as document:
        return len(document.pages)


def test_says_whose_it_is_which_version_and_who_printed_it_when() -> None:
    text = bare(pdf_text(client_card_pdf(CARD)))
    for words in (
        "Elsa Vinter", "C1", "Version 7", "15 november 2022 kl. 10.00", "Hanna Handläggare", "Diabetes",
        "Nyckel 114", "Utskrivet 2024-04-24 kl. 13.15 av Samira Samordnare.", "Kontrollera version",
    ):  # fmt: skip
        assert bare(words) in text


def test_is_an_accessible_document_with_headings_and_a_described_picture() -> None:
    with pikepdf.open(io.BytesIO(client_card_pdf(CARD))) as document, document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Personkort"
        found = tags(document.Root.StructTreeRoot.K)
    assert (found.count("/H1"), found.count("/H2"), found.count("/Figure")) == (1, 2, 1)


def worst_cards() -> list[list[PaperSection]]:
    headings = [field.label for field in CardField]
    a_line = "ord " * (LONGEST_LINE // 4)
    few_long = [PaperSection(heading, (a_line,)) for heading in headings]
    many_short = [PaperSection(heading, ("ett ord",) * (MOST_LINES // len(headings))) for heading in headings]
    one_heading = [PaperSection(headings[0], ("ord " * 12,) * MOST_LINES)]
    unbroken = [PaperSection(headings[0], ("x" * LONGEST_LINE,) * (MOST_CHARACTERS // LONGEST_LINE))]
    full = [
        PaperSection(heading, ("m" * (MOST_CHARACTERS // MOST_LINES),) * (MOST_LINES // len(headings)))
        for heading in headings
    ]
    return [few_long, many_short, one_heading, unbroken, full]


@pytest.mark.parametrize("sections", worst_cards())
def test_the_fullest_card_is_still_one_page(sections: list[PaperSection]) -> None:
    assert pages(dataclasses.replace(CARD, sections=sections)) == 1


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from(CardField), st.integers(1, 20), st.integers(1, LONGEST_LINE)), max_size=12
    )
)
def test_any_card_within_the_limits_is_one_page(asked: list[tuple[CardField, int, int]]) -> None:
    lines, characters, sections = MOST_LINES, MOST_CHARACTERS, []
    for field, wanted, length in asked:
        count = min(wanted, lines, characters // length)
        if count:
            sections.append(PaperSection(field.label, (("ord " * length)[:length],) * count))
            lines, characters = lines - count, characters - count * length
    assert pages(dataclasses.replace(CARD, sections=sections)) == 1


def test_markup_in_words_is_words() -> None:
    nasty = '#panic("x") *fet* = rubrik $x$ <b> \\ "citat" åäö'
    card = dataclasses.replace(CARD, name=nasty, sections=[PaperSection(nasty, (nasty,))])
    with pikepdf.open(io.BytesIO(client_card_pdf(card))) as document:
        assert tags(document.Root.StructTreeRoot.K).count("/H1") == 1


def test_an_empty_card_is_still_a_document() -> None:
    assert pages(dataclasses.replace(CARD, sections=[])) == 1
