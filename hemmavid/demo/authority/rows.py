"""Rows gathered for a batch of clients and stored model by model, so that memory holds one batch."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection
from django.db.models import Model

from hemmavid.cases import models as cases
from hemmavid.journals.models import JournalEntry
from hemmavid.orders import models as orders
from hemmavid.people import models as people

# Parents before their children: the order in which they are stored.
STORED: tuple[type[Model], ...] = (
    people.ClientCard, people.ClientCardVersion, people.ClientCardReading,
    cases.Case, cases.CaseOwner, cases.CaseChange, cases.Application,
    cases.Assessment, cases.AreaAssessment, cases.Need, cases.OutsideNeed,
    cases.Decision, cases.GrantedArea, cases.GrantedNeed, cases.GrantedOutside, cases.FrameTimeSnapshot,
    cases.ExtentChange, JournalEntry, cases.CaseEvent, cases.Consent,
    orders.Inquiry, orders.Order, orders.OrderVersion, orders.OrderStep, orders.OrderReading,
    orders.ProviderChange, orders.HandoverItem, orders.Ending,
)  # fmt: skip
ROWS_A_CALL = 1_000


class Rows:
    """The rows of one batch, and which order each imported grant came of."""

    def __init__(self) -> None:
        self._rows: dict[type[Model], list[Model]] = {model: [] for model in STORED}
        self.order_of_grant: dict[str, UUID] = {}

    def add(self, *rows: Model) -> None:
        """Keep rows to be stored; parents and children in any order."""
        for row in rows:
            self._rows[type(row)].append(row)

    def store(self) -> int:
        """Store all and let go of them; how many."""
        stored = 0
        for model, rows in self._rows.items():
            model._default_manager.bulk_create(rows, batch_size=ROWS_A_CALL)
            stored += len(rows)
            rows.clear()
        self._link_grants()
        return stored

    def _link_grants(self) -> None:
        """Each imported grant learns of its order; nothing else of it is touched."""
        codes, ids = list(self.order_of_grant), list(self.order_of_grant.values())
        with connection.cursor() as cursor:
            cursor.execute(
                "update orders_grant set order_id = linked.order_id"
                " from unnest(%s::text[], %s::uuid[]) as linked (code, order_id)"
                " where orders_grant.code = linked.code",
                [codes, ids],
            )
        self.order_of_grant.clear()


def next_numbers(sequence: str, count: int) -> Iterable[int]:
    """The next numbers of a sequence of the house, so that what is made by hand later goes on from them."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s) from generate_series(1, %s)", [sequence, count])
        return [int(number) for (number,) in cursor.fetchall()]
