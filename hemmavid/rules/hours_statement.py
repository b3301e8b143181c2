"""The hours statement (Timunderlag LOV): one line per unit, client, intervention and month.

contract.md section 4; R070-R082, R119, R195, R196, R198. Figures are exact until rounded once, and every
higher level is a sum of the lines shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from hemmavid.lib.hours import (
    MICROSECONDS_A_SECOND,
    SECONDS_AN_HOUR,
    as_decimal,
    hours_per_visit,
)
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import HALF_UP, Rounding, RoundingMode
from hemmavid.rules.absence import Absence, AbsencePolicy, Span, absent_spans, days_within
from hemmavid.rules.granted_time import GrantFacts, parts_an_hour
from hemmavid.rules.interventions import VISIT_KINDS, PaymentClass, UnknownIntervention, row_order
from hemmavid.rules.parameter_files import ParameterSet

MICROSECONDS_AN_HOUR = SECONDS_AN_HOUR * MICROSECONDS_A_SECOND


class PaymentModel(StrEnum):
    """What is paid: performed time until 2022-09-30, granted time from 2022-10-01 (S01, R119, R176)."""

    PERFORMED = "performed"
    GRANTED = "granted"


@dataclass(frozen=True, slots=True)
class AtomFacts:
    """What is known of one unit, client and intervention in one month.

    `grants` are those of this unit, client and intervention that touch the month (more do no harm);
    `absences` and `deceased_on` the client's. `performed_microseconds` and `visits` sum the counted visits
    (visit_counting). `has_frame_time`: a grant of ramtid at this unit covers at least one day of the month.
    """

    unit: str
    client: str
    intervention: str
    grants: tuple[GrantFacts, ...] = ()
    absences: tuple[Absence, ...] = ()
    deceased_on: date | None = None
    performed_microseconds: int = 0
    visits: int = 0
    has_frame_time: bool = False


@dataclass(frozen=True, slots=True)
class StatementRules:
    """A month with everything looked up once: parameters in force on its last day."""

    month: Month
    span: Span
    days: int
    model: PaymentModel
    classes: Mapping[str, PaymentClass]
    absence: AbsencePolicy
    rounding: Rounding

    @classmethod
    def for_month(cls, month: Month, parameters: ParameterSet) -> StatementRules:
        """The rules of the month, or ParameterNotDefined."""
        day = month.last_day
        for honoured_in_one_way in ("absence.method", "cap.period"):
            parameters.at(honoured_in_one_way, day)  # a gap is an error
        classes = parameters.at("insats.class", day).table
        return cls(
            month=month,
            span=(month.first_day.toordinal(), month.next().first_day.toordinal()),
            days=month.days,
            model=PaymentModel(parameters.at("payment.model", day).text),
            classes={code: PaymentClass(text) for code, text in classes.items()},
            absence=AbsencePolicy.for_month(month, parameters),
            rounding=Rounding(
                parameters.at("round.hours_decimals", day).whole,
                RoundingMode(parameters.at("round.hours_mode", day).text),
            ),
        )


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One atom of the statement. Hours carry two decimals. `exists`: the contract knows this line."""

    unit: str
    client: str
    intervention: str
    granted_hours: Decimal
    absence_hours: Decimal
    granted_lov_hours: Decimal
    performed_hours: Decimal
    payable_hours: Decimal
    visits: int
    wrong_intervention: bool
    exists: bool


@dataclass(frozen=True, slots=True)
class StatementRow:
    """Lines summed: one intervention, or all (`intervention=None`, the total)."""

    intervention: str | None
    granted_hours: Decimal
    absence_hours: Decimal
    granted_lov_hours: Decimal
    performed_hours: Decimal
    payable_hours: Decimal
    visits: int
    hours_per_visit: Decimal | None
    wrong_intervention: bool

    @property
    def is_shown(self) -> bool:
        """Whether any figure is not zero or a visit counts."""
        return bool(self.visits or self.granted_hours or self.performed_hours or self.payable_hours)


