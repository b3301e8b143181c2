"""Which codes are known, stored or new, and the id behind each."""

from collections.abc import Mapping

from django.db.backends.utils import CursorWrapper
from psycopg import sql

from hemmavid.interfaces.exchange.columns import BY_NAME, REFERRED
from hemmavid.interfaces.exchange.staging import Reading, copy_rows

STORED_IN = {
    "providers": "organisations_provider",
    "units": "organisations_unit",
    "clients": "people_client",
    "staff": "staffing_staff",
}


def gather_codes(cursor: CursorWrapper, readings: Mapping[str, Reading]) -> None:
    """Make a table `known_…` of code and id for each file that others refer to; new codes get their id."""
    for name in REFERRED:
        file = BY_NAME[name]
        cursor.execute(f"create temporary table refused_{name} (code text)")
        copy_rows(cursor, f"refused_{name}", [[code] for code in readings[name].refused])
        statement = sql.SQL(
            """create temporary table {known} (
                 code text primary key, id uuid not null default gen_random_uuid());
               insert into {known} (code, id) select code, id from {stored};
               insert into {known} (code) select {code} from {staged} union select code from {refused}
               on conflict do nothing;"""
        ).format(
            known=sql.Identifier(f"known_{name}"),
            stored=sql.Identifier(STORED_IN[name]),
            code=sql.Identifier(file.key[0]),
            staged=sql.Identifier(file.table),
            refused=sql.Identifier(f"refused_{name}"),
        )
        cursor.execute(statement.as_string(None))
