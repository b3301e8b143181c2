"""What billing must correct when a change came after its month was locked (R299-R309)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.lib.swedish import hours, month_name
from hemmavid.messages.models import MailboxKind, ThreadKind
from hemmavid.messages.operations import NewThread, Side, open_thread
from hemmavid.orders.models import BillingCorrection, CorrectionCause


@dataclass(frozen=True, slots=True)
class MonthDifference:
    """A locked month at a unit, as billing has it and as it should be. Money None: no price in force."""

    month: Month
    hours_before: Decimal
    hours_after: Decimal
    amount_before: Money | None
    amount_after: Money | None

    def stored(self) -> dict[str, object]:
        """As JSON; amounts in öre."""
        return {
            "month": str(self.month),
            "hours_before": str(self.hours_before),
            "hours_after": str(self.hours_after),
            "ore_before": None if self.amount_before is None else self.amount_before.ore,
            "ore_after": None if self.amount_after is None else self.amount_after.ore,
        }


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """Whose months are to be corrected, and why. `from_unit_id`: the unit that registered it, if one did."""

    client_id: UUID
    unit_id: UUID
    cause: CorrectionCause
    months: Sequence[MonthDifference]
    order_id: UUID | None = None
    from_unit_id: UUID | None = None


@transaction.atomic
def record_correction(new: NewCorrection, *, by: Actor, at: datetime) -> UUID:
    """Write the correction and tell billing in a message that names each month; its id.

    The message says hours only: kronor stand in the correction, for whoever may see them. The caller has
    carried out the change and measured it. Raises MessageRefused, Denied.
    """
    thread_id = open_thread(
        NewThread(
            client_id=new.client_id,
            kind=ThreadKind.CORRECTION,
            subject=f"Rättelse: {new.cause.label.lower()}",
            text=told_of(new),
            sender=Side(new.from_unit_id),
            receivers=(Side(kind=MailboxKind.BILLING),),
            about_id=new.order_id,
        ),
        by=by,
        at=at,
    )
    correction = BillingCorrection.objects.create(
        client_id=new.client_id,
        unit_id=new.unit_id,
        order_id=new.order_id,
        cause=new.cause,
        months=[one.stored() for one in new.months],
        thread_id=thread_id,
        registered_at=at,
        registered_by_name=by.name,
    )
    return correction.pk


def told_of(new: NewCorrection) -> str:
    """The message to billing."""
    lines = [f"{new.cause.label} registrerades efter att månaden låstes. Rätta:"]
    lines += [
        f"{month_name(one.month)}: {hours(one.hours_before)} blir {hours(one.hours_after)}"
        for one in new.months
    ]
    return "\n".join(lines)
