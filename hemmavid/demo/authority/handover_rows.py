"""A change of provider that has been made: every line of the checklist signed by both, or explained."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from hemmavid.demo.authority.moments import days_before, office_time, soon_after
from hemmavid.demo.authority.town import ClientFile
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import ChangeStatus, HandoverItem, ItemKind, Order, ProviderChange

NOTHING_SHARE = 0.15
WHY_NOTHING = {
    ItemKind.PLAN: "Planen görs om av nästa utförare tillsammans med brukaren",
    ItemKind.KEYS: "Brukaren öppnar själv",
    ItemKind.TAGS: "Hade ingen tagg",
    ItemKind.DELEGATIONS: "Inga delegerade insatser",
    ItemKind.BINDER: "Ingen hemmapärm fanns i hemmet",
}


def hand_over(file: ClientFile, leaving: Order, following: Order) -> None:
    """The change from one order to the next, with its checklist."""
    rng = file.rng("handover", following.starts_on)
    requested_on = days_before(following.starts_on, 14, 30, rng)
    given_at = file.within(office_time(following.starts_on - ONE_DAY, rng))
    received_at = file.within(soon_after(given_at + timedelta(hours=2), rng, 28 * 60))
    leaver, taker = (_name(file, order) for order in (leaving, following))
    change = ProviderChange(
        id=uuid4(),
        client_id=file.client_id,
        order=leaving,
        next_order=following,
        leaving_unit_id=leaving.unit_id,
        next_unit_id=following.unit_id,
        status=ChangeStatus.CLOSED,
        requested_on=requested_on,
        requested_by=file.life.given_name,
        planned_on=following.starts_on,
        done_on=following.starts_on,
        registered_at=office_time(requested_on, rng),
        registered_by_name=file.officer.name,
        revision=3,
    )
    file.rows.add(change)
    for kind in ItemKind:
        is_nothing = rng.random() < NOTHING_SHARE
        signed = {
            "given_at": given_at,
            "given_by_name": leaver,
            "received_at": received_at,
            "received_by_name": taker,
        }
        explained = {"reason": WHY_NOTHING[kind], "reason_by_name": leaver}
        file.rows.add(HandoverItem(change=change, kind=kind, **(explained if is_nothing else signed)))


def _name(file: ClientFile, order: Order) -> str:
    code = next(one.code for one in file.town.places.values() if one.unit_id == order.unit_id)
    return file.town.receiver(code, file.rng("signs", code)).name
