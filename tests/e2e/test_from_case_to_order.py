"""The evening's and the officer's jobs, within their price (ux.md sections 1.4-1.6).

The municipality of these tests is on call around the clock, and every order is late (tests/e2e/server.py).
"""

import re
from datetime import timedelta

from playwright.sync_api import Locator, Page, expect

from hemmavid.lib.clock import today
from tests.e2e.budget import budget

MOST_ROWS = 50
SENT = "Uppdraget är skickat."


def first_row(page: Page, address: str, table: str, text: str = "") -> Locator:
    """The link of the first row with the text in a list."""
    page.goto(address)
    return page.locator(f"{table} tbody tr", has_text=text).locator("th a").first


class TestBH1:
    def test_what_needs_me_is_on_the_first_page_the_nearest_deadline_first(self, open_as):
        page = open_as("case_officer", "/hjalp/")
        with budget(page, C=0, K=0, N=1) as hands:
            hands.open("/")
            expect(page.locator("#att-gora #arenden tbody tr").first).to_be_visible()
        rows = page.locator("#arenden tbody tr")
        assert rows.count() <= MOST_ROWS
        days = [re.findall(r"\d{4}-\d\d-\d\d", row.locator("td").nth(1).inner_text()) for row in rows.all()]
        with_a_step = [row.locator(".hv-signal").count() for row in rows.all()].count(1)
        assert with_a_step
        known = [day for [day] in days[:with_a_step]]
        assert known == sorted(known)

    def test_the_number_on_the_chip_is_the_number_of_rows(self, open_as):
        page = open_as("case_officer")
        chip = page.locator('#att-gora .hv-chip[aria-current="true"]').first.inner_text()
        assert int(re.findall(r"\d+", chip)[0]) == page.locator("#arenden tbody tr").count()


class TestBH3:
    def draft(self, page: Page) -> None:
        """From a draft decision with its levels to an order that its unit can take, and not sent."""
        first_row(page, "/arenden/?visa-bara=beslut", "#arenden").click()
        page.get_by_role("link", name=re.compile("Fortsätt med utkastet")).click()
        day = today()
        page.get_by_label("Första dag").fill(day.isoformat())
        page.get_by_label("Sista dag").fill((day + timedelta(days=300)).isoformat())
        page.get_by_role("button", name="Fatta beslutet").click()
        page.get_by_role("link", name="Skriv uppdraget").click()
        units = page.get_by_label("Enhet").locator("option", has_text="Hemtjänst Norr")
        page.get_by_label("Enhet").select_option(units.first.get_attribute("value"))
        page.get_by_role("button", name="Visa uppdraget som utföraren ser det").click()
        page.get_by_text("Enheten har svarat i telefon").click()
        page.locator("details[open] [name=spoke_with]").fill("Nora Granlid")
        page.get_by_role("button", name="Enheten kan ta emot").click()
        page.wait_for_selector("text=Kan ta emot")

    def test_two_clicks_send_it_but_not_before_the_call_is_noted(self, open_as):
        page = open_as("case_officer")
        self.draft(page)
        expect(page.locator("#mottagarens-ogon .hv-line").first).to_be_visible()
        page.get_by_role("button", name="Skicka uppdraget").click()
        expect(page.locator("main")).to_contain_text("Skriv vem du nådde")
        assert "/utkast/" in page.url
        with budget(page, C=2, K=0, N=2) as hands:
            hands.click(page.get_by_role("button", name="Notera samtalet"))
            expect(page.locator("#samtal li")).to_have_count(1)
            hands.click(page.get_by_role("button", name="Skicka uppdraget"))
            page.wait_for_selector(f"text={SENT}")


class TestBH5:
    def test_an_order_ends_back_in_time_with_its_effect_shown_first(self, open_as):
        page = open_as("case_officer")
        first_row(page, "/uppdrag/?lage=pagaende", "#uppdragslista", "Hemtjänst · ").click()
        last_day = today() - timedelta(days=3)
        with budget(page, C=4, K=5, N=3) as hands:
            hands.click(page.get_by_role("link", name="Avsluta"))
            hands.fill(page.get_by_label("Senast utfört"), last_day.isoformat())
            hands.fill(page.get_by_label("Bekräftat med"), "Brukaren")
            hands.press("Tab")
            hands.enter("telefon")
            hands.press("Enter")
            effect = page.locator("#forhandsvisning")
            expect(effect).to_contain_text("Brukarens ramtid")
            expect(effect).to_contain_text("Utförarens ersättning")
            hands.click(page.get_by_role("button", name=re.compile("^Avsluta")))
            page.wait_for_selector("text=Avslutet är registrerat")


class TestFB3:
    def test_a_sentence_is_asked_about_in_two_clicks(self, open_as):
        page = open_as("first_case_officer")
        first_row(page, "/uppdrag/", "#uppdragslista").click()
        line = page.locator("#innehall-i-uppdraget .hv-line").first
        sentence = line.inner_text().partition(" Fråga")[0]
        with budget(page, C=2, K=1, N=2) as hands:
            hands.click(line.get_by_role("link"))
            expect(page.get_by_label("Vad är otydligt")).to_be_focused()
            hands.enter("Gäller det alla dagar?")
            hands.click(page.get_by_role("button", name="Skicka frågan"))
            page.wait_for_selector("text=Frågan är skickad.")
        expect(page.locator("#fragor blockquote").last).to_contain_text(sentence)


