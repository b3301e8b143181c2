"""Reads about providers and units."""

from dataclasses import dataclass
from uuid import UUID

from hemmavid.organisations.models import ProviderKind, Unit


@dataclass(frozen=True, slots=True)
class ProviderFacts:
    """A provider, as the books and the screens need one."""

    provider_id: UUID
    code: str
    name: str
    kind: ProviderKind


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """A unit with its provider."""

    unit_id: UUID
    code: str
    name: str
    provider: ProviderFacts


def units_by_id() -> dict[UUID, UnitFacts]:
    """Every unit, by provider and name. Who may see what of them is decided where they are used. One query."""
    rows = Unit.objects.order_by("provider__code", "code").values_list(
        "pk", "code", "name", "provider_id", "provider__code", "provider__name", "provider__kind"
    )
    return {
        pk: UnitFacts(pk, code, name, ProviderFacts(provider_id, provider_code, provider_name, ProviderKind(kind)))
        for pk, code, name, provider_id, provider_code, provider_name, kind in rows
    }
