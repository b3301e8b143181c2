"""Stage 3: staged rows become stored ones, set by set, parents first; what is the same is left alone."""

from dataclasses import dataclass
from typing import LiteralString
from uuid import UUID

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from hemmavid.interfaces.exchange.marks import MARKS


@dataclass(frozen=True, slots=True)
class Target:
    """Where the rows of one file are stored: each stored column with the SQL of its value from `staged`.

    `joins` bring in ids by code; `same` finds the stored row with the same key, as `stored`.
    """

    file: str
    table: str
    joins: LiteralString
    same: LiteralString
    columns: dict[str, LiteralString]
    new_id: LiteralString = "gen_random_uuid()"
    order: LiteralString = "line"
    client: LiteralString = ""


CLIENT: LiteralString = "join known_clients client on client.code = staged.client "
UNIT: LiteralString = "join known_units unit on unit.code = staged.unit "
PERIOD: LiteralString = """daterange(staged."from", staged."to", '[]')"""
STAFF: LiteralString = """left join known_staff staff on staff.code = staged.staff
                         cross join (select '00000000-0000-0000-0000-000000000000'::uuid as id) nobody """
IN_EFFECT: LiteralString = """case when staged.in_effect_from is not null
                             then daterange(staged.in_effect_from, staged.in_effect_to, '[]') end"""

