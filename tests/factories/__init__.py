"""Invented municipality, providers, clients and visits for tests. Nobody here exists."""

from tests.factories.chain import (
    AbsenceFactory,
    ApprovedPlanFactory,
    BreakGlassFactory,
    ClientFactory,
    GrantFactory,
    PriceFactory,
    ProviderFactory,
    ProviderRightFactory,
    RoleAssignmentFactory,
    RuralMarkFactory,
    StaffFactory,
    UnitFactory,
    UserFactory,
    VisitFactory,
)
from tests.factories.office import (
    ClientCardFactory,
    ClientCardReadingFactory,
    ClientCardVersionFactory,
    ContactFactory,
)

__all__ = [
    "AbsenceFactory",
    "ApprovedPlanFactory",
    "BreakGlassFactory",
    "ClientCardFactory",
    "ClientCardReadingFactory",
    "ClientCardVersionFactory",
    "ClientFactory",
    "ContactFactory",
    "GrantFactory",
    "PriceFactory",
    "ProviderFactory",
    "ProviderRightFactory",
    "RoleAssignmentFactory",
    "RuralMarkFactory",
    "StaffFactory",
    "UnitFactory",
    "UserFactory",
    "VisitFactory",
]
