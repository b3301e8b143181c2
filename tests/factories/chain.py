"""Factories along the chain, from provider to visit. Use them inside `scoped(SYSTEM)`."""

from datetime import UTC, date, datetime, timedelta

import factory
from django.db.backends.postgresql.psycopg_any import DateRange
from factory.django import DjangoModelFactory

from hemmavid.access.models import RoleAssignment, User
from hemmavid.care_plans.models import ApprovedPlan
from hemmavid.orders.models import Absence, Grant
from hemmavid.organisations.models import Price, Provider, ProviderRight, Unit
from hemmavid.people.models import BreakGlass, Client, RuralMark
from hemmavid.staffing.models import Staff
from hemmavid.visits.models import Visit

NOVEMBER = date(2022, 11, 1)


class ProviderFactory(DjangoModelFactory[Provider]):
    class Meta:
        model = Provider

    class Params:
        municipal = factory.Trait(kind="municipal", name="Kommunens hemtjänst")

    code = factory.Sequence(lambda number: f"P{number + 1}")
    name = factory.Sequence(lambda number: f"Omsorgen {number + 1} AB")
    kind = "private"


class UnitFactory(DjangoModelFactory[Unit]):
    class Meta:
        model = Unit

    code = factory.Sequence(lambda number: f"U{number + 1}")
    provider = factory.SubFactory(ProviderFactory)
    name = factory.Sequence(lambda number: f"Enhet {number + 1}")


class PriceFactory(DjangoModelFactory[Price]):
    class Meta:
        model = Price

    kind = "private"
    valid_from = date(2022, 10, 1)
    base_ore = 480_00
    rural_supplement_ore = 21_00
    deduction_ore = 9_00
    decided_by = "Vård- och omsorgsnämnden"
    decision_reference = "exempel 2022-1"


class ProviderRightFactory(DjangoModelFactory[ProviderRight]):
    class Meta:
        model = ProviderRight

    provider = factory.SubFactory(ProviderFactory)
    right = "full_time"
    period = DateRange(None, None)
    is_granted = True
    evidence = "Kollektivavtal, visat i test"


class ClientFactory(DjangoModelFactory[Client]):
    class Meta:
        model = Client

    class Params:
        protected = factory.Trait(is_protected=True)

    code = factory.Sequence(lambda number: f"C{number + 1}")
    given_name = "Elsa"
    family_name = factory.Sequence(lambda number: f"Vinter{number + 1}")
    street = "Påhittade gatan 1"
    postcode = "000 01"
    city = "Exempelstad"


class RuralMarkFactory(DjangoModelFactory[RuralMark]):
    class Meta:
        model = RuralMark

    client = factory.SubFactory(ClientFactory)
    period = DateRange(None, None)
    is_rural = True


class StaffFactory(DjangoModelFactory[Staff]):
    class Meta:
        model = Staff

    code = factory.Sequence(lambda number: f"S{number + 1}")
    unit = factory.SubFactory(UnitFactory)
    given_name = "Kim"
    family_name = factory.Sequence(lambda number: f"Sommar{number + 1}")


class GrantFactory(DjangoModelFactory[Grant]):
    """174 minutes a week of frame time, in effect since long before the month."""

    class Meta:
        model = Grant

    code = factory.Sequence(lambda number: f"G{number + 1}")
    client = factory.SubFactory(ClientFactory)
    unit = factory.SubFactory(UnitFactory)
    intervention = "ramtid"
    minutes = 174
    per = "week"
    period = DateRange(date(2022, 1, 1), date(2024, 1, 1))
    in_effect = factory.SelfAttribute("period")


class AbsenceFactory(DjangoModelFactory[Absence]):
    class Meta:
        model = Absence

    client = factory.SubFactory(ClientFactory)
    left_on = date(2022, 11, 10)
    returned_on = date(2022, 11, 14)
    reason = "sjukhus"


class ApprovedPlanFactory(DjangoModelFactory[ApprovedPlan]):
    class Meta:
        model = ApprovedPlan

    client = factory.SubFactory(ClientFactory)
    unit = factory.SubFactory(UnitFactory)
    approved_on = date(2022, 11, 20)


class VisitFactory(DjangoModelFactory[Visit]):
    """A quarter of an hour, tagged at both ends."""

    class Meta:
        model = Visit

    class Params:
        minutes = 15
        manual = factory.Trait(start_method="manual", end_method="manual")

    code = factory.Sequence(lambda number: f"V{number + 1}")
    client = factory.SubFactory(ClientFactory)
    unit = factory.SubFactory(UnitFactory)
    intervention = "ramtid"
    staff = factory.SubFactory(StaffFactory, unit=factory.SelfAttribute("..unit"))
    started_at = datetime(2022, 11, 7, 7, 0, tzinfo=UTC)
    ended_at = factory.LazyAttribute(lambda visit: visit.started_at + timedelta(minutes=visit.minutes))
    start_method = "tag"
    end_method = "tag"
    status = "performed"


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"person{number + 1}")
    name = factory.Sequence(lambda number: f"Robin Höst{number + 1}")


class RoleAssignmentFactory(DjangoModelFactory[RoleAssignment]):
    class Meta:
        model = RoleAssignment

    user = factory.SubFactory(UserFactory)
    role = "unit_manager"
    unit = factory.SubFactory(UnitFactory)
    period = DateRange(date(2018, 1, 1), None)


class BreakGlassFactory(DjangoModelFactory[BreakGlass]):
    class Meta:
        model = BreakGlass

    client = factory.SubFactory(ClientFactory)
    user = factory.SubFactory(UserFactory)
    user_name = factory.SelfAttribute("user.name")
    reason = "call"
    opened_at = datetime(2022, 11, 15, 19, 0, tzinfo=UTC)
    ends_at = datetime(2022, 11, 16, 7, 0, tzinfo=UTC)
