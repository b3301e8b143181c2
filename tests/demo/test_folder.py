"""The folder keeps the form and the rules of contract.md section 3, for any size, month and seed."""

from collections import defaultdict
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from hemmavid.demo.municipality import NoSuchDemo, write_demo_folder
from hemmavid.demo.window import STOCKHOLM
from tests.demo.folders import TABLES, Folder, day, written

METHODS = {"tag", "lock", "qr", "manual"}
KEYS = {
    "providers": ("provider",),
    "units": ("unit",),
    "prices": ("valid_from", "kind"),
    "clients": ("client",),
    "staff": ("staff",),
    "grants": ("grant",),
    "absences": ("client", "from"),
    "visits": ("visit", "staff"),
    "plans": ("client", "unit", "approved_on"),
}
SMALL = [
    (1, 1, date(2026, 7, 1)),
    (2, 1, date(2024, 3, 1)),
    (5, 12, date(2024, 2, 29)),
    (11, 2, date(2026, 3, 29)),
    (30, 1, date(2026, 10, 25)),
    (30, 2, date(2026, 1, 1)),
    (30, 3, date(2025, 12, 31)),
    (60, 12, date(2027, 1, 4)),
    (40, 30, date(2029, 5, 2)),
]


@pytest.fixture(scope="module", params=SMALL, ids=lambda made: f"{made[0]}-{made[1]}-{made[2]}")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    clients, months, until = request.param
    return written(tmp_path_factory.mktemp("small"), clients=clients, months=months, seed=7, until=until)


def every_rule(folder: Folder) -> None:
    keys_are_unique(folder)
    references_resolve(folder)
    grants_keep_their_order(folder)
    absences_share_only_boundary_days(folder)
    visits_keep_their_order(folder)
    nobody_is_visited_while_away_or_dead(folder)
    staff_are_in_one_place(folder)


def test_rules_hold_in_a_town(town: Folder) -> None:
    every_rule(town)


def test_rules_hold_for_other_sizes_and_days(small: Folder) -> None:
    every_rule(small)
    assert small.visits
    assert len(small.clients) == small.summary.clients


def keys_are_unique(folder: Folder) -> None:
    for table in TABLES:
        rows = [tuple(row[column] for column in KEYS[table]) for row in getattr(folder, table)]
        assert len(set(rows)) == len(rows), table
        assert all(" " not in cell for key in rows for cell in key)


def references_resolve(folder: Folder) -> None:
    known = {
        "provider": {row["provider"] for row in folder.providers},
        "unit": {row["unit"] for row in folder.units},
        "client": {row["client"] for row in folder.clients},
        "staff": {row["staff"] for row in folder.staff} | {""},
    }
    for table in ("units", "staff", "grants", "absences", "visits", "plans"):
        for row in getattr(folder, table):
            for column in known.keys() & row.keys():
                assert row[column] in known[column], (table, row)


def grants_keep_their_order(folder: Folder) -> None:
    periods = defaultdict(list)
    for grant in folder.grants:
        start, end = date.fromisoformat(grant["from"]), day(grant["to"]) or date.max
        assert start <= end
        assert int(grant["minutes"]) >= 1
        assert grant["per"] in {"week", "month"}
        effect_from, effect_to = day(grant["in_effect_from"]), day(grant["in_effect_to"])
        assert effect_from or not effect_to
        assert not effect_from or start <= effect_from <= (effect_to or date.max)
        assert not effect_from or effect_from <= folder.summary.until
        periods[grant["client"], grant["unit"], grant["intervention"]].append((start, end))
    for spans in periods.values():
        for (_, end), (following, _) in pairwise(sorted(spans)):
            assert end < following


def absences_share_only_boundary_days(folder: Folder) -> None:
    stays = defaultdict(list)
    for absence in folder.absences:
        start, end = date.fromisoformat(absence["from"]), day(absence["to"]) or date.max
        assert start < end
        assert start <= folder.summary.until
        stays[absence["client"]].append((start, end))
    for spans in stays.values():
        for (_, end), (following, _) in pairwise(sorted(spans)):
            assert end <= following


