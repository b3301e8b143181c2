"""PostgreSQL counts as the rule does, whatever the visits: `performed_in` against the pure reference."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hemmavid.access.actors import SYSTEM
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Month, Period
from hemmavid.organisations.selection import Selection
from hemmavid.rules.visit_counting import ManualPolicy, VisitFacts, VisitPolicies, performed
from hemmavid.visits.models import Visit
from hemmavid.visits.queries import performed_in, weekly_time
from tests.factories.chain import ClientFactory, StaffFactory, UnitFactory, VisitFactory

CLOCK_BACK, CLOCK_ON, NEW_YEAR = Month(2022, 10), Month(2023, 3), Month(2022, 12)
DIED_ON = date(2022, 10, 30)  # the day of twenty-five hours
METHODS = ["tag", "lock", "qr", "manual"]
WHO = st.tuples(st.sampled_from(["C1", "C2"]), st.sampled_from(["U1", "U2"]))
SUBJECT = st.tuples(
    st.sampled_from(["ramtid", "morgonhjalp", "avlosning", "natthjalp"]),
    st.sampled_from(["performed", "performed", "performed", "cancelled", "not_performed"]),
)


@st.composite
def instants(draw: st.DrawFn, month: Month) -> datetime:
    """Mostly near the month's ends and the clock change, where mistakes live."""
    start, end = month.instants()
    edges = [start, end, datetime(2022, 10, 30, 1, tzinfo=UTC), datetime(2022, 10, 30, 23, tzinfo=UTC)]
    near = draw(st.sampled_from(edges)) + timedelta(minutes=draw(st.integers(-180, 180)))
    anywhere = start + timedelta(microseconds=draw(st.integers(0, 31 * 86_400 * 10**6)))
    return draw(st.sampled_from([near, anywhere]))


@st.composite
def visits(draw: st.DrawFn, month: Month) -> list[VisitFacts]:
    """Visits of one to three staff; the rows of one agree in all but time, methods and approval."""
    found = []
    for number in range(draw(st.integers(0, 6))):
        (client, unit), (intervention, status) = draw(WHO), draw(SUBJECT)
        for _ in range(draw(st.sampled_from([1, 1, 2, 3]))):
            start = draw(instants(month))
            found.append(
                VisitFacts(
                    visit=f"V{number}",
                    unit=unit,
                    client=client,
                    intervention=intervention,
                    started_at=start,
                    ended_at=start + timedelta(microseconds=draw(st.integers(0, 24 * 3600 * 10**6))),
                    start_method=draw(st.sampled_from(METHODS)),
                    end_method=draw(st.sampled_from(METHODS)),
                    is_approved=draw(st.sampled_from([True, False, None])),
                    status=status,
                )
            )
    return found


POLICIES = st.builds(
    VisitPolicies,
    manual=st.sampled_from(ManualPolicy),
    sums_double=st.booleans(),
    counts_per_employee=st.booleans(),
)
CASES = st.sampled_from([CLOCK_BACK, CLOCK_ON, NEW_YEAR]).flatmap(
    lambda month: st.tuples(st.just(month), visits(month))
)
WITH_THE_DATABASE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


class Place:
    """Two units with three staff each, two clients; one dies on the day the clock goes back."""

    def __init__(self) -> None:
        self.units = {code: UnitFactory(code=code) for code in ("U1", "U2")}
        self.clients = {
            "C1": ClientFactory(code="C1"),
            "C2": ClientFactory(code="C2", deceased_on=DIED_ON),
        }
        self.staff = {code: StaffFactory.create_batch(3, unit=unit) for code, unit in self.units.items()}

    def store(self, facts: list[VisitFacts]) -> None:
        """Store the rows, each of a visit by staff of its own."""
        seen: dict[str, int] = {}
        rows = []
        for one in facts:
            number = seen[one.visit] = seen.get(one.visit, -1) + 1
            rows.append(
                Visit(
                    code=one.visit,
                    client=self.clients[one.client],
                    unit=self.units[one.unit],
                    intervention=one.intervention,
                    staff=self.staff[one.unit][number],
                    started_at=one.started_at,
                    ended_at=one.ended_at,
                    start_method=one.start_method,
                    end_method=one.end_method,
                    is_approved=one.is_approved,
                    status=one.status,
                )
            )
        Visit.objects.bulk_create(rows)

    def reference(self, facts: list[VisitFacts], month: Month, policies: VisitPolicies) -> dict:
        """What the pure rule says, by the keys of the database."""
        within_lov = [one for one in facts if one.intervention != "natthjalp"]
        return {
            (self.units[key.unit].pk, self.clients[key.client].pk, key.intervention): figures
            for key, figures in performed(within_lov, month, policies, {"C2": DIED_ON}).items()
        }


