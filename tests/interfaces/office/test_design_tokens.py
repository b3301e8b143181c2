"""Contrast of every pair of colours that meets on a page, light and dark (WCAG 1.4.3, 1.4.11)."""

import re
from pathlib import Path

import pytest

import hemmavid.interfaces.office

CSS = Path(hemmavid.interfaces.office.__path__[0]) / "static" / "office" / "css"
TOKEN = re.compile(r"--hv-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
THEMES = ("light", "dark")

TEXT_PAIRS = [
    *[(text, ground) for ground in ("page", "surface", "hover") for text in ("text", "muted")],
    *[("accent", ground) for ground in ("page", "surface", "hover")],
    *[("accent-strong", ground) for ground in ("page", "surface", "accent-tint")],
    ("text", "accent-tint"),
    ("muted", "accent-tint"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("rail-text", "rail"),
    ("rail-muted", "rail"),
    ("rail-text", "rail-current"),
    ("rail-muted", "rail-current"),
    ("on-lamp", "lamp"),
    ("page", "text"),
    *[(f"signal-{level}-text", f"signal-{level}-fill") for level in ("a", "b", "c", "d", "ok")],
    ("signal-a-text", "surface"),
]
SHAPE_PAIRS = [
    *[("rule-strong", ground) for ground in ("page", "surface")],
    *[("focus", ground) for ground in ("page", "surface", "accent-tint")],
    ("lamp", "rail"),
    ("lamp", "rail-current"),
    *[(f"chart-{name}", "surface") for name in ("granted", "performed", "alert", "good")],
]
# The figures the design guide gives for its own pairs (ux.md section 4).
GUIDE = {
    ("light", "signal-a"): ("#fde8dc", "#8c2d04"),
    ("light", "signal-b"): ("#fff1c9", "#5c4400"),
    ("light", "signal-c"): ("#e1f0fa", "#00497a"),
    ("light", "signal-d"): ("#eef1f4", "#3d4752"),
    ("light", "signal-ok"): ("#ddf3eb", "#00573f"),
    ("dark", "signal-a"): ("#3a1a0c", "#ffb596"),
    ("dark", "signal-b"): ("#33290a", "#ffd66b"),
    ("dark", "signal-c"): ("#0b2a3f", "#9bd1f5"),
    ("dark", "signal-d"): ("#252b31", "#c4ccd4"),
    ("dark", "signal-ok"): ("#0a2e24", "#84d9bc"),
}


def tokens(theme: str) -> dict[str, str]:
    found = TOKEN.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
    return {name: light if theme == "light" else dark for name, light, dark in found}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT_PAIRS)
def test_words_can_be_read(theme: str, text: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("shape", "ground"), SHAPE_PAIRS)
def test_edges_marks_and_the_focus_ring_can_be_seen(theme: str, shape: str, ground: str) -> None:
    colours = tokens(theme)
    assert contrast(colours[shape], colours[ground]) >= 3


@pytest.mark.parametrize(("place", "colours"), GUIDE.items())
def test_the_signals_have_the_colours_of_the_guide(place: tuple[str, str], colours: tuple[str, str]) -> None:
    theme, name = place
    found = tokens(theme)
    assert (found[f"{name}-fill"], found[f"{name}-text"]) == colours


def test_the_known_contrast_of_black_on_white() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_every_token_that_is_used_exists() -> None:
    sheets = "".join(path.read_text(encoding="utf-8") for path in CSS.glob("*.css"))
    defined = set(re.findall(r"(--hv-[a-z-]+):", sheets))
    used = set(re.findall(r"var\((--hv-[a-z-]+)", sheets))
    assert used <= defined
    assert defined - used == set()


def test_no_colour_hides_in_the_other_sheets() -> None:
    allowed = {"#ffffff", "#000000", "#999999", "#cfe0de"}
    for path in CSS.glob("*.css"):
        if path.name != "tokens.css":
            assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))) <= allowed, (
                path.name
            )
