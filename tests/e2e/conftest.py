"""Real Chromium against the real server. Roles log in by the demo's own buttons, once a module."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

from tests.e2e.server import demo_server

CHROMIUM = ("HEMMAVID_CHROMIUM", "chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
WIDE, NARROW = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SLOWEST = 10_000
OpenAs = Callable[..., Page]


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the demo municipality is served."""
    with demo_server(tmp_path_factory.mktemp("municipality"), clients=40, months=2) as url:
        yield url


@pytest.fixture(scope="module")
def chromium(address: str) -> Iterator[Browser]:
    """One browser a module: Playwright's loop must not outlive it, or Django refuses its database."""
    del address
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=_executable(), args=list(OPTIONS))
        yield browser
        browser.close()


def _executable() -> str | None:
    named = os.environ.get(CHROMIUM[0])
    return named or next((path for name in CHROMIUM[1:] if (path := shutil.which(name))), None)


@pytest.fixture(scope="module")
def logged_in(chromium: Browser, address: str) -> Callable[[str], Any]:
    """`logged_in("unit_manager")` → the cookies of that person."""
    known: dict[str, Any] = {}

    def cookies_of(role: str) -> Any:
        if role not in known:
            context = chromium.new_context(locale="sv-SE")
            page = context.new_page()
            page.goto(f"{address}/login")
            page.click(f'button[data-demo-role="{role}"]')
            page.wait_for_selector("#lage")
            known[role] = context.storage_state()
            context.close()
        return known[role]

    return cookies_of


def is_complaint(said: ConsoleMessage) -> bool:
    """An error in the console, but not that a page is not there or not for us: answers like others."""
    return said.type == "error" and not re.search("status of (401|404)", said.text)


@pytest.fixture
def open_as(chromium: Browser, address: str, logged_in: Callable[[str], Any]) -> Iterator[OpenAs]:
    """`open_as("controller", "/brukare/", viewport=NARROW)` → a page; console errors fail the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def opened(role: str, path: str = "/", **about: Any) -> Page:
        context = chromium.new_context(
            storage_state=logged_in(role), base_url=address, locale="sv-SE",
            **{"viewport": WIDE, "reduced_motion": "reduce", **about},
        )  # fmt: skip
        context.set_default_timeout(SLOWEST)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not complaints, complaints


@pytest.fixture
def axe() -> str:
    """The source of axe-core."""
    [path] = (Path(__file__).parent / "vendor").glob("axe-*.min.js")
    return path.read_text()
