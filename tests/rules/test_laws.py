"""Laws that hold for every month and every client, also those nobody thought of."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month, Period
from hemmavid.rules.absence import Absence
from hemmavid.rules.granted_time import GrantFacts, Per, absent_hours, granted_hours
from hemmavid.rules.hours_statement import (
    AtomFacts,
    StatementLine,
    StatementRow,
    StatementRules,
    statement_line,
    statement_rows,
    statement_total,
)
from hemmavid.rules.interventions import LOV_CODES
from hemmavid.rules.parameter_files import load_parameters
from hemmavid.rules.prices import Marks, PriceRow, ProviderKind
from hemmavid.rules.settlement import SettlementRules, proposal, provider_settlement, settle_line
from hemmavid.rules.visit_counting import (
    ManualPolicy,
    VisitFacts,
    VisitPolicies,
    performed,
)

CAPPED = frozenset({"avlosning", "ledsagning", "egenvard", "vak"})
# Both clock changes, 29 February, both sides of New Year and of the change of model.
MONTHS = [
    Month.parse(m) for m in ("2022-03", "2022-10", "2024-02", "2023-02", "2022-12", "2023-01", "2022-09")
]
FIGURES = ("granted_hours", "absence_hours", "granted_lov_hours", "performed_hours", "payable_hours")
PARAMETERS = load_parameters()
RULES = {month: SettlementRules.for_month(month, PARAMETERS) for month in MONTHS}
DAYS = st.dates(date(2022, 1, 1), date(2024, 6, 30))


@st.composite
def spans(draw: st.DrawFn) -> Period:
    start = draw(DAYS)
    length = draw(st.none() | st.integers(1, 500))
    return Period(start, None if length is None else start + timedelta(length))


@st.composite
def some_absences(draw: st.DrawFn) -> tuple[Absence, ...]:
    absences = []
    for left_on in draw(st.lists(DAYS, max_size=3)):
        length = draw(st.none() | st.integers(0, 60))
        absences.append(Absence(left_on, None if length is None else left_on + timedelta(length)))
    return tuple(absences)


GRANTS = st.builds(GrantFacts, st.integers(1, 5000), st.sampled_from(Per), spans(), st.none() | spans())
ATOMS = st.builds(
    AtomFacts,
    unit=st.sampled_from(["U1", "U2"]),
    client=st.sampled_from(["C1", "C2", "C3"]),
    intervention=st.sampled_from(sorted(LOV_CODES)),
    grants=st.lists(GRANTS, max_size=3).map(tuple),
    absences=some_absences(),
    deceased_on=st.none() | DAYS,
    performed_microseconds=st.integers(0, 10**12),
    visits=st.integers(0, 200),
    has_frame_time=st.booleans(),
)


# Visits of up to a day, around the ends of months with a clock change, a New Year and a 29 February in them.
VISIT_MONTHS = [Month.parse(month) for month in ("2022-10", "2023-03", "2022-12", "2024-02")]


@st.composite
def some_visits(draw: st.DrawFn, month: Month) -> list[VisitFacts]:
    visits = []
    for number in range(draw(st.integers(0, 8))):
        minutes = draw(st.integers(-3 * 1440, 40 * 1440))
        started_at = month.instants()[0] + timedelta(minutes=minutes)
        rows = VisitFacts(
            visit=f"V{draw(st.integers(0, 4))}",
            unit="U1",
            client=draw(st.sampled_from(["C1", "C2"])),
            intervention="ramtid",
            started_at=started_at,
            ended_at=started_at + timedelta(seconds=draw(st.integers(1, 86_400))),
            start_method=draw(st.sampled_from(["tag", "lock", "qr", "manual"])),
            end_method=draw(st.sampled_from(["tag", "manual"])),
            is_approved=draw(st.sampled_from([True, False, None])),
            status=draw(st.sampled_from(["performed", "performed", "cancelled", "not_performed"])),
        )
        visits.append(replace(rows, visit=f"{rows.visit}-{rows.client}-{number % 2}"))
    return visits


def lines_of(atoms: Sequence[AtomFacts], month: Month) -> list[StatementLine]:
    return [statement_line(atom, RULES[month].statement) for atom in atoms]


def summed(rows: Sequence[StatementRow] | Sequence[StatementLine], figure: str) -> Decimal:
    return sum((getattr(row, figure) for row in rows), Decimal("0.00"))


@given(grants=st.lists(GRANTS, max_size=3), away=some_absences(), died=st.none() | DAYS, data=st.data())
def test_time_is_additive_over_any_split_of_a_period(
    grants: list[GrantFacts], away: tuple[Absence, ...], died: date | None, data: st.DataObject
) -> None:
    start = data.draw(DAYS)
    end = start + timedelta(data.draw(st.integers(2, 120)))
    cut = data.draw(st.dates(start + timedelta(1), end - timedelta(1)))
    parts = Period(start, cut), Period(cut, end)
    whole = Period(start, end)
    assert granted_hours(grants, whole, died) == sum(granted_hours(grants, part, died) for part in parts)
    assert absent_hours(grants, away, whole, died) == sum(
        absent_hours(grants, away, part, died) for part in parts
    )
    assert absent_hours(grants, away, whole, died) <= granted_hours(grants, whole, died)


@given(atom=ATOMS, month=st.sampled_from(MONTHS))
def test_a_line_shows_the_exact_time_rounded_once(atom: AtomFacts, month: Month) -> None:
    line = statement_line(atom, RULES[month].statement)
    exact = granted_hours(atom.grants, month.period, atom.deceased_on)
    away = absent_hours(atom.grants, atom.absences, month.period, atom.deceased_on)
    assert line.granted_hours == int(exact * 100 + Fraction(1, 2)) / Decimal(100)
    assert line.absence_hours == int(away * 100 + Fraction(1, 2)) / Decimal(100)
    assert line.granted_lov_hours == line.granted_hours - line.absence_hours >= 0


@given(atoms=st.lists(ATOMS, max_size=8), month=st.sampled_from(MONTHS), seed=st.integers(0, 99))
def test_order_of_input_is_irrelevant_and_twice_equals_once(
    atoms: list[AtomFacts], month: Month, seed: int
) -> None:
    shuffled = [
        replace(
            atom,
            grants=tuple(reversed(atom.grants)),
            absences=tuple(Random(seed).sample(atom.absences, len(atom.absences))),
        )
        for atom in Random(seed).sample(atoms, len(atoms))
    ]
    once = statement_rows(lines_of(atoms, month))
    assert statement_rows(lines_of(atoms, month)) == once
    assert statement_rows(lines_of(shuffled, month)) == once
    assert statement_total(lines_of(shuffled, month)) == statement_total(lines_of(atoms, month))


@pytest.mark.parametrize("figure", FIGURES)
@given(atoms=st.lists(ATOMS, max_size=8), month=st.sampled_from(MONTHS))
def test_shown_lines_sum_to_the_shown_totals_at_every_level(
    figure: str, atoms: list[AtomFacts], month: Month
) -> None:
    lines = lines_of(atoms, month)
    total = getattr(statement_total(lines), figure)
    assert total == summed(lines, figure) == summed(statement_rows(lines), figure)
    by_unit = [statement_total([line for line in lines if line.unit == unit]) for unit in ("U1", "U2")]
    assert total == summed(by_unit, figure)
    assert total == total.quantize(Decimal("0.01"))


@given(atom=ATOMS, month=st.sampled_from(MONTHS))
def test_payable_is_never_above_the_cap_nor_negative(atom: AtomFacts, month: Month) -> None:
    line = statement_line(atom, RULES[month].statement)
    assert line.payable_hours >= 0
    if month < Month(2022, 10):
        assert line.payable_hours == line.performed_hours
    else:
        assert line.payable_hours <= line.granted_lov_hours
        if atom.intervention in CAPPED:
            assert line.payable_hours <= line.performed_hours


@given(atoms=st.lists(ATOMS, max_size=6), month=st.sampled_from(MONTHS), rural=st.booleans())
def test_the_settlement_pays_every_payable_hour_once_and_sums_its_lines(
    atoms: list[AtomFacts], month: Month, rural: bool
) -> None:
    rules = RULES[month]
    row = PriceRow(ProviderKind.PRIVATE, date(2020, 1, 1), Money(48035), Money(2100), Money(900))
    price = rules.price(row, Marks(is_rural=rural, has_full_time_right=False))
    settled = [settle_line(statement_line(atom, rules.statement), atom, price, rules) for atom in atoms]
    paid = provider_settlement("P1", settled, month.next().first_day)
    whole = proposal(month, [None, paid])
    hours = sum((line.hours for line in paid.lines), Decimal(0)) if paid else 0
    assert hours == summed(lines_of(atoms, month), "payable_hours")
    assert whole.total == Money.total(line.amount for line in (paid.lines if paid else ()))
    assert [p.provider for p in whole.providers] == (["P1"] if hours else [])
    for line in paid.lines if paid else ():
        exact = Fraction(line.hours) * line.price.ore
        assert abs(exact - line.amount.ore) <= Fraction(1, 2)
        assert all(sentence.endswith(".") for sentence in line.because)


@pytest.mark.parametrize("middle", VISIT_MONTHS, ids=str)
@given(data=st.data(), seed=st.integers(0, 99), manual=st.sampled_from(ManualPolicy))
def test_a_visit_is_counted_in_one_month_whatever_the_order(
    middle: Month, data: st.DataObject, seed: int, manual: ManualPolicy
) -> None:
    visits = data.draw(some_visits(middle))
    policies = VisitPolicies(manual=manual, counts_per_employee=True)
    months = [middle.previous(), middle, middle.next()]
    found = [performed(visits, month, policies) for month in months]
    shuffled = Random(seed).sample(visits, len(visits))
    assert [performed(shuffled, month, policies) for month in months] == found
    counted = sum(figures.visits for month in found for figures in month.values())
    every = VisitPolicies(manual=ManualPolicy.ACCEPT, counts_per_employee=True)
    assert counted <= sum(visit.status == "performed" for visit in visits)
    assert counted <= sum(f.visits for month in months for f in performed(visits, month, every).values())


@given(visits=some_visits(Month(2023, 3)))
def test_the_time_of_a_visit_is_the_time_that_passed_also_when_the_clock_is_changed(
    visits: list[VisitFacts],
) -> None:
    every = VisitPolicies(manual=ManualPolicy.ACCEPT)
    months = [Month(2023, 2), Month(2023, 3), Month(2023, 4)]
    summed = sum(f.microseconds for month in months for f in performed(visits, month, every).values())
    passed = [
        visit.ended_at.timestamp() - visit.started_at.timestamp()
        for visit in visits
        if visit.started_at and visit.ended_at and visit.status == "performed"
    ]
    assert summed == round(sum(passed)) * 10**6


@given(visits=some_visits(Month(2022, 10)))
def test_refusing_manual_visits_never_counts_more(visits: list[VisitFacts]) -> None:
    month = Month(2022, 10)
    times = [
        sum(f.microseconds for f in performed(visits, month, VisitPolicies(manual=policy)).values())
        for policy in (ManualPolicy.REFUSE, ManualPolicy.APPROVE, ManualPolicy.ACCEPT)
    ]
    assert times == sorted(times)


def test_ten_thousand_lines_take_well_under_half_a_second() -> None:
    month = Month(2022, 10)
    rules = StatementRules.for_month(month, PARAMETERS)
    since = Period(date(2022, 1, 1))
    atom = AtomFacts(
        "U1",
        "C1",
        "ramtid",
        grants=(GrantFacts(174, Per.WEEK, since, since),),
        absences=(Absence(date(2022, 10, 3), date(2022, 10, 9)),),
        performed_microseconds=29_268 * 10**6,
        visits=32,
    )
    started = time.process_time()
    for _ in range(10_000):
        statement_line(atom, rules)
    assert time.process_time() - started < 0.5
