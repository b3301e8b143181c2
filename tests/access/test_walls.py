"""Nobody sees another provider's client: not by queryset, not by raw SQL, not for any kind of row."""

from datetime import date

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.people.models import Client
from hemmavid.visits.models import Visit
from tests.access.neighbours import SCOPED_MODELS, TABLES, Household, actor_of, household
from tests.factories import AbsenceFactory, GrantFactory, StaffFactory, UnitFactory, VisitFactory

pytestmark = pytest.mark.django_db

OF_UNITS = (Role.UNIT_MANAGER, Role.COORDINATOR, Role.ON_CALL_SUPERVISOR)
OF_THE_MUNICIPALITY = (
    Role.CASE_OFFICER,
    Role.FIRST_CASE_OFFICER,
    Role.AUTHORITY_MANAGER,
    Role.CONTROLLER,
)
BLIND = tuple(role for role in Role if role not in (*OF_UNITS, *OF_THE_MUNICIPALITY))


@pytest.fixture
def neighbours() -> tuple[Household, Household]:
    with scoped(SYSTEM):
        return household(), household()


def keys(table: str) -> set[object]:
    key = "number" if table == "audit_look" else "pgh_id" if table.endswith("event") else "id"
    with connection.cursor() as cursor:
        cursor.execute(f"select {key} from {table}")
        return {row[0] for row in cursor.fetchall()}


@pytest.mark.parametrize("model", SCOPED_MODELS, ids=lambda model: model.__name__)
@pytest.mark.parametrize("role", OF_UNITS)
def test_a_queryset_holds_ones_own_and_nothing_of_the_neighbours(model, role, neighbours):
    with scoped(SYSTEM):  # the second wall is open, so this is the first alone
        seen = [
            set(model.objects.visible_to(one.actor(role)).values_list("pk", flat=True)) for one in neighbours
        ]
        everything = set(model.objects.values_list("pk", flat=True))
    assert all(seen)
    assert seen[0].isdisjoint(seen[1])
    assert seen[0] | seen[1] == everything


@pytest.mark.parametrize("role", OF_UNITS)
def test_raw_sql_holds_ones_own_and_nothing_of_the_neighbours(role, neighbours):
    mine, theirs = neighbours
    with scoped(mine.actor(role)):
        of_mine = {table: keys(table) for table in TABLES}
    with scoped(theirs.actor(role)):
        of_theirs = {table: keys(table) for table in TABLES}
    with scoped(SYSTEM):
        everything = {table: keys(table) for table in TABLES}
    for table in TABLES:
        assert of_mine[table], table
        assert of_theirs[table], table
        assert of_mine[table].isdisjoint(of_theirs[table]), table
        assert of_mine[table] | of_theirs[table] == everything[table], table


@pytest.mark.parametrize("role", OF_THE_MUNICIPALITY)
def test_the_municipality_sees_all(role, neighbours):
    with scoped(actor_of(role)):
        for table in TABLES:
            assert len(keys(table)) >= 2
        assert Client.objects.visible_to(actor_of(role)).count() == 2


@pytest.mark.parametrize("role", BLIND)
def test_a_role_without_screens_sees_nobody(role, neighbours):
    actor = actor_of(role, neighbours[0].unit.pk if role is Role.CARE_WORKER else None)
    with scoped(actor):
        assert {table: keys(table) for table in TABLES if keys(table)} == {}
        assert [model for model in SCOPED_MODELS if model.objects.visible_to(actor).exists()] == []


def test_roles_at_two_units_see_both_and_no_third(neighbours):
    mine, theirs = neighbours
    with scoped(SYSTEM):
        household()
    both = (Assignment(Role.UNIT_MANAGER, mine.unit.pk), Assignment(Role.COORDINATOR, theirs.unit.pk))
    actor = Actor(None, "Robin", both)
    with scoped(actor):
        assert (
            set(Client.objects.all()) == set(Client.objects.visible_to(actor)) == {mine.client, theirs.client}
        )


def test_a_write_outside_the_scope_is_refused_by_the_database(neighbours):
    mine, theirs = neighbours
    with scoped(mine.actor()):
        assert Visit.objects.filter(client=theirs.client).update(code="X") == 0
        assert Client.objects.filter(pk=theirs.client.pk).update(city="X") == 0


class TestAfterAChangeOfProvider:
    """The client moved from the old unit to the new on 1 November; both see the person, each its own time."""

    @pytest.fixture
    def moved(self):
        with scoped(SYSTEM):
            old, new = UnitFactory(), UnitFactory()
            grant = GrantFactory(unit=old, period=DateRange(date(2022, 1, 1), date(2022, 11, 1)))
            person = grant.client
            GrantFactory(client=person, unit=new, period=DateRange(date(2022, 11, 1), None))
            earlier = AbsenceFactory(client=person, left_on=date(2022, 5, 2), returned_on=date(2022, 5, 9))
            later = AbsenceFactory(client=person, left_on=date(2022, 12, 1), returned_on=None)
            visit = VisitFactory(client=person, unit=new, staff=StaffFactory(unit=new))
        return {"old": old, "new": new, "client": person, "earlier": earlier, "later": later, "visit": visit}

    def test_the_old_provider_sees_its_own_period_only(self, moved):
        actor = actor_of(Role.UNIT_MANAGER, moved["old"].pk)
        with scoped(actor):
            assert keys("people_client") == {moved["client"].pk}
            assert keys("orders_absence") == {moved["earlier"].pk}
            assert keys("visits_visit") == set()
            assert len(keys("orders_grant")) == 1

    def test_the_new_provider_sees_its_own_period_only(self, moved):
        actor = actor_of(Role.UNIT_MANAGER, moved["new"].pk)
        with scoped(actor):
            assert keys("orders_absence") == {moved["later"].pk}
            assert keys("visits_visit") == {moved["visit"].pk}
            assert len(keys("orders_grant")) == 1
