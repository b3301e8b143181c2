"""Writes the nine files and version.txt of an import folder: UTF-8, comma, CRLF (contract.md section 3)."""

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Self

from hemmavid.demo.care import CareRecord
from hemmavid.demo.providers import PROVIDERS, UNITS, prices
from hemmavid.demo.rosters import DemoStaff

CONTRACT_VERSION = "1"
COLUMNS = {
    "providers": "provider,name,kind,org_number,bankgiro,full_time_right,coherent_hours_right",
    "units": "unit,provider,name",
    "prices": "valid_from,kind,base,rural_supplement,deduction",
    "clients": (
        "client,personal_number,given_name,family_name,street,postcode,city,rural,protected,deceased_on"
    ),
    "staff": "staff,unit,given_name,family_name",
    "grants": "grant,client,unit,intervention,minutes,per,from,to,in_effect_from,in_effect_to",
    "absences": "client,from,to,reason",
    "visits": "visit,client,unit,intervention,staff,start,end,start_method,end_method,approved,status",
    "plans": "client,unit,approved_on",
}

Cell = str | int


class TableFile:
    """One CSV file under writing; counts its rows."""

    def __init__(self, folder: Path, table: str) -> None:
        self.rows = 0
        self._file = (folder / f"{table}.csv").open("w", encoding="utf-8", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow(COLUMNS[table].split(","))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def add(self, rows: Iterable[Sequence[Cell]]) -> None:
        """Appends rows of cells."""
        for row in rows:
            self._writer.writerow(row)
            self.rows += 1

    def add_plain(self, lines: list[str]) -> None:
        """Appends ready lines, for the one file that is large; nothing in them may need quoting."""
        self._file.writelines(lines)
        self.rows += len(lines)


def write_organisation(folder: Path, until: date) -> None:
    """providers.csv, units.csv, prices.csv and version.txt."""
    (folder / "version.txt").write_text(f"{CONTRACT_VERSION}\n", encoding="utf-8")
    with TableFile(folder, "providers") as table:
        table.add(
            (
                provider.code,
                provider.name,
                provider.kind,
                provider.organisation_number,
                provider.bankgiro,
                yes(is_so=provider.has_full_time_right),
                yes(is_so=provider.has_coherent_hours_right),
            )
            for provider in PROVIDERS
        )
    with TableFile(folder, "units") as table:
        table.add((unit.code, unit.provider, unit.name) for unit in UNITS)
    with TableFile(folder, "prices") as table:
        table.add(
            (
                price.valid_from.isoformat(),
                price.kind,
                kronor(price.base_ore),
                kronor(price.rural_supplement_ore),
                kronor(price.deduction_ore),
            )
            for price in prices(until)
        )


def write_staff(folder: Path, staff: dict[str, list[DemoStaff]]) -> int:
    """staff.csv; the number of rows."""
    with TableFile(folder, "staff") as table:
        table.add(
            (person.code, person.unit, person.given_name, person.family_name)
            for people in staff.values()
            for person in people
        )
        return table.rows


def client_row(record: CareRecord) -> tuple[str, ...]:
    """A row of clients.csv."""
    person = record.person
    return (
        person.code,
        person.personal_number,
        person.given_name,
        person.family_name,
        person.street,
        person.postcode,
        person.city,
        yes(is_so=person.is_rural),
        yes(is_so=person.is_protected),
        day(person.deceased_on),
    )


def grant_rows(record: CareRecord) -> Iterable[tuple[Cell, ...]]:
    """The client's rows of grants.csv."""
    return (
        (
            grant.code,
            grant.client,
            grant.unit,
            grant.intervention,
            grant.minutes,
            grant.per,
            day(grant.from_on),
            day(grant.to_on),
            day(grant.in_effect_from),
            day(grant.in_effect_to),
        )
        for grant in record.grants
    )


def absence_rows(record: CareRecord) -> Iterable[tuple[str, ...]]:
    """The client's rows of absences.csv."""
    return (
        (absence.client, day(absence.from_on), day(absence.to_on), absence.reason)
        for absence in record.absences
    )


def plan_rows(record: CareRecord) -> Iterable[tuple[str, ...]]:
    """The client's rows of plans.csv."""
    return ((plan.client, plan.unit, day(plan.approved_on)) for plan in record.plans)


def yes(*, is_so: bool) -> str:
    return "yes" if is_so else "no"


def day(value: date | None) -> str:
    return value.isoformat() if value else ""


def kronor(ore: int) -> str:
    return f"{ore // 100}.{ore % 100:02d}"
