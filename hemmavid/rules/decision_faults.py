"""What refuses a decision, as data: every fault at once, each with its field, life area and rule.

R130, R141-R143, R253, R254, R271-R273, R275, R284, R319, R352, R359, R393, R394.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hemmavid.lib.periods import Period
from hemmavid.rules.explanation import Step
from hemmavid.rules.interventions import INTERVENTIONS, Group, label_of
from hemmavid.rules.life_areas import LifeArea
from hemmavid.rules.on_call_grant import OnCallLimit, is_within
from hemmavid.rules.prices import ProviderKind
from hemmavid.rules.urgent_need import NeedKind
from hemmavid.rules.wall_clock import moment_shown

MUNICIPAL_ONLY = frozenset({"natthjalp", "tillsyn_digital"})  # R142
DECIDED_APART = frozenset({"trygghetslarm", "matdistribution"})  # R359
WATCH = "vak"
_TIMED_BY_OFFICER = MUNICIPAL_ONLY | {
    code for code, known in INTERVENTIONS.items() if known.group is Group.OUTSIDE_FRAME_TIME
}
_OUTSIDE = frozenset(
    code
    for code, known in INTERVENTIONS.items()
    if known.group in {Group.OUTSIDE_FRAME_TIME, Group.OUTSIDE_LOV}
)


class DecisionKind(StrEnum):
    """The kinds of decision on home care."""

    ORDINARY = "ordinary"
    SIMPLIFIED = "simplified"  # for the discharge team, a standard time instead of frame time (R356, R357)
    ON_CALL = "on_call"  # by the on-call supervisor, until 12.00 the next working day (R352)
    EXTENSION = "extension"
    URGENT_LASTING = "urgent_lasting"
    URGENT_SHORT = "urgent_short"
    URGENT_NEW = "urgent_new"

    @property
    def need_kind(self) -> NeedKind:
        """The kind of need that sets the day it is paid from."""
        return _NEED_KINDS.get(self, NeedKind.ORDINARY)


_NEED_KINDS = {DecisionKind(kind.value): kind for kind in NeedKind}


class DecisionModel(StrEnum):
    """How the granted time was set: by minutes for each intervention, or as frame time (R130)."""

    TIME_KEY = "time_key"
    FRAME_TIME = "frame_time"


class DecisionFaultCode(StrEnum):
    """Why a decision cannot be made as it stands."""

    NO_END = "no_end"
    NO_REVOCATION_CLAUSE = "no_revocation_clause"
    NO_MODEL = "no_model"
    NO_NEEDS = "no_needs"
    NO_GOAL = "no_goal"
    NO_HOME_VISIT = "no_home_visit"
    NO_INFORMATION = "no_information"
    NO_LICENSED_ASSESSOR = "no_licensed_assessor"
    MUNICIPAL_ONLY = "municipal_only"
    NOT_TRIED_WITHIN_FRAME_TIME = "not_tried_within_frame_time"
    NO_LEVEL = "no_level"
    NO_MINUTES = "no_minutes"
    MINUTES_NOT_ALLOWED = "minutes_not_allowed"
    DECIDED_APART = "decided_apart"
    NO_ON_CALL_END = "no_on_call_end"
    NO_ON_CALL_MANDATE = "no_on_call_mandate"
    PAST_ON_CALL_LIMIT = "past_on_call_limit"


@dataclass(frozen=True, slots=True)
class DecidedNeed:
    """One need granted: life area, intervention (or need of the calculation aid) and goal.

    `level` within frame time, `minutes` outside it. `provider_kind` None: no provider chosen yet.
    """

    life_area: LifeArea
    intervention: str
    goal_text: str = ""
    level: int | None = None
    minutes: int | None = None
    licensed_assessor: str = ""
    asks_more_time: bool = False
    is_tried_within_frame_time: bool = False
    provider_kind: ProviderKind | None = None


@dataclass(frozen=True, slots=True)
class DecisionDraft:
    """A decision before it is made. `ends_at` and `on_call_limit` are of the on-call kind alone."""

    kind: DecisionKind
    period: Period
    needs: tuple[DecidedNeed, ...]
    model: DecisionModel | None = None
    has_revocation_clause: bool = False
    is_new_applicant: bool = False
    information_given_on: date | None = None
    home_visit_on: date | None = None
    no_home_visit_reason: str = ""
    ends_at: datetime | None = None
    on_call_limit: OnCallLimit | None = None


@dataclass(frozen=True, slots=True)
class DecisionFault:
    """One fault: its code and field and, for a need, the life area and its position (from 0)."""

    code: DecisionFaultCode
    field: str
    life_area: LifeArea | None
    explanation: Step
    position: int | None = None


def faults_of(draft: DecisionDraft) -> list[DecisionFault]:
    """Every fault of the draft; an empty list means that the decision may be made.

    The on-call supervisor's decision needs no goal, level, home visit or information: the case officer, who
    takes over by noon, gives them (R352).
    """
    is_on_call = draft.kind is DecisionKind.ON_CALL
    faults = [*_whole_faults(draft), *(_on_call_faults(draft) if is_on_call else _end_faults(draft))]
    if not is_on_call:
        faults += [*_applicant_faults(draft), *_goal_faults(draft)]
    for position, need in enumerate(draft.needs):
        found = _need_faults(need) if is_on_call else [*_need_faults(need), *_time_faults(need, draft)]
        faults += [
            DecisionFault(fault.code, fault.field, need.life_area, fault.explanation, position)
            for fault in found
        ]
    return faults


def _whole_faults(draft: DecisionDraft) -> Iterator[DecisionFault]:
    if not draft.has_revocation_clause:
        sentence = "Lägg till återkallelseförbehållet: varje beslut har det"
        yield _fault(DecisionFaultCode.NO_REVOCATION_CLAUSE, "has_revocation_clause", sentence, "R394")
    if draft.model is None:
        sentence = "Ange om beslutet gäller ramtid eller den äldre tidsnyckeln"
        yield _fault(DecisionFaultCode.NO_MODEL, "model", sentence, "R130")
    if not draft.needs:
        yield _fault(DecisionFaultCode.NO_NEEDS, "needs", "Lägg till minst ett behov som beviljas", "R260")


def _end_faults(draft: DecisionDraft) -> Iterator[DecisionFault]:
    if draft.period.end is None:
        sentence = "Ange beslutets sista dag: beslut om hemtjänst är tidsbegränsade"
        yield _fault(DecisionFaultCode.NO_END, "period", sentence, "R393")


def _on_call_faults(draft: DecisionDraft) -> Iterator[DecisionFault]:
    if draft.ends_at is None:
        sentence = "Ange när jourens beslut slutar, senast klockan tolv nästa arbetsdag"
        yield _fault(DecisionFaultCode.NO_ON_CALL_END, "ends_at", sentence, "R352")
    if draft.on_call_limit is None:
        sentence = "Det är inte jourtid: handläggaren beslutar"
        yield _fault(DecisionFaultCode.NO_ON_CALL_MANDATE, "ends_at", sentence, "R352")
    elif draft.ends_at is not None and not is_within(draft.ends_at, draft.on_call_limit):
        latest = moment_shown(draft.on_call_limit.ends_at)
        sentence = f"Välj ett slut senast {latest}; efter det beslutar handläggaren"
        yield _fault(
            DecisionFaultCode.PAST_ON_CALL_LIMIT, "ends_at", sentence, "R352", draft.on_call_limit.explanation
        )


def _applicant_faults(draft: DecisionDraft) -> Iterator[DecisionFault]:
    if not draft.is_new_applicant:
        return
    if draft.home_visit_on is None and not draft.no_home_visit_reason.strip():
        sentence = "Ange dagen för hembesöket, eller varför det uppenbart inte behövs"
        yield _fault(DecisionFaultCode.NO_HOME_VISIT, "home_visit_on", sentence, "R271")
    if draft.information_given_on is None:
        sentence = "Ange dagen då informationsbladet gavs, med hur hjälpen kan upphöra"
        yield _fault(DecisionFaultCode.NO_INFORMATION, "information_given_on", sentence, "R272, R273, R275")


def _goal_faults(draft: DecisionDraft) -> Iterator[DecisionFault]:
    with_goal = {need.life_area for need in draft.needs if need.goal_text.strip()}
    for area in dict.fromkeys(need.life_area for need in draft.needs):
        if area not in with_goal:
            sentence = f"Skriv minst ett mål för {area.label}"
            fault = _fault(DecisionFaultCode.NO_GOAL, "goal_text", sentence, "R319")
            yield DecisionFault(fault.code, fault.field, area, fault.explanation)


def _need_faults(need: DecidedNeed) -> Iterator[DecisionFault]:
    if need.intervention == WATCH and not need.licensed_assessor.strip():
        sentence = (
            "Ange vem av den legitimerade personalen som har bedömt behovet av vak; "
            "vänd dig till den som ansvarar för vården"
        )
        yield _fault(DecisionFaultCode.NO_LICENSED_ASSESSOR, "licensed_assessor", sentence, "R253, R254")
    if need.intervention in MUNICIPAL_ONLY and need.provider_kind is ProviderKind.PRIVATE:
        sentence = f"{label_of(need.intervention)} utförs bara av kommunen: välj kommunens egen regi"
        yield _fault(DecisionFaultCode.MUNICIPAL_ONLY, "provider_kind", sentence, "R142")


def _time_faults(need: DecidedNeed, draft: DecisionDraft) -> Iterator[DecisionFault]:
    if need.asks_more_time and not need.is_tried_within_frame_time:
        sentence = "Ange att utföraren har prövat om det ryms i ramtiden"
        yield _fault(
            DecisionFaultCode.NOT_TRIED_WITHIN_FRAME_TIME, "is_tried_within_frame_time", sentence, "R143"
        )
    if draft.kind is DecisionKind.SIMPLIFIED and need.intervention in DECIDED_APART:
        sentence = f"{label_of(need.intervention)} beslutas för sig, inte i det förenklade beslutet"
        yield _fault(DecisionFaultCode.DECIDED_APART, "intervention", sentence, "R359")
    if need.intervention in _TIMED_BY_OFFICER:
        if not need.minutes:
            sentence = f"Ange tiden för {label_of(need.intervention)}: den ligger utanför ramtiden"
            yield _fault(DecisionFaultCode.NO_MINUTES, "minutes", sentence, "R141")
    elif need.intervention not in _OUTSIDE and draft.model is not DecisionModel.TIME_KEY:
        yield from _frame_time_faults(need, draft.kind)


def _frame_time_faults(need: DecidedNeed, kind: DecisionKind) -> Iterator[DecisionFault]:
    if need.minutes is not None:
        sentence = "Ta bort minuterna: inom ramtiden väljer du nivå, och tiden följer av den"
        yield _fault(DecisionFaultCode.MINUTES_NOT_ALLOWED, "minutes", sentence, "R284")
    if need.level is None and kind is not DecisionKind.SIMPLIFIED:
        yield _fault(DecisionFaultCode.NO_LEVEL, "level", "Välj en nivå för behovet", "R283")


def _fault(code: DecisionFaultCode, field: str, sentence: str, rule: str, *grounds: Step) -> DecisionFault:
    return DecisionFault(code, field, None, Step(f"{sentence} ({rule}).", rule, children=grounds))
