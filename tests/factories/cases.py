"""Factories of the authority's side, from case to decision. Use them inside `scoped(SYSTEM)`."""

from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from hemmavid.cases.models import (
    Application,
    AreaAssessment,
    Assessment,
    Case,
    CaseChange,
    CaseEvent,
    CaseOwner,
    Consent,
    Decision,
    EndingConfirmation,
    ExtentChange,
    FrameTimeSnapshot,
    GrantedArea,
    GrantedNeed,
    GrantedOutside,
    Need,
    OnCallHandover,
    OnCallHandoverItem,
    OutsideNeed,
)
from tests.factories.chain import ClientFactory, UserFactory

DECIDED_AT = datetime(2022, 11, 1, 9, 0, tzinfo=UTC)
A_YEAR = DateRange(date(2022, 11, 1), date(2023, 11, 1))


class CaseFactory(DjangoModelFactory[Case]):
    class Meta:
        model = Case

    class Params:
        unassigned = factory.Trait(officer=None)

    number = factory.Sequence(lambda number: f"2022-{number + 1:05d}")
    client = factory.SubFactory(ClientFactory)
    officer = factory.SubFactory(UserFactory)
    opened_on = date(2022, 10, 1)


class CaseOwnerFactory(DjangoModelFactory[CaseOwner]):
    class Meta:
        model = CaseOwner

    case = factory.SubFactory(CaseFactory)
    officer = factory.SelfAttribute("case.officer")
    from_at = DECIDED_AT
    by_name = "Robin"


class CaseChangeFactory(DjangoModelFactory[CaseChange]):
    class Meta:
        model = CaseChange

    case = factory.SubFactory(CaseFactory)
    revision = 1
    what = "case_opened"
    at = DECIDED_AT
    by_name = "Robin"


class ApplicationFactory(DjangoModelFactory[Application]):
    class Meta:
        model = Application

    case = factory.SubFactory(CaseFactory)
    received_on = date(2022, 10, 1)
    capacity = "self"
    applied_for = "Hjälp på morgonen"


