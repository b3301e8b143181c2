"""A case of each client with words of its own: nobody outside the authority reads one of them (R018)."""

from collections import defaultdict
from uuid import UUID

from hemmavid.people.models import Client
from tests.factories.cases import (
    ApplicationFactory,
    AreaAssessmentFactory,
    AssessmentFactory,
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
    OnCallHandoverItemFactory,
)


def case_of_its_own(key: str, client: Client, things: defaultdict[str, list[UUID]]) -> set[str]:
    """A case from application to decision; the words behind it. The ids of its rows go to `things`."""
    case = CaseFactory(client=client, number=f"Ärende{key}xq", officer=None)
    CaseOwnerFactory(case=case, officer=None, reason=f"Ägarskäl{key}xq")
    application = ApplicationFactory(case=case, applied_for=f"Ansökan{key}xq")
    assessment = AssessmentFactory(case=case, background=f"Bakgrund{key}xq", proposal=f"Förslag{key}xq")
    AreaAssessmentFactory(assessment=assessment, need=f"Behovstext{key}xq", can_do=f"Kan{key}xq")
    decision = DecisionFactory(
        case=case, assessment=assessment, number=f"Beslut{key}xq", reasons=f"Skäl{key}xq",
        summary=f"Sammanfattning{key}xq",
    )  # fmt: skip
    GrantedAreaFactory(decision=decision, goal=f"Beslutsmål{key}xq")
    GrantedNeedFactory(decision=decision)
    FrameTimeSnapshotFactory(decision=decision, table_version=f"Version{key}xq")
    ExtentChangeFactory(decision=decision, why=f"Omfattning{key}xq")
    CaseEventFactory(case=case, text=f"Händelse{key}xq")
    consent = ConsentFactory(case=case, purpose=f"Samtycke{key}xq")
    ending = EndingConfirmationFactory(decision=decision, what=f"Avslut{key}xq")
    waiting = OnCallHandoverItemFactory(decision__client=client, decision__reasons=f"Jour{key}xq").decision
    rows = {
        "case_id": case, "application_id": application, "case_consent_id": consent,
        "confirmation_id": ending, "decision_id": decision, "waiting_id": waiting,
    }  # fmt: skip
    for kind, row in rows.items():
        things[kind].append(row.pk)
    words = (
        "Ärende", "Ägarskäl", "Ansökan", "Bakgrund", "Förslag", "Behovstext", "Kan", "Beslut", "Skäl",
        "Sammanfattning", "Beslutsmål", "Version", "Omfattning", "Händelse", "Samtycke", "Avslut", "Jour",
    )  # fmt: skip
    return {f"{word}{key}xq" for word in words} | {str(row.pk) for row in rows.values()}
