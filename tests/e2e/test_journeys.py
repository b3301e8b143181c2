"""What people do all day, within its price in clicks, keys and page loads (ux.md section 1)."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.budget import budget


def first_client(page: Page) -> str:
    """The family name of somebody in the list whose name is not protected."""
    page.goto("/brukare/")
    return page.locator("#brukarlista tbody th a").first.inner_text().split(",")[0]


def amount_of(text: str) -> int:
    return int(re.sub(r"[^0-9-]", "", text.replace("\N{MINUS SIGN}", "-")))


class TestEC1:
    def test_the_first_screen_answers_without_a_click(self, open_as):
        page = open_as("unit_manager", "/hjalp/")
        with budget(page, C=0, K=0, N=1) as hands:
            hands.open("/")
            cards = page.locator("#lage .hv-card")
            expect(cards).to_have_count(5)
        for card in cards.all():
            assert card.locator(".hv-card-value").inner_text().strip()
            assert card.locator(".hv-card-note, a").count()


class TestEC3:
    def test_from_the_months_total_to_the_sentence_in_two_clicks(self, open_as):
        page = open_as("unit_manager", "/ersattning/")
        with budget(page, C=2, K=0, N=2) as hands:
            hands.click(page.locator(".hv-figure-big a").first)
            hands.click(page.locator("#brukare tbody th a").first)
            sentence = page.locator(".hv-because li").first
            expect(sentence).to_be_visible()
        told = page.locator(".hv-because").all_inner_texts()
        assert any(re.search(r"\bh\b.*R\d+", text, re.DOTALL) for text in told)
        assert any("gäller från" in text for text in told)
        assert any("kr/h" in text for text in told)

    def test_the_figures_add_up_on_the_way(self, open_as):
        page = open_as("unit_manager", "/ersattning/")
        total = amount_of(page.locator(".hv-figure-big").first.inner_text())
        page.locator(".hv-figure-big a").first.click()
        page.wait_for_selector("#brukare")
        cells = page.locator("#brukare tbody td:last-child").all_inner_texts()
        assert sum(amount_of(cell) for cell in cells) == total
        row = page.locator("#brukare tbody tr").first
        of_client = amount_of(row.locator("td:last-child").inner_text())
        row.locator("a").click()
        page.wait_for_selector(".hv-because")
        lines = page.locator(".hv-block-head strong").all_inner_texts()
        assert sum(amount_of(line) for line in lines) == of_client


class TestFindAClient:
    def test_two_keys_from_anywhere(self, open_as):
        page = open_as("coordinator")
        name = first_client(page)
        page.goto("/rapporter/")
        with budget(page, C=0, K=2, N=1) as hands:
            hands.enter(f"/{name.lower()}")
            hands.press("Enter")
            page.wait_for_selector(".hv-client")
        assert name in page.locator("h1").inner_text()

    def test_hits_come_while_one_types_and_arrows_walk_them(self, open_as):
        page = open_as("controller")
        name = first_client(page)
        with budget(page, K=3, N=1) as hands:
            hands.enter(f"/{name[:4]}")
            page.wait_for_selector("#traffar a")
            hands.press("ArrowDown")
            expect(page.locator("#traffar a").first).to_be_focused()
            hands.press("Enter")
            page.wait_for_selector(".hv-client")

    def test_what_is_typed_never_stands_in_an_address(self, open_as):
        page = open_as("coordinator")
        name = first_client(page)
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.keyboard.type(f"/{name}")
        page.wait_for_selector("#traffar a")
        page.keyboard.press("Enter")
        page.wait_for_selector(".hv-client")
        assert not [url for url in asked if name.lower() in url.lower()]


class TestCF5:
    def test_a_provider_down_to_the_rows_in_two_clicks(self, open_as):
        page = open_as("controller")
        with budget(page, C=2, K=0, N=2) as hands:
            hands.click(page.locator("#utforare tbody th a").first)
            hands.click(page.locator("#brukare tbody th a").first)
            expect(page.locator(".hv-because").first).to_be_visible()


class TestKeyboardAlone:
    def test_from_start_to_a_client_and_on_to_the_visits(self, open_as):
        page = open_as("unit_manager")
        with budget(page, C=0, K=4, N=2) as hands:
            hands.press("g")
            hands.press("b")
            page.wait_for_selector("#brukarlista")
            hands.press("j")
            hands.press("Enter")
            page.wait_for_selector(".hv-client")

    def test_the_first_tab_leads_past_the_menu(self, open_as):
        page = open_as("unit_manager")
        page.keyboard.press("Tab")
        expect(page.get_by_text("Hoppa till innehållet")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#innehall")).to_be_focused()

    def test_what_has_focus_is_never_hidden_under_something_sticky(self, open_as):
        page = open_as("unit_manager", "/brukare/")
        page.locator("#brukarlista tbody a").first.click()
        page.wait_for_selector(".hv-client")
        for _ in range(60):
            page.keyboard.press("Tab")
            assert page.evaluate(
                """() => { const e = document.activeElement;
                if (!e || e === document.body || e.matches('.hv-skip')) return true;
                const r = e.getBoundingClientRect();
                if (!r.width || !r.height) return true;
                const points = [0.1, 0.5, 0.9].map(f => [r.left + r.width * f, r.top + r.height / 2]);
                return points.some(([x, y]) => { const hit = document.elementFromPoint(x, y);
                  return !hit || e.contains(hit) || hit.contains(e); }); }"""
            ), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


class TestLivePages:
    def test_a_chip_changes_the_list_without_a_new_page(self, open_as):
        page = open_as("controller", "/brukare/")
        with budget(page, C=1, N=0) as hands:
            hands.click(page.get_by_role("link", name="Alla", exact=True).last)
            page.wait_for_url(re.compile("status=alla"))
            expect(page.locator('.hv-chip[aria-current="true"]', has_text="Alla")).not_to_have_count(0)
        assert_same_as_fresh(page, "#brukare")

    def test_the_month_steps_without_a_new_page_and_the_title_follows(self, open_as):
        page = open_as("controller", "/rapporter/timunderlag/")
        before = page.title()
        with budget(page, C=1, N=0) as hands:
            hands.click(page.locator('.hv-step[rel="prev"]'))
            page.wait_for_url(re.compile("manad="))
            page.wait_for_function("before => document.title !== before", arg=before)
        assert_same_as_fresh(page, "#timunderlag")
        page.go_back()
        page.wait_for_function("before => document.title === before", arg=before)

    def test_the_visits_step_without_a_new_page(self, open_as):
        page = open_as("unit_manager", "/brukare/")
        page.locator("#brukarlista tbody a").first.click()
        page.wait_for_selector(".hv-client")
        heading = page.locator("#besok h2").inner_text()
        with budget(page, C=1, N=0) as hands:
            hands.click(page.locator('#besok .hv-step[rel="prev"]'))
            expect(page.locator("#besok h2")).not_to_have_text(heading)
        assert_same_as_fresh(page, "#besok")

    def test_more_rows_come_into_the_same_list(self, open_as):
        page = open_as("controller", "/brukare/?status=alla")
        rows = page.locator("#brukarlista tbody tr")
        if page.get_by_role("link", name="Visa fler").count():
            before = rows.count()
            page.get_by_role("link", name="Visa fler").click()
            expect(rows).not_to_have_count(before)


def assert_same_as_fresh(page: Page, part: str) -> None:
    """What the swap made is what a new load of the same address makes."""
    swapped = normal(page.locator(part).inner_html())
    page.reload()
    assert swapped == normal(page.locator(part).inner_html())


def normal(markup: str) -> str:
    """Without what scripts add: tab stops, htmx's own marks."""
    bare = re.sub(r' (tabindex|data-htmx-[a-z-]+|class)="[^"]*"', "", markup)
    return re.sub(r"\s+", " ", bare)


