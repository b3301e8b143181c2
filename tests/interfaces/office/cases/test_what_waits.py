"""Att göra of the authority holds what waits in the orders too, for one row and thirty at the same cost."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from tests.factories import EndingFactory, InquiryFactory, OrderFactory
from tests.interfaces.office.cases.desk import words_of

pytestmark = pytest.mark.django_db
LONG_AFTER = datetime(2022, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def long_after():
    with time_machine.travel(LONG_AFTER, tick=False):
        yield


def waiting(count: int) -> None:
    with scoped(SYSTEM):
        for _ in range(count):
            OrderFactory(status="sent")
            EndingFactory(order__status="acknowledged", order__acknowledged_at=LONG_AFTER)
            InquiryFactory()


def page(browser) -> str:
    return browser.get(reverse("office:cases")).content.decode()


def test_the_officer_sees_late_orders_endings_to_confirm_and_questions_out(log_in):
    waiting(1)
    text = words_of(page(log_in(Role.CASE_OFFICER)))
    for words in (
        "Inte mottagna i tid", "Ring enheten.", "Avslut som utföraren har anmält", "Bekräfta med brukaren.",
        "Förfrågningar utan svar", "Svar saknas", "Alla sena uppdrag (1)",
    ):  # fmt: skip
        assert words in text


def test_nothing_is_said_when_nothing_waits(log_in):
    assert "I uppdragen" not in page(log_in(Role.CASE_OFFICER))


def test_the_manager_sees_what_is_late_and_confirms_no_endings(log_in):
    waiting(1)
    text = words_of(page(log_in(Role.AUTHORITY_MANAGER)))
    assert "Inte mottagna i tid" in text
    assert "Avslut som utföraren" not in text


def test_costs_the_same_for_one_and_thirty(log_in):
    waiting(1)
    browser = log_in(Role.CASE_OFFICER)
    page(browser)
    with CaptureQueriesContext(connection) as one:
        page(browser)
    waiting(29)
    with CaptureQueriesContext(connection) as thirty:
        text = words_of(page(browser))
    assert len(one) == len(thirty)
    assert "Alla förfrågningar (30)" in text