class TestFB4:
    def test_an_exception_for_the_discharge_team_is_one_hand_over_with_a_clock(self, open_as):
        page = open_as("first_case_officer", "/uppdrag/?lage=pagaende")
        rows = page.locator("#uppdragslista tbody tr", has_text="Hemtjänst · ")
        rows.filter(has_not_text="Hemtjänst Söder").locator("th a").first.click()  # the team of the demo
        handover_at = f"{(today() + timedelta(days=1)).isoformat()}T08:00"
        with budget(page, C=3, K=1, N=2) as hands:
            hands.click(page.get_by_role("link", name="Flytta"))
            expect(page.get_by_label("Som", exact=True)).to_have_value("discharge_team")
            hands.fill(page.get_by_label("Överlämning"), handover_at)
            hands.click(page.get_by_role("button", name="Flytta uppdraget"))
            page.wait_for_selector("text=Uppdraget är flyttat")
        expect(page.locator("main")).to_contain_text("Flyttas")


class TestFB5:
    def test_two_cases_get_another_officer_in_four_clicks(self, open_as):
        page = open_as("first_case_officer", "/arenden/?agare=kollegor")
        rows = page.locator("#arenden tbody tr")
        numbers = [rows.nth(place).locator("td").nth(2).inner_text() for place in (0, 1)]
        officers = page.get_by_label("Ny handläggare").locator("option").all_inner_texts()
        held = {rows.nth(place).locator("td").nth(3).inner_text() for place in (0, 1)}
        new = next(name for name in officers[1:] if name not in held)
        with budget(page, C=4, K=1, N=1) as hands:
            for place in (0, 1):
                hands.click(rows.nth(place).get_by_role("checkbox"))
            hands.choose(page.get_by_label("Ny handläggare"), new)
            hands.click(page.get_by_role("button", name="Flytta kryssade ärenden"))
            page.wait_for_selector("[role=status], .hv-note")
        for number in numbers:
            expect(page.locator("#arenden tbody tr", has_text=number)).to_contain_text(new)


class TestJA1:
    def test_two_keys_to_the_card_of_ones_own(self, open_as):
        page = open_as("on_call_supervisor")
        name = first_row(page, "/brukare/", "#brukarlista").inner_text()
        page.goto("/")
        with budget(page, C=0, K=2, N=1) as hands:
            hands.enter(f"/{name.partition(',')[0]}")
            hands.press("Enter")
            page.wait_for_selector("#personkort")

    def test_a_stranger_is_opened_with_a_reason_and_the_log_and_the_authority_know(self, open_as):
        officer = open_as("case_officer")
        family, given = first_row(officer, "/brukare/", "#brukarlista", "Tranmyren").inner_text().split(", ")
        page = open_as("on_call_supervisor")
        with budget(page, C=1, K=2, N=2) as hands:
            hands.enter(f"{given} {family}")
            hands.press("Enter")
            expect(page.get_by_role("group", name="Varför behöver du öppna?")).to_be_visible()
            assert family not in page.locator("main").inner_text()
            hands.click(page.get_by_role("button", name="Öppna brukaren"))
            page.wait_for_selector("#personkort")
        manager = open_as("authority_manager", "/logg/")
        row = manager.locator("tbody tr", has_text="Nödöppnade").first
        expect(row).to_contain_text(f"{given} {family}")
        manager.goto("/meddelanden/")
        told = manager.locator("main li", has_text="Nödöppning").first
        expect(told).to_contain_text(f"{given} {family}")


class TestJA2:
    def test_help_until_noon_the_next_working_day_in_four_clicks(self, open_as):
        page = open_as("on_call_supervisor")
        first_row(page, "/brukare/", "#brukarlista", "Hemtjänst Norr").click()
        with budget(page, C=4, K=1, N=2) as hands:
            hands.click(page.get_by_role("link", name="Bevilja hjälp till nästa arbetsdag"))
            until = page.get_by_label("Gäller till").input_value()
            hands.click(page.get_by_role("checkbox", name="Tillsyn"))
            hands.click(page.get_by_label("Vad har hänt?"))
            hands.enter("Föll vid sängen, kan inte vara ensam i natt.")
            hands.click(page.get_by_role("button", name="Bevilja hjälpen"))
            page.wait_for_selector("#personkort")
        assert until.endswith("T12:00")
        assert until[:10] > today().isoformat()
        name = page.locator("h1").inner_text().split()[-1]
        page.goto("/jour/overlamning/")
        expect(page.locator("main")).to_contain_text(name)
        officer = open_as("first_case_officer")
        waiting = officer.locator("#arenden tbody tr", has_text=name).filter(
            has_text="Ta emot jourens beslut"
        )
        shown = 0
        for owner in ("kollegor", "ofordelade"):
            officer.goto(f"/arenden/?agare={owner}")
            shown += waiting.count()
        assert shown


class TestJA3:
    def test_an_order_is_received_by_one_click_on_the_first_page(self, open_as):
        page = open_as("on_call_supervisor")
        with budget(page, C=1, K=0, N=1) as hands:
            hands.click(page.get_by_role("button", name=re.compile("Ta emot uppdraget")).first)
            page.wait_for_selector("text=Uppdraget är mottaget.")
