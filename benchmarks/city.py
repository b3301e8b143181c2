"""A whole city on an embedded database of its own, made afresh for the measurement."""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter

FULL_CITY = 3500
SMALL = 400
SEED = 1
FIRST_OF_NEXT = date(2026, 11, 1)
"""One whole month, October 2026, and one day: what `months=1` makes."""
IMPORTED_AT = datetime(2026, 11, 1, 5, tzinfo=UTC)


def prepare_database(home: Path) -> None:
    """Start the embedded database below `home`, with durable settings, and migrate it."""
    os.environ.pop("HEMMAVID_DATABASE_URL", None)
    os.environ["HEMMAVID_VAR"] = str(home)
    os.environ["HEMMAVID_DEMO_LOGIN"] = "1"
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings.dev"

    import django

    django.setup()
    from django.core.management import call_command

    from hemmavid.database.preparation import prepare

    prepare()
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=["django_htmx"])


def write_city(folder: Path, clients: int) -> int:
    """Write the import folder of a city and month; returns the number of visit rows."""
    from hemmavid.demo.municipality import write_demo_folder

    summary = write_demo_folder(
        folder, clients=clients, months=1, seed=SEED, until=FIRST_OF_NEXT, progress=lambda *_: None
    )
    return summary.visits


def load_city(folder: Path, clients: int) -> float:
    """Clear the stage, import the folder, seat the people, open their cases; the seconds the import took."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.demo import stage
    from hemmavid.demo.authority.furnish import furnish
    from hemmavid.demo.providers import MUNICIPALITY
    from hemmavid.interfaces.exchange.import_folder import import_folder

    stage.clear()
    stage.found_municipality(
        name=MUNICIPALITY.name,
        organisation_number=MUNICIPALITY.organisation_number,
        code=MUNICIPALITY.code,
    )
    started = perf_counter()
    import_folder(folder, by=SYSTEM, at=IMPORTED_AT)
    seconds = perf_counter() - started
    stage.seat_people(since=date(2018, 1, 1))
    furnish(clients=clients, months=1, seed=SEED, until=FIRST_OF_NEXT, progress=lambda *_: None)
    return seconds


def bare_copy(folder: Path) -> float:
    """Seconds for a plain COPY of the visit rows into a table without index, constraint or check."""
    from django.db import connections

    text = (folder / "visits.csv").read_bytes()
    with connections["owner"].cursor() as cursor:
        cursor.execute("drop table if exists bench_visit")
        cursor.execute(
            "create table bench_visit (visit text, client text, unit text, intervention text, staff text,"
            " started timestamptz, ended timestamptz, start_method text, end_method text, approved text,"
            " status text)"
        )
        started = perf_counter()
        with cursor.copy("copy bench_visit from stdin with (format csv, header true)") as copy:
            stream = io.BytesIO(text)
            while chunk := stream.read(1 << 20):
                copy.write(chunk)
        seconds = perf_counter() - started
        cursor.execute("drop table bench_visit")
    return seconds


@contextmanager
def speaking_for_all() -> Iterator[None]:
    """The scope of the command line: the whole municipality."""
    from hemmavid.access.actors import SYSTEM
    from hemmavid.access.scope import scoped

    with scoped(SYSTEM):
        yield
