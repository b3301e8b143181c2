from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.rules.change_explanation import MonthFigures, MonthLine, effects, explain_change
from hemmavid.rules.interventions import CARE_PLAN


def line(
    client: str = "C1",
    granted: str = "10.00",
    absence: str = "0.00",
    *,
    paid: str | None = None,
    price: str = "480.00",
    code: str = "ramtid",
) -> MonthLine:
    payable = Decimal(paid) if paid is not None else Decimal(granted) - Decimal(absence)
    rate = Money.from_kronor(price)
    return MonthLine(
        client, "U1", code, Decimal(granted), Decimal(absence), payable, rate, rate.times(payable)
    )


def told(before: Sequence[MonthLine], after: Sequence[MonthLine], current: str = "2022-12") -> list[str]:
    previous = MonthFigures(Month.parse(current).previous(), tuple(before))
    sentences = explain_change(previous, MonthFigures(Month.parse(current), tuple(after)))
    return [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences]


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ([], [line()], "+4 800,00 kr: 1 brukare är ny (+10,00 h)."),
        ([line()], [], "−4 800,00 kr: 1 brukare har inte längre någon ersättning (−10,00 h)."),
        ([line()], [line(price="490.00")], "+100,00 kr: priset per timme är ett annat för 1 brukare."),
        ([line()], [line(absence="1.00")], "−480,00 kr: mer uppehåll för 1 brukare (−1,00 h)."),
        ([line(absence="1.00")], [line()], "+480,00 kr: mindre uppehåll för 1 brukare (+1,00 h)."),
        (
            [line()],
            [line(granted="12.00")],
            "+960,00 kr: ändrad beviljad tid för 1 brukare (+2,00 h; månaden har 31 dagar mot 30).",
        ),
        (
            [line(code="vak", paid="3.00")],
            [line(code="vak", paid="4.00")],
            "+480,00 kr: ändrad utförd tid för 1 brukare (+1,00 h).",
        ),
        (
            [line()],
            [line(), line(code=CARE_PLAN, paid="2.00")],
            "+960,00 kr: ersättning för första genomförandeplan, 1 brukare.",
        ),
        (
            [line()],
            [line(), line(code="stadning", granted="1.00")],
            "+480,00 kr: ändrad beviljad tid för 1 brukare (+1,00 h; månaden har 31 dagar mot 30).",
        ),
        (
            [line(), line(code="stadning", granted="1.00")],
            [line()],
            "−480,00 kr: ändrad beviljad tid för 1 brukare (−1,00 h; månaden har 31 dagar mot 30).",
        ),
    ],
)
def test_one_cause_is_told_in_one_sentence(
    before: list[MonthLine], after: list[MonthLine], sentence: str
) -> None:
    assert told(before, after) == [sentence]


def test_the_days_of_the_month_are_named_only_when_they_differ() -> None:
    assert told([line()], [line(granted="12.00")], "2022-08") == [
        "+960,00 kr: ändrad beviljad tid för 1 brukare (+2,00 h)."
    ]


def test_nothing_is_said_when_nothing_changed() -> None:
    assert told([line()], [line()]) == []


def test_the_greatest_causes_are_told_first_and_the_rest_in_one_sentence() -> None:
    before = [line("C1"), line("C2", granted="30.00"), line("C3"), line("C4")]
    after = [
        line("C1", absence="1.00"),
        line("C3", price="481.00"),
        line("C4"),
        line("C5", granted="20.00"),
    ]
    sentences = told(before, after)
    assert [sentence.split(" kr")[0] for sentence in sentences] == ["−14 400,00", "+9 600,00", "−470,00"]
    assert sentences[-1].endswith("övrigt, det vill säga ändrat uppehåll och ändrat pris.")


HOURS = st.integers(0, 5000).map(lambda n: Decimal(n) / 100)
LINES = st.builds(
    lambda client, code, granted, away, done, price: MonthLine(
        client, "U1", code, granted, min(away, granted), done, Money(price), Money(price).times(done)
    ),
    st.sampled_from(["C1", "C2", "C3"]),
    st.sampled_from(["ramtid", "vak", CARE_PLAN]),
    HOURS,
    HOURS,
    HOURS,
    st.integers(1, 60_000),
)
FIGURES = st.lists(LINES, max_size=6, unique_by=lambda line: (line.client, line.intervention)).map(tuple)


@given(before=FIGURES, after=FIGURES)
def test_the_causes_explain_the_whole_difference(
    before: tuple[MonthLine, ...], after: tuple[MonthLine, ...]
) -> None:
    previous, current = MonthFigures(Month(2022, 11), before), MonthFigures(Month(2022, 12), after)
    explained = Money.total(effect.amount for effect in effects(previous, current))
    assert explained == current.total - previous.total
    sentences = explain_change(previous, current)
    assert len(sentences) <= 3
    amounts = (sentence.split("\N{NO-BREAK SPACE}kr:")[0] for sentence in sentences)
    plain = (amount.replace("\N{NO-BREAK SPACE}", "").replace("−", "-") for amount in amounts)
    told = sum((Decimal(amount.replace(",", ".")) for amount in plain), Decimal(0))
    assert told == (current.total - previous.total).kronor
