"""One of everything that the authority keeps about a client, each row changed once so that it has history."""

from django.db import models

from hemmavid.cases.models import Decision
from hemmavid.people.models import Client
from tests.factories.cases import (
    ApplicationFactory,
    AreaAssessmentFactory,
    AssessmentFactory,
    CaseChangeFactory,
    CaseEventFactory,
    CaseFactory,
    CaseOwnerFactory,
    ConsentFactory,
    DecisionFactory,
    EndingConfirmationFactory,
    ExtentChangeFactory,
    FrameTimeSnapshotFactory,
    GrantedAreaFactory,
    GrantedNeedFactory,
    GrantedOutsideFactory,
    NeedFactory,
    OnCallHandoverItemFactory,
    OutsideNeedFactory,
)

WITH_HISTORY = (
    "application", "assessment", "areaassessment", "need", "outsideneed", "decision", "grantedarea",
    "grantedneed", "grantedoutside", "consent", "endingconfirmation",
)  # fmt: skip
APPEND_ONLY = (
    "case", "caseowner", "casechange", "frametimesnapshot", "extentchange", "event_of_case", "oncallhandover",
    "oncallhandoveritem",
)  # fmt: skip
CASE_TABLES = (
    *(f"cases_{name}" for name in APPEND_ONLY),
    *(f"cases_{name}{kind}" for name in WITH_HISTORY for kind in ("", "event")),
)


def case_of(client: Client) -> Decision:
    """A case from application to decision, with all that is noted beside. Call as the system."""
    case = CaseFactory(client=client)
    CaseOwnerFactory(case=case)
    CaseChangeFactory(case=case)
    assessment = AssessmentFactory(case=case)
    decision = DecisionFactory(case=case, assessment=assessment)
    FrameTimeSnapshotFactory(decision=decision)
    ExtentChangeFactory(decision=decision)
    CaseEventFactory(case=case)
    OnCallHandoverItemFactory(decision__client=client)
    changed: tuple[tuple[models.Model, dict[str, str]], ...] = (
        (ApplicationFactory(case=case), {"applied_for": "Annat"}),
        (assessment, {"background": "Annan"}),
        (AreaAssessmentFactory(assessment=assessment), {"need": "Annat"}),
        (NeedFactory(assessment=assessment), {"visit": "lunch"}),
        (OutsideNeedFactory(assessment=assessment), {"per": "day"}),
        (decision, {"summary": "Annan"}),
        (GrantedAreaFactory(decision=decision), {"goal": "Annat"}),
        (GrantedNeedFactory(decision=decision), {"visit": "lunch"}),
        (GrantedOutsideFactory(decision=decision), {"per": "day"}),
        (ConsentFactory(case=case), {"parties": "Andra"}),
        (EndingConfirmationFactory(decision=decision), {"what": "Annat"}),
    )
    for row, change in changed:
        type(row)._default_manager.filter(pk=row.pk).update(**change)
    return decision