def covers_a_day(grants: Iterable[GrantFacts], month: Month, deceased_on: date | None = None) -> bool:
    """Whether a grant is valid and in effect, and the client alive, on at least one day of the month."""
    span = month.first_day.toordinal(), month.next().first_day.toordinal()
    return any(grant.days_in(span, deceased_on) is not None for grant in grants)


def statement_line(facts: AtomFacts, rules: StatementRules) -> StatementLine:
    """The line of one atom. UnknownIntervention for a code outside LOV: those are never in the statement."""
    payment_class = rules.classes.get(facts.intervention)
    if payment_class is None:
        raise UnknownIntervention(facts.intervention)
    granted_parts = absent_parts = 0
    is_covered = False
    absent = absent_spans(facts.absences, rules.absence) if facts.absences else ()
    for grant in facts.grants:
        span = grant.days_in(rules.span, facts.deceased_on)
        if span is not None:
            is_covered = True
            granted_parts += grant.share(span[1] - span[0], rules.days)
            if absent:
                absent_parts += grant.share(days_within(absent, *span), rules.days)
    denominator = parts_an_hour(rules.days)
    granted = rules.rounding.hundredths(granted_parts, denominator)
    absence = rules.rounding.hundredths(absent_parts, denominator) if absent_parts else 0
    done = rules.rounding.hundredths(facts.performed_microseconds, MICROSECONDS_AN_HOUR)
    payable = _payable(payment_class, rules.model, granted - absence, done)
    is_misplaced = facts.has_frame_time and not is_covered and facts.intervention in VISIT_KINDS
    return StatementLine(
        facts.unit,
        facts.client,
        facts.intervention,
        as_decimal(granted),
        as_decimal(absence),
        as_decimal(granted - absence),
        as_decimal(done),
        as_decimal(payable),
        facts.visits,
        is_misplaced,
        is_covered or facts.visits > 0,
    )


def statement_rows(lines: Iterable[StatementLine], rounding: Rounding = HALF_UP) -> list[StatementRow]:
    """The lines summed by intervention: frame time first, the rest by code; rows of zeros are left out."""
    by_code: defaultdict[str, list[StatementLine]] = defaultdict(list)
    for line in lines:
        by_code[line.intervention].append(line)
    rows = (_row(code, by_code[code], rounding) for code in sorted(by_code, key=row_order))
    return [row for row in rows if row.is_shown]


def statement_total(lines: Iterable[StatementLine], rounding: Rounding = HALF_UP) -> StatementRow:
    """The sum of all lines (R079: hours per visit is the quotient of the sums, not a mean of rows)."""
    return _row(None, list(lines), rounding)


def _payable(payment_class: PaymentClass, model: PaymentModel, granted_lov: int, done: int) -> int:
    if model is PaymentModel.PERFORMED:
        return done  # S01, R119
    if payment_class is PaymentClass.AS_GRANTED:
        return granted_lov  # R195; a visit kind without a grant of its own has none, so 0 (R076)
    if payment_class is PaymentClass.PERFORMED_UP_TO_GRANTED:
        return min(done, granted_lov)  # R198
    return 0


def _row(code: str | None, lines: list[StatementLine], rounding: Rounding) -> StatementRow:
    zero = as_decimal(0)
    done = sum((line.performed_hours for line in lines), zero)
    visits = sum(line.visits for line in lines)
    return StatementRow(
        intervention=code,
        granted_hours=sum((line.granted_hours for line in lines), zero),
        absence_hours=sum((line.absence_hours for line in lines), zero),
        granted_lov_hours=sum((line.granted_lov_hours for line in lines), zero),
        performed_hours=done,
        payable_hours=sum((line.payable_hours for line in lines), zero),
        visits=visits,
        hours_per_visit=hours_per_visit(done, visits, rounding),
        wrong_intervention=any(line.wrong_intervention for line in lines),
    )
