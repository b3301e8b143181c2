"""Weeks of granted and performed time: whole weeks, both clock changes, New Year, and the rule's own sums."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from hemmavid.access.actors import SYSTEM, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.lib.hours import as_decimal
from hemmavid.lib.periods import Period
from hemmavid.lib.rounding import HALF_UP
from hemmavid.orders.queries import absences_in, grants_in
from hemmavid.organisations.selection import Selection
from hemmavid.people.models import Client
from hemmavid.reports.weekly_hours import weekly_hours
from hemmavid.rules.granted_time import absent_hours, granted_hours
from tests.settlement.town import Town

UNTIL = date(2023, 1, 12)  # a Thursday


@pytest.fixture
def town(as_system) -> Town:
    return Town()


def test_weeks_are_whole_in_order_and_numbered_as_in_the_calendar(town):
    weeks = weekly_hours(until=UNTIL, weeks=4, by=SYSTEM)
    assert [(one.year, one.week) for one in weeks] == [(2022, 50), (2022, 51), (2022, 52), (2023, 1)]
    assert weeks[-1].monday + timedelta(days=7) == date(2023, 1, 9)


def test_granted_is_the_rules_own_sum_over_the_week(town):
    """October's clock change, the turns of months and of the year, an absence and a death lie in the span."""
    weeks = weekly_hours(until=UNTIL, weeks=13, by=SYSTEM)
    for week in weeks:
        span = Period(week.monday, week.monday + timedelta(days=7))
        assert week.granted == rounded(exact(span))


def exact(span: Period) -> Fraction:
    absences = absences_in(span, by=SYSTEM, selection=Selection())
    deaths = dict(Client.objects.order_by("pk").values_list("pk", "deceased_on"))
    total = Fraction(0)
    for grant in grants_in(span, by=SYSTEM, selection=Selection()):
        died = deaths[grant.client_id]
        total += granted_hours([grant.facts], span, died)
        total -= absent_hours([grant.facts], absences.get(grant.client_id, ()), span, died)
    return total


def rounded(hours: Fraction) -> Decimal:
    return as_decimal(HALF_UP.hundredths(hours.numerator, hours.denominator))


def test_performed_lies_in_the_week_of_the_visit(town):
    weeks = {one.monday: one.performed for one in weekly_hours(until=date(2022, 12, 12), weeks=7, by=SYSTEM)}
    # Thirteen minutes and seventeen seconds, in the week of 20 November one for each of five living clients.
    assert weeks[date(2022, 11, 14)] == as_decimal(HALF_UP.hundredths(5 * 797, 3600))
    assert weeks[date(2022, 11, 21)] == 0


def test_a_unit_and_a_client_see_their_part(town):
    whose = town.person(Role.UNIT_MANAGER, "U1")
    with scoped(whose):
        mine = weekly_hours(until=date(2022, 12, 12), weeks=7, by=whose)
    assert mine == weekly_hours(until=date(2022, 12, 12), weeks=7, by=SYSTEM, unit_id=town.units["U1"].pk)
    client = weekly_hours(until=date(2022, 12, 12), weeks=7, by=SYSTEM, client_id=town.clients[0].pk)
    assert 0 < sum(one.granted for one in client) < sum(one.granted for one in mine)


def test_who_may_not_see_hours_is_denied(town):
    with pytest.raises(Denied):
        weekly_hours(until=UNTIL, by=town.person(Role.SYSTEM_ADMINISTRATOR))


@pytest.mark.parametrize("clients", [1, 30])
def test_the_weeks_cost_five_queries_whatever_the_number_of_clients(
    clients, as_system, django_assert_num_queries
):
    Town(clients)
    with django_assert_num_queries(5):
        weekly_hours(until=date(2022, 12, 12), by=SYSTEM)
