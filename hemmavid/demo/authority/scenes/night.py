"""The night before the demo's day: what the on-call supervisors granted until noon, and a client opened."""

from __future__ import annotations

from datetime import datetime, timedelta

from hemmavid.access.actors import Actor
from hemmavid.cases.operations.on_call import OnCallNeed, OnCallRequest, grant_on_call, sign_handover
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.scenes.acting import Acting
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.orders.models import Order, OrderKind
from hemmavid.orders.operations.sending import NewOrder, send_on_call_order
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.on_call_grant import limit_of_grant
from hemmavid.rules.urgent_need import NeedKind

ON_CALL, SECOND = "Fredrik Sundlid", "Senad Delimar"
EVENING, LATE, MORNING = (21, 40), (23, 15), (4, 30)


def play(acting: Acting) -> None:
    """Two grants handed over in the morning, and one of a colleague's that is not; each sent to its unit."""
    evening = acting.town.until - ONE_DAY
    first, second, third = (acting.running(unit) for unit in ("U01", "U02", "U03"))
    supervisor, colleague = acting.by(ON_CALL), acting.by(SECOND)
    if first is not None:
        why = "Larmade efter fall i hallen, oskadd men orolig. Tillsyn till förmiddagen."
        _grant(
            acting, supervisor, first, instant(evening, *EVENING), (LifeArea.SENSE_OF_SAFETY, "tillsyn", why)
        )
    if second is not None:
        why = "Magsjuk sedan i kväll och orkar inte till toaletten på egen hand."
        at = instant(evening, *LATE)
        _grant(acting, supervisor, second, at, (LifeArea.PERSONAL_CARE, "toalettbesok", why))
    if first is not None or second is not None:
        note = "Lugn natt i övrigt. Nycklarna är återlämnade till skåpet."
        sign_handover(note=note, by=supervisor, at=instant(acting.town.until, *MORNING))
    if third is not None:
        why = "Dottern som brukar hjälpa på morgonen har blivit sjuk."
        at = instant(evening, *LATE) + timedelta(minutes=20)
        _grant(acting, colleague, third, at, (LifeArea.PERSONAL_CARE, "pakladning", why))


def _grant(acting: Acting, by: Actor, order: Order, at: datetime, what: tuple[LifeArea, str, str]) -> None:
    area, need, why = what
    limit = limit_of_grant(granted_at=at, parameters=acting.town.parameters)
    if limit is None:
        return
    decision_id = grant_on_call(
        OnCallRequest(
            order.client_id,
            (OnCallNeed(area, need, 2 if need == "tillsyn" else 1),),
            limit.ends_at,
            why,
            NeedKind.URGENT_SHORT,
        ),
        by=by,
        at=at,
    )
    day = local_day(at)
    send_on_call_order(NewOrder(decision_id, order.unit_id, day, OrderKind.ON_CALL), by=by, at=at)
