"""What a running month will pay, by what is known so far."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hemmavid.lib.hours import as_decimal, as_hundredths
from hemmavid.rules.hours_statement import PaymentModel, StatementLine, StatementRules
from hemmavid.rules.interventions import PaymentClass


def expected_payable(line: StatementLine, rules: StatementRules, *, through: date) -> Decimal:
    """The payable hours the whole month is expected to give; `through` is the last day with visits.

    What is paid as granted is known: grants and absences reach to the end of the month. What is paid as
    performed goes on at the pace so far, up to the granted time where that is the cap (R195, R198).
    """
    elapsed = (through - rules.month.first_day).days + 1
    if elapsed <= 0:
        pace = as_decimal(0)
    elif elapsed >= rules.days:
        pace = line.performed_hours
    else:
        parts = as_hundredths(line.performed_hours) * rules.days
        pace = as_decimal(rules.rounding.hundredths(parts, 100 * elapsed))
    if rules.model is PaymentModel.PERFORMED:
        return pace
    if rules.classes[line.intervention] is PaymentClass.PERFORMED_UP_TO_GRANTED:
        return min(pace, line.granted_lov_hours)
    return line.payable_hours
