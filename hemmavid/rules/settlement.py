"""The settlement proposal: hours times price, each line explained (contract.md section 5)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.lib.rounding import HALF_UP, Rounding, RoundingMode
from hemmavid.rules.absence import Span, absent_spans, days_within
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.granted_time import DAYS_A_WEEK, GrantFacts, Per
from hemmavid.rules.hours_statement import AtomFacts, PaymentModel, StatementLine, StatementRules
from hemmavid.rules.interventions import PaymentClass, label_of
from hemmavid.rules.parameter_files import DatedValue, ParameterSet
from hemmavid.rules.prices import ComposedPrice, Marks, PriceRow, compose_price

PER_LABELS = {Per.WEEK: "vecka", Per.MONTH: "månad"}


@dataclass(frozen=True, slots=True)
class SettlementRules:
    """A month with everything looked up once: parameters in force on its last day."""

    statement: StatementRules
    model: DatedValue
    classes: DatedValue
    deduction_when: DatedValue
    rural: DatedValue
    hours_mode: DatedValue
    absent_first_day: DatedValue
    absent_last_day: DatedValue
    cap_period: DatedValue
    line_mode: DatedValue
    rounding: Rounding

    @classmethod
    def for_month(cls, month: Month, parameters: ParameterSet) -> SettlementRules:
        """The rules of the month, or ParameterNotDefined."""
        day = month.last_day
        parameters.at("round.total", day)  # a gap is an error; sums of lines are never rounded again (A9)
        mode = parameters.at("round.line_mode", day)
        return cls(
            statement=StatementRules.for_month(month, parameters),
            model=parameters.at("payment.model", day),
            classes=parameters.at("insats.class", day),
            deduction_when=parameters.at("deduction.when", day),
            rural=parameters.at("rural.source", day),
            hours_mode=parameters.at("round.hours_mode", day),
            absent_first_day=parameters.at("absence.first_day", day),
            absent_last_day=parameters.at("absence.last_day", day),
            cap_period=parameters.at("cap.period", day),
            line_mode=mode,
            rounding=Rounding(parameters.at("round.line_decimals", day).whole, RoundingMode(mode.text)),
        )

    @property
    def month(self) -> Month:
        """The month that is settled."""
        return self.statement.month

    def price(self, row: PriceRow, marks: Marks) -> ComposedPrice:
        """The price per hour by this month's rules. The same for every line of equal row and marks."""
        return compose_price(row, marks, deduction_when=self.deduction_when, rural=self.rural)


@dataclass(frozen=True, slots=True)
class SettlementLine:
    """One line of the proposal."""

    client: str
    unit: str
    intervention: str
    hours: Decimal
    price: Money
    amount: Money
    explanation: Step

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


@dataclass(frozen=True, slots=True)
class ProviderSettlement:
    """A provider's lines by client, unit and intervention, their total and the day it is paid."""

    provider: str
    payment_date: date
    lines: tuple[SettlementLine, ...]
    total: Money


@dataclass(frozen=True, slots=True)
class SettlementProposal:
    """A month of all providers, by code."""

    month: Month
    providers: tuple[ProviderSettlement, ...]
    total: Money


def settle_line(
    line: StatementLine, facts: AtomFacts, price: ComposedPrice, rules: SettlementRules
) -> SettlementLine | None:
    """The settlement of one line of the statement, or None without payable hours.

    `facts` are those the line was computed from: the explanation tells how its hours came about.
    """
    if not line.payable_hours:
        return None
    return _settled(
        (line.client, line.unit, line.intervention),
        line.payable_hours,
        price,
        rules,
        _hours_step(line, facts, rules),
    )


def provider_settlement(
    provider: str, lines: Iterable[SettlementLine | None], payment_date: date
) -> ProviderSettlement | None:
    """The lines in order with their sum; None without lines. Nones among the lines are left out."""
    paid = [line for line in lines if line is not None]
    if not paid:
        return None
    paid.sort(key=lambda line: (line.client, line.unit, line.intervention))
    return ProviderSettlement(provider, payment_date, tuple(paid), Money.total(line.amount for line in paid))


def proposal(month: Month, providers: Iterable[ProviderSettlement | None]) -> SettlementProposal:
    """All providers that are paid anything, by code, with the sum of their totals."""
    paid = sorted((p for p in providers if p is not None), key=lambda p: p.provider)
    return SettlementProposal(month, tuple(paid), Money.total(p.total for p in paid))


def settled_bonus(
    key: tuple[str, str, str], dated: DatedValue, price: ComposedPrice, rules: SettlementRules, why: Step
) -> SettlementLine | None:
    """A line of fixed hours (see care_plan_bonus); None when the hours are zero."""
    hours = dated.decimal.quantize(Decimal("0.01"))
    return _settled(key, hours, price, rules, why) if hours else None


