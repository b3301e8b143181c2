"""A demo made whole, for tests of what lies behind its grants. Once a process: it is the same every time."""

from datetime import UTC, date, datetime, time
from pathlib import Path

from hemmavid.access.actors import SYSTEM
from hemmavid.demo import stage
from hemmavid.demo.authority.furnish import furnish
from hemmavid.demo.municipality import write_demo_folder
from hemmavid.interfaces.exchange.import_folder import import_folder

CLIENTS, MONTHS, SEED = 150, 1, 1
UNTIL = date(2026, 11, 25)
Told = list[tuple[str, int, int]]


def make(folder: Path, *, clients: int = CLIENTS, until: date = UNTIL, seed: int = SEED) -> Told:
    """Write, import, seat and furnish a demo in an empty database; what was told of the last stage."""
    told: Told = []
    stage.found_municipality(name="Demostad", organisation_number="", code="")
    summary = write_demo_folder(
        folder, clients=clients, months=MONTHS, seed=seed, until=until, progress=lambda *_: None
    )
    import_folder(folder, by=SYSTEM, at=datetime.combine(until, time(5), UTC))
    stage.seat_people(since=summary.starts_on)
    furnish(clients=clients, months=MONTHS, seed=seed, until=until, progress=lambda *step: told.append(step))
    return told
