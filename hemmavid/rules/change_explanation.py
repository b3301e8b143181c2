"""Why a total differs from last month's: at most three Swedish sentences, the greatest effects first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from hemmavid.lib import swedish
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.rules.interventions import CARE_PLAN

MAX_SENTENCES = 3


class Cause(StrEnum):
    """What can move a total."""

    NEW_CLIENTS = "new_clients"
    ENDED_CLIENTS = "ended_clients"
    PRICE = "price"
    ABSENCE = "absence"
    GRANTED = "granted"
    PERFORMED = "performed"
    CARE_PLANS = "care_plans"


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A settlement line with the hours behind it; hours and price of a care plan line are not looked at."""

    client: str
    unit: str
    intervention: str
    granted_hours: Decimal
    absence_hours: Decimal
    payable_hours: Decimal
    price: Money
    amount: Money


@dataclass(frozen=True, slots=True)
class MonthFigures:
    """The lines of a provider or unit in one month."""

    month: Month
    lines: tuple[MonthLine, ...]

    @property
    def total(self) -> Money:
        """The sum of the lines."""
        return Money.total(line.amount for line in self.lines)


CAUSE_WORDS = {
    Cause.NEW_CLIENTS: "nya brukare",
    Cause.ENDED_CLIENTS: "brukare utan ersättning längre",
    Cause.PRICE: "ändrat pris",
    Cause.ABSENCE: "ändrat uppehåll",
    Cause.GRANTED: "ändrad beviljad tid",
    Cause.PERFORMED: "ändrad utförd tid",
    Cause.CARE_PLANS: "genomförandeplaner",
}


@dataclass(frozen=True, slots=True)
class Effect:
    """How much of the difference a cause explains, and how many clients or lines it touches."""

    cause: Cause
    amount: Money
    count: int
    hours: Decimal


def explain_change(previous: MonthFigures, current: MonthFigures) -> list[str]:
    """At most three sentences that sum to the difference, greatest effect first; none when nothing changed.

    Four causes or more: the two greatest, and what is left in one sentence that names its causes.
    """
    found = [effect for effect in effects(previous, current) if effect.amount.ore]
    found.sort(key=lambda effect: (-abs(effect.amount.ore), effect.cause))
    if len(found) <= MAX_SENTENCES:
        return [_sentence(effect, previous.month, current.month) for effect in found]
    told, rest = found[: MAX_SENTENCES - 1], found[MAX_SENTENCES - 1 :]
    return [*(_sentence(effect, previous.month, current.month) for effect in told), _rest(rest)]


def effects(previous: MonthFigures, current: MonthFigures) -> list[Effect]:
    """Every cause with its part of the difference; the parts sum to the difference exactly."""
    before, after = _by_key(previous.lines), _by_key(current.lines)
    clients_before = {line.client for line in previous.lines}
    clients_after = {line.client for line in current.lines}
    parts: defaultdict[Cause, list[tuple[str, int, Decimal]]] = defaultdict(list)
    for key in before.keys() | after.keys():
        old, new = before.get(key), after.get(key)
        line = new or old or _NOTHING
        if line.intervention == CARE_PLAN:
            parts[Cause.CARE_PLANS].append((line.client, _ore(new) - _ore(old), Decimal(0)))
        elif line.client not in clients_before:
            parts[Cause.NEW_CLIENTS].append((line.client, _ore(new), _hours(new)))
        elif line.client not in clients_after:
            parts[Cause.ENDED_CLIENTS].append((line.client, -_ore(old), -_hours(old)))
        else:
            for cause, ore, hours in _line_effects(old, new):
                parts[cause].append((line.client, ore, hours))
    return [_effect(cause, parts[cause]) for cause in Cause if parts[cause]]


def _effect(cause: Cause, parts: Iterable[tuple[str, int, Decimal]]) -> Effect:
    listed = [part for part in parts if part[1] or part[2]]
    return Effect(
        cause,
        Money(sum(ore for _, ore, _ in listed)),
        len({client for client, _, _ in listed}),
        sum((hours for _, _, hours in listed), Decimal(0)),
    )


def _line_effects(old: MonthLine | None, new: MonthLine | None) -> list[tuple[Cause, int, Decimal]]:
    """The difference of one line split: absence and hours at the old price, the rest by the price."""
    price = (old or new or _NOTHING).price
    was, now = old or _NOTHING, new or _NOTHING
    less_absence = was.absence_hours - now.absence_hours
    more_granted = now.granted_hours - was.granted_hours
    more_paid = now.payable_hours - was.payable_hours
    found: list[tuple[Cause, int, Decimal]] = []
    if more_paid == more_granted + less_absence:
        found.append((Cause.ABSENCE, price.times(less_absence).ore, less_absence))
        found.append((Cause.GRANTED, price.times(more_granted).ore, more_granted))
    else:
        found.append((Cause.PERFORMED, price.times(more_paid).ore, more_paid))
    rest = _ore(new) - _ore(old) - sum(ore for _, ore, _ in found)
    has_new_price = old is not None and new is not None and old.price != new.price
    if has_new_price:
        found.append((Cause.PRICE, rest, Decimal(0)))
    else:  # what rounding left over follows the hours
        cause, ore, hours = found[-1]
        found[-1] = (cause, ore + rest, hours)
    return found


def _sentence(effect: Effect, previous: Month, current: Month) -> str:
    hours, count = _signed_hours(effect.hours), f"{effect.count} brukare"
    new = "ny" if effect.count == 1 else "nya"
    away = "mindre" if effect.hours > 0 else "mer"
    days = "" if current.days == previous.days else f"; månaden har {current.days} dagar mot {previous.days}"
    told = {
        Cause.NEW_CLIENTS: f"{count} är {new} ({hours})",
        Cause.ENDED_CLIENTS: f"{count} har inte längre någon ersättning ({hours})",
        Cause.PRICE: f"priset per timme är ett annat för {count}",
        Cause.ABSENCE: f"{away} uppehåll för {count} ({hours})",
        Cause.GRANTED: f"ändrad beviljad tid för {count} ({hours}{days})",
        Cause.PERFORMED: f"ändrad utförd tid för {count} ({hours})",
        Cause.CARE_PLANS: f"ersättning för första genomförandeplan, {count}",
    }
    return f"{swedish.signed_kronor(effect.amount)}: {told[effect.cause]}."


def _rest(effects: list[Effect]) -> str:
    amount = swedish.signed_kronor(Money.total(effect.amount for effect in effects))
    *first, last = (CAUSE_WORDS[effect.cause] for effect in effects)
    return f"{amount}: övrigt, det vill säga {', '.join(first)} och {last}."


def _signed_hours(hours: Decimal) -> str:
    return ("+" if hours > 0 else "") + swedish.hours(hours)


def _ore(line: MonthLine | None) -> int:
    return 0 if line is None else line.amount.ore


def _hours(line: MonthLine | None) -> Decimal:
    return Decimal(0) if line is None else line.payable_hours


def _by_key(lines: Iterable[MonthLine]) -> dict[tuple[str, str, str], MonthLine]:
    return {(line.client, line.unit, line.intervention): line for line in lines}


_NOTHING = MonthLine("", "", "", Decimal(0), Decimal(0), Decimal(0), Money(0), Money(0))
