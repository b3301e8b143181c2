"""What the person on call has granted and not handed over: the list that writes itself (JA5)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.decision_words import need_words
from hemmavid.cases.models import Decision
from hemmavid.cases.models.decision import Kind
from hemmavid.cases.operations.on_call import pays_from
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.naming import ClientName, PersonFields, name_of
from hemmavid.rules.urgent_need import NEED_KIND_LABELS, NeedKind


@dataclass(frozen=True, slots=True)
class OnCallItem:
    """One decision of the night, with the day its pay counts from and why."""

    decision_id: UUID
    number: str
    client: ClientName
    decided_at: datetime
    granted_until: datetime | None
    why: str
    need_kind: str
    needs: tuple[str, ...]
    pays_from: date
    because: tuple[str, ...]


def on_call_items(*, by: Actor) -> list[OnCallItem]:
    """The actor's own decisions that are not handed over, the oldest first. Two queries. Raises Denied."""
    require(by, Permission.ON_CALL_GRANT)
    decisions = (
        Decision.objects.visible_to(by)
        .filter(kind=Kind.ON_CALL, decided_by_id=by.user_id, handover_item__isnull=True)
        .select_related("client")
        .prefetch_related("needs")
        .order_by("decided_at", "pk")
    )
    return [_item(decision) for decision in decisions]


def _item(decision: Decision) -> OnCallItem:
    client = decision.client
    day = decision.begun_on or decision.drafted_at.date()
    times = parameters_in_use().at("frame_time.standard_times", day).standard_times
    start = pays_from(decision)
    return OnCallItem(
        decision_id=decision.pk,
        number=decision.number,
        client=name_of(
            PersonFields(client.pk, client.code, client.given_name, client.family_name, client.is_protected)
        ),
        decided_at=decision.decided_at or decision.drafted_at,
        granted_until=decision.granted_until,
        why=decision.reasons,
        need_kind=NEED_KIND_LABELS[NeedKind(decision.need_kind or NeedKind.URGENT_LASTING)],
        needs=tuple(sorted(need_words(row, times) for row in decision.needs.all())),
        pays_from=start.starts_on,
        because=start.explanation.because(),
    )
