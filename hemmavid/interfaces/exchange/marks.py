"""Marks without a date in the folder, dated in the database (R206, R207): providers' rights, rural clients.

The first import of a mark holds for all time. A later import that changes it changes it from its own day on.
"""

from dataclasses import dataclass
from datetime import date
from typing import LiteralString

from django.db.backends.utils import CursorWrapper
from psycopg import sql


@dataclass(frozen=True, slots=True)
class Mark:
    """A mark: the file and column it comes in, and the dated rows it is kept in.

    `fixed` are further columns of such a row with their value; `of_this` picks out rows of this very mark.
    """

    file: str
    column: str
    table: str
    owner: str
    value: str
    fixed: dict[str, str]
    of_this: LiteralString

    @property
    def turning(self) -> str:
        """The temporary table of what must be written."""
        return f"turning_{self.column}"


def _right(column: str, right: str, of_this: LiteralString) -> Mark:
    fixed = {"right": right, "evidence": ""}
    return Mark(
        "providers", column, "organisations_providerright", "provider_id", "is_granted", fixed, of_this
    )


MARKS = (
    _right("full_time_right", "full_time", "stored.\"right\" = 'full_time'"),
    _right("coherent_hours_right", "coherent_hours", "stored.\"right\" = 'coherent_hours'"),
    Mark("clients", "rural", "people_ruralmark", "client_id", "is_rural", {}, "true"),
)

# What holds on the day is compared with what the folder says. The new value holds from `begins_on`, for all
# time when nothing is known yet, up to what is known to come next.
_FIND = sql.SQL(
    """
    create temporary table {turning} as
    select owner.id as owner_id, staged.{column} as value, current.id as current_id,
           case when known.rows > 0 then {day}::date end as begins_on,
           coalesce(upper(current.period), known.next_on) as ends_on,
           coalesce(lower(current.period) = {day}::date, false) as begins_now
    from {staged} staged
    join {known} owner on owner.code = staged.{key}
    left join lateral (
        select count(*) as rows,
               min(lower(stored.period)) filter (where lower(stored.period) > {day}::date) as next_on
        from {table} stored where stored.{owner} = owner.id and {of_this}
    ) known on true
    left join {table} current on current.id = (
        select stored.id from {table} stored
        where stored.{owner} = owner.id and {of_this} and stored.period @> {day}::date
    )
    where current.{value} is distinct from staged.{column}
    """
)
_CLOSE = sql.SQL(
    """
    update {table} stored set period = daterange(lower(stored.period), {day}::date)
    from {turning} turning where turning.current_id = stored.id and not turning.begins_now
    """
)
_REPLACE = sql.SQL(
    """
    update {table} stored set {value} = turning.value {also}
    from {turning} turning where turning.current_id = stored.id and turning.begins_now
    """
)
_BEGIN = sql.SQL(
    """
    insert into {table} ({owner}, {value}, period {names})
    select owner_id, value, daterange(begins_on, ends_on) {values} from {turning} where not begins_now
    """
)


def find_turns(cursor: CursorWrapper, mark: Mark, *, on: date) -> None:
    """Find the owners whose mark is missing or says something else on the day."""
    cursor.execute(_statement(_FIND, mark, on))


def turn_marks(cursor: CursorWrapper, mark: Mark, *, on: date) -> int:
    """Close what held and begin what holds from the day; history keeps the old. Returns how many turned."""
    cursor.execute(_statement(sql.SQL("select count(*) from {turning}"), mark, on))
    turned: int = (cursor.fetchone() or [0])[0]
    if turned:
        for statement in (_CLOSE, _REPLACE, _BEGIN):
            cursor.execute(_statement(statement, mark, on))
    return turned


def _statement(template: sql.SQL, mark: Mark, on: date) -> str:
    names = [sql.Identifier(name) for name in mark.fixed]
    values = [sql.Literal(value) for value in mark.fixed.values()]
    # What showed the old value does not show the new one.
    also = [sql.SQL(", {} = ''").format(name) for name in names if name.as_string(None) == '"evidence"']
    comma = sql.SQL(", ")
    return template.format(
        turning=sql.Identifier(mark.turning),
        column=sql.Identifier(mark.column),
        staged=sql.Identifier(f"staged_{mark.file}"),
        known=sql.Identifier(f"known_{mark.file}"),
        key=sql.Identifier(mark.file.removesuffix("s")),
        table=sql.Identifier(mark.table),
        owner=sql.Identifier(mark.owner),
        value=sql.Identifier(mark.value),
        of_this=sql.SQL(mark.of_this),
        day=sql.Literal(on),
        also=sql.Composed(also),
        names=sql.Composed([part for name in names for part in (comma, name)]),
        values=sql.Composed([part for value in values for part in (comma, value)]),
    ).as_string(None)
