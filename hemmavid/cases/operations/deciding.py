"""Make a decision: refused with every fault at its field, else granted, dated, computed and journaled."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.cases.decision_words import days_of
from hemmavid.cases.models import Case, Decision, DecisionStatus, GrantedArea
from hemmavid.cases.operations.drafts import draft_of
from hemmavid.cases.operations.granting import Content, content_of, end_replaced, grant
from hemmavid.cases.operations.revision import Seen, locked_case, written
from hemmavid.cases.operations.snapshots import Computed, take_snapshots
from hemmavid.cases.periods import period_of, stored
from hemmavid.journals.models import EntryKind
from hemmavid.journals.operations import NewEntry, write_entry
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.rules import decision_faults
from hemmavid.rules.assessed_needs import NeedsRefused
from hemmavid.rules.decision_faults import DecisionDraft, DecisionKind, DecisionModel
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.outside_frame_time import OUTSIDE_FAULT_TEXTS
from hemmavid.rules.urgent_need import NeedReason, reasons_for


@dataclass(frozen=True, slots=True)
class CaseFault:
    """One fault of a draft: the field it stands at, its life area if any, and what to do about it."""

    code: str
    field: str
    sentence: str
    life_area: LifeArea | None = None


class DecisionRefused(ValueError):
    """The decision cannot be made as it stands; every fault is told at once."""

    def __init__(self, faults: Sequence[CaseFault]) -> None:
        super().__init__(tuple(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """The decision, the case's new revision, and the frame time it gave."""

    decision_id: UUID
    revision: int
    frame_time: tuple[Computed, ...]


@transaction.atomic
def decide(*, decision_id: UUID, seen: Seen, by: Actor, at: datetime) -> DecisionMade:
    """Make the decision of a draft. The only code that moves DRAFT to DECIDED.

    Raises as `locked_case`, NoDraft and DecisionRefused.
    """
    case = locked_case(seen, by=by, permission=Permission.DECIDE)
    decision = draft_of(decision_id, case, by)
    content = content_of(decision, at)
    period = period_of(decision.period)
    faults = list(_faults(decision, content, period))
    if faults or period is None:
        raise DecisionRefused(faults)
    decision.status = DecisionStatus.DECIDED
    decision.period = stored(period)
    decision.decided_at, decision.decided_by_id, decision.decided_by_name = at, by.user_id, by.name
    decision.save()
    grant(decision, content)
    computed = _computed(decision, period, at)
    end_replaced(decision, period.start, at=at)
    _close_application(decision, at)
    text = _told(decision, period, computed)
    write_entry(NewEntry(case.client_id, text, at, EntryKind.DECISION, about_id=decision.pk), by=by, at=at)
    return DecisionMade(decision.pk, written(case, "decided", by=by, at=at), tuple(computed))


@transaction.atomic
def faults_of_draft(*, decision_id: UUID, case: Case, by: Actor, at: datetime) -> list[CaseFault]:
    """What would refuse the draft just now; nothing is stored."""
    decision = draft_of(decision_id, case, by)
    return list(_faults(decision, content_of(decision, at), period_of(decision.period)))


def _faults(decision: Decision, content: Content, period: Period | None) -> Iterator[CaseFault]:
    kind = DecisionKind(decision.kind)
    yield from _date_faults(decision, kind, period)
    if kind is not DecisionKind.SIMPLIFIED and decision.assessment is None:
        yield CaseFault("no_assessment", "needs", "Gör klar en utredning innan du beslutar.")
    for fault in decision_faults.faults_of(_as_draft(decision, content, period)):
        yield CaseFault(fault.code.value, fault.field, fault.explanation.claim, fault.life_area)
    for outside in content.outside_faults:
        yield CaseFault(outside.value, "needs", f"{OUTSIDE_FAULT_TEXTS[outside].capitalize()}.")


def _date_faults(decision: Decision, kind: DecisionKind, period: Period | None) -> Iterator[CaseFault]:
    if period is None:
        field = _START_FIELDS.get(kind, "begun_on")
        yield CaseFault("no_start", field, _START_WORDS[field])
    reasons = reasons_for(kind.need_kind)
    if reasons and decision.need_reason not in {reason.value for reason in NeedReason}:
        yield CaseFault("no_reason", "need_reason", "Välj varför behovet inte kan vänta.")


_START_FIELDS = {
    DecisionKind.ORDINARY: "first_day",
    DecisionKind.SIMPLIFIED: "first_day",
    DecisionKind.EXTENSION: "reported_on",
}
_START_WORDS = {
    "first_day": "Ange beslutets första dag.",
    "reported_on": "Ange dagen då behovet anmäldes: utökningen gäller från den.",
    "begun_on": "Ange dagen då behovet började: beslutet dateras efter den.",
}


def _as_draft(decision: Decision, content: Content, period: Period | None) -> DecisionDraft:
    assessment, application = decision.assessment, decision.application
    return DecisionDraft(
        kind=DecisionKind(decision.kind),
        period=period or Period(local_day(decision.drafted_at)),
        needs=content.decided(dict(_goals(decision))),
        model=DecisionModel(decision.model) if decision.model else None,
        has_revocation_clause=decision.has_revocation_clause,
        is_new_applicant=application is not None and application.is_new_applicant,
        information_given_on=application.information_given_on if application else None,
        home_visit_on=assessment.home_visit_on if assessment else None,
        no_home_visit_reason=_no_visit(decision),
    )


def _no_visit(decision: Decision) -> str:
    """Why no home visit was made; at a simplified decision the team meets the person at home (R356)."""
    if decision.kind == DecisionKind.SIMPLIFIED:
        return "Hemgångsteamet möter brukaren i hemmet."
    return decision.assessment.no_home_visit_reason if decision.assessment else ""


def _goals(decision: Decision) -> Iterator[tuple[LifeArea, str]]:
    for area, goal in GrantedArea.objects.filter(decision=decision).values_list("life_area", "goal"):
        yield LifeArea(area), goal


def _computed(decision: Decision, period: Period, at: datetime) -> list[Computed]:
    try:
        return take_snapshots(decision, period, from_day=period.start, at=at)
    except NeedsRefused as refused:
        sentence = "Ett behov kan inte beräknas: öppna utredningen och se över nivåerna."
        raise DecisionRefused(
            [CaseFault(one.fault.value, "needs", sentence) for one in refused.faults]
        ) from None


def _close_application(decision: Decision, at: datetime) -> None:
    application = decision.application
    if application is not None and application.decided_on is None:
        application.decided_on = local_day(at)
        application.save(update_fields=["decided_on"])


def _told(decision: Decision, period: Period, computed: Sequence[Computed]) -> str:
    found = computed[0].found if computed else None
    time = f" Ramtid {found.minutes_per_week} min per vecka.".replace(".", ",", 1) if found else ""
    return f"Beslut {decision.number} fattat: {decision.get_kind_display().lower()}, {days_of(period)}.{time}"
