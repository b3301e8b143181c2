"""An officer at the screen: fills in the forms of the pages as they stand, and presses a button."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from uuid import UUID

from django.http import HttpResponse
from django.test import Client as Browser
from django.urls import reverse

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.models import User
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Case
from tests.cases.thread import Walk
from tests.factories import ClientFactory, RoleAssignmentFactory, UserFactory
from tests.interfaces.office.conftest import browser_of


@dataclass
class Desk:
    """A person with a browser, and one case."""

    browser: Browser
    user: User
    walk: Walk

    @property
    def case(self) -> Case:
        with scoped(SYSTEM):
            return self.walk.case

    def url(self, name: str, *arguments: object) -> str:
        return reverse(f"office:{name}", args=[self.walk.case_id, *arguments])

    def page(self, name: str, *arguments: object) -> str:
        answer = self.browser.get(self.url(name, *arguments))
        assert answer.status_code == 200, answer.status_code
        return answer.content.decode()

    def form(self, name: str, *arguments: object, action: str = "") -> dict[str, object]:
        """The values of the form on the page whose action ends so, as a browser would send them."""
        return form_values(self.page(name, *arguments), action)

    def post(self, name: str, *arguments: object, **values: object) -> HttpResponse:
        return self.browser.post(self.url(name, *arguments), values)


def desk(role: Role = Role.CASE_OFFICER, **client: object) -> Desk:
    """An officer who has opened a case."""
    with scoped(SYSTEM):
        user = UserFactory(name="Robin Höst")
        RoleAssignmentFactory(user=user, role=role.value, unit=None)
        writer = Actor(user.pk, user.name, (Assignment(Role.CASE_OFFICER),))
        walk = Walk(writer)
        if role is Role.AUTHORITY_MANAGER:
            walk = Walk(Actor(None, "Kim", (Assignment(Role.CASE_OFFICER),)))
        walk = walk.opened(**client)
    return Desk(browser_of(user), user, walk)


def a_client(**about: object) -> UUID:
    with scoped(SYSTEM):
        return ClientFactory(**about).pk


@dataclass
class _Form:
    action: str
    values: dict[str, object] = field(default_factory=dict)


class _Reader(HTMLParser):
    """Reads every form of a page into what a browser would send."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[_Form] = []
        self.text: str | None = None
        self.select: tuple[str, list[str]] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "form":
            self.forms.append(_Form(given.get("action") or ""))
        elif not self.forms:
            return
        elif tag == "input":
            self._input(given)
        elif tag == "textarea":
            self.text = given["name"]
            self._add(self.text, "")
        elif tag == "select":
            self.select = (given["name"] or "", [])
        elif tag == "option" and self.select and ("selected" in given or not self.select[1]):
            self.select[1][:] = [given.get("value") or ""]

    def _input(self, given: dict[str, str | None]) -> None:
        name, kind = given.get("name"), given.get("type")
        if not name or kind in {"submit", "search"}:
            return
        if kind == "checkbox":
            if "checked" in given:
                known = self.forms[-1].values.setdefault(name, [])
                assert isinstance(known, list)
                known.append(given.get("value") or "on")
            return
        self._add(name, given.get("value") or "")

    def _add(self, name: str, value: str) -> None:
        self.forms[-1].values[name] = value

    def handle_data(self, data: str) -> None:
        if self.text:
            known = self.forms[-1].values[self.text]
            self._add(self.text, f"{known}{data}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self.text = None
        elif tag == "select" and self.select:
            self._add(self.select[0], self.select[1][0] if self.select[1] else "")
            self.select = None


def form_values(html: str, action: str = "") -> dict[str, object]:
    """What the form whose action ends so would send; with no action the first that posts to its own page."""
    reader = _Reader()
    reader.feed(html)
    for one in reader.forms:
        is_own = not action and not one.action and "revision" in one.values
        if is_own or (action and one.action.endswith(action)):
            one.values.pop("csrfmiddlewaretoken", None)
            return one.values
    raise AssertionError(f"no form posts to …{action}: {[one.action for one in reader.forms]}")


def words_of(html: str) -> str:
    """The text of a page on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ")
