"""An import folder of one municipality, made of rows that name only what matters to the test."""

import csv
import itertools
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from hemmavid.access.actors import SYSTEM
from hemmavid.interfaces.exchange.import_folder import import_folder

Row = dict[str, Any]

IMPORTED_AT = datetime(2022, 12, 1, 5, 0, tzinfo=UTC)

USUAL: dict[str, Row] = {
    "providers": {
        "provider": "P1", "name": "Omsorgen AB", "kind": "private", "org_number": "", "bankgiro": "",
        "full_time_right": "yes", "coherent_hours_right": "yes",
    },
    "units": {"unit": "U1", "provider": "P1", "name": "Norr"},
    "prices": {
        "valid_from": "2018-01-01", "kind": "private", "base": "480.00", "rural_supplement": "21.00",
        "deduction": "9.00",
    },
    "clients": {
        "client": "C1", "personal_number": "", "given_name": "Elsa", "family_name": "Vinter", "street": "",
        "postcode": "", "city": "", "rural": "no", "protected": "no", "deceased_on": "",
    },
    "staff": {"staff": "S1", "unit": "U1", "given_name": "Kim", "family_name": "Höst"},
    "grants": {
        "grant": "G1", "client": "C1", "unit": "U1", "intervention": "ramtid", "minutes": 174, "per": "week",
        "from": "2018-01-01", "to": "", "in_effect_from": "2018-01-01", "in_effect_to": "",
    },
    "absences": {"client": "C1", "from": "2022-11-10", "to": "", "reason": ""},
    "visits": {
        "visit": "V1", "client": "C1", "unit": "U1", "intervention": "ramtid", "staff": "S1", "start": "",
        "end": "", "start_method": "tag", "end_method": "tag", "approved": "", "status": "performed",
    },
    "plans": {"client": "C1", "unit": "U1", "approved_on": "2022-11-20"},
}  # fmt: skip


def write_folder(path: Path, **files: list[Row]) -> Path:
    """Write the files; providers, units, prices, clients and staff have their usual one row unless given."""
    path.mkdir(exist_ok=True)
    for name, usual in USUAL.items():
        rows = files.get(name, [{}] if name in {"providers", "units", "prices", "clients", "staff"} else [])
        with (path / f"{name}.csv").open("w", encoding="utf-8", newline="") as raw:
            writer = csv.DictWriter(raw, list(usual))
            writer.writeheader()
            writer.writerows({**usual, **row} for row in rows)
    return path


def load(path: Path, at: datetime = IMPORTED_AT, **files: list[Row]) -> None:
    """Write and import the folder."""
    import_folder(write_folder(path, **files), by=SYSTEM, at=at)


def visit(code: str, start: str, seconds: int, **columns: Any) -> Row:
    """A visit row of so many seconds."""
    end = datetime.fromisoformat(start) + timedelta(seconds=seconds)
    return {"visit": code, "start": start, "end": end.isoformat(), **columns}


def seed_001() -> dict[str, list[Row]]:
    """The month behind seed 001's printed table: 8,13 h in 32 visits, and 0,15 h tagged Morgonhjälp."""
    days = itertools.cycle(range(1, 31))
    lengths = [914] * 31 + [934]
    visits = [
        visit(f"V{number}", f"2022-11-{next(days):02d}T{8 + number // 30:02d}:00:00+01:00", seconds)
        for number, seconds in enumerate(lengths)
    ]
    visits.append(visit("V99", "2022-11-15T15:00:00+01:00", 540, intervention="morgonhjalp"))
    return {"grants": [{}], "visits": visits}