def _settled(
    key: tuple[str, str, str], hours: Decimal, price: ComposedPrice, rules: SettlementRules, why: Step
) -> SettlementLine:
    amount = price.price.times(hours, rules.rounding)
    sentence = (
        f"{swedish.hours(hours)} × {swedish.number(price.price.kronor)}{swedish.HARD_SPACE}kr/h = "
        f"{swedish.kronor(amount)}, avrundat en gång"
    )
    inputs = {"hours": str(hours), "price": str(price.price), "amount": str(amount)}
    explanation = parameter_step(sentence, "R081, A9", rules.line_mode, inputs, why, price.explanation)
    return SettlementLine(*key, hours=hours, price=price.price, amount=amount, explanation=explanation)


def _hours_step(line: StatementLine, facts: AtomFacts, rules: SettlementRules) -> Step:
    label = label_of(line.intervention)
    inputs = {"performed_hours": str(line.performed_hours), "payable_hours": str(line.payable_hours)}
    done = f"utförd tid {swedish.hours(line.performed_hours)} i {line.visits} besök"
    if rules.statement.model is PaymentModel.PERFORMED:
        sentence = f"{label} ersätts med {done}"
        return parameter_step(sentence, "S01, R119, R075", rules.model, inputs)
    model = parameter_step("Beviljad tid som är verkställd ersätts", "S01, R195, R180", rules.model, {})
    granted = (model, *_granted_steps(facts, rules), _granted_lov_step(line, rules.hours_mode))
    paid = swedish.hours(line.payable_hours)
    if rules.statement.classes[line.intervention] is PaymentClass.AS_GRANTED:
        sentence = f"{label} ersätts som beviljat: {paid}"
        return parameter_step(sentence, "R195", rules.classes, inputs, *granted)
    lov = swedish.hours(line.granted_lov_hours)
    sentence = f"{label} ersätts utfört upp till beviljat: det lägsta av {done} och {lov} = {paid}"
    cap = parameter_step("Högst beviljat räknas månad för månad", "R198, A12", rules.cap_period, {})
    return parameter_step(sentence, "R198", rules.classes, inputs, *granted, cap)


def _granted_steps(facts: AtomFacts, rules: SettlementRules) -> list[Step]:
    """One step for each grant of the month, and two for its days of absence."""
    absent = absent_spans(facts.absences, rules.statement.absence)
    steps = []
    for grant in sorted(facts.grants, key=lambda grant: grant.period.start):
        span = grant.days_in(rules.statement.span, facts.deceased_on)
        if span is not None:
            steps.append(_grant_step(grant, span, rules.month))
            away = days_within(absent, *span)
            if away:
                steps += _absence_steps(away, rules)
    return steps


def _grant_step(grant: GrantFacts, span: Span, month: Month) -> Step:
    days = span[1] - span[0]
    whole = DAYS_A_WEEK if grant.per is Per.WEEK else month.days
    minutes = swedish.number(as_decimal(HALF_UP.hundredths(grant.minutes * days, whole)))
    first, last = date.fromordinal(span[0]), date.fromordinal(span[1] - 1)
    return Step(
        sentence=(
            f"Beviljat {grant.minutes} min per {PER_LABELS[grant.per]} i {_days(days)} "
            f"({first.isoformat()}–{last.isoformat()}): {grant.minutes} × {days} ÷ {whole} = {minutes} min "
            f"(R072, R195)."
        ),
        rule="R072, R195",
        inputs={"minutes": str(grant.minutes), "per": grant.per.value, "days": str(days)},
    )


def _absence_steps(days: int, rules: SettlementRules) -> list[Step]:
    """How many days, and how the day of leaving and the day of return are counted."""
    first, last = rules.absent_first_day, rules.absent_last_day
    leaving = f"Uppehåll i {_days(days)} av dem; dagen brukaren lämnar hemmet {_paid(first)}"
    back = f"Dagen brukaren kommer tillbaka {_paid(last)}"
    return [
        parameter_step(leaving, "R073, R196, A10", first, {"absent_days": str(days)}),
        parameter_step(back, "R073, R196, A10", last, {}),
    ]


def _paid(edge_day: DatedValue) -> str:
    return "ersätts" if edge_day.text == "paid" else "ersätts inte"


def _granted_lov_step(line: StatementLine, mode: DatedValue) -> Step:
    granted, absence, lov = (
        swedish.hours(figure) for figure in (line.granted_hours, line.absence_hours, line.granted_lov_hours)
    )
    inputs = {"granted_hours": str(line.granted_hours), "absence_hours": str(line.absence_hours)}
    sentence = f"{granted} beviljad − {absence} uppehåll = {lov}, avrundat en gång"
    return parameter_step(sentence, "R074, R195, R196, A9", mode, inputs)


def _days(count: int) -> str:
    return "1 dag" if count == 1 else f"{count} dagar"
