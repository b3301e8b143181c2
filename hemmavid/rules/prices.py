"""The price of an hour: base, plus rural supplement, minus deduction (R205-R207, A13, A14; contract.md 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hemmavid.lib.money import NO_MONEY, Money
from hemmavid.lib.swedish import HARD_SPACE, number
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.parameter_files import DatedValue


class ProviderKind(StrEnum):
    """Own regime (egen regi) or a private provider under LOV (R174)."""

    MUNICIPAL = "municipal"
    PRIVATE = "private"


KIND_LABELS = {ProviderKind.MUNICIPAL: "kommunal", ProviderKind.PRIVATE: "privat"}


KIND_WORDS = {ProviderKind.MUNICIPAL: "kommunala", ProviderKind.PRIVATE: "privata"}


class PriceNotDefined(LookupError):
    """No price is in force for the kind of provider on the day."""

    def __init__(self, kind: ProviderKind, day: date) -> None:
        super().__init__(kind, day)
        self.kind = kind
        self.day = day

    def __str__(self) -> str:
        whose = KIND_WORDS[self.kind]
        return f"det finns inget pris för {whose} utförare ({self.kind.value}) den {self.day.isoformat()}"


@dataclass(frozen=True, slots=True)
class PriceRow:
    """A decided price list row, per hour; who decided it, and where, is part of every explanation (R180)."""

    kind: ProviderKind
    valid_from: date
    base: Money
    rural_supplement: Money = NO_MONEY
    deduction: Money = NO_MONEY
    decided_by: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class Marks:
    """What changes the price, as it stands on the price day: the last of the month, or the approval day."""

    is_rural: bool = False
    has_full_time_right: bool = True
    has_coherent_hours_right: bool = True


@dataclass(frozen=True, slots=True)
class ComposedPrice:
    """A price per hour with its explanation."""

    price: Money
    explanation: Step


def price_in_force(rows: Iterable[PriceRow], kind: ProviderKind, day: date) -> PriceRow:
    """The newest row of the kind that is valid on the day, or PriceNotDefined."""
    valid = [row for row in rows if row.kind is kind and row.valid_from <= day]
    if not valid:
        raise PriceNotDefined(kind, day)
    return max(valid, key=lambda row: row.valid_from)


def is_deducted(kind: ProviderKind, marks: Marks, when: DatedValue) -> bool:
    """Whether a private provider's missing rights lower the price (R206); `when` is deduction.when (A13)."""
    if kind is not ProviderKind.PRIVATE:
        return False
    missing = (not marks.has_full_time_right, not marks.has_coherent_hours_right)
    return all(missing) if when.text == "both" else any(missing)


def compose_price(
    row: PriceRow, marks: Marks, *, deduction_when: DatedValue, rural: DatedValue
) -> ComposedPrice:
    """The price of an hour for these marks, explained part by part."""
    price = row.base
    parts: list[Step] = []
    if marks.is_rural:
        price += row.rural_supplement
        sentence = f"Tillägg {_per_hour(row.rural_supplement)}: brukaren bor på landsbygd"
        parts.append(parameter_step(sentence, "R207", rural, {"rural_supplement": str(row.rural_supplement)}))
    if is_deducted(row.kind, marks, deduction_when):
        price -= row.deduction
        sentence = f"Avdrag {_per_hour(row.deduction)}: utföraren saknar {_missing(marks)}"
        inputs = {"deduction": str(row.deduction)}
        parts.append(parameter_step(sentence, "R206", deduction_when, inputs))
    base = _base_step(row)
    if not parts:
        return ComposedPrice(price, base)
    sentence = f"Pris {_per_hour(price)}: {_sum_of(row, price, marks)} (R205)."
    return ComposedPrice(price, Step(sentence, "R205", {"price": str(price)}, children=(base, *parts)))


def _base_step(row: PriceRow) -> Step:
    decision = f", beslutad av {row.decided_by}" if row.decided_by else ""
    decision += f" ({row.reference})" if row.reference else ""
    return Step(
        sentence=(
            f"Pris {_per_hour(row.base)}: grundersättning {KIND_LABELS[row.kind]} "
            f"från {row.valid_from.isoformat()}{decision} (R205, R180)."
        ),
        rule="R205, R180",
        inputs={"base": str(row.base), "kind": row.kind.value},
        parameter="prices",
        valid_from=row.valid_from,
        decided_by=row.decided_by,
        reference=row.reference,
    )


def _sum_of(row: PriceRow, price: Money, marks: Marks) -> str:
    text = number(row.base.kronor)
    if marks.is_rural:
        text += f" + {number(row.rural_supplement.kronor)}"
    lowered = row.base + (row.rural_supplement if marks.is_rural else NO_MONEY) - price
    return text + (f" − {number(lowered.kronor)}" if lowered.ore else "")


def _missing(marks: Marks) -> str:
    names = []
    if not marks.has_full_time_right:
        names.append("rätt till heltid")
    if not marks.has_coherent_hours_right:
        names.append("rätt till sammanhållen arbetstid")
    return " och ".join(names)


def _per_hour(price: Money) -> str:
    return f"{number(price.kronor)}{HARD_SPACE}kr/h"
