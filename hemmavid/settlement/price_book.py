"""What an hour costs at a provider for a client on a day: prices, rights and rural marks as they stood.

Dated rows are asked for the day that matters, so an old month replays after a change (R206, R207).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import F

from hemmavid.access.actors import Actor
from hemmavid.lib.periods import BEGINNING, Period
from hemmavid.organisations.models import Right
from hemmavid.organisations.queries import ProviderFacts, Rights, price_rows, rights
from hemmavid.organisations.selection import Selection
from hemmavid.people.models import RuralMark
from hemmavid.rules.prices import ComposedPrice, Marks, PriceRow, price_in_force
from hemmavid.rules.settlement import SettlementRules


@dataclass(slots=True)
class PriceBook:
    """Prices of a month. The same price is composed once, however many clients have it."""

    rows: Sequence[PriceRow]
    rights: Rights
    rural: Mapping[UUID, tuple[Period, ...]]
    rules: SettlementRules
    composed: dict[tuple[UUID, bool, date], ComposedPrice] = field(default_factory=dict)

    def price(self, provider: ProviderFacts, client_id: UUID, on: date) -> ComposedPrice:
        """The price of an hour. Raises PriceNotDefined when no row of the provider's kind is in force."""
        is_rural = any(period.contains(on) for period in self.rural.get(client_id, ()))
        key = provider.provider_id, is_rural, on
        known = self.composed.get(key)
        if known is None:
            known = self.composed[key] = self._composed(provider, is_rural=is_rural, on=on)
        return known

    def _composed(self, provider: ProviderFacts, *, is_rural: bool, on: date) -> ComposedPrice:
        marks = Marks(
            is_rural=is_rural,
            has_full_time_right=self.rights.has(provider.provider_id, Right.FULL_TIME, on),
            has_coherent_hours_right=self.rights.has(provider.provider_id, Right.COHERENT_HOURS, on),
        )
        return self.rules.price(price_in_force(self.rows, provider.kind, on), marks)


def price_book(rules: SettlementRules, *, by: Actor, selection: Selection) -> PriceBook:
    """The prices of the month of `rules`. Three queries."""
    return PriceBook(price_rows(), rights(), _rural(rules.month.period, by, selection), rules)


def _rural(span: Period, by: Actor, selection: Selection) -> dict[UUID, tuple[Period, ...]]:
    """When each client lives in the countryside, of the clients who do some day of the span."""
    days = DateRange(span.start, span.end)
    rows = (
        RuralMark.objects.visible_to(by)
        .filter(is_rural=True, period__overlap=days, **selection.client_conditions())
        .order_by("client_id", "period")
        .values_list("client_id", F("period__startswith"), F("period__endswith"))
    )
    found: defaultdict[UUID, tuple[Period, ...]] = defaultdict(tuple)
    for client_id, first, after in rows:
        found[client_id] += (Period(first or BEGINNING, after),)
    return dict(found)
