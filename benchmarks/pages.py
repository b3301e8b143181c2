"""Server time and queries of the pages people wait for, through the whole stack but the network."""

import gc
from dataclasses import dataclass
from statistics import quantiles
from time import perf_counter

ROUNDS = 60


@dataclass(frozen=True, slots=True)
class PageFigures:
    """Milliseconds of the first request after the import, the median and 95 %; the queries of one request."""

    page: str
    clients: int
    first: float
    p50: float
    p95: float
    queries: int


def measure_pages(clients: int) -> list[PageFigures]:
    """Measure the client page and the settlement pages as a unit manager and a controller see them."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.access.scope import scoped
    from hemmavid.people.models import Client

    with scoped(SYSTEM):
        client = Client.objects.get(code="K0001").pk
    return [
        _measure("brukarsidan (enhetschef)", "unit_manager", f"/brukare/{client}/", clients),
        _measure("brukarlistan (controller)", "controller", "/brukare/", clients),
        _measure("ersättning, månaden (enhetschef)", "unit_manager", "/ersattning/2026-10/", clients),
        _measure("ersättning, månaden (controller)", "controller", "/ersattning/2026-10/", clients),
        _measure(
            "ersättning, brukaren (enhetschef)", "unit_manager", f"/ersattning/2026-10/{client}/", clients
        ),
    ]


def _measure(page: str, role: str, address: str, clients: int) -> PageFigures:
    from django.db import connection
    from django.test import Client as Browser
    from django.test.utils import CaptureQueriesContext

    from hemmavid.access.models import User

    browser = Browser(SERVER_NAME="localhost")
    person = User.objects.filter(assignments__role=role).order_by("-assignments__unit__code").last()
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
    cuts = quantiles(times[5:], n=20)
    return PageFigures(page, clients, times[0], cuts[9], cuts[18], len(captured))