class AssessmentFactory(DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    case = factory.SubFactory(CaseFactory)
    started_on = date(2022, 10, 3)
    home_visit_on = date(2022, 10, 10)
    background = "Bor ensam."


class AreaAssessmentFactory(DjangoModelFactory[AreaAssessment]):
    class Meta:
        model = AreaAssessment

    assessment = factory.SubFactory(AssessmentFactory)
    life_area = "personal_care"
    need = "Behöver hjälp att klä sig."
    goal = "Elsa klär sig själv på överkroppen före jul."


class NeedFactory(DjangoModelFactory[Need]):
    class Meta:
        model = Need

    assessment = factory.SubFactory(AssessmentFactory)
    life_area = "personal_care"
    need = "pakladning"
    level = 2
    count = 1
    per = "day"
    visit = "morgon"


class OutsideNeedFactory(DjangoModelFactory[OutsideNeed]):
    class Meta:
        model = OutsideNeed

    assessment = factory.SubFactory(AssessmentFactory)
    life_area = "support_of_carer"
    intervention = "avlosning"
    minutes = 120
    count = 1
    per = "week"


class DecisionFactory(DjangoModelFactory[Decision]):
    """Decided, for a year from 1 November 2022."""

    class Meta:
        model = Decision

    class Params:
        draft = factory.Trait(status="draft", decided_at=None, decided_by_name="")
        on_call = factory.Trait(
            kind="on_call",
            case=None,
            client=factory.SubFactory(ClientFactory),
            granted_until=datetime(2022, 11, 2, 11, 0, tzinfo=UTC),
            period=DateRange(date(2022, 11, 1), date(2022, 11, 3)),
        )

    number = factory.Sequence(lambda number: f"B2022-{number + 1:05d}")
    case = factory.SubFactory(CaseFactory)
    client = factory.SelfAttribute("case.client")
    kind = "ordinary"
    model = "frame_time"
    status = "decided"
    period = A_YEAR
    has_revocation_clause = True
    drafted_at = DECIDED_AT
    decided_at = DECIDED_AT
    decided_by_name = "Robin"


class GrantedAreaFactory(DjangoModelFactory[GrantedArea]):
    class Meta:
        model = GrantedArea

    decision = factory.SubFactory(DecisionFactory)
    life_area = "personal_care"
    goal = "Elsa klär sig själv på överkroppen före jul."


class GrantedNeedFactory(DjangoModelFactory[GrantedNeed]):
    class Meta:
        model = GrantedNeed

    decision = factory.SubFactory(DecisionFactory)
    life_area = "personal_care"
    need = "pakladning"
    level = 2
    count = 1
    per = "day"
    visit = "morgon"
    support = "supporting"
    period = factory.SelfAttribute("decision.period")


class GrantedOutsideFactory(DjangoModelFactory[GrantedOutside]):
    class Meta:
        model = GrantedOutside

    decision = factory.SubFactory(DecisionFactory)
    life_area = "support_of_carer"
    intervention = "avlosning"
    minutes = 120
    count = 1
    per = "week"
    period = factory.SelfAttribute("decision.period")


class FrameTimeSnapshotFactory(DjangoModelFactory[FrameTimeSnapshot]):
    class Meta:
        model = FrameTimeSnapshot

    decision = factory.SubFactory(DecisionFactory)
    valid_from = date(2022, 11, 1)
    minutes_per_week = Decimal("105.00")
    whole_minutes_per_week = 105
    hours_per_month = Decimal("7.58")
    table_version = "exempeltabell 1"
    result = factory.LazyFunction(list)
    explanation = factory.LazyFunction(list)
    made_at = DECIDED_AT


class ExtentChangeFactory(DjangoModelFactory[ExtentChange]):
    class Meta:
        model = ExtentChange

    decision = factory.SubFactory(DecisionFactory)
    valid_from = date(2022, 12, 1)
    change = "change_level"
    what = "Påklädning nivå 2 till 3"
    why = "Axeln är stel."
    at = DECIDED_AT
    by_name = "Robin"


class CaseEventFactory(DjangoModelFactory[CaseEvent]):
    class Meta:
        model = CaseEvent

    case = factory.SubFactory(CaseFactory)
    occurred_on = date(2022, 11, 10)
    form = "phone"
    outcome = "unchanged"
    text = "Uppföljning gjord."
    journal_entry_id = UUID(int=1)
    at = DECIDED_AT
    by_name = "Robin"


class ConsentFactory(DjangoModelFactory[Consent]):
    class Meta:
        model = Consent

    case = factory.SubFactory(CaseFactory)
    purpose = "Planera hemgången tillsammans"
    parties = "Vårdcentralen"
    occasion = "Mötet den 10 november"
    how = "oral"
    given_on = date(2022, 11, 9)
    recorded_at = DECIDED_AT
    recorded_by_name = "Robin"


class EndingConfirmationFactory(DjangoModelFactory[EndingConfirmation]):
    class Meta:
        model = EndingConfirmation

    decision = factory.SubFactory(DecisionFactory)
    case = factory.SelfAttribute("decision.case")
    what = "Påklädning"
    life_area = "personal_care"
    ended_from = date(2022, 12, 1)
    asked_at = DECIDED_AT
    asked_by_name = "Robin"


class OnCallHandoverFactory(DjangoModelFactory[OnCallHandover]):
    class Meta:
        model = OnCallHandover

    shift_started_at = datetime(2022, 11, 1, 16, 0, tzinfo=UTC)
    signed_at = datetime(2022, 11, 2, 6, 0, tzinfo=UTC)
    signed_by_name = "Robin"


class OnCallHandoverItemFactory(DjangoModelFactory[OnCallHandoverItem]):
    class Meta:
        model = OnCallHandoverItem

    handover = factory.SubFactory(OnCallHandoverFactory)
    decision = factory.SubFactory(DecisionFactory, on_call=True)
    pays_from = date(2022, 11, 1)
    because = factory.LazyFunction(list)
