"""The demo municipality as an import folder (contract.md section 3): same arguments, same bytes."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hemmavid.demo import folder as files
from hemmavid.demo.clients import client_records
from hemmavid.demo.providers import UNITS
from hemmavid.demo.registrations import VisitPlan
from hemmavid.demo.rosters import DemoStaff, Roster, staff_of
from hemmavid.demo.window import Window

Progress = Callable[[str, int, int], None]

CLIENTS_STAGE = "Brukare och beslut"
VISITS_STAGE = "Besök"
CLIENTS_A_STEP = 50
PRIVATE_CLIENT = 3  # Layla Qasimi (characters.py) moves to the private showcase provider


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What was written: days covered, rows per file, and where a reader should look first."""

    starts_on: date
    until: date
    last_full_month: date
    clients: int
    staff: int
    grants: int
    absences: int
    plans: int
    visits: int
    showcase_provider: str
    showcase_client: str


class NoSuchDemo(ValueError):
    """A demo needs at least one client and one whole month; `argument` names the one that is too small."""

    def __init__(self, argument: str) -> None:
        super().__init__(argument)
        self.argument = argument


def write_demo_folder(
    folder: Path, *, clients: int, months: int, seed: int, until: date, progress: Progress
) -> DemoSummary:
    """Writes the import folder of a demo: `months` whole months before that of `until`, and its days so far.

    `progress` gets a Swedish stage, steps done and steps in all. Raises NoSuchDemo below one client or month.
    Equal arguments give equal bytes; visits are streamed, so memory holds one month of one unit.
    """
    for argument, value in (("clients", clients), ("months", months)):
        if value < 1:
            raise NoSuchDemo(argument)
    window = Window(until, months)
    folder.mkdir(parents=True, exist_ok=True)
    files.write_organisation(folder, until)
    staff = staff_of(seed, clients)
    plan = VisitPlan(seed, window)
    counts = _write_clients(folder, plan, (seed, clients, window), progress)
    return DemoSummary(
        starts_on=window.starts_on,
        until=until,
        last_full_month=window.last_full_month,
        clients=counts["clients"],
        staff=files.write_staff(folder, staff),
        grants=counts["grants"],
        absences=counts["absences"],
        plans=counts["plans"],
        visits=_write_visits(folder, plan, staff, window, progress),
        showcase_provider="P2" if clients >= PRIVATE_CLIENT else "P1",
        showcase_client="K0001",
    )


def _write_clients(
    folder: Path, plan: VisitPlan, wanted: tuple[int, int, Window], progress: Progress
) -> dict[str, int]:
    seed, clients, window = wanted
    with ExitStack() as stack:
        tables = {
            name: stack.enter_context(files.TableFile(folder, name))
            for name in ("clients", "grants", "absences", "plans")
        }
        for done, record in enumerate(client_records(seed, clients, window), start=1):
            tables["clients"].add([files.client_row(record)])
            tables["grants"].add(files.grant_rows(record))
            tables["absences"].add(files.absence_rows(record))
            tables["plans"].add(files.plan_rows(record))
            plan.add(record)
            if done % CLIENTS_A_STEP == 0 or done == clients:
                progress(CLIENTS_STAGE, done, clients)
        return {name: table.rows for name, table in tables.items()}


def _write_visits(
    folder: Path, plan: VisitPlan, staff: dict[str, list[DemoStaff]], window: Window, progress: Progress
) -> int:
    pieces = list(window.month_pieces())
    done = 0
    with files.TableFile(folder, "visits") as table:
        for unit in UNITS:
            roster = Roster(unit.code, staff[unit.code])
            for piece in pieces:
                table.add_plain(plan.lines(unit.code, piece, roster))
                done += 1
                progress(VISITS_STAGE, done, len(UNITS) * len(pieces))
        return table.rows
