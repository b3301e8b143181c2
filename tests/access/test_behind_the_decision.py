"""What lies behind a decision is the authority's alone: a unit sees nothing of it (R018, R247, R399)."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from hemmavid.access.actors import SYSTEM
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from tests.access.neighbours import BEHIND_THE_DECISION, Household, actor_of, household

pytestmark = pytest.mark.django_db

OF_UNITS = (Role.UNIT_MANAGER, Role.COORDINATOR, Role.ON_CALL_SUPERVISOR)
WITHOUT_CASES = tuple(
    role for role in Role if role not in {Role.CASE_OFFICER, Role.FIRST_CASE_OFFICER, Role.AUTHORITY_MANAGER}
)
CASE_MODELS = [
    model for model in apps.get_app_config("cases").get_models() if not model.__name__.endswith("Event")
]


@pytest.fixture
def served() -> Household:
    with scoped(SYSTEM):
        return household()


def counted(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {table}")
        return cursor.fetchone()[0]


def test_every_table_of_the_cases_is_named_here():
    with connection.cursor() as cursor:
        cursor.execute("select relname from pg_class where relname like 'cases\\_%' and relkind = 'r'")
        assert {name for (name,) in cursor.fetchall()} == {
            table for table in BEHIND_THE_DECISION if table.startswith("cases_")
        }


@pytest.mark.parametrize("table", BEHIND_THE_DECISION)
def test_the_authority_sees_a_row_and_a_serving_unit_sees_none(table, served):
    with scoped(actor_of(Role.CASE_OFFICER)):
        assert counted(table) > 0
    for role in OF_UNITS:
        with scoped(served.actor(role)):
            assert counted(table) == 0
    assert counted(table) == 0


@pytest.mark.parametrize("table", BEHIND_THE_DECISION)
def test_a_client_opened_by_break_glass_opens_nothing_behind_the_decision(table, served):
    opener = actor_of(Role.ON_CALL_SUPERVISOR).with_opened(frozenset({served.client.pk}))
    with scoped(opener):
        assert counted("people_client") == 1
        assert counted(table) == 0


@pytest.mark.parametrize("role", WITHOUT_CASES)
def test_the_first_wall_alone_shows_nothing_to_whoever_does_not_decide(role, served):
    unit = served.unit.pk if role in {Role.UNIT_MANAGER, Role.COORDINATOR, Role.CARE_WORKER} else None
    with scoped(SYSTEM):  # the second wall is open, so this is the first alone
        for model in CASE_MODELS:
            assert model.objects.exists(), model
            assert not model.objects.visible_to(actor_of(role, unit)).exists(), model


@pytest.mark.parametrize("table", BEHIND_THE_DECISION)
def test_a_unit_can_write_nothing_behind_the_decision(table, served):
    key = "pgh_id" if table.endswith("event") else "id"
    fresh = "(select max(pgh_id) + 1000 from copied)" if key == "pgh_id" else "gen_random_uuid()"
    with scoped(SYSTEM), connection.cursor() as cursor:
        cursor.execute("select column_name from information_schema.columns where table_name = %s", [table])
        columns = ", ".join(name for (name,) in cursor.fetchall())
        cursor.execute(f"create temporary table copied as select * from {table}")
        cursor.execute(f"update copied set {key} = {fresh}")
    insert = f"insert into {table} ({columns}) select {columns} from copied"
    with (
        scoped(served.actor()),
        pytest.raises(ProgrammingError, match="row-level security"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(insert)
