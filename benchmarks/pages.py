"""Server time and queries of the pages people wait for, through the whole stack but the network."""

import gc
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter
from uuid import UUID

ROUNDS = 60
WARM = 5
"""Rounds before the ones that count."""
MONTH = "2026-10"


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """A page by the name of its address; `about` names the things it is made from (see `_things`)."""

    label: str
    role: str
    url_name: str
    about: tuple[str, ...] = ()


# Every page that is measured. One whose area is not built, or has nothing to show, is named and left out.
PAGES = (
    MeasuredPage("brukarsidan (enhetschef)", "unit_manager", "client", ("client_id",)),
    MeasuredPage("brukarlistan (controller)", "controller", "clients"),
    MeasuredPage("ersättning, månaden (enhetschef)", "unit_manager", "settlement-month", ("month",)),
    MeasuredPage("ersättning, månaden (controller)", "controller", "settlement-month", ("month",)),
    MeasuredPage(
        "ersättning, brukaren (enhetschef)", "unit_manager", "settlement-client", ("month", "client_id")
    ),
    MeasuredPage("översyn av ramtid (enhetschef)", "unit_manager", "reviews"),
    MeasuredPage("översyn av ramtid (handläggare)", "case_officer", "reviews"),
    MeasuredPage("översyn, brukaren (enhetschef)", "unit_manager", "review", ("client_id",)),
    MeasuredPage("regellaboratoriet, formuläret", "authority_manager", "laboratory"),
    MeasuredPage("ärendelistan (handläggare)", "case_officer", "cases"),
    MeasuredPage("ärendesidan (handläggare)", "case_officer", "case", ("case_id",)),
    MeasuredPage("beslutssidan (handläggare)", "case_officer", "decision", ("case_id", "decision_id")),
    MeasuredPage("uppdragslistan (samordnare)", "coordinator", "orders"),
    MeasuredPage("uppdragslistan (handläggare)", "case_officer", "orders"),
    MeasuredPage("uppdragssidan (handläggare)", "case_officer", "order", ("order_id",)),
    MeasuredPage("personkortet (handläggare)", "case_officer", "card", ("client_id",)),
    MeasuredPage("meddelandelistan (handläggare)", "case_officer", "threads"),
)


@dataclass(frozen=True, slots=True)
class PageFigures:
    """Milliseconds of the first request after the import, the median and 95 %; the queries of one request."""

    page: str
    clients: int
    first: float
    p50: float
    p95: float
    queries: int


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured, and the labels of the pages that could not be."""

    figures: list[PageFigures]
    missing: list[str]


def measure_pages(clients: int) -> Measured:
    """Each page of the table as its role sees it."""
    from django.urls import NoReverseMatch, reverse

    things = _things()
    found: list[PageFigures] = []
    missing: list[str] = []
    for page in PAGES:
        try:
            address = reverse(f"office:{page.url_name}", kwargs={name: things[name] for name in page.about})
        except (NoReverseMatch, KeyError):
            missing.append(page.label)
            continue
        found.append(_measure(page, address, clients))
    return Measured(found, missing)


def _things() -> dict[str, object]:
    """One client, case, decision and order for the addresses; those that do not exist are left out."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.access.scope import scoped
    from hemmavid.cases.models import Decision
    from hemmavid.lib.periods import Month
    from hemmavid.orders.models import Order
    from hemmavid.people.models import Client

    with scoped(SYSTEM):
        client_id = Client.objects.get(code="K0001").pk
        decisions = Decision.objects.filter(case__isnull=False, status="decided").order_by("number")
        orders = Order.objects.filter(status="in_effect").order_by("code")
        decision = decisions.values_list("pk", "case_id").first()
        order_id: UUID | None = orders.values_list("pk", flat=True).first()
    found: dict[str, object] = {"client_id": client_id, "month": Month.parse(MONTH)}
    if decision is not None:
        found |= {"decision_id": decision[0], "case_id": decision[1]}
    return found | ({"order_id": order_id} if order_id else {})


def _measure(page: MeasuredPage, address: str, clients: int) -> PageFigures:
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    from hemmavid.access.models import User

    browser = Browser(SERVER_NAME="localhost")
    person = User.objects.filter(assignments__role=page.role).order_by("-assignments__unit__code").last()
    browser.post("/login/demo", {"user": person.username if person else ""})
    gc.collect()
    gc.freeze()  # as config/wsgi.py does; what the import left behind is no part of a page
    times = []
    for _ in range(ROUNDS):
        started = perf_counter()
        response = browser.get(address)
        times.append((perf_counter() - started) * 1000)
        if response.status_code != 200:
            raise RuntimeError(f"{address} answered {response.status_code}")
    with CaptureQueriesContext(connection) as captured:
        browser.get(address)
    cuts = quantiles(times[WARM:], n=20)
    return PageFigures(page.label, clients, times[0], cuts[9], cuts[18], len(captured))
