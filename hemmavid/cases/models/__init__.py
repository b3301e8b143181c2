"""The case: application, assessment, decision and what is noted beside. The authority's alone (R018)."""

from hemmavid.cases.models.assessment import AreaAssessment, Assessment, Need, OutsideNeed
from hemmavid.cases.models.case import Application, Capacity, Case, CaseChange, CaseOwner, CaseStatus
from hemmavid.cases.models.decision import (
    Decision,
    DecisionStatus,
    ExtentChange,
    FrameTimeSnapshot,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
)
from hemmavid.cases.models.record import (
    CaseEvent,
    Consent,
    EndingConfirmation,
    EventForm,
    EventOutcome,
    HowGiven,
    OnCallHandover,
    OnCallHandoverItem,
)

__all__ = [
    "Application",
    "AreaAssessment",
    "Assessment",
    "Capacity",
    "Case",
    "CaseChange",
    "CaseEvent",
    "CaseOwner",
    "CaseStatus",
    "Consent",
    "Decision",
    "DecisionStatus",
    "EndingConfirmation",
    "EventForm",
    "EventOutcome",
    "ExtentChange",
    "FrameTimeSnapshot",
    "GrantedArea",
    "GrantedNeed",
    "GrantedOutside",
    "HowGiven",
    "Need",
    "OnCallHandover",
    "OnCallHandoverItem",
    "OutsideNeed",
]
