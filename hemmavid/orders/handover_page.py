"""The hand-over checklist of a change of provider, as the two units and the authority see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.orders.models import ChangeStatus, ProviderChange
from hemmavid.people.naming import ClientName, PersonFields, name_of


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line: given, received, or why not. `may_sign`: the reader's signature is what is missing."""

    item_id: UUID
    label: str
    given_at: datetime | None
    given_by: str
    received_at: datetime | None
    received_by: str
    reason: str
    reason_by: str
    may_sign: bool


@dataclass(frozen=True, slots=True)
class HandoverPage:
    """The change and its checklist. `next_unit` is empty until the next order has been sent."""

    change_id: UUID
    client: ClientName
    leaving_unit: str
    next_unit: str
    requested_on: date
    requested_by: str
    planned_on: date | None
    done_on: date | None
    status: ChangeStatus
    status_label: str
    items: tuple[ItemRow, ...]
    may_explain: bool


def handover_page(change_id: UUID, *, by: Actor) -> HandoverPage:
    """One change. ProviderChange.DoesNotExist outside the actor's area. Two queries."""
    change = (
        ProviderChange.objects.visible_to(by)
        .select_related("client", "leaving_unit", "next_unit")
        .get(pk=change_id)
    )
    person = change.client
    leaves = by.may(Permission.ORDER_ANSWER, change.leaving_unit_id)
    follows = change.next_unit_id is not None and by.may(Permission.ORDER_ANSWER, change.next_unit_id)
    return HandoverPage(
        change_id=change.pk,
        client=name_of(
            PersonFields(person.pk, person.code, person.given_name, person.family_name, person.is_protected)
        ),
        leaving_unit=change.leaving_unit.name,
        next_unit=change.next_unit.name if change.next_unit else "",
        requested_on=change.requested_on,
        requested_by=change.requested_by,
        planned_on=change.planned_on,
        done_on=change.done_on,
        status=ChangeStatus(change.status),
        status_label=change.get_status_display(),
        items=tuple(
            ItemRow(
                item.pk,
                item.get_kind_display(),
                item.given_at,
                item.given_by_name,
                item.received_at,
                item.received_by_name,
                item.reason,
                item.reason_by_name,
                may_sign=(leaves and item.given_at is None)
                or (follows and item.given_at is not None and item.received_at is None),
            )
            for item in change.items.order_by("kind")
        ),
        may_explain=leaves or follows or by.may(Permission.ORDER_SEND),
    )
