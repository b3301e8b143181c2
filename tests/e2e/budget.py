"""The price of a job in clicks, keys and page loads (ux.md section 0, Harness).

C: a click or tap. K: a shortcut, Enter, or one text entry of any length. N: a load of a new page in the main
frame. T: seconds from the first input to the confirmed result, kept in `took`; never failed on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, Request


@dataclass
class Hands:
    """The only way a journey may touch the page, so that every touch is counted."""

    page: Page
    clicks: int = 0
    keys: int = 0
    loads: int = 0
    started_at: float | None = None
    took: float = field(default=0.0)

    def click(self, target: Locator) -> None:
        """One click."""
        self._begin()
        self.clicks += 1
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        """A click in a field and one entry, also where the keys go by the browser's language, as in days."""
        self._begin()
        self.clicks += 1
        self.keys += 1
        target.fill(text)

    def choose(self, target: Locator, label: str) -> None:
        """A click on a list and one entry in it."""
        self._begin()
        self.clicks += 1
        self.keys += 1
        target.select_option(label=label)

    def enter(self, text: str) -> None:
        """One text entry, typed wherever the keys go."""
        self._begin()
        self.keys += 1
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """One key."""
        self._begin()
        self.keys += 1
        self.page.keyboard.press(key)

    def open(self, url: str) -> None:
        """Go to an address, as after a login."""
        self._begin()
        self.page.goto(url)

    def count(self, request: Request) -> None:
        """Count a load of the main frame; a redirect belongs to the load that it ends."""
        is_main = request.is_navigation_request() and request.frame == self.page.main_frame
        if is_main and request.redirected_from is None:
            self.loads += 1

    def _begin(self) -> None:
        if self.started_at is None:
            self.started_at = time.monotonic()


@contextmanager
def budget(page: Page, **allowed: int) -> Iterator[Hands]:
    """`with budget(page, C=2, N=2) as hands:` fails when the job inside costs more."""
    hands = Hands(page)
    page.on("request", hands.count)
    try:
        yield hands
    finally:
        page.remove_listener("request", hands.count)
    hands.took = time.monotonic() - (hands.started_at or time.monotonic())
    spent = {"C": hands.clicks, "K": hands.keys, "N": hands.loads}
    assert all(spent[kind] <= allowed.get(kind, 0) for kind in spent), f"cost {spent}, allowed {allowed}"