TARGETS = (
    Target(
        "providers", "organisations_provider",
        "join known_providers own on own.code = staged.provider", "stored.code = staged.provider",
        {
            "code": "staged.provider", "name": "staged.name", "kind": "staged.kind",
            "organisation_number": "staged.org_number", "bankgiro": "staged.bankgiro",
        },
        new_id="own.id",
    ),
    Target(
        "units", "organisations_unit",
        "join known_units own on own.code = staged.unit "
        "join known_providers provider on provider.code = staged.provider", "stored.code = staged.unit",
        {"code": "staged.unit", "provider_id": "provider.id", "name": "staged.name"},
        new_id="own.id",
    ),
    Target(
        "prices", "organisations_price",
        "join price_decisions decision on decision.valid_from = staged.valid_from",
        "stored.valid_from = staged.valid_from and stored.kind = staged.kind",
        {
            "kind": "staged.kind", "valid_from": "staged.valid_from", "base_ore": "staged.base",
            "rural_supplement_ore": "staged.rural_supplement", "deduction_ore": "staged.deduction",
            "decided_by": "decision.decided_by", "decision_reference": "decision.reference",
        },
    ),
    Target(
        "clients", "people_client",
        "join known_clients own on own.code = staged.client", "stored.code = staged.client",
        {
            "code": "staged.client", "personal_number": "staged.personal_number",
            "given_name": "staged.given_name", "family_name": "staged.family_name", "street": "staged.street",
            "postcode": "staged.postcode", "city": "staged.city", "is_protected": "staged.protected",
            "deceased_on": "staged.deceased_on",
        },
        new_id="own.id", client="id",
    ),
    Target(
        "staff", "staffing_staff",
        "join known_staff own on own.code = staged.staff " + UNIT, "stored.code = staged.staff",
        {
            "code": "staged.staff", "unit_id": "unit.id", "given_name": "staged.given_name",
            "family_name": "staged.family_name",
        },
        new_id="own.id",
    ),
    Target(
        "grants", "orders_grant", CLIENT + UNIT, 'stored.code = staged."grant"',
        {
            "code": 'staged."grant"', "client_id": "client.id", "unit_id": "unit.id",
            "intervention": "staged.intervention", "minutes": "staged.minutes", "per": "staged.per",
            "period": PERIOD, "in_effect": IN_EFFECT,
        },
        client="client_id",
    ),
    Target(
        "absences", "orders_absence", CLIENT,
        'stored.client_id = client.id and stored.left_on = staged."from"',
        {
            "client_id": "client.id", "left_on": 'staged."from"', "returned_on": 'staged."to"',
            "reason": "staged.reason",
        },
        client="client_id",
    ),
    Target(
        "visits", "visits_visit", CLIENT + UNIT + STAFF,
        # Two empty staff are the same key; a comparison that takes nulls cannot be hashed.
        "stored.code = staged.visit and coalesce(stored.staff_id, nobody.id) = coalesce(staff.id, nobody.id)",
        {
            "code": "staged.visit", "client_id": "client.id", "unit_id": "unit.id",
            "intervention": "staged.intervention", "staff_id": "staff.id",
            "started_at": "staged.start", "ended_at": 'staged."end"', "start_method": "staged.start_method",
            "end_method": "staged.end_method", "is_approved": "staged.approved", "status": "staged.status",
        },
        order="unit_id, started_at, line", client="client_id",
    ),
    Target(
        "plans", "care_plans_approvedplan", CLIENT + UNIT,
        "stored.client_id = client.id and stored.unit_id = unit.id "
        "and stored.approved_on = staged.approved_on",
        {"client_id": "client.id", "unit_id": "unit.id", "approved_on": "staged.approved_on"},
        client="client_id",
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Counts:
    """What became of the rows of one file."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    @property
    def touched(self) -> int:
        """Rows that are new or changed."""
        return self.new + self.changed

    @property
    def rows(self) -> int:
        """All rows of the file."""
        return self.touched + self.unchanged


def resolve(cursor: CursorWrapper, target: Target) -> None:
    """Make a table `resolved_…` of the rows as they shall be stored, and whether each is new or changed."""
    columns = sql.SQL(", ").join(
        sql.SQL("{} as {}").format(sql.SQL(value), sql.Identifier(name))
        for name, value in target.columns.items()
    )
    statement = sql.SQL(
        """create temporary table {resolved} as
           select staged.line, coalesce(stored.id, {new_id}) as id, stored.id is null as is_new,
                  stored.id is not null and row({before}) is distinct from row({after}) as is_changed,
                  {columns}
           from {staged} staged {joins} left join {table} stored on {same}"""
    ).format(
        resolved=sql.Identifier(f"resolved_{target.file}"),
        new_id=sql.SQL(target.new_id),
        before=sql.SQL(", ").join(sql.Identifier("stored", name) for name in target.columns),
        after=sql.SQL(", ").join(map(sql.SQL, target.columns.values())),
        columns=columns,
        staged=sql.Identifier(f"staged_{target.file}"),
        joins=sql.SQL(target.joins),
        table=sql.Identifier(target.table),
        same=sql.SQL(target.same),
    )
    cursor.execute(statement.as_string(None))


def count(cursor: CursorWrapper, target: Target) -> Counts:
    """How many of the file's rows are new, changed and unchanged; a turned mark changes its row."""
    turns = [
        sql.SQL("or id in (select owner_id from {})").format(sql.Identifier(mark.turning))
        for mark in MARKS
        if mark.file == target.file
    ]
    statement = sql.SQL(
        """select count(*) filter (where is_new),
                  count(*) filter (where not is_new and (is_changed {turned})), count(*) from {resolved}"""
    ).format(turned=sql.SQL(" ").join(turns), resolved=sql.Identifier(f"resolved_{target.file}"))
    cursor.execute(statement.as_string(None))
    new, changed, every = cursor.fetchone() or (0, 0, 0)
    return Counts(new, changed, every - new - changed)


def store(cursor: CursorWrapper, target: Target, counts: Counts) -> None:
    """Write what is changed and what is new; triggers keep the history of what is changed."""
    names = [sql.Identifier(name) for name in target.columns]
    parts = {
        "table": sql.Identifier(target.table),
        "resolved": sql.Identifier(f"resolved_{target.file}"),
        "names": sql.SQL(", ").join(names),
    }
    if counts.changed:
        values = sql.SQL(", ").join(sql.SQL("resolved.{}").format(name) for name in names)
        update = sql.SQL(
            """update {table} stored set ({names}) = row({values}) from {resolved} resolved
               where resolved.id = stored.id and resolved.is_changed"""
        ).format(values=values, **parts)
        cursor.execute(update.as_string(None))
    if counts.new:
        insert = sql.SQL(
            """insert into {table} (id, {names})
               select id, {names} from {resolved} where is_new order by {order}"""
        ).format(order=sql.SQL(target.order), **parts)
        cursor.execute(insert.as_string(None))


def changed_clients(cursor: CursorWrapper) -> list[UUID]:
    """The clients whose record has got something new or changed."""
    selects: list[sql.Composable] = [
        sql.SQL("select {} as id from {} where is_new or is_changed").format(
            sql.Identifier(target.client), sql.Identifier(f"resolved_{target.file}")
        )
        for target in TARGETS
        if target.client
    ]
    selects += [
        sql.SQL("select owner_id from {}").format(sql.Identifier(mark.turning))
        for mark in MARKS
        if mark.file == "clients"
    ]
    statement = sql.SQL("select distinct id from ({}) touched order by id").format(
        sql.SQL(" union ").join(selects)
    )
    cursor.execute(statement.as_string(None))
    return [row[0] for row in cursor.fetchall()]
