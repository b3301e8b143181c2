"""Charts as SVG made on the server: readable without colour, without script, on paper, and in the dark.

Every function is a pure function of values. It returns a drawing with role=img, a title that says the finding
and a description that says the figures; colours come by class from tables.css, never by a style attribute,
which our content security policy would refuse. Beside every drawing stands its table (`*_table`).
Figures are Decimal hours or `Money`; nothing is rounded here but the places of points on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemmavid.interfaces.office.chart_drawing import (
    Plane,
    at,
    drawing,
    grid,
    labels,
    legend,
    step_line,
    stroke,
    swatch,
    unit,
)
from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.reports.tables import Column, Kind, ReportTable

NOTHING = Decimal(0)
LOW_SHARE = Decimal("0.80")
"""Below this a week is marked: the difference called material in A21, 20 %."""
DAYS_BETWEEN_LABELS = 5
MILLION, THOUSAND = 1_000_000, 1_000
BAR_SHARE = Decimal("0.68")


@dataclass(frozen=True, slots=True)
class Week:
    """One week's hours. `label` is the week's number; `is_running` marks a week that has not ended."""

    label: str
    granted: Decimal
    performed: Decimal
    is_running: bool = False

    def is_low(self, share: Decimal) -> bool:
        """Performed below this share of granted, in a week that has ended."""
        return not self.is_running and self.granted > 0 and self.performed < share * self.granted


@dataclass(frozen=True, slots=True)
class Day:
    """The amount reached by the end of a day of the month."""

    day: int
    reached: Money


def granted_and_performed(
    weeks: Sequence[Week], *, title: str = "", low_share: Decimal = LOW_SHARE, name: str = "veckor"
) -> SafeString:
    """Hours a week: a bar for what was performed, a step line for what was granted.

    A week below `low_share` of granted is marked by its outline and its percentage; a running week is dashed.
    `title` defaults to `weeks_finding`; `name` keeps ids apart on a page.
    """
    highest = max((max(week.granted, week.performed) for week in weeks), default=NOTHING)
    plane = Plane.for_values(highest, len(weeks))
    parts = [
        grid(plane, _plain),
        *(_bar(plane, place, week, low_share) for place, week in enumerate(weeks)),
        step_line(plane, [week.granted for week in weeks], "hv-chart-line"),
        labels(plane, [week.label for week in weeks]),
        legend(swatch("hv-chart-bar"), "Utförd tid", stroke("hv-chart-line"), "Beviljad tid"),
        unit("timmar, vecka"),
    ]
    return drawing(name, title or weeks_finding(weeks, low_share), _weeks_description(weeks), parts)


def weeks_finding(weeks: Sequence[Week], low_share: Decimal = LOW_SHARE) -> str:
    """What the weeks say, in one sentence."""
    ended = [week for week in weeks if not week.is_running]
    low = [week for week in ended if week.is_low(low_share)]
    share = f"{swedish.number((low_share * 100).quantize(Decimal(1)), 0)}{swedish.HARD_SPACE}%"
    if not ended:
        return "Ingen hel vecka har passerat ännu"
    if not low:
        return f"Utförd tid var minst {share} av beviljad alla {len(ended)} veckor"
    if len(low) == 1:
        return f"Utförd tid var under {share} av beviljad vecka {low[0].label}"
    return f"Utförd tid var under {share} av beviljad i {len(low)} av {len(ended)} veckor"


def weeks_table(
    weeks: Sequence[Week], *, as_of: datetime, title: str = "Beviljad och utförd tid"
) -> ReportTable:
    """The figures of `granted_and_performed`."""
    columns = [
        Column("Vecka"),
        Column("Beviljad tid", Kind.HOURS),
        Column("Utförd tid", Kind.HOURS),
        Column("Utfört av beviljat (%)", Kind.COUNT),
    ]
    rows = [
        [
            f"{week.label} (pågår)" if week.is_running else week.label,
            week.granted,
            week.performed,
            _percent(week),
        ]
        for week in weeks
    ]
    return ReportTable(title=title, columns=columns, rows=rows, as_of=as_of)


def bullet(granted: Decimal, performed: Decimal, *, label: str = "") -> SafeString:
    """Performed against granted in the height of a table row: a band, a bar, and a line at granted."""
    width = Decimal(190)
    highest = max(granted, performed) or Decimal(1)
    said = label or f"Utfört {swedish.number(performed)} av {swedish.number(granted)} beviljade timmar"
    return format_html(
        '<svg class="hv-chart hv-chart--bullet" viewBox="0 0 192 20" role="img" aria-label="{said}">'
        "<title>{said}</title>"
        '<rect class="hv-chart-band" x="1" y="3" width="{band}" height="14" rx="2"/>'
        '<rect class="hv-chart-bar" x="1" y="6" width="{bar}" height="8"/>'
        '<line class="hv-chart-target" x1="{target}" x2="{target}" y1="1" y2="19"/></svg>',
        said=said,
        band=at(width),
        bar=at(width * performed / highest),
        target=at(1 + (width - 1) * granted / highest),
    )


def sparkline(values: Sequence[Decimal], *, label: str) -> SafeString:
    """The shape of a few weeks beside a figure; `label` says it in words. Nothing below two values."""
    if len(values) < 2:
        return SafeString("")
    lowest, highest = min(values), max(values)
    span = (highest - lowest) or Decimal(1)
    points = [
        (4 + Decimal(120) * place / (len(values) - 1), 24 - 20 * (value - lowest) / span)
        for place, value in enumerate(values)
    ]
    last_x, last_y = points[-1]
    return format_html(
        '<svg class="hv-chart hv-chart--small" viewBox="0 0 128 28" role="img" aria-label="{}">'
        '<title>{}</title><polyline class="hv-chart-line hv-chart-line--quiet" points="{}"/>'
        '<circle class="hv-chart-mark" cx="{}" cy="{}" r="3.5"/></svg>',
        label,
        label,
        " ".join(f"{at(x)},{at(y)}" for x, y in points),
        at(last_x),
        at(last_y),
    )


def settlement_forecast(
    known: Sequence[Day], forecast: Sequence[Day], *, days: int, title: str = "", name: str = "prognos"
) -> SafeString:
    """Kronor reached day by day: a whole line for what is known, a dashed one for what is foreseen.

    `forecast` begins with the last known day; `days` is the length of the month.
    """
    highest = max((point.reached.kronor for point in (*known, *forecast)), default=NOTHING)
    plane = Plane.for_values(highest, days)
    shown = [str(day) if day % DAYS_BETWEEN_LABELS == 0 or day == 1 else "" for day in range(1, days + 1)]
    dashed = "hv-chart-line hv-chart-line--dashed"
    parts = [
        grid(plane, lambda level: _short_kronor(level, plane.step)),
        _day_line(plane, known, "hv-chart-line"),
        _day_line(plane, forecast, dashed),
        _day_mark(plane, known),
        labels(plane, shown),
        legend(stroke("hv-chart-line"), "Hittills", stroke(dashed), "Prognos"),
        unit("kronor, dag i månaden"),
    ]
    return drawing(
        name, title or forecast_finding(known, forecast), _forecast_description(known, forecast), parts
    )


def forecast_finding(known: Sequence[Day], forecast: Sequence[Day]) -> str:
    """Where the month is heading, in one sentence."""
    if forecast:
        return f"Månaden väntas sluta på {swedish.kronor(forecast[-1].reached)}"
    if known:
        return f"Månaden slutade på {swedish.kronor(known[-1].reached)}"
    return "Inget är ersättningsgrundande ännu"


def forecast_table(
    known: Sequence[Day], forecast: Sequence[Day], *, as_of: datetime, title: str = "Ersättning dag för dag"
) -> ReportTable:
    """The figures of `settlement_forecast`."""
    reached = {point.day: point.reached for point in known}
    foreseen = {point.day: point.reached for point in forecast}
    rows = [
        [str(day), reached.get(day), foreseen.get(day) if day not in reached else None]
        for day in sorted({*reached, *foreseen})
    ]
    columns = [Column("Dag"), Column("Hittills (kr)", Kind.KRONOR), Column("Prognos (kr)", Kind.KRONOR)]
    return ReportTable(title=title, columns=columns, rows=rows, as_of=as_of)


def _bar(plane: Plane, place: int, week: Week, low_share: Decimal) -> SafeString:
    is_low = week.is_low(low_share)
    modifier = "hv-chart-bar--running" if week.is_running else "hv-chart-bar--alert" if is_low else ""
    top = plane.y(week.performed)
    bar = format_html(
        '<rect class="hv-chart-bar {}" x="{}" y="{}" width="{}" height="{}" rx="2"/>',
        modifier,
        at(plane.x(place) + plane.slot * (1 - BAR_SHARE) / 2),
        at(top),
        at(plane.slot * BAR_SHARE),
        at(plane.y(NOTHING) - top),
    )
    if not is_low:
        return bar
    share = format_html(
        '<text x="{}" y="{}" font-size="12" font-weight="700" text-anchor="middle">{}%</text>',
        at(plane.x(place) + plane.slot / 2),
        at(top - 5),
        _percent(week),
    )
    return bar + share


def _percent(week: Week) -> int | None:
    if week.granted <= 0:
        return None
    return int((100 * week.performed / week.granted).quantize(Decimal(1), ROUND_HALF_UP))


def _weeks_description(weeks: Sequence[Week]) -> str:
    return "; ".join(
        f"vecka {week.label}: {swedish.number(week.performed)} utförda av {swedish.number(week.granted)}"
        f" beviljade timmar{' hittills' if week.is_running else ''}"
        for week in weeks
    )


def _day_line(plane: Plane, days: Sequence[Day], css_class: str) -> SafeString:
    """Level through the day, stepping at midnight; a forecast starts where the known days end."""
    if not days:
        return SafeString("")
    first, *later = days
    path = f"M{at(plane.x(first.day - 1))} {at(plane.y(first.reached.kronor))}H{at(plane.x(first.day))}"
    path += "".join(f"V{at(plane.y(point.reached.kronor))}H{at(plane.x(point.day))}" for point in later)
    return format_html('<path class="{}" d="{}"/>', css_class, path)


def _day_mark(plane: Plane, known: Sequence[Day]) -> SafeString:
    if not known:
        return SafeString("")
    last = known[-1]
    return format_html(
        '<circle class="hv-chart-mark" cx="{}" cy="{}" r="4.5"/>',
        at(plane.x(last.day)),
        at(plane.y(last.reached.kronor)),
    )


def _forecast_description(known: Sequence[Day], forecast: Sequence[Day]) -> str:
    sentences = []
    if known:
        sentences.append(f"Till och med dag {known[-1].day}: {swedish.kronor(known[-1].reached)}.")
    if forecast:
        sentences.append(f"Prognos dag {forecast[-1].day}: {swedish.kronor(forecast[-1].reached)}.")
    return " ".join(sentences)


def _plain(value: Decimal) -> str:
    """As few decimals as the value needs: 250 · 2,5."""
    places = max(0, -int(value.normalize().as_tuple().exponent))
    return swedish.number(value, places)


def _short_kronor(value: Decimal, step: Decimal) -> str:
    """1,5 mn · 500 tkr · 200: the unit follows the step, so one axis has one unit."""
    if step * 4 >= MILLION:
        return f"{_plain(value / MILLION)}{swedish.HARD_SPACE}mn"
    if step * 4 >= 10 * THOUSAND:
        return f"{_plain(value / THOUSAND)}{swedish.HARD_SPACE}t"
    return _plain(value)