@pytest.fixture
def place(as_system) -> Place:
    return Place()


@WITH_THE_DATABASE
@given(case=CASES, policies=POLICIES)
@example(case=(CLOCK_BACK, []), policies=VisitPolicies())
def test_the_database_sums_and_counts_as_the_rule_does(place, case, policies):
    month, facts = case
    with transaction.atomic():
        place.store(facts)
        counted = performed_in(month.instants(), policies=policies, by=SYSTEM, selection=Selection())
        transaction.set_rollback(True)
    assert counted == place.reference(facts, month, policies)


@WITH_THE_DATABASE
@given(case=CASES)
def test_the_weeks_of_a_span_sum_to_the_span(place, case):
    month, facts = case
    monday = month.first_day - timedelta(days=month.first_day.weekday() + 7)
    span = Period(monday, monday + timedelta(weeks=8))
    policies = VisitPolicies()
    with transaction.atomic():
        place.store(facts)
        weeks = weekly_time(span, policies=policies, by=SYSTEM, selection=Selection())
        months = [
            performed_in(one.instants(), policies=policies, by=SYSTEM, selection=Selection())
            for one in (month.previous(), month, month.next())
        ]
        transaction.set_rollback(True)
    assert all(one.weekday() == 0 for one in weeks)
    whole = sum(figures.microseconds for one in months for figures in one.values())
    outside = [one for one in facts if not is_within(one, span)]
    if not outside:
        assert sum(weeks.values(), timedelta()) == timedelta(microseconds=whole)


def test_where_only_the_longest_row_is_summed_so_it_is_in_the_weeks(place):
    for minutes, staff in zip((10, 25), place.staff["U1"], strict=False):
        VisitFactory(
            code="V1", client=place.clients["C1"], unit=place.units["U1"], staff=staff, minutes=minutes
        )
    span = Period(date(2022, 11, 7), date(2022, 11, 14))
    for sums_double, total in ((True, 35), (False, 25)):
        policies = VisitPolicies(sums_double=sums_double)
        weeks = weekly_time(span, policies=policies, by=SYSTEM, selection=Selection())
        assert weeks == {date(2022, 11, 7): timedelta(minutes=total)}


def test_weeks_without_end_are_refused(place):
    with pytest.raises(ValueError, match="without end"):
        weekly_time(Period(date(2022, 11, 7)), policies=VisitPolicies(), by=SYSTEM, selection=Selection())


def is_within(visit: VisitFacts, span: Period) -> bool:
    return span.contains(local_day(visit.started_at))


def test_a_visit_across_midnight_belongs_to_the_day_and_month_it_starts(place):
    start = datetime(2022, 10, 31, 22, 50, tzinfo=UTC)  # 23.50 on the last of October in Sweden
    VisitFactory(
        client=place.clients["C1"],
        unit=place.units["U1"],
        started_at=start,
        ended_at=start + timedelta(hours=1),
    )
    october, november = (
        performed_in(month.instants(), policies=VisitPolicies(), by=SYSTEM, selection=Selection())
        for month in (Month(2022, 10), Month(2022, 11))
    )
    assert [figures.microseconds for figures in october.values()] == [3600 * 10**6]
    assert november == {}


def test_the_hour_that_comes_twice_is_two_hours(place):
    start = datetime(2022, 10, 30, 0, 30, tzinfo=UTC)  # 02.30 summer time
    VisitFactory(
        client=place.clients["C1"],
        unit=place.units["U1"],
        started_at=start,
        ended_at=start + timedelta(hours=1),
    )
    month = performed_in(CLOCK_BACK.instants(), policies=VisitPolicies(), by=SYSTEM, selection=Selection())
    assert [figures.microseconds for figures in month.values()] == [3600 * 10**6]


@pytest.mark.parametrize(("hour", "counts"), [(21, True), (22, True), (23, False)])
def test_the_day_of_death_counts_to_its_last_minute(place, hour, counts):
    """The client dies on the day of twenty-five hours: it ends at 23.00 UTC."""
    start = datetime(2022, 10, 30, hour, 0, tzinfo=UTC)
    VisitFactory(client=place.clients["C2"], unit=place.units["U1"], started_at=start)
    found = performed_in(CLOCK_BACK.instants(), policies=VisitPolicies(), by=SYSTEM, selection=Selection())
    assert bool(found) == counts
