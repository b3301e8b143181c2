"""Role × page: each page opens for exactly the roles in its table, and no page is missing from it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client as Browser
from django.urls import get_resolver, reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Case, Decision
from hemmavid.journals.models import JournalEntry
from hemmavid.lib.periods import Month
from hemmavid.messages.models import Thread
from hemmavid.orders.operations import clarifying
from hemmavid.organisations.models import Provider
from hemmavid.people.models import CardError, Client
from tests.access.neighbours import AT, household
from tests.factories import ContactFactory, GrantFactory, PriceFactory, RoleAssignmentFactory
from tests.interfaces.office.pages import PAGES, PUBLIC, Page

SINCE_2022 = DateRange(date(2022, 1, 1), None)
pytestmark = pytest.mark.django_db


def office_url_names() -> set[str]:
    _, office = get_resolver().namespace_dict["office"]
    return {name for name in office.reverse_dict if isinstance(name, str)}


@pytest.fixture
def stage():
    """One of everything a page may be about."""
    with scoped(SYSTEM):
        served = household()
        Client.objects.filter(pk=served.client.pk).update(is_protected=True)
        # The municipality's own, so that the on-call supervisor covers it.
        Provider.objects.filter(pk=served.unit.provider_id).update(kind="municipal")
        GrantFactory(client=served.client, unit=served.unit, intervention="avlosning", period=SINCE_2022)
        PriceFactory(kind="municipal")
        error = CardError.objects.get(unit=served.unit)
        case = Case.objects.get(client=served.client)
        thread = Thread.objects.get(client=served.client)
        entry = JournalEntry.objects.get(unit=served.unit)
        contact = ContactFactory(of_unit=True, unit=served.unit)
        things = order_things(served.client)
    assignment = RoleAssignmentFactory(role="controller", unit=None)
    return {
        "unit": served.unit,
        "client_id": served.client.pk,
        "user_id": assignment.user_id,
        "assignment_id": assignment.pk,
        "thread_id": thread.pk,
        "entry_id": entry.pk,
        "contact_id": contact.pk,
        "error_id": error.pk,
        "version_id": error.version_id,
        "month": Month.of(date(2022, 11, 1)),
        **things,
        **of_case(case),
    }


def order_things(client: Client) -> dict[str, object]:
    """The client's first order, with one of everything that can hang on it."""
    order = client.orders.filter(versions__isnull=False).get()
    thread = clarifying.ask_about_order(order_id=order.pk, text="Vad menas?", by=SYSTEM, at=AT)
    change = order.changes_from.get()
    return {
        "order_id": order.pk,
        "number": 1,
        "inquiry_id": order.unit.inquiries.get().pk,
        "stop_id": order.unit.capacity_stops.get().pk,
        "matter_id": thread,
        "consent_id": order.consents.get().pk,
        "ending_id": order.endings.get().pk,
        "change_id": change.pk,
        "item_id": change.items.get().pk,
    }


def of_case(case: Case) -> dict[str, object]:
    """What the pages about a case are about."""
    with scoped(SYSTEM):
        return {
            "case_id": case.pk,
            "application_id": case.applications.get().pk,
            "case_consent_id": case.consents.get().pk,
            "confirmation_id": case.endings.get().pk,
            "decision_id": case.decisions.get().pk,
            "waiting_id": Decision.objects.get(client=case.client_id, kind="on_call").pk,
            "area": "personal_care",
        }


def opened(browser: Browser, url_name: str, page: Page, stage: dict[str, object]) -> int:
    url = reverse(f"office:{url_name}", kwargs={name: stage[name] for name in page.arguments})
    if page.asked:
        url += "?" + urlencode({name: str(stage[thing]) for name, thing in page.asked})
    call = browser.post if page.method == "post" else browser.get
    return call(url, dict(page.posted)).status_code


def test_every_page_is_in_the_table():
    assert office_url_names() == set(PAGES) | PUBLIC


@contextmanager
def undone() -> Iterator[None]:
    """What one person's press changes is taken back before the next person presses."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("url_name", PAGES)
def test_each_page_opens_for_exactly_the_roles_in_the_table(url_name, log_in, stage):
    page = PAGES[url_name]
    answers = {}
    for role in Role:
        with undone():
            answers[role] = opened(log_in(role, stage["unit"]), url_name, page, stage)
    assert {role for role, status in answers.items() if status != 404} == page.roles
    assert max(answers.values()) < 500


def test_no_page_opens_without_a_login(stage):
    answers = {name: opened(Browser(), name, page, stage) for name, page in PAGES.items()}
    assert {name: status for name, status in answers.items() if status != 302} == {}


ABOUT_A_CLIENT = {"client_id", "thread_id", "version_id", "contact_id", "order_id", "change_id", "entry_id"}


@pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.COORDINATOR])
def test_a_page_about_a_client_is_not_there_for_another_provider(role, log_in, stage):
    with scoped(SYSTEM):
        neighbour = household()
    browser = log_in(role, neighbour.unit)
    answers = {
        name: opened(browser, name, page, stage)
        for name, page in PAGES.items()
        if ABOUT_A_CLIENT & set(page.arguments)
    }
    assert len(answers) > 50
    assert {name: status for name, status in answers.items() if status != 404} == {}
