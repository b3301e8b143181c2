"""The import of a folder: all of it or nothing, and every error with its place (contract.md section 3).

stage    cells → typed rows in temporary tables      staging.py, reading.py, cells.py, columns.py
check    rows against each other and the stored      checks.py, known.py
store    what is new or changed                      storing.py, marks.py, prices.py
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType

import pghistory
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from psycopg import sql

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.scope import scoped
from hemmavid.audit.operations import record_changes, record_data_change
from hemmavid.interfaces.exchange.checks import all_checks, run_checks
from hemmavid.interfaces.exchange.columns import FILES
from hemmavid.interfaces.exchange.folder import look_through
from hemmavid.interfaces.exchange.known import gather_codes
from hemmavid.interfaces.exchange.marks import MARKS, find_turns, turn_marks
from hemmavid.interfaces.exchange.prices import gather_decisions
from hemmavid.interfaces.exchange.problems import Findings, Problem
from hemmavid.interfaces.exchange.progress import Progress, silent
from hemmavid.interfaces.exchange.staging import Reading, stage
from hemmavid.interfaces.exchange.storing import TARGETS, Counts, changed_clients, count, resolve, store
from hemmavid.lib import clock
from hemmavid.organisations.models import Municipality

WHAT = "import"
UNNAMED = "Kommunen"
LARGE_LOAD = 1_000
STORING = "sparar"
OWN_TABLES = ("staged_", "refused_", "known_", "resolved_", "turning_", "price_decisions")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import found and did. `counts` by file name without its ending; empty when it was refused."""

    errors: tuple[Problem, ...] = ()
    more_errors: int = 0
    warnings: tuple[Problem, ...] = ()
    more_warnings: int = 0
    counts: Mapping[str, Counts] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def touched(self) -> int:
        """Rows that are new or changed."""
        return sum(counts.touched for counts in self.counts.values())


class ImportRefused(Exception):
    """The folder has errors and nothing of it was stored; `result` holds them."""

    def __init__(self, result: ImportResult) -> None:
        super().__init__(f"{len(result.errors) + result.more_errors} errors")
        self.result = result


def import_folder(
    folder: Path,
    *,
    by: Actor,
    at: datetime,
    check_only: bool = False,
    ends_demo: bool = False,
    progress: Progress = silent,
) -> ImportResult:
    """Load the folder, all or nothing; the same folder again changes nothing (contract.md section 3).

    With `check_only` nothing is stored, and the counts say what would be. With `ends_demo` a demo
    municipality that gets anything new is a demo no longer, so that no later demo clears it away.
    Raises ImportRefused when anything is wrong, MalformedParameter for a broken parameter file.
    """
    errors, warnings = Findings(), Findings()
    counts: dict[str, Counts] = {}
    who = pghistory.context(actor=str(by.user_id or by.name), operation=WHAT)
    with scoped(SYSTEM), who, connection.cursor() as cursor:
        work = _Work(cursor, errors, warnings, progress)
        _prepare(cursor)
        readings = _stage(work, folder)
        _check(work, readings)
        if not errors:
            counts = _resolve(work, on=clock.local_day(at))
        if check_only or errors:
            transaction.set_rollback(True)
        else:
            _store(work, counts, on=clock.local_day(at))
            _keep_municipality(ends_demo=ends_demo and _touched(counts) > 0)
            _record(work, counts, by=by, at=at)
            _clear(cursor)
    return _result(errors, warnings, counts)


@dataclass(frozen=True, slots=True)
class _Work:
    cursor: CursorWrapper
    errors: Findings
    warnings: Findings
    progress: Progress


def _prepare(cursor: CursorWrapper) -> None:
    """One import at a time; and settings for a few large statements instead of many small ones."""
    cursor.execute("select pg_advisory_xact_lock(hashtext('hemmavid import'))")
    cursor.execute(
        "select set_config('jit', 'off', true), set_config('work_mem', '64MB', true),"
        " set_config('default_statistics_target', '10', true)"
    )


def _stage(work: _Work, folder: Path) -> dict[str, Reading]:
    paths = look_through(folder, work.errors, work.warnings)
    return {
        file.name: stage(work.cursor, file, paths.get(file.name), work.errors, work.progress)
        for file in FILES
    }


def _check(work: _Work, readings: Mapping[str, Reading]) -> None:
    """Search the files that were read to their end; what needs a file that was not is left out."""
    gather_codes(work.cursor, readings)
    checks = [check for check in all_checks() if readings[check.file].is_staged]
    checks = [check for check in checks if all(readings[name].is_whole for name in check.needs)]
    run_checks(work.cursor, [one for one in checks if not one.is_warning], work.errors, work.progress)
    if readings["prices"].is_staged:
        gather_decisions(work.cursor, work.errors)
    if not work.errors:
        run_checks(work.cursor, [one for one in checks if one.is_warning], work.warnings, work.progress)


def _resolve(work: _Work, *, on: date) -> dict[str, Counts]:
    for mark in MARKS:
        find_turns(work.cursor, mark, on=on)
    for target in TARGETS:
        resolve(work.cursor, target)
    return {target.file: count(work.cursor, target) for target in TARGETS}


def _store(work: _Work, counts: Mapping[str, Counts], *, on: date) -> None:
    """Parents first. Grants may trade places, so their overlaps count when all are in place."""
    work.cursor.execute("set constraints grant_one_at_a_time deferred")
    steps = len(TARGETS) + 1
    for place, target in enumerate(TARGETS):
        work.progress(STORING, place, steps)
        store(work.cursor, target, counts[target.file])
    for mark in MARKS:
        turn_marks(work.cursor, mark, on=on)
    work.progress(STORING, steps - 1, steps)
    work.cursor.execute("set constraints all immediate")
    if _touched(counts) > LARGE_LOAD:
        # Without it the statements are planned for empty tables until the server looks at them by itself.
        work.cursor.execute("select analyse_facts()")
    work.progress(STORING, steps, steps)


def _keep_municipality(*, ends_demo: bool) -> None:
    """Write the municipality down when missing (architecture.md 3a)."""
    if not Municipality.objects.exists():
        Municipality.objects.create(name=UNNAMED)
    elif ends_demo:
        Municipality.objects.filter(is_demo=True).update(is_demo=False)


def _record(work: _Work, counts: Mapping[str, Counts], *, by: Actor, at: datetime) -> None:
    """Who changed which clients' records, and that the statements may say something else from now on."""
    touched = _touched(counts)
    if touched:
        record_changes(changed_clients(work.cursor), what=WHAT, by=by, at=at)
        record_data_change(what=WHAT, rows=touched, at=at)


def _touched(counts: Mapping[str, Counts]) -> int:
    return sum(count.touched for count in counts.values())


def _clear(cursor: CursorWrapper) -> None:
    """The temporary tables end with the import, not with the connection."""
    cursor.execute("select relname from pg_class where relnamespace = pg_my_temp_schema() and relkind = 'r'")
    tables = [sql.Identifier("pg_temp", name) for (name,) in cursor.fetchall() if name.startswith(OWN_TABLES)]
    cursor.execute(sql.SQL("drop table {}").format(sql.SQL(", ").join(tables)).as_string(None))


def _result(errors: Findings, warnings: Findings, counts: Mapping[str, Counts]) -> ImportResult:
    result = ImportResult(
        tuple(errors.kept), errors.more, tuple(warnings.kept), warnings.more, MappingProxyType(dict(counts))
    )
    if errors:
        raise ImportRefused(result)
    return result
