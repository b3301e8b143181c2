"""The pencil of charts.py: a plane with a scale, grid, labels, and the svg around it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal
from typing import Self

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH, HEIGHT = Decimal(440), Decimal(250)
LEFT, RIGHT, TOP, BOTTOM = Decimal(46), Decimal(8), Decimal(34), Decimal(30)
GRID_LINES = 4
NICE_STEPS = tuple(Decimal(step) for step in ("1", "2", "2.5", "5", "10"))
MANY_LABELS = 8


@dataclass(frozen=True, slots=True)
class Plane:
    """Where values stand on the page: zero at the foot, a round figure at the top."""

    highest: Decimal
    slots: int
    step: Decimal

    @classmethod
    def for_values(cls, highest: Decimal, slots: int) -> Self:
        """A plane that holds values from zero to `highest` in so many slots from left to right."""
        step = nice_step(highest / GRID_LINES) if highest > 0 else Decimal(1)
        lines = (highest / step).to_integral_value(ROUND_CEILING) or Decimal(1)
        return cls(step * lines, max(slots, 1), step)

    @property
    def slot(self) -> Decimal:
        """The width of one slot."""
        return (WIDTH - LEFT - RIGHT) / self.slots

    def x(self, place: Decimal | int) -> Decimal:
        """The left edge of a slot."""
        return LEFT + self.slot * place

    def y(self, value: Decimal) -> Decimal:
        """The height of a value."""
        return HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * value / self.highest

    def levels(self) -> list[Decimal]:
        """The values of the grid lines."""
        return [self.step * line for line in range(int(self.highest / self.step) + 1)]


def nice_step(rough: Decimal) -> Decimal:
    """The round step (1, 2, 2.5 or 5 times a power of ten) that is not below `rough`, which is above zero."""
    power = Decimal(1).scaleb(rough.adjusted())
    return next(step * power for step in NICE_STEPS if step * power >= rough)


def at(place: Decimal | int) -> str:
    """A coordinate with one decimal."""
    return format(Decimal(place).quantize(Decimal("0.1"), ROUND_HALF_UP), "f")


def drawing(name: str, title: str, description: str, parts: Iterable[SafeString]) -> SafeString:
    """The svg element with its text alternatives. `name` is a page-unique id."""
    return format_html(
        '<svg class="hv-chart" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{name}-titel" aria-describedby="{name}-beskrivning">'
        '<title id="{name}-titel">{title}</title><desc id="{name}-beskrivning">{description}</desc>'
        "{parts}</svg>",
        width=WIDTH,
        height=HEIGHT,
        name=name,
        title=title,
        description=description,
        parts=format_html_join("", "{}", ((part,) for part in parts)),
    )


def grid(plane: Plane, written: Callable[[Decimal], str]) -> SafeString:
    """Horizontal lines and their values."""
    return format_html_join(
        "",
        '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>'
        '<text class="hv-chart-soft" x="{}" y="{}" font-size="12" text-anchor="end">{}</text>',
        (
            (
                "hv-chart-grid" if level else "hv-chart-axis",
                at(LEFT),
                at(WIDTH - RIGHT),
                at(plane.y(level)),
                at(plane.y(level)),
                at(LEFT - 6),
                at(plane.y(level) + 4),
                written(level),
            )
            for level in plane.levels()
        ),
    )


def labels(plane: Plane, words: Sequence[str]) -> SafeString:
    """Words below the slots. Every second may be hidden on narrow screens when there are many."""
    is_crowded = sum(bool(word) for word in words) > MANY_LABELS
    return format_html_join(
        "",
        '<text class="{}" x="{}" y="{}" font-size="12" text-anchor="middle">{}</text>',
        (
            (
                "hv-chart-soft hv-chart-spare" if is_crowded and place % 2 else "hv-chart-soft",
                at(plane.x(place) + plane.slot / 2),
                at(HEIGHT - BOTTOM + 18),
                word,
            )
            for place, word in enumerate(words)
            if word
        ),
    )


def legend(first: SafeString, first_word: str, second: SafeString, second_word: str) -> SafeString:
    """Two marks with their words, above the drawing. A mark is drawn in a box of 18 × 12 at its place."""
    return format_html(
        '<g>{}<text x="{}" y="17" font-size="12">{}</text></g>'
        '<g transform="translate(130 0)">{}<text x="{}" y="17" font-size="12">{}</text></g>',
        first,
        at(LEFT + 24),
        first_word,
        second,
        at(LEFT + 24),
        second_word,
    )


def swatch(css_class: str) -> SafeString:
    """A filled mark of a legend."""
    return format_html('<rect class="{}" x="{}" y="7" width="18" height="12" rx="2"/>', css_class, at(LEFT))


def stroke(css_class: str) -> SafeString:
    """A line mark of a legend."""
    return format_html('<path class="{}" d="M{} 13h18"/>', css_class, at(LEFT))


def unit(word: str) -> SafeString:
    """What the figures count, to the right above the drawing."""
    return format_html(
        '<text class="hv-chart-soft hv-chart-spare" x="{}" y="17" font-size="12" text-anchor="end">{}</text>',
        at(WIDTH - RIGHT),
        word,
    )


def step_line(plane: Plane, values: Sequence[Decimal], css_class: str) -> SafeString:
    """A line that is level through each slot and steps between them."""
    moves = [
        f"{'M' if place == 0 else 'L'}{at(plane.x(place))} {at(plane.y(value))}H{at(plane.x(place + 1))}"
        for place, value in enumerate(values)
    ]
    return format_html('<path class="{}" d="{}"/>', css_class, "".join(moves)) if moves else SafeString("")
