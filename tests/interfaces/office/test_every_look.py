"""Every page about a person is in the look log before it is on the screen, refused forms too (R006)."""

from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from tests.interfaces.office.pages import PAGES, Page
from tests.interfaces.office.test_pages import stage, undone

__all__ = ["stage"]
pytestmark = pytest.mark.django_db

ABOUT_A_PERSON = {
    "client_id", "thread_id", "version_id", "order_id", "change_id", "entry_id", "case_id", "decision_id",
    "ending_id",
}  # fmt: skip
SAYS_NOTHING_OF_ANYBODY = {
    "order-status",  # where the order stands, asked every few seconds by whoever waits
    "order-draft",  # leads to the order when that is sent already, as the stage's is
}
LISTS = {
    "clients", "cases", "cases-old-model", "orders", "order-changes", "threads", "reviews", "laboratory",
    "looks", "on-call", "on-call-handover",
}  # fmt: skip
MUST_BE_FILLED_IN = {
    "journal-write": {"text": ""},
    "thread-new": {"text": ""},
    "card-edit": {"expected": "1", "alerts": "x" * 9_000},
    "on-call-grant": {"why": ""},
    "order-end": {"last_day": ""},
    "order-report-ending": {"last_day": ""},
    "order-death": {"died_on": ""},
    "order-send-version": {"valid_from": ""},
    "order-change": {"valid_from": ""},
    "order-change-provider": {"starts_on": ""},
    "order-move": {"handover_at": ""},
    "application-new": {"received_on": ""},
    "decision-end": {"last_day": ""},
    "review-request": {"description": ""},
    "card-error": {"text": ""},
}


def about(page: Page, stage) -> dict[str, object]:
    return {name: stage[name] for name in page.arguments}


def address(url_name: str, page: Page, stage) -> str:
    url = reverse(f"office:{url_name}", kwargs=about(page, stage))
    asked = {name: str(stage[thing]) for name, thing in page.asked}
    return f"{url}?{urlencode(asked)}" if asked else url


def looks(**chosen: object) -> int:
    with scoped(SYSTEM):
        return Look.objects.exclude(action=Action.CHANGE).filter(**chosen).count()


def shown(answer: HttpResponse) -> bool:
    return answer.status_code == 200


@pytest.mark.parametrize(
    "url_name",
    [
        name
        for name, page in PAGES.items()
        if page.method == "get"
        and (ABOUT_A_PERSON & set(page.arguments) or page.asked)
        and name not in SAYS_NOTHING_OF_ANYBODY
    ],
)
def test_a_page_about_a_person_is_logged_for_each_role_that_reads_it(url_name, log_in, stage):
    page = PAGES[url_name]
    counted = {}
    for role in page.roles:
        with undone():
            browser = log_in(role, stage["unit"])
            before = looks(client_id=stage["client_id"])
            if shown(browser.get(address(url_name, page, stage))):
                counted[role] = looks(client_id=stage["client_id"]) - before
    assert counted
    assert {role: count for role, count in counted.items() if count < 1} == {}


@pytest.mark.parametrize("url_name", MUST_BE_FILLED_IN)
def test_a_form_that_comes_back_shows_the_person_again_and_is_logged_again(url_name, log_in, stage):
    page = PAGES[url_name]
    role = min(page.roles - {Role.AUTHORITY_MANAGER})
    browser = log_in(role, stage["unit"])
    before = looks(client_id=stage["client_id"])
    answer = browser.post(address(url_name, page, stage), MUST_BE_FILLED_IN[url_name])
    assert shown(answer)
    assert looks(client_id=stage["client_id"]) > before


@pytest.mark.parametrize("url_name", sorted(LISTS))
def test_a_list_of_persons_is_logged_as_a_list(url_name, log_in, stage):
    page = PAGES[url_name]
    browser = log_in(min(page.roles), stage["unit"])
    assert shown(browser.get(address(url_name, page, stage)))
    assert looks(action=Action.LIST) == 1
