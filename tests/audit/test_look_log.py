"""Vem har sett vad: a unit sees who has looked at those it serves, and nothing that is another provider's."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit import operations, queries
from hemmavid.audit.models import Action, DataChange
from hemmavid.audit.operations import Seen
from hemmavid.lib.periods import Period
from hemmavid.reports.look_log import LookFilter, last_days, looks
from tests.access.neighbours import actor_of
from tests.factories import ClientFactory, GrantFactory, UnitFactory

pytestmark = pytest.mark.django_db

AT = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
NOVEMBER = LookFilter(Period(date(2022, 11, 1), date(2022, 12, 1)))


@pytest.fixture
def stage():
    """A client moves from Norr to Söder on 10 November; Norr has a sister unit of the same provider."""
    with scoped(SYSTEM):
        north, south = UnitFactory(name="Norr"), UnitFactory(name="Söder")
        sister = UnitFactory(name="Öster", provider=north.provider)
        person = ClientFactory(given_name="Elsa", family_name="Vinter")
        GrantFactory(client=person, unit=north, period=DateRange(date(2022, 1, 1), date(2022, 11, 10)))
        GrantFactory(client=person, unit=south, period=DateRange(date(2022, 11, 10), None))
    return {"north": north, "south": south, "sister": sister, "client": person}


def look(by: Actor, client=None, *, at: datetime = AT, action: Action = Action.LOOK) -> None:
    seen = Seen("client", action, client.pk if client else None)
    operations.record_looks([seen], by=by, at=at, alias="default")


def names(by: Actor, wanted: LookFilter = NOVEMBER, *, limit: int = 50) -> list[str]:
    with scoped(by, read_only=True):
        return [row.person for row in looks(wanted, limit=limit, by=by).rows]


def raw(by: Actor) -> int:
    with scoped(by), connection.cursor() as cursor:
        cursor.execute("select count(*) from audit_look")
        return cursor.fetchone()[0]


def somebody(role: Role, unit=None, name: str = "") -> Actor:
    return Actor(uuid4(), name or role.label, (Assignment(role, unit.pk if unit else None),))


def test_ones_own_people_and_those_from_outside_who_come_first(stage):
    manager = somebody(Role.UNIT_MANAGER, stage["south"], "Chefen")
    look(somebody(Role.COORDINATOR, stage["south"], "Egen"), stage["client"], at=AT + timedelta(hours=1))
    look(somebody(Role.CASE_OFFICER, name="Handläggaren"), stage["client"])
    assert names(manager) == ["Handläggaren", "Egen"]


def test_never_somebody_of_another_provider(stage):
    look(somebody(Role.COORDINATOR, stage["north"], "Norrs"), stage["client"])
    look(somebody(Role.COORDINATOR, stage["south"], "Söders"), stage["client"])
    assert names(somebody(Role.UNIT_MANAGER, stage["south"])) == ["Söders"]
    assert names(somebody(Role.UNIT_MANAGER, stage["north"])) == ["Norrs"]
    assert raw(somebody(Role.UNIT_MANAGER, stage["south"])) == 1


def test_the_municipalitys_looks_only_of_the_days_one_served(stage):
    officer = somebody(Role.CASE_OFFICER)
    for day in (9, 10):
        look(officer, stage["client"], at=datetime(2022, 11, day, 12, 0, tzinfo=UTC))
    for unit, expected in (("north", 9), ("south", 10)):
        manager = somebody(Role.UNIT_MANAGER, stage[unit])
        with scoped(manager, read_only=True):
            (row,) = looks(NOVEMBER, limit=50, by=manager).rows
        assert row.at.day == expected
        assert raw(manager) == 1


def test_the_day_is_stockholms(stage):
    look(somebody(Role.CASE_OFFICER), stage["client"], at=datetime(2022, 11, 9, 23, 30, tzinfo=UTC))
    assert names(somebody(Role.UNIT_MANAGER, stage["north"])) == []
    assert len(names(somebody(Role.UNIT_MANAGER, stage["south"]))) == 1


def test_a_sister_units_look_is_seen_and_marked_as_from_outside(stage):
    look(somebody(Role.COORDINATOR, stage["sister"]), stage["client"], at=datetime(2022, 11, 2, tzinfo=UTC))
    manager = somebody(Role.UNIT_MANAGER, stage["north"])
    with scoped(manager, read_only=True):
        (row,) = looks(NOVEMBER, limit=50, by=manager).rows
    assert (row.is_outside, row.unit, row.client) == (True, "Öster", "Elsa Vinter")


def test_a_manager_of_two_units_counts_as_theirs_and_one_with_a_role_beyond_as_the_municipalitys(stage):
    both = (
        Assignment(Role.UNIT_MANAGER, stage["north"].pk),
        Assignment(Role.UNIT_MANAGER, stage["sister"].pk),
    )
    beyond = (Assignment(Role.UNIT_MANAGER, stage["north"].pk), Assignment(Role.CONTROLLER, None))
    look(Actor(uuid4(), "Två enheter", both), stage["client"])
    look(Actor(uuid4(), "Också controller", beyond), stage["client"])
    assert names(somebody(Role.UNIT_MANAGER, stage["south"])) == ["Också controller"]


def test_the_authority_sees_all_newest_first(stage):
    look(somebody(Role.COORDINATOR, stage["north"], "Norrs"), stage["client"])
    look(somebody(Role.CONTROLLER, name="Räknaren"), at=AT + timedelta(hours=1), action=Action.LIST)
    assert names(somebody(Role.AUTHORITY_MANAGER)) == ["Räknaren", "Norrs"]


def test_a_list_somebody_else_looked_at_is_not_ones_business(stage):
    look(somebody(Role.CASE_OFFICER), action=Action.LIST)
    assert names(somebody(Role.UNIT_MANAGER, stage["south"])) == []


def test_can_be_narrowed_to_days_a_person_and_a_client(stage):
    with scoped(SYSTEM):
        other = ClientFactory()
    first, second = somebody(Role.CASE_OFFICER, name="Ett"), somebody(Role.CASE_OFFICER, name="Två")
    look(first, stage["client"])
    look(second, other)
    look(second, stage["client"], at=AT + timedelta(days=1))
    by = somebody(Role.AUTHORITY_MANAGER)
    month = NOVEMBER.days
    assert names(by, LookFilter(month, person_id=first.user_id)) == ["Ett"]
    assert names(by, LookFilter(month, client_id=stage["client"].pk)) == ["Två", "Ett"]
    assert len(names(by, LookFilter(last_days(1, until=date(2022, 11, 15))))) == 2
    assert len(names(by, LookFilter(Period(date(2022, 11, 16), None)))) == 1


def test_a_protected_person_is_a_code_here_too(stage):
    with scoped(SYSTEM):
        hidden = ClientFactory(protected=True, code="C99", family_name="Hemlig")
        GrantFactory(client=hidden, unit=stage["south"])
    look(somebody(Role.CASE_OFFICER), hidden)
    manager = somebody(Role.UNIT_MANAGER, stage["south"])
    with scoped(manager, read_only=True):
        (row,) = looks(NOVEMBER, limit=50, by=manager).rows
    assert row.client == "Skyddad identitet, C99"


@pytest.mark.parametrize("count", [1, 40])
def test_costs_four_queries_whatever_its_length(count, stage, django_assert_num_queries):
    for _ in range(count):
        look(somebody(Role.COORDINATOR, stage["south"]), stage["client"])
    manager = somebody(Role.UNIT_MANAGER, stage["south"])
    with scoped(manager, read_only=True), django_assert_num_queries(4):
        page = looks(NOVEMBER, limit=30, by=manager)
    assert (len(page.rows), page.total) == (min(count, 30), count)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.UNIT_MANAGER, Role.AUTHORITY_MANAGER)]
)
def test_is_closed_to_everybody_else(role):
    with pytest.raises(Denied):
        looks(NOVEMBER, limit=1, by=Actor(uuid4(), "", (Assignment(role),)))


class TestChainStatus:
    def test_counts_for_whoever_keeps_the_system_and_may_read_no_row(self, stage):
        keeper = actor_of(Role.SYSTEM_ADMINISTRATOR)
        look(somebody(Role.CASE_OFFICER), stage["client"])
        with scoped(SYSTEM):
            operations.seal_looks(at=AT)
        look(somebody(Role.CASE_OFFICER), stage["client"], at=AT + timedelta(minutes=1))
        with scoped(keeper):
            status = queries.chain_status(by=keeper)
            assert queries.check_chain(by=keeper).holds
            assert raw(keeper) == 0
        assert (status.blocks, status.sealed_rows, status.waiting) == (1, 1, 1)
        assert status.waiting_since == AT + timedelta(minutes=1)

    def test_is_closed_to_others(self):
        for asked in (queries.chain_status, queries.check_chain):
            with pytest.raises(Denied):
                asked(by=actor_of(Role.CONTROLLER))


def test_as_of_is_the_newest_change_of_the_facts():
    assert queries.data_as_of() is None
    for hours in (2, 1):
        operations.record_data_change(what="import", rows=1, at=AT + timedelta(hours=hours))
    assert queries.data_as_of() == AT + timedelta(hours=2)
    assert str(DataChange.objects.latest("at")).endswith("import")
