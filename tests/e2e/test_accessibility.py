"""axe finds nothing on any page, light and dark, narrow and wide; and no page scrolls sideways."""

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import pikepdf
import pytest
from allauth.mfa.totp.internal import auth as totp
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, Page

from tests.e2e.conftest import NARROW, SLOWEST, WIDE, OpenAs
from tests.interfaces.office import pages

OTHER_WIDTHS = (320, 768, 1024, 1920)
LOOKS = list(product(("light", "dark"), (NARROW, WIDE)))
DEEP_LOOKS = [("light", NARROW), ("dark", WIDE)]
# A changed window is drawn before it is judged: axe reads what stands behind a text from the drawn page.
# On a loaded machine that can be late, so what is found is looked for once more; a fault is still there.
RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
  let found;
  for (const pause of [200, 1000]) {
    await new Promise(drawn => requestAnimationFrame(() => setTimeout(drawn, pause)));
    found = await axe.run(document, {runOnly: tags});
    if (!found.violations.length) break;
  }
  return found.violations.map(v => v.id + ": " + v.help + " – " + v.nodes.map(n => n.html).join(" | "));
}"""
SIDEWAYS = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
PAGES = {
    "unit_manager": (
        "/", "/brukare/", "CLIENT", "/ersattning/", "MONTH", "LINE", "/rapporter/", "/rapporter/timunderlag/",
        "VISITS", "/logg/", "/hjalp/", "/tillganglighet/", "/sok/", "/finns-inte/", "/ersattning/2018-01/",
        "/rapporter/ramtid/", "REVIEW",
        "/rapporter/timunderlag/?insats=ramtid", "/brukare/?urval=utan-besok&manad=2018-01",
    ),
    "coordinator": ("/", "/uppdrag/kapacitet/", "ORDER", "/brukare/?urval=fel-insats"),
    "controller": ("/", "/brukare/?status=avslutade", "/ersattning/"),
    "case_officer": (
        "/", "PROTECTED", "/arenden/", "/arenden/nytt/", "/arenden/tidsnyckel/", "CASE", "/uppdrag/",
        "/uppdrag/forfragningar/", "/uppdrag/byten/", "ORDER", "/meddelanden/", "/kontakter/", "CARD",
        "NEW_CASE", "PAPER",
    ),
    "authority_manager": ("/", "/rapporter/regellaboratoriet/", "/kontakter/ny/"),
    "on_call_supervisor": ("/", "/jour/", "/jour/overlamning/"),
    "system_administrator": (
        "/", "/installningar/", "/installningar/konton/", "/installningar/konton/nytt/", "ACCOUNT",
        "/installningar/regler/", "/installningar/kedjan/", "/konto/losenord/", "/konto/logga-ut/",
        "/konto/andra-steg/", "/konto/avslutat/", "/konto/kommunen/fel/", "/konto/kommunen/avbruten/",
    ),
}  # fmt: skip
WITHOUT_LOGIN = ("/login", "/konto/", "/tillganglighet/")
OF_THE_DEMO = {
    "CLIENT": "client", "PROTECTED": "client", "MONTH": "settlement-month", "LINE": "settlement-client",
    "VISITS": "hours-statement-visits", "ACCOUNT": "account", "REVIEW": "review",
    "CASE": "case", "ORDER": "order", "CARD": "card", "NEW_CASE": "case-new-client",
    "PAPER": "card-paper",
}  # fmt: skip
OF_A_MONTH = {"MONTH", "LINE", "VISITS"}
FIRST_ROW = {
    "CLIENT": ("/brukare/", "#brukarlista"),
    "REVIEW": ("/rapporter/ramtid/", "#ramtidslista"),
    "ACCOUNT": ("/installningar/konton/", "#konton"),
    "CASE": ("/arenden/", "#arenden"),
    "ORDER": ("/uppdrag/", "#uppdragslista"),
}
# What a person reaches by links from a list: the role, the list, and the names of the pages on the way.
WAYS = {
    "application-new": ("case_officer", "/arenden/", "case"),
    "assessment": ("case_officer", "/arenden/", "case"),
    "decision": ("case_officer", "/arenden/", "case"),
    "decision-change": ("case_officer", "/arenden/", "case", "decision"),
    "decision-end": ("case_officer", "/arenden/", "case", "decision"),
    "order-new": ("case_officer", "/arenden/", "case"),
    "card-edit": ("case_officer", "/brukare/", "client", "card"),
    "card-versions": ("case_officer", "/brukare/", "client", "card"),
    "client-threads": ("case_officer", "/brukare/", "client"),
    "thread-new": ("case_officer", "/brukare/", "client", "client-threads"),
    "thread": ("case_officer", "/meddelanden/"),
    "journal": ("coordinator", "/brukare/", "client"),
    "journal-write": ("coordinator", "/brukare/", "client"),
    "journal-correct": ("coordinator", "/brukare/", "client", "journal"),
    "contact": ("authority_manager", "/kontakter/"),
    "on-call-grant": ("on_call_supervisor", "/brukare/", "client"),
    "order-draft": ("case_officer", "/uppdrag/?lage=utkast", "order"),
    "order-change": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-change-provider": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-death": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-end": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-move": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-send-version": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-version": ("case_officer", "/uppdrag/?lage=pagaende", "order"),
    "order-report-ending": ("coordinator", "/uppdrag/?lage=pagaende", "order"),
    "ending-confirm": ("case_officer", "/uppdrag/byten/"),
    "handover": ("case_officer", "/uppdrag/byten/"),
}
MOST_TRIED = 25
# Files, and the part of the order page that renews itself.
NO_PAGES = {"decision-document", "card-print", "order-status"}


def by_links(page: Page, ways: tuple[str, ...], wanted: str) -> bool:
    """Whether the wanted page was reached from here, by the first links of each name that lead on."""
    if leads_to(page.url) == wanted:
        return True
    if not ways:
        return False
    addresses = page.eval_on_selector_all("main a[href]", "all => all.map(one => one.href)")
    for one in [one for one in dict.fromkeys(addresses) if leads_to(one) == ways[0]][:MOST_TRIED]:
        page.goto(one)
        if by_links(page, ways[1:], wanted):
            return True
    return False


def leads_to(found: str) -> str | None:
    """The name of the page at an address, None when it is none of the office's."""
    try:
        return resolve(urlsplit(found).path).url_name
    except Resolver404:
        return None


