"""Charts are drawings with words: well-formed, described, escaped, and free of inline style."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from hemmavid.interfaces.office import charts
from hemmavid.interfaces.office.chart_drawing import nice_step
from hemmavid.lib.money import Money

AS_OF = datetime(2022, 12, 1, 5, tzinfo=UTC)
HOURS = st.decimals(0, 10_000, places=2)
WEEKS = st.lists(
    st.builds(charts.Week, st.text("0123456789<&\"'", min_size=1), HOURS, HOURS, st.booleans()), max_size=13
)


def week(label: str, granted: str, performed: str, *, is_running: bool = False) -> charts.Week:
    return charts.Week(label, Decimal(granted), Decimal(performed), is_running)


def days(first: int, last: int, ore_a_day: int) -> list[charts.Day]:
    return [charts.Day(day, Money(day * ore_a_day)) for day in range(first, last + 1)]


DRAWINGS = {
    "weeks": charts.granted_and_performed([week("44", "100", "98.5"), week("45", "100", "70")]),
    "no weeks": charts.granted_and_performed([]),
    "bullet": charts.bullet(Decimal("12.43"), Decimal("8.28")),
    "empty bullet": charts.bullet(Decimal(0), Decimal(0)),
    "sparkline": charts.sparkline([Decimal(1), Decimal(3), Decimal(2)], label="Tre veckor <&>"),
    "forecast": charts.settlement_forecast(days(1, 12, 5_000_00), days(12, 30, 5_000_00), days=30),
    "no forecast": charts.settlement_forecast([], [], days=28),
}


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_is_well_formed_and_says_what_it_shows(drawing: str) -> None:
    root = etree.fromstring(drawing)
    assert root.get("role") == "img"
    assert "".join(root.find("title").itertext()).strip()
    named = root.get("aria-label") or "".join(
        element.text for element in root.iter() if element.get("id") == root.get("aria-labelledby")
    )
    assert named


@pytest.mark.parametrize("drawing", DRAWINGS.values(), ids=DRAWINGS)
def test_a_drawing_has_no_inline_style(drawing: str) -> None:
    for element in etree.fromstring(drawing).iter():
        assert element.tag not in {"style", "script"}
        assert "style" not in element.attrib
        assert not any(name.startswith("on") for name in element.attrib)


@given(WEEKS)
def test_any_weeks_give_a_drawing_whose_bars_stand_inside_it(weeks: list[charts.Week]) -> None:
    root = etree.fromstring(charts.granted_and_performed(weeks))
    _, _, width, height = map(float, root.get("viewBox").split())
    bars = [element for element in root.findall("rect") if "hv-chart-bar" in element.get("class")]
    assert len(bars) == len(weeks)
    for bar in bars:
        x, y, wide, high = (float(bar.get(name)) for name in ("x", "y", "width", "height"))
        assert min(x, y, wide, high) >= 0
        assert x + wide <= width
        assert y + high <= height


@given(st.decimals("0.001", 10**9, allow_nan=False))
def test_a_step_is_round_and_never_below_what_was_asked(rough: Decimal) -> None:
    step = nice_step(rough)
    assert rough <= step <= rough * 10
    assert step.normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}


@pytest.mark.parametrize(
    ("weeks", "finding"),
    [
        ([], "Ingen hel vecka har passerat ännu"),
        ([week("44", "10", "1", is_running=True)], "Ingen hel vecka har passerat ännu"),
        (
            [week("44", "10", "9"), week("45", "10", "10")],
            "Utförd tid var minst 90 % av beviljad alla 2 veckor",
        ),
        (
            [week("44", "10", "8.99"), week("45", "10", "10")],
            "Utförd tid var under 90 % av beviljad vecka 44",
        ),
        (
            [week("44", "10", "8"), week("45", "10", "8"), week("46", "0", "0")],
            "Utförd tid var under 90 % av beviljad i 2 av 3 veckor",
        ),
    ],
)
def test_the_title_is_the_finding(weeks: list[charts.Week], finding: str) -> None:
    assert charts.weeks_finding(weeks, Decimal("0.90")).replace("\u00a0", " ") == finding


def test_a_low_week_is_told_by_its_share_and_not_by_colour_alone() -> None:
    drawing = charts.granted_and_performed([week("44", "100", "70"), week("45", "100", "95")])
    assert ">70%<" in drawing
    assert "95%" not in drawing


def test_the_description_holds_every_figure() -> None:
    drawing = charts.granted_and_performed(
        [week("44", "12.43", "8.28"), week("45", "12.43", "3", is_running=True)]
    )
    assert "vecka 44: 8,28 utförda av 12,43 beviljade timmar; vecka 45: 3,00" in drawing
    assert "beviljade timmar hittills" in drawing


def test_what_people_typed_is_escaped() -> None:
    drawing = charts.granted_and_performed([week("<b>", "1", "1")], title='<script>alert("x")</script>')
    assert "<script>" not in drawing
    assert "&lt;script&gt;" in drawing


def test_weeks_and_their_table_say_the_same() -> None:
    table = charts.weeks_table([week("44", "10", "9"), week("45", "0", "0", is_running=True)], as_of=AS_OF)
    assert [table.texts(row) for row in table.rows] == [
        ["44", "10,00", "9,00", "90"],
        ["45 (pågår)", "", "", ""],
    ]


def test_the_forecast_is_told_in_kronor() -> None:
    known, foreseen = days(1, 2, 100_00), days(2, 4, 100_00)
    assert charts.forecast_finding(known, foreseen) == "Månaden väntas sluta på 400,00\u00a0kr"
    assert charts.forecast_finding(known, []) == "Månaden slutade på 200,00\u00a0kr"
    assert charts.forecast_finding([], []) == "Inget är ersättningsgrundande ännu"
    table = charts.forecast_table(known, foreseen, as_of=AS_OF)
    assert [table.texts(row) for row in table.rows] == [
        ["1", "100,00", ""],
        ["2", "200,00", ""],
        ["3", "", "300,00"],
        ["4", "", "400,00"],
    ]


@pytest.mark.parametrize(
    ("ore", "written"), [(60_00, "20"), (90_000_00, "25\u00a0t"), (3_900_000_00, "1\u00a0mn")]
)
def test_an_axis_of_kronor_has_one_unit(ore: int, written: str) -> None:
    assert f">{written}<" in charts.settlement_forecast(days(1, 1, ore), [], days=30)


def test_one_value_is_no_line() -> None:
    assert charts.sparkline([Decimal(1)], label="En vecka") == ""