def visits_keep_their_order(folder: Folder) -> None:
    latest = datetime.combine(folder.summary.until + timedelta(days=1), datetime.min.time(), STOCKHOLM)
    for visit, start, end in folder.spans:
        assert start < end <= latest, visit
        assert end - start < timedelta(hours=24)
        assert {visit["start_method"], visit["end_method"]} <= METHODS
        assert visit["staff"]
        assert start.isoformat() == start.astimezone(STOCKHOLM).isoformat()
    for visit in folder.visits:
        assert visit["status"] in {"performed", "cancelled", "not_performed"}
        assert visit["end"] or visit["status"] != "performed"
        assert visit["start"][:10] >= folder.summary.starts_on.isoformat()
        assert visit["approved"] in {"yes", "no", ""}
    together = defaultdict(set)
    for visit in folder.visits:
        columns = ("client", "unit", "intervention", "status")
        together[visit["visit"]].add(tuple(visit[column] for column in columns))
    assert all(len(rows) == 1 for rows in together.values())


def nobody_is_visited_while_away_or_dead(folder: Folder) -> None:
    for visit in folder.visits:
        on = date.fromisoformat(visit["start"][:10])
        died_on = folder.deaths[visit["client"]]
        assert died_on is None or on <= died_on
        assert on not in folder.away[visit["client"]], visit


def staff_are_in_one_place(folder: Folder) -> None:
    spans = defaultdict(list)
    for visit, start, end in folder.spans:
        spans[visit["staff"]].append((start, end))
    for visits in spans.values():
        for (_, end), (following, _) in pairwise(sorted(visits)):
            assert end <= following


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_same_arguments_give_the_same_bytes_and_another_seed_other_people(tmp_path: Path) -> None:
    made = [
        written(tmp_path / str(place), clients=40, months=1, seed=seed, until=date(2026, 7, 14))
        for place, seed in enumerate((5, 5, 6))
    ]
    first, again, other = (contents(folder.path) for folder in made)
    assert set(first) == {*(f"{table}.csv" for table in TABLES), "version.txt"}
    assert first == again
    for name in ("clients.csv", "grants.csv", "visits.csv", "staff.csv", "absences.csv"):
        assert first[name] != other[name], name
    assert first["providers.csv"] == other["providers.csv"]
    assert first["version.txt"] == b"1\n"


def test_more_clients_leave_the_first_ones_as_they_were(tmp_path: Path) -> None:
    few = written(tmp_path / "few", clients=20, months=1, until=date(2026, 7, 14))
    many = written(tmp_path / "many", clients=60, months=1, until=date(2026, 7, 14))
    codes = {client["client"] for client in few.clients}
    for table in ("clients", "grants", "absences", "plans"):
        assert getattr(few, table) == [row for row in getattr(many, table) if row["client"] in codes]


def test_crlf_header_and_no_bom(town: Folder) -> None:
    for table in TABLES:
        first, _, rest = (town.path / f"{table}.csv").read_bytes().partition(b"\r\n")
        assert first.decode("ascii").islower()
        assert rest.endswith(b"\r\n")


def test_progress_reaches_its_end(town: Folder) -> None:
    ends = {stage: (done, total) for stage, done, total in town.steps}
    assert ends == {"Brukare och beslut": (400, 400), "Besök": (48, 48)}


@pytest.mark.parametrize("wrong", [{"clients": 0, "months": 1}, {"clients": 1, "months": 0}])
def test_a_demo_of_nothing_is_refused(tmp_path: Path, wrong: dict[str, int]) -> None:
    with pytest.raises(NoSuchDemo) as refused:
        write_demo_folder(tmp_path, **wrong, seed=1, until=date(2026, 7, 14), progress=lambda *_: None)
    assert wrong[refused.value.argument] == 0
