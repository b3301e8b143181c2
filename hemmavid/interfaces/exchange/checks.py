"""Stage 2: what only the rows together can show, found in SQL with its line (contract.md section 3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import LiteralString

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from hemmavid.interfaces.exchange.columns import BY_NAME, FILES, File
from hemmavid.interfaces.exchange.problems import Findings, Problem, shown
from hemmavid.interfaces.exchange.progress import Progress

CHECKING = "kontrollerar"


@dataclass(frozen=True, slots=True)
class Check:
    """A search for rows that break a rule.

    `found` selects (line, column, value, other), where `other` is the line or code that `reason` may name.
    `needs` are the files that must have been read without loss for the search to mean anything, and
    with `needs_keys` its own file must have each key once.
    """

    file: str
    found: sql.Composable
    reason: str
    needs: tuple[str, ...] = ()
    is_warning: bool = False
    finds_keys: bool = False
    needs_keys: bool = False


def row_check(file: str, column: LiteralString, condition: LiteralString, reason: str) -> Check:
    """A search for single rows."""
    found = sql.SQL("select line, {}, {}::text, null::text from {} where {}").format(
        sql.Literal(column), sql.Identifier(column), sql.Identifier(BY_NAME[file].table), sql.SQL(condition)
    )
    return Check(file, found, reason)


def _duplicates(file: File) -> Check:
    """A key given twice."""
    key = sql.SQL(", ").join(map(sql.Identifier, file.key))
    found = sql.SQL(
        """select line, {column}, {value}::text, (first_line)::text from (
             select line, {value}, row_number() over same as place, min(line) over same as first_line
             from {table} where ({key}) in (select {key} from {table} group by {key} having count(*) > 1)
             window same as (partition by {key} order by line)
           ) repeated where place > 1"""
    ).format(
        column=sql.Literal(file.key[0]),
        value=sql.Identifier(file.key[0]),
        table=sql.Identifier(file.table),
        key=key,
    )
    named = " och ".join((", ".join(file.key[:-1]), file.key[-1])) if file.key[1:] else file.key[0]
    reason = f"raden har samma {named} som rad {{other}}; ta bort eller rätta den ena"
    return Check(file.name, found, reason, finds_keys=True)


def _unknown_codes(file: File) -> Iterator[Check]:
    """Codes that neither the folder nor an earlier import knows."""
    for column in file.columns:
        if column.refers_to:
            found = sql.SQL(
                """select line, {column}, {value}, null::text from {table} staged
                   where {value} <> ''
                     and not exists (select 1 from {known} known where known.code = staged.{value})"""
            ).format(
                column=sql.Literal(column.name),
                value=sql.Identifier(column.name),
                table=sql.Identifier(file.table),
                known=sql.Identifier(f"known_{column.refers_to}"),
            )
            reason = (
                f"{BY_NAME[column.refers_to].noun} ”{{value}}” är okänd; rätta koden eller "
                f"lägg till den i {column.refers_to}.csv"
            )
            yield Check(file.name, found, reason, (column.refers_to,))


ROW_CHECKS = (
    row_check("grants", "to", '"to" < "from"', "insatsen slutar före den börjar; rätta from eller to"),
    row_check(
        "grants", "in_effect_to", "in_effect_to is not null and in_effect_from is null",
        "dag för verkställighetens slut kräver en första dag; fyll i in_effect_from eller töm in_effect_to",
    ),
    row_check(
        "grants", "in_effect_to", "in_effect_to < in_effect_from",
        "verkställigheten slutar före den börjar; rätta in_effect_from eller in_effect_to",
    ),
    row_check("absences", "to", '"to" < "from"', "frånvaron slutar före den börjar; rätta from eller to"),
    row_check("visits", "end", '"end" < start', "besöket slutar före det börjar; rätta start eller end"),
    row_check(
        "visits", "end", "\"end\" > start + interval '24 hours'",
        "besöket är längre än 24 timmar; rätta start eller end",
    ),
    *(
        row_check(
            "visits", column, condition,
            "värdet saknas; ett utfört besök (performed) har medarbetare, slut och två sätt att registrera",
        )
        for column, condition in (
            ("staff", "status = 'performed' and staff = ''"),
            ("end", "status = 'performed' and \"end\" is null"),
            ("start_method", "status = 'performed' and start_method = ''"),
            ("end_method", "status = 'performed' and end_method = ''"),
        )
    ),
)  # fmt: skip

# Rows of one `subject` in order of their start; rows of line 0 are stored ones that stay. The end that
# reaches furthest among those before tells whether a row overlaps any of them, so one pass is enough.
_OVERLAPS = sql.SQL(
    """
    with every as ({every}),
    ordered as (
        select line, first_key, max(array[last_key, line]) over before as reach,
               max(array[last_key, line]) filter (where line > 0) over before as staged_reach
        from every
        window before as (partition by {subject} order by first_key, line
                          rows between unbounded preceding and 1 preceding)
    ),
    overlapping as (
        select greatest(line, reach[2]) as line, least(line, reach[2]) as other_line
        from (select line, first_key, case when line > 0 then reach else staged_reach end as reach
              from ordered) met
        where reach[1] {overlaps} first_key
    )
    select line, {column}, staged.{value}::text,
           case when other_line = 0 then 'en tidigare import' else 'rad ' || other_line end
    from overlapping join {table} staged using (line)
    """
)
_GRANTS = sql.SQL(
    """
    select line, client, unit, intervention, "from" - date '1900-01-01' as first_key,
           coalesce("to", date '9999-12-31') - date '1900-01-01' as last_key
    from staged_grants where "to" is null or "to" >= "from"
    union all
    select 0, client.code, unit.code, stored.intervention, lower(stored.period) - date '1900-01-01',
           coalesce(upper(stored.period) - 1, date '9999-12-31') - date '1900-01-01'
    from orders_grant stored
    join people_client client on client.id = stored.client_id
    join organisations_unit unit on unit.id = stored.unit_id
    where client.code in (select client from staged_grants) and stored.withdrawn_at is null
      and not exists (select 1 from staged_grants replacing where replacing."grant" = stored.code)
    """
)
_GRANTS_ELSEWHERE = sql.SQL(
    """
    select one.line, {column}, one.unit, min(
        case when other.line = 0 then 'en tidigare import' else 'rad ' || other.line end)
    from ({every}) one
    join ({every}) other on other.client = one.client and other.intervention = one.intervention
     and other.unit <> one.unit and other.line < one.line
     and other.first_key <= one.last_key and one.first_key <= other.last_key
    group by one.line, one.unit
    """
)
_ABSENCES = sql.SQL(
    """
    select line, client, "from" - date '1900-01-01' as first_key,
           coalesce("to", date '9999-12-31') - date '1900-01-01' as last_key
    from staged_absences where "to" is null or "to" >= "from"
    union all
    select 0, client.code, stored.left_on - date '1900-01-01',
           coalesce(stored.returned_on, date '9999-12-31') - date '1900-01-01'
    from orders_absence stored
    join people_client client on client.id = stored.client_id
    where client.code in (select client from staged_absences)
      and not exists (select 1 from staged_absences replacing
                      where replacing.client = client.code and replacing."from" = stored.left_on)
    """
)
# Microseconds since 1970, exact. Stored visits outside the folder's days cannot meet any of its own.
_STAFF_AT_WORK = sql.SQL(
    """
    select line, staff, (extract(epoch from start) * 1000000)::bigint as first_key,
           (extract(epoch from "end") * 1000000)::bigint as last_key
    from staged_visits where status = 'performed' and staff <> '' and "end" >= start
    union all
    select 0, staff.code, (extract(epoch from stored.started_at) * 1000000)::bigint,
           (extract(epoch from stored.ended_at) * 1000000)::bigint
    from visits_visit stored
    join staffing_staff staff on staff.id = stored.staff_id
    where stored.status = 'performed'
      and stored.started_at between (select min(start) - interval '24 hours' from staged_visits)
                                and (select max("end") from staged_visits)
      and not exists (select 1 from staged_visits replacing
                      where replacing.visit = stored.code and replacing.staff = staff.code)
    """
)
_DOUBLE_STAFFED = sql.SQL(
    """
    with every as (
        select line, visit, client, unit, intervention, status from staged_visits
        union all
        select 0, stored.code, client.code, unit.code, stored.intervention, stored.status
        from visits_visit stored
        join people_client client on client.id = stored.client_id
        join organisations_unit unit on unit.id = stored.unit_id
        left join staffing_staff staff on staff.id = stored.staff_id
        where stored.code in (select visit from staged_visits)
          and not exists (select 1 from staged_visits replacing
                          where replacing.visit = stored.code and replacing.staff = coalesce(staff.code, ''))
    ),
    split as (
        select visit from every group by visit
        having min(client) <> max(client) or min(unit) <> max(unit)
            or min(intervention) <> max(intervention) or min(status) <> max(status)
    ),
    compared as (
        select every.*, first_value(line) over same as first_line,
               first_value(client) over same as first_client, first_value(unit) over same as first_unit,
               first_value(intervention) over same as first_intervention,
               first_value(status) over same as first_status
        from every join split using (visit)
        window same as (partition by visit order by line)
    )
    select line,
           case when client <> first_client then 'client' when unit <> first_unit then 'unit'
                when intervention <> first_intervention then 'intervention' else 'status' end,
           case when client <> first_client then client when unit <> first_unit then unit
                when intervention <> first_intervention then intervention else status end,
           case when first_line = 0 then 'en tidigare import' else 'rad ' || first_line end
    from compared
    where line > 0 and (client, unit, intervention, status)
                       <> (first_client, first_unit, first_intervention, first_status)
    """
)


def _overlaps(
    file: str, column: LiteralString, every: sql.SQL, subject: LiteralString, meets: LiteralString
) -> sql.Composed:
    """`meets` is `>` when two may share their boundary, `>=` when they may not."""
    return _OVERLAPS.format(
        every=every,
        subject=sql.SQL(subject),
        column=sql.Literal(column),
        value=sql.Identifier(column),
        table=sql.Identifier(BY_NAME[file].table),
        overlaps=sql.SQL(meets),
    )


TOGETHER = (
    Check(
        "grants",
        _overlaps("grants", "from", _GRANTS, "client, unit, intervention", ">="),
        "perioden överlappar {other} för samma brukare, enhet och insats; ändra from eller to",
        needs_keys=True,
    ),
    Check(
        "grants",
        _GRANTS_ELSEWHERE.format(every=_GRANTS, column=sql.Literal("unit")),
        "brukaren har samma insats samtidigt vid en annan enhet ({other}); kontrollera att det stämmer",
        is_warning=True,
        needs_keys=True,
    ),
    Check(
        "absences",
        _overlaps("absences", "from", _ABSENCES, "client", ">"),
        "frånvaron överlappar {other} för samma brukare; bara en gemensam första och sista dag går bra",
        needs_keys=True,
    ),
    Check(
        "visits",
        _DOUBLE_STAFFED,
        "”{value}” skiljer sig från {other} för samma besök; ett dubbelbemannat besök har en brukare, enhet, "
        "insats och status",
        needs_keys=True,
    ),
    Check(
        "visits",
        _overlaps("visits", "staff", _STAFF_AT_WORK, "staff", ">"),
        "”{value}” är på ett annat besök samtidigt ({other}); kontrollera tiderna",
        is_warning=True,
        needs_keys=True,
    ),
)


def all_checks() -> tuple[Check, ...]:
    """Every search, file by file in the order of the folder."""
    every = [
        check
        for file in FILES
        for check in (
            _duplicates(file),
            *_unknown_codes(file),
            *(one for one in (*ROW_CHECKS, *TOGETHER) if one.file == file.name),
        )
    ]
    return tuple(every)


def run_checks(
    cursor: CursorWrapper, checks: Sequence[Check], findings: Findings, progress: Progress
) -> None:
    """Add what the searches find; a file in which a key stands twice is not looked at any further."""
    repeating: set[str] = set()
    for place, check in enumerate(checks):
        progress(CHECKING, place, len(checks))
        if not (check.needs_keys and check.file in repeating):
            found = _run_check(cursor, check, findings)
            if found and check.finds_keys:
                repeating.add(check.file)
    progress(CHECKING, len(checks), len(checks))


def _run_check(cursor: CursorWrapper, check: Check, findings: Findings) -> bool:
    """In the order of lines; beyond the hundredth they are only counted."""
    file = BY_NAME[check.file]
    statement = sql.SQL(
        """with found (line, name, value, other) as ({})
           select line, name, value, other, count(*) over () from found order by line, name limit {}"""
    ).format(check.found, sql.Literal(max(findings.room, 1)))
    cursor.execute(statement.as_string(None))
    rows = cursor.fetchall()
    for line, column, value, other, _ in rows:
        findings.add(_problem(file, check, (line, column, value, other)))
    if rows:
        findings.more += rows[0][-1] - len(rows)
    return bool(rows)


def _problem(file: File, check: Check, row: tuple[int, str, str | None, str | None]) -> Problem:
    line, column, value, other = row
    value = shown(value or "")
    reason = check.reason.format(value=value or "värdet", other=other)
    return Problem(file.path, line, column, reason, value)