class TestProtectedIdentity:
    def test_one_click_opens_and_the_next_page_hides_again(self, open_as):
        page = open_as("case_officer", "/brukare/?status=alla&visa=1000")
        page.locator("#brukarlista a", has_text="Skyddad identitet").first.click()
        page.wait_for_selector(".hv-client")
        hidden = page.locator("h1").inner_text()
        assert "Skyddad identitet" in hidden
        with budget(page, C=1, N=1) as hands:
            hands.click(page.get_by_role("button", name="Öppna namn och adress"))
            page.wait_for_selector("h1 .hv-opened")
        name = page.locator("h1 .hv-opened").inner_text()
        assert name not in page.title()
        page.emulate_media(media="print")
        assert name not in page.locator("body").inner_text()
        page.emulate_media(media="screen")
        page.goto(page.url.replace("oppna/", ""))
        assert name not in page.content()


class TestOnPaper:
    @pytest.mark.parametrize("path", ["/", "/brukare/", "/ersattning/", "/rapporter/timunderlag/"])
    def test_nothing_dark_lies_behind_the_words(self, path, open_as):
        page = open_as("unit_manager", path)
        page.emulate_media(media="print", color_scheme="dark")
        for name in ("html", "body"):
            expect(page.locator(name)).to_have_css("background-color", "rgb(255, 255, 255)")
        for name in (".hv-frame", ".hv-main", ".hv-foot"):
            expect(page.locator(name)).to_have_css("background-color", "rgba(0, 0, 0, 0)")
            expect(page.locator(name)).to_have_css("background-image", "none")


class TestLogOut:
    def test_going_back_after_logging_out_shows_nothing(self, chromium, address):
        context = chromium.new_context(base_url=address, locale="sv-SE")
        page = context.new_page()
        page.goto("/login")
        page.click('button[data-demo-role="coordinator"]')
        page.wait_for_selector("#lage")
        page.goto("/brukare/")
        page.get_by_role("button", name="Logga ut").last.click()
        page.wait_for_url(re.compile("/login"))
        page.go_back()
        expect(page.locator("#brukarlista")).to_have_count(0)
        context.close()
