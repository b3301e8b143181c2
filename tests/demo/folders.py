"""Reads an import folder of the demo back, without any code of the generator."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from hemmavid.demo.municipality import DemoSummary, write_demo_folder

TABLES = ("providers", "units", "prices", "clients", "staff", "grants", "absences", "visits", "plans")
OUTSIDE_LOV = frozenset({"natthjalp", "tillsyn_digital", "hemgangsteam", "trygghetslarm"})
Row = dict[str, str]


def written(folder: Path, *, clients: int, months: int, seed: int = 1, until: date) -> "Folder":
    """A demo folder, written and read back."""
    steps: list[tuple[str, int, int]] = []
    summary = write_demo_folder(
        folder,
        clients=clients,
        months=months,
        seed=seed,
        until=until,
        progress=lambda *step: steps.append(step),
    )
    return Folder(folder, summary, steps)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@dataclass
class Folder:
    """The rows of each file as dictionaries."""

    path: Path
    summary: DemoSummary
    steps: list[tuple[str, int, int]]

    def __getattr__(self, table: str) -> list[Row]:
        if table not in TABLES:
            raise AttributeError(table)
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        setattr(self, table, rows)
        return rows

    @cached_property
    def spans(self) -> list[tuple[Row, datetime, datetime]]:
        """Visits that have an end, with both instants."""
        return [
            (visit, datetime.fromisoformat(visit["start"]), datetime.fromisoformat(visit["end"]))
            for visit in self.visits
            if visit["end"]
        ]

    @cached_property
    def away(self) -> dict[str, set[date]]:
        """Days of absence of each client: strictly between the first and the last (contract.md section 4)."""
        days: dict[str, set[date]] = defaultdict(set)
        for absence in self.absences:
            on = date.fromisoformat(absence["from"]) + timedelta(days=1)
            end = day(absence["to"]) or self.summary.until + timedelta(days=1)
            while on < end:
                days[absence["client"]].add(on)
                on += timedelta(days=1)
        return days

    def days_in_effect(self, grant: Row, died_on: date | None) -> list[date]:
        """Days of the demo on which a grant is valid and in effect and the client alive."""
        if not grant["in_effect_from"]:
            return []
        starts = [self.summary.starts_on, day(grant["from"]), day(grant["in_effect_from"])]
        ends = [self.summary.until, day(grant["to"]), day(grant["in_effect_to"]), died_on]
        start, end = max(filter(None, starts)), min(filter(None, ends))
        return [start + timedelta(days=place) for place in range((end - start).days + 1)]

    @cached_property
    def deaths(self) -> dict[str, date | None]:
        return {client["client"]: day(client["deceased_on"]) for client in self.clients}


def counts(visit: Row) -> bool:
    """Whether a visit counts (contract.md section 4); no demo visit starts after death."""
    is_manual = visit["start_method"] == visit["end_method"] == "manual"
    return visit["status"] == "performed" and (not is_manual or visit["approved"] == "yes")
