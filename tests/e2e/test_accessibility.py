"""axe finds nothing on any page, light and dark, narrow and wide; and no page scrolls sideways."""

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import NARROW, WIDE

OTHER_WIDTHS = (320, 768, 1024, 1920)
LOOKS = list(product(("light", "dark"), (NARROW, WIDE)))
# A changed window is drawn before it is judged: axe reads what stands behind a text from the drawn page.
RUN = """async () => {
  await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, 200)));
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  const found = await axe.run(document, {runOnly: tags});
  return found.violations.map(v => v.id + ": " + v.help + " – " + v.nodes.map(n => n.html).join(" | "));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = {
    "unit_manager": (
        "/", "/brukare/", "CLIENT", "/ersattning/", "MONTH", "LINE", "/rapporter/", "/rapporter/timunderlag/",
        "VISITS", "/logg/", "/hjalp/", "/tillganglighet/", "/sok/", "/finns-inte/",
    ),
    "coordinator": ("/", "/brukare/?urval=fel-insats"),
    "controller": ("/", "/brukare/?status=avslutade", "/ersattning/"),
    "case_officer": ("/", "PROTECTED"),
    "authority_manager": ("/",),
    "system_administrator": ("/", "/installningar/", "/installningar/konton/", "/installningar/regler/",
                             "/installningar/kedjan/"),
}  # fmt: skip


def address_of(page: Page, wanted: str) -> str:
    """The address of a page that hangs on who is in the demo."""
    if wanted == "CLIENT":
        page.goto("/brukare/")
        return page.locator("#brukarlista tbody a").first.get_attribute("href")
    if wanted == "PROTECTED":
        page.goto("/brukare/?status=alla&visa=1000")
        return page.locator("#brukarlista a", has_text="Skyddad identitet").first.get_attribute("href")
    if wanted in ("MONTH", "LINE", "VISITS"):
        page.goto("/ersattning/")
        month = page.locator(".hv-figure-big a").first.get_attribute("href")
        if wanted == "MONTH":
            return month
        page.goto(month)
        line = page.locator("#brukare tbody a").first.get_attribute("href")
        if wanted == "LINE":
            return line
        page.goto(line)
        return page.locator('a[href*="/timunderlag/besok/"]').first.get_attribute("href")
    return wanted


@pytest.mark.parametrize(("role", "wanted"), [(role, one) for role, many in PAGES.items() for one in many])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(role, wanted, open_as, axe):
    page = open_as(role)
    page.goto(address_of(page, wanted))
    page.evaluate(axe)
    for scheme, viewport in LOOKS:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(viewport)
        assert page.evaluate(RUN) == [], (wanted, scheme, viewport)
        assert page.evaluate(SIDEWAYS) <= 0, (wanted, viewport)
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) <= 0, (wanted, width)
