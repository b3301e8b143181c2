"""Writes to the log: looks, changes of data, and the seal over them."""

import hashlib
import json
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, connections
from django.db.models import Max

from hemmavid.access.actors import Actor
from hemmavid.audit.models import Action, Block, DataChange, Look

GENESIS = "0" * 64
BEFORE_ALL = -(2**63)  # a row forged in front of the first must not slip by
BLOCK_SIZE = 10_000
_PATIENCE_SECONDS = 5.0
_GLANCE_SECONDS = 0.02


@dataclass(frozen=True, slots=True)
class Seen:
    """What was looked at: the page, and the client when it is about one."""

    page: str
    action: Action = Action.LOOK
    client_id: UUID | None = None
    rows: int = 1


def record_look(seen: Seen, *, by: Actor, at: datetime) -> None:
    """Write one look on a connection of its own, so that it stands even if the page fails afterwards.

    Must be called before the page is sent (architecture.md 3a). R018, lag (2001:454) 10 §.
    """
    record_looks([seen], by=by, at=at, alias="look_log")


def record_changes(client_ids: Iterable[UUID], *, what: str, by: Actor, at: datetime) -> None:
    """Write that clients' records were changed, in the caller's transaction: no change without its row."""
    rows = [Seen(what, Action.CHANGE, client_id) for client_id in client_ids]
    record_looks(rows, by=by, at=at, alias="default")


def record_looks(seen: Iterable[Seen], *, by: Actor, at: datetime, alias: str) -> None:
    """Write looks through the function that keeps the sealer out while a row is on its way."""
    unit_id = _unit_of(by)
    roles = " ".join(sorted(role.value for role in by.roles)) or by.name
    with connections[alias].cursor() as cursor:
        cursor.executemany(
            "select record_look(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                (at, by.user_id, by.name, roles, unit_id, one.action.value, one.client_id, one.page, one.rows)
                for one in seen
            ],
        )


def _unit_of(by: Actor) -> UUID | None:
    """Whose eyes it was: a unit's, or the municipality's (None) when any role reaches beyond units."""
    units = [one.unit_id for one in by.assignments]
    own = sorted((unit_id for unit_id in units if unit_id), key=str)
    return own[0] if own and len(own) == len(units) else None


def record_data_change(*, what: str, rows: int, at: datetime) -> None:
    """Remember that the facts behind the statements changed; `as_of` is the newest such instant."""
    DataChange.objects.create(at=at, what=what, rows=rows)


def row_hash(look: Look) -> bytes:
    """The fingerprint of one row; changes if any of its values does."""
    values = [
        look.number, look.at.isoformat(), look.actor_id, look.actor_name, look.roles, look.unit_id,
        look.action, look.client_id, look.page, look.rows,
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(values, default=str, ensure_ascii=False).encode()).digest()


def block_hash(previous: str, looks: Iterable[Look]) -> tuple[str, int]:
    """The hash of a block over the one before it and its rows in order, and the number of rows."""
    digest = hashlib.sha256(previous.encode())
    rows = 0
    for look in looks:
        digest.update(row_hash(look))
        rows += 1
    return digest.hexdigest(), rows


def seal_looks(*, at: datetime) -> int:
    """Seal every row written since the last block; returns how many. Safe to run at any time, even at once.

    When rows have been on their way the whole time, as during an import, nothing is sealed until next time.
    """
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('look_seal'))")
    horizon = _newest_settled_row()
    sealed = 0
    while rows := _seal_next(horizon, at=at):
        sealed += rows
    return sealed


def _newest_settled_row() -> int:
    """The highest number below which no row can appear any more; none when that cannot be known just now.

    Whoever writes holds the log's lock shared from before the number is drawn until the commit. Holding it
    alone for a moment proves that nobody does. We never queue for it: behind a waiting sealer every page
    would wait as well, and a writer that holds it could wait for itself on its second connection.
    """
    end = time.monotonic() + _PATIENCE_SECONDS
    with connection.cursor() as cursor:
        while time.monotonic() < end:
            cursor.execute("select pg_try_advisory_lock(hashtext('look_log'))")
            if cursor.fetchone()[0]:
                try:
                    return Look.objects.aggregate(newest=Max("number"))["newest"] or BEFORE_ALL
                finally:
                    cursor.execute("select pg_advisory_unlock(hashtext('look_log'))")
            time.sleep(_GLANCE_SECONDS)
    return BEFORE_ALL


def _seal_next(horizon: int, *, at: datetime) -> int:
    last = Block.objects.order_by("-number").first()
    after = last.last_look if last else BEFORE_ALL
    looks = list(Look.objects.filter(number__gt=after, number__lte=horizon).order_by("number")[:BLOCK_SIZE])
    if not looks:
        return 0
    previous = last.hash if last else GENESIS
    digest, rows = block_hash(previous, looks)
    Block.objects.create(
        number=last.number + 1 if last else 1,
        first_look=looks[0].number,
        last_look=looks[-1].number,
        rows=rows,
        previous_hash=previous,
        hash=digest,
        sealed_at=at,
    )
    return rows


@dataclass(frozen=True, slots=True)
class Seal:
    """A block's number and hash. Kept elsewhere, it proves later that the chain still leads through it."""

    number: int
    hash: str


@dataclass(frozen=True, slots=True)
class ChainCheck:
    """What a walk along the chain found. `broken_block` is the first block that does not hold, if any."""

    blocks: int
    rows: int
    unsealed: int
    broken_block: int | None
    newest: Seal | None

    @property
    def holds(self) -> bool:
        """Whether no sealed row has been altered, added or removed."""
        return self.broken_block is None


def verify_chain(*, expected: Seal | None = None) -> ChainCheck:
    """Recompute every block; an altered, added or removed row or block shows as the first broken one.

    Blocks cut off at the end leave a whole, shorter chain: only a seal kept elsewhere (`expected`) shows it.
    """
    newest, after, rows = Seal(0, GENESIS), BEFORE_ALL, 0
    for block in Block.objects.order_by("number"):
        digest, count = block_hash(newest.hash, _looks_between(after, block.last_look))
        is_next = (block.number, block.previous_hash) == (newest.number + 1, newest.hash)
        has_seal = expected is None or expected.number != block.number or expected.hash == digest
        if not (is_next and has_seal and (block.hash, block.rows) == (digest, count)):
            return ChainCheck(newest.number, rows, 0, block.number, newest if newest.number else None)
        newest, after, rows = Seal(block.number, digest), block.last_look, rows + count
    cut_off = newest.number + 1 if expected is not None and expected.number > newest.number else None
    unsealed = Look.objects.filter(number__gt=after).count()
    return ChainCheck(newest.number, rows, unsealed, cut_off, newest if newest.number else None)


def _looks_between(after: int, last: int) -> Iterator[Look]:
    return (
        Look.objects.filter(number__gt=after, number__lte=last).order_by("number").iterator(chunk_size=5000)
    )