def address_of(page: Page, wanted: str) -> str:
    """The address of a page that hangs on who is in the demo."""
    if wanted in FIRST_ROW:
        listed, table = FIRST_ROW[wanted]
        page.goto(listed)
        return page.locator(f"{table} tbody a").first.get_attribute("href")
    if wanted in OF_A_MONTH:
        return of_a_month(page, wanted)
    return FOUND[wanted](page) if wanted in FOUND else wanted


def of_a_month(page: Page, wanted: str) -> str:
    """From the reimbursement of a month to a client's line and the visits behind it."""
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


def protected(page: Page) -> str:
    """Somebody whose identity is protected."""
    page.goto("/brukare/?status=alla&visa=1000")
    return page.locator("#brukarlista a", has_text="Skyddad identitet").first.get_attribute("href")


def address_on_paper(page: Page) -> str:
    """Where the square on a printed card leads."""
    printed = page.request.get(f"{address_of(page, 'CLIENT')}kort/skriv-ut/").body()
    with pikepdf.open(BytesIO(printed)) as paper:
        [link] = [note.A.URI for note in paper.pages[0].Annots if "/A" in note]
    return str(link)


FOUND = {
    "PROTECTED": protected,
    "CARD": lambda page: f"{address_of(page, 'CLIENT')}kort/",
    "NEW_CASE": lambda page: address_of(page, "CLIENT").replace("/brukare/", "/arenden/nytt/"),
    "PAPER": address_on_paper,
}


def judge(page: Page, axe: str, looks: Sequence[tuple[Any, Any]] = LOOKS) -> None:
    """Themes and widths for axe, and every width for what must not scroll sideways."""
    page.evaluate(axe)
    for scheme, viewport in looks:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size(viewport)
        assert page.evaluate(RUN) == [], (page.url, scheme, viewport)
        assert page.evaluate(SIDEWAYS) <= 0, (page.url, viewport)
    for width in OTHER_WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(SIDEWAYS) <= 0, (page.url, width)


def test_no_page_of_the_office_is_left_out() -> None:
    addresses = {one for many in PAGES.values() for one in many} | set(WITHOUT_LOGIN)
    plain = {one.partition("?")[0] for one in addresses - OF_THE_DEMO.keys() - {"/finns-inte/"}}
    judged = {OF_THE_DEMO.get(one) or resolve(one).url_name for one in plain | OF_THE_DEMO.keys() & addresses}
    with_screens = {name for name, page in pages.PAGES.items() if page.method == "get"} | {"login"}
    assert with_screens - judged == WAYS.keys() | NO_PAGES


@pytest.mark.parametrize(("role", "wanted"), [(role, one) for role, many in PAGES.items() for one in many])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(
    role: str, wanted: str, open_as: OpenAs, axe: str
) -> None:
    page = open_as(role)
    page.goto(address_of(page, wanted))
    judge(page, axe)


@pytest.mark.parametrize("wanted", WAYS)
def test_nor_deep_in_a_case_an_order_or_a_client(wanted: str, open_as: OpenAs, axe: str) -> None:
    role, listed, *ways = WAYS[wanted]
    page = open_as(role, listed)
    assert by_links(page, (*ways, wanted), wanted)
    judge(page, axe, DEEP_LOOKS)


