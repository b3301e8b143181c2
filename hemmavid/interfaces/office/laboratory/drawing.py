"""The distribution of changes as bars: how many cases get so much more or less."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

from hemmavid.interfaces.office.chart_drawing import (
    Plane,
    at,
    drawing,
    grid,
    labels,
    legend,
    swatch,
    unit,
)
from hemmavid.interfaces.office.charts import BAR_SHARE, NOTHING
from hemmavid.lib import swedish
from hemmavid.reports.policy_laboratory import Bar
from hemmavid.rules.laboratory_groups import LabGroup, cases_text


def distribution(bars: Sequence[Bar], *, title: str, name: str = "fordelning") -> SafeString:
    """A bar a step of minutes a week; the bar of no change is drawn apart."""
    highest = Decimal(max((bar.cases for bar in bars), default=0))
    plane = Plane.for_values(highest, len(bars))
    parts = [
        grid(plane, lambda level: swedish.number(level, 0) if level == int(level) else ""),
        *(_bar(plane, place, bar) for place, bar in enumerate(bars)),
        labels(plane, [bar.short for bar in bars]),
        legend(swatch("hv-chart-bar"), "Ändras", swatch("hv-chart-bar hv-chart-bar--running"), "Lika"),
        unit("ärenden, min/vecka"),
    ]
    described = "; ".join(f"{bar.label}: {cases_text(bar.cases)}" for bar in bars)
    return drawing(name, title, described, parts)


def finding(total: LabGroup) -> str:
    """What the distribution says, in one sentence."""
    computed = total.cases - total.not_computed
    if not computed:
        return "Inget ärende kan räknas med båda tabellerna"
    if not total.more and not total.less:
        return f"Ingen skillnad: {cases_text(computed)} får samma tid"
    return (
        f"{swedish.number(total.more, 0)} får mer, {swedish.number(total.less, 0)} får mindre"
        f" och {swedish.number(total.same, 0)} får lika av {cases_text(computed)}"
    )


def _bar(plane: Plane, place: int, bar: Bar) -> SafeString:
    top = plane.y(Decimal(bar.cases))
    return format_html(
        '<rect class="hv-chart-bar {}" x="{}" y="{}" width="{}" height="{}" rx="2"/>'
        '<text x="{}" y="{}" font-size="12" text-anchor="middle">{}</text>',
        "hv-chart-bar--running" if bar.is_unchanged else "",
        at(plane.x(place) + plane.slot * (1 - BAR_SHARE) / 2),
        at(top),
        at(plane.slot * BAR_SHARE),
        at(plane.y(NOTHING) - top),
        at(plane.x(place) + plane.slot / 2),
        at(top - 4),
        swedish.number(bar.cases, 0) if bar.cases else "",
    )
