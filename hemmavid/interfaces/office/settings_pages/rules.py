"""Regler och priser: every value the settlement rests on, since when and by whose decision (R180)."""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hemmavid.access.actors import require
from hemmavid.access.policy import Permission
from hemmavid.interfaces.office.requests import OfficeRequest
from hemmavid.interfaces.office.settings_pages.rule_words import name_of, words_of
from hemmavid.lib import clock
from hemmavid.lib.money import Money
from hemmavid.organisations.models import Price, ProviderKind
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.rules.parameter_files import DatedValue


@dataclass(frozen=True, slots=True)
class RuleRow:
    """One dated value in words. `state`: whether it holds today, has held, or will."""

    name: str
    code: str
    values: tuple[str, ...]
    valid_from: date
    source: str
    decided_by: str
    reference: str
    state: str


@dataclass(frozen=True, slots=True)
class PriceRow:
    """What an hour costs from a day on."""

    kind: str
    valid_from: date
    base: Money
    rural_supplement: Money
    deduction: Money
    decided_by: str
    reference: str


@require_safe
def in_force(request: OfficeRequest) -> HttpResponse:
    """Parameters and prices, the newest of each first."""
    require(request.actor, Permission.RULES_READ)
    today = clock.local_day(request.now)
    may_see_prices = request.actor.may(Permission.PRICES_READ)
    values = {
        "rules": _rules(today),
        "prices": _prices() if may_see_prices else [],
        "may_see_prices": may_see_prices,
    }
    return render(request, "office/settings_pages/rules.html", values)


def _rules(today: date) -> list[RuleRow]:
    rows = []
    for parameter in parameters_in_use():
        current = next((dated for dated in parameter.values if dated.valid_from <= today), None)
        for dated in parameter.values:
            is_ahead = dated.valid_from > today
            state = "Gäller" if dated is current else "Kommer" if is_ahead else "Har gällt"
            rows.append(_rule(dated, state))
    return rows


def _rule(dated: DatedValue, state: str) -> RuleRow:
    return RuleRow(
        name=name_of(dated.name),
        code=dated.name,
        values=words_of(dated),
        valid_from=dated.valid_from,
        source=dated.source,
        decided_by=dated.decided_by,
        reference=dated.reference,
        state=state,
    )


def _prices() -> list[PriceRow]:
    return [
        PriceRow(
            kind=ProviderKind(price.kind).label,
            valid_from=price.valid_from,
            base=Money(price.base_ore),
            rural_supplement=Money(price.rural_supplement_ore),
            deduction=Money(price.deduction_ore),
            decided_by=price.decided_by,
            reference=price.decision_reference,
        )
        for price in Price.objects.order_by("kind", "-valid_from")
    ]
