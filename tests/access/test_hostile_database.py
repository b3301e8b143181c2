"""What somebody with a connection as the application's role, and nothing more, could try."""

import uuid

import pytest
from django.db import ProgrammingError, connection, transaction

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.care_plans.models import ApprovedPlan
from tests.access.neighbours import AT, actor_of, household

pytestmark = pytest.mark.django_db
OF_OUR_OWN = """pronamespace = 'public'::regnamespace
    and proowner = (select relowner from pg_class where relname = 'people_client')"""


@pytest.fixture
def neighbours():
    with scoped(SYSTEM):
        return household(), household()


def asked(statement: str, *values: object) -> list[tuple[object, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall()


def refused(statement: str) -> None:
    with pytest.raises(ProgrammingError, match=r"permission denied|must be owner"), transaction.atomic():
        asked(statement)


class TestFunctionsWithTheirOwnersEyes:
    def test_are_these_two_and_no_others(self):
        rows = asked(f"select proname from pg_proc where prosecdef and {OF_OUR_OWN} order by 1")
        assert [row[0] for row in rows] == ["analyse_facts", "is_first_approved_plan"]

    def test_look_for_names_in_our_schema_alone(self):
        rows = asked(f"select proconfig from pg_proc where prosecdef and {OF_OUR_OWN}")
        assert {tuple(row[0]) for row in rows} == {("search_path=public, pg_temp",)}

    def test_nobody_can_put_a_name_of_his_own_into_the_schema(self):
        refused("create function public.lower_trap() returns int language sql as 'select 1'")
        refused("create table public.trap (id int)")

    def test_say_nothing_about_another_providers_plan(self, neighbours):
        mine, theirs = neighbours
        with scoped(SYSTEM):
            plans = {one.unit_id: one.pk for one in ApprovedPlan.objects.order_by("pk")}
        question = "select is_first_approved_plan(%s, true)"
        with scoped(mine.actor()):
            assert asked(question, plans[mine.unit.pk]) == [(True,)]
            assert asked(question, plans[theirs.unit.pk]) == asked(question, uuid.uuid4()) == [(False,)]
        assert asked(question, plans[mine.unit.pk]) == [(False,)]


class TestTheLookLog:
    FORGED = "select record_look(%s, null, 'Karin', 'controller', null, 'look', null, 'client', 1)"

    def test_may_be_written_by_anybody_and_read_by_nobody_without_a_scope(self, neighbours):
        asked(self.FORGED, AT)
        assert asked("select count(*) from audit_look") == [(0,)]

    def test_a_units_scope_does_not_read_what_the_municipality_looked_for(self, neighbours):
        asked(self.FORGED, AT)
        with scoped(neighbours[0].actor()):
            assert asked("select count(*) from audit_look where actor_name = 'Karin'") == [(0,)]

    @pytest.mark.parametrize("table", ["audit_look", "audit_block", "audit_datachange", "people_clientevent"])
    def test_can_be_neither_altered_nor_emptied_even_for_the_municipality(self, table, neighbours):
        with scoped(SYSTEM):
            refused(f"delete from {table} returning 1")
            refused(f"truncate {table}")
            refused(f"alter table {table} disable trigger all")
            refused(f"alter table {table} disable row level security")

    def test_its_numbers_cannot_be_turned_back(self):
        refused("select setval('audit_look_number_seq', 1)")


class TestTheRole:
    def test_cannot_become_anybody_else(self):
        rows = asked(
            "select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles"
            " where rolname = current_user"
        )
        assert rows == [(False, False, False, False)]
        refused("create role trap")

    def test_reads_no_files_and_runs_no_programs(self):
        refused("select pg_read_file('/etc/passwd')")
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            asked("copy people_client from program 'id'")

    def test_sees_no_statistics_with_values_of_rows(self, neighbours):
        """What ANALYZE keeps of columns holds names and numbers; row security hides that too."""
        with scoped(neighbours[0].actor()):
            rows = asked(
                "select tablename from pg_stats where tablename in ('people_client', 'visits_visit')"
            )
        assert rows == []

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.CARE_WORKER])
    def test_a_scope_of_nobody_stays_one_whatever_units_are_named(self, role, neighbours):
        with scoped(actor_of(role)):
            asked("select set_config('app.units', %s, true)", str(neighbours[0].unit.pk))
            assert asked("select count(*) from people_client") == [(0,)]
