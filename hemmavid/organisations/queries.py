"""Reads about providers, units, prices and the municipality's parameters; nothing about clients."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import F

from hemmavid.lib.money import Money
from hemmavid.lib.periods import BEGINNING, Period
from hemmavid.organisations.models import Price, Provider, ProviderRight, Right, Unit
from hemmavid.rules.parameter_files import ParameterSet, load_parameters
from hemmavid.rules.prices import PriceRow, ProviderKind


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


def parameters_in_use() -> ParameterSet:
    """The national parameters and this municipality's (HEMMAVID_PARAMETERS). Raises MalformedParameter."""
    folder = settings.PARAMETERS_FOLDER
    return load_parameters(Path(folder) if folder else None)


def units_by_id() -> dict[UUID, UnitFacts]:
    """Every unit, by provider and code. Who may see what of them is decided by the caller. One query."""
    rows = Unit.objects.order_by("provider__code", "code").values_list(
        "pk", "code", "name", "provider_id", "provider__code", "provider__name", "provider__kind"
    )
    return {
        unit_id: UnitFacts(
            unit_id, code, name, ProviderFacts(owner_id, owner, owner_name, ProviderKind(kind))
        )
        for unit_id, code, name, owner_id, owner, owner_name, kind in rows
    }


def providers_by_code() -> dict[str, ProviderFacts]:
    """Every provider, by code. One query."""
    rows = Provider.objects.order_by("code").values_list("pk", "code", "name", "kind")
    return {
        code: ProviderFacts(provider_id, code, name, ProviderKind(kind))
        for provider_id, code, name, kind in rows
    }


def price_rows() -> list[PriceRow]:
    """Every decided price, oldest first. One query."""
    return [
        PriceRow(
            ProviderKind(row.kind),
            row.valid_from,
            Money(row.base_ore),
            Money(row.rural_supplement_ore),
            Money(row.deduction_ore),
            row.decided_by,
            row.decision_reference,
        )
        for row in Price.objects.order_by("kind", "valid_from")
    ]


@dataclass(frozen=True, slots=True)
class Rights:
    """When providers do not give their staff a right (R206)."""

    missing: Mapping[tuple[UUID, str], tuple[Period, ...]]

    def has(self, provider_id: UUID, right: Right, on: date) -> bool:
        """Whether nothing says that the right is lacking on the day; only a `no` lowers the price."""
        return not any(period.contains(on) for period in self.missing.get((provider_id, right.value), ()))


def rights() -> Rights:
    """What is known of the providers' rights, whatever the day. One query."""
    missing: defaultdict[tuple[UUID, str], tuple[Period, ...]] = defaultdict(tuple)
    rows = (
        ProviderRight.objects.filter(is_granted=False)
        .order_by("provider_id", "right", "period")
        .values_list("provider_id", "right", F("period__startswith"), F("period__endswith"))
    )
    for provider_id, right, first, after in rows:
        missing[provider_id, right] += (Period(first or BEGINNING, after),)
    return Rights(missing)