@pytest.fixture
def stranger(chromium: Browser, address: str) -> Iterator[Page]:
    """A page in front of somebody who has not logged in."""
    context = chromium.new_context(base_url=address, locale="sv-SE")
    context.set_default_timeout(SLOWEST)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("wanted", WITHOUT_LOGIN)
def test_nor_before_the_login(wanted: str, stranger: Page, axe: str) -> None:
    stranger.goto(wanted)
    judge(stranger, axe)


def opened_identity(page: Page) -> None:
    page.goto(address_of(page, "PROTECTED"))
    page.get_by_role("button", name="Öppna namn och adress").click()
    page.wait_for_selector("h1 .hv-opened")


def all_hits(page: Page) -> None:
    page.goto("/sok/")
    page.locator("#sok-falt").fill("ra")
    page.get_by_role("button", name="Visa alla träffar").click()
    page.wait_for_selector(".hv-hit")


def box_with_hits(page: Page) -> None:
    page.keyboard.type("/ra")
    page.wait_for_selector("#traffar a")


def form_to_put_right(page: Page) -> None:
    page.goto("/installningar/konton/nytt/")
    page.locator("main form button").last.click()
    page.wait_for_selector(".ds-error-summary")


def verified_chain(page: Page) -> None:
    page.goto("/installningar/kedjan/")
    page.get_by_role("button", name="Kontrollera hela kedjan").click()
    page.wait_for_selector("text=Kedjan håller")


def everything_unfolded(page: Page) -> None:
    page.goto("/rapporter/timunderlag/")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


def tried_table(page: Page) -> None:
    page.goto("/rapporter/regellaboratoriet/")
    page.get_by_label("Alla tider, i procent").fill("110")
    page.get_by_role("button", name="Räkna om alla ärenden").click()
    page.wait_for_selector("#resultat")
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")


AFTER = (
    ("case_officer", opened_identity),
    ("controller", all_hits),
    ("controller", box_with_hits),
    ("controller", everything_unfolded),
    ("authority_manager", tried_table),
    ("system_administrator", form_to_put_right),
    ("system_administrator", verified_chain),
)


@pytest.mark.parametrize(("role", "step"), AFTER)
def test_nor_in_what_a_page_becomes(
    role: str, step: Callable[[Page], None], open_as: OpenAs, axe: str
) -> None:
    page = open_as(role)
    step(page)
    judge(page, axe)


def new_account(page: Page, username: str) -> str:
    """A controller's account made on the screen; gives its temporary password."""
    page.goto("/installningar/konton/nytt/")
    page.fill("input[name=name]", "Prov Inloggning")
    page.fill("input[name=username]", username)
    page.get_by_role("button", name="Lägg upp").click()
    given = page.locator("main code").inner_text()
    page.select_option("select[name=role]", "controller")
    page.get_by_role("button", name="Ge rollen").click()
    page.wait_for_selector("text=Rollen är given.")
    return given


def log_in(page: Page, username: str, password: str) -> None:
    page.goto("/konto/")
    page.fill("input[name=login]", username)
    page.fill("input[name=password]", password)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def code_of_the_app(secret: str) -> str:
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def test_nor_on_the_way_of_a_real_account_to_its_second_factor(
    open_as: OpenAs, stranger: Page, axe: str
) -> None:
    administrator = open_as("system_administrator")
    given = new_account(administrator, "prov.inloggning")
    judge(administrator, axe)
    log_in(stranger, "prov.inloggning", "fel-losenord-1")
    judge(stranger, axe)
    log_in(stranger, "prov.inloggning", given)
    judge(stranger, axe)
    stranger.fill("input[name=oldpassword]", given)
    for name in ("password1", "password2"):
        stranger.fill(f"input[name={name}]", "Eget-och-langt-9")
    stranger.keyboard.press("Enter")
    stranger.wait_for_selector("#lage")
    stranger.goto("/konto/andra-steg/webauthn/add/")
    judge(stranger, axe)
    stranger.fill("input[name=password]", "Eget-och-langt-9")
    with stranger.expect_navigation():
        stranger.keyboard.press("Enter")
    judge(stranger, axe)
    stranger.goto("/konto/andra-steg/totp/activate/")
    judge(stranger, axe)
    secret = stranger.locator("main code").first.inner_text()
    stranger.fill("input[name=code]", code_of_the_app(secret.replace(" ", "")))
    stranger.keyboard.press("Enter")
    stranger.wait_for_selector("text=Reservkoder")
    judge(stranger, axe)
    stranger.goto("/konto/andra-steg/")
    judge(stranger, axe)
    stranger.get_by_role("button", name="Logga ut").last.click()
    stranger.wait_for_url("**/login")
    log_in(stranger, "prov.inloggning", "Eget-och-langt-9")
    assert stranger.locator("input[name=code]").count()
    judge(stranger, axe)
