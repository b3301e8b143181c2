"""Everything works with JavaScript switched off."""

import re

import pytest
from playwright.sync_api import expect

PLAIN = {"java_script_enabled": False}


def test_the_whole_way_from_total_to_visit(open_as):
    page = open_as("unit_manager", "/ersattning/", **PLAIN)
    page.locator(".hv-figure-big a").first.click()
    page.locator("#brukare tbody th a").first.click()
    expect(page.locator(".hv-because li").first).to_be_visible()
    page.get_by_role("link", name="Visa besöken bakom raden").first.click()
    expect(page.locator("#besokstabell tbody tr").first).to_be_visible()


def test_chips_months_and_weeks_are_links(open_as):
    page = open_as("controller", "/brukare/", **PLAIN)
    page.get_by_role("link", name="Avslutade").click()
    assert "status=avslutade" in page.url
    page.goto("/rapporter/timunderlag/")
    page.locator('.hv-step[rel="prev"]').click()
    assert "manad=" in page.url
    page.goto("/brukare/")
    page.locator("#brukarlista tbody a").first.click()
    page.locator('#besok .hv-step[rel="prev"]').click()
    assert re.search(r"besok=\d{4}-v\d\d", page.url)


def test_the_box_opens_the_top_hit(open_as):
    page = open_as("coordinator", "/brukare/", **PLAIN)
    name = page.locator("#brukarlista tbody th a").first.inner_text().split(",")[0]
    page.locator('.hv-search input[type="search"]').fill(name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".hv-client")
    assert name in page.locator("h1").inner_text()


def test_all_hits_are_listed_when_asked_for(open_as):
    page = open_as("controller", "/sok/", **PLAIN)
    page.locator("#sok-falt").fill("ra")
    page.get_by_role("button", name="Visa alla träffar").click()
    expect(page.locator(".hv-hit").first).to_be_visible()


def test_a_protected_identity_opens(open_as):
    page = open_as("case_officer", "/brukare/?status=alla&visa=1000", **PLAIN)
    page.locator("#brukarlista a", has_text="Skyddad identitet").first.click()
    page.get_by_role("button", name="Öppna namn och adress").click()
    expect(page.locator("h1 .hv-opened")).to_be_visible()


@pytest.mark.parametrize("kind", ["xlsx", "csv", "pdf"])
def test_files_come_down(kind, open_as):
    page = open_as("unit_manager", "/ersattning/", **PLAIN)
    page.get_by_text("Ladda ner").first.click()
    with page.expect_download() as coming:
        page.locator(f'a[download][href*="format={kind}"]').first.click()
    assert coming.value.suggested_filename.endswith(f".{kind}")


def test_the_menu_opens_on_a_narrow_window(open_as):
    page = open_as("unit_manager", "/", viewport={"width": 360, "height": 740}, **PLAIN)
    page.get_by_role("button", name="Meny").click()
    page.get_by_role("link", name="Brukare", exact=True).click()
    assert page.url.endswith("/brukare/")


def test_another_table_is_tried_and_its_figures_come_down(open_as):
    page = open_as("authority_manager", "/rapporter/regellaboratoriet/", **PLAIN)
    page.get_by_label("Alla tider, i procent").fill("110")
    page.get_by_role("button", name="Räkna om alla ärenden").click()
    expect(page.locator("#resultat")).to_be_visible()
    with page.expect_download() as coming:
        page.get_by_role("button", name="CSV Per enhet").click()
    assert coming.value.suggested_filename.startswith("regellaboratoriet-enheter-")
