"""Cases not yet given frame time, handled as if they had it (R133)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import Rounding
from hemmavid.rules.explanation import Step
from hemmavid.rules.granted_time import GrantFacts, granted_hours
from hemmavid.rules.interventions import FRAME_TIME, VISIT_KINDS, label_of, row_order


@dataclass(frozen=True, slots=True)
class AsIfFrameTime:
    """The hours of a month that stand in for frame time: the sum of the lines shown."""

    hours_by_intervention: tuple[tuple[str, Decimal], ...]
    hours: Decimal
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


def as_if_frame_time(
    grants: Iterable[tuple[str, GrantFacts]],
    month: Month,
    rounding: Rounding,
    deceased_on: date | None = None,
) -> AsIfFrameTime:
    """The granted hours of the month of everything that lies in frame time, by intervention code and summed.

    Grants of `ramtid` itself count too, so a client in the middle of the change is summed once. What lies
    outside frame time is left out.
    """
    by_code: defaultdict[str, list[GrantFacts]] = defaultdict(list)
    for code, grant in grants:
        if code == FRAME_TIME or code in VISIT_KINDS:
            by_code[code].append(grant)
    rows = []
    for code in sorted(by_code, key=row_order):
        exact = granted_hours(by_code[code], month.period, deceased_on)
        rows.append((code, as_decimal(rounding.hundredths(exact.numerator, exact.denominator))))
    hours = sum((hours for _, hours in rows), as_decimal(0))
    return AsIfFrameTime(tuple(rows), hours, _explained(rows, hours))


def _explained(rows: list[tuple[str, Decimal]], hours: Decimal) -> Step:
    lines = tuple(Step(f"{label_of(code)}: {swedish.hours(each)}.", "") for code, each in rows)
    sentence = f"Räknas som ramtid: {swedish.hours(hours)}, summan av det som ligger i ramtiden (R133)."
    return Step(sentence, "R133", {"hours": str(hours)}, children=lines)
