"""The hours statement adds up at every level, answers for its reader only, and costs the same at any size."""

from decimal import Decimal

import pytest

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.lib.periods import Month
from hemmavid.lib.swedish import sort_key
from hemmavid.reports.hours_statement import (
    FIGURES,
    StatementView,
    hours_statement,
    rows_of,
    statement_json,
    statement_table,
)
from hemmavid.reports.statement_details import clients_of_statement, visits_behind
from hemmavid.settlement.month import Atom
from tests.settlement.town import Town

NOVEMBER = Month(2022, 11)


@pytest.fixture
def town(as_system) -> Town:
    return Town()


def figures(view: StatementView) -> tuple[Decimal | int, ...]:
    return (*(getattr(view.total, name) for name in FIGURES), view.total.visits)


def added(views: list[StatementView]) -> tuple[Decimal | int, ...]:
    return tuple(map(sum, zip(*map(figures, views), strict=True)))


class TestSums:
    def test_units_providers_and_clients_each_add_up_to_the_municipality(self, town):
        whole = figures(hours_statement(month=NOVEMBER, by=SYSTEM))
        units = [hours_statement(month=NOVEMBER, by=SYSTEM, unit_id=unit.pk) for unit in town.units.values()]
        providers = [
            hours_statement(month=NOVEMBER, by=SYSTEM, provider_id=one.pk) for one in town.providers.values()
        ]
        clients = [hours_statement(month=NOVEMBER, by=SYSTEM, client_id=one.pk) for one in town.clients]
        assert added(units) == added(providers) == added(clients) == whole
        assert whole[-1] > 0

    def test_rows_add_up_to_the_total(self, town):
        view = hours_statement(month=NOVEMBER, by=SYSTEM)
        for name in (*FIGURES, "visits"):
            assert sum(getattr(row, name) for row in view.rows) == getattr(view.total, name)

    def test_the_clients_of_the_month_add_up_to_it(self, town):
        view = hours_statement(month=NOVEMBER, by=SYSTEM)
        clients = clients_of_statement(view.atoms, by=SYSTEM)
        assert sum(one.figures.payable_hours for one in clients) == view.total.payable_hours
        by_name = sorted(town.clients, key=lambda client: sort_key(client.family_name))
        assert [one.name.code for one in clients] == [client.code for client in by_name]
        assert {one.amount for one in clients} == {None}
        assert rows_of(view.atoms) == list(view.rows)

    def test_frame_time_stands_first_and_the_rest_by_code(self, town):
        rows = hours_statement(month=NOVEMBER, by=SYSTEM).rows
        assert [row.intervention for row in rows] == ["ramtid", "avlosning", "morgonhjalp"]
        assert [row.wrong_intervention for row in rows] == [False, False, True]

    def test_the_visits_behind_a_row_give_its_time_and_number(self, town):
        view = hours_statement(month=NOVEMBER, by=SYSTEM)
        for atom in view.atoms:
            visits = behind(atom)
            counted = [visit for visit in visits if visit.counts]
            assert len(counted) == atom.line.visits
            assert sum((visit.ended_at - visit.started_at).seconds for visit in counted) == (
                atom.facts.performed_microseconds // 10**6
            )
            assert all(visit.reason for visit in visits)

    def test_a_visit_after_the_day_of_death_says_why_it_does_not_count(self, town):
        dead = next(client for client in town.clients if client.deceased_on)
        atom = next(
            atom
            for atom in hours_statement(month=NOVEMBER, by=SYSTEM, client_id=dead.pk).atoms
            if atom.line.intervention == "ramtid"
        )
        assert [visit.counts for visit in behind(atom)] == [True, True, False]
        assert "efter dödsdagen" in behind(atom)[-1].reason


def behind(atom: Atom):
    return visits_behind(
        month=NOVEMBER,
        unit_id=atom.unit.unit_id,
        client_id=atom.client.client_id,
        intervention=atom.line.intervention,
        by=SYSTEM,
    )


class TestReach:
    @pytest.mark.parametrize("role", [Role.UNIT_MANAGER, Role.COORDINATOR])
    def test_a_unit_sees_its_own_lines_only(self, role, town):
        whose = town.person(role, "U1")
        expected = hours_statement(month=NOVEMBER, by=SYSTEM, unit_id=town.units["U1"].pk)
        with scoped(whose):
            view = hours_statement(month=NOVEMBER, by=whose)
        assert view.rows == expected.rows
        assert {atom.unit.code for atom in view.atoms} == {"U1"}

    def test_asking_for_another_unit_gives_nothing(self, town):
        whose = town.person(Role.UNIT_MANAGER, "U1")
        with scoped(whose):
            view = hours_statement(month=NOVEMBER, by=whose, unit_id=town.units["U3"].pk)
            other = hours_statement(month=NOVEMBER, by=whose, client_id=town.clients[2].pk)
        assert view.rows == other.rows == ()
        assert other.client is None

    def test_both_walls_stand_alone(self, town):
        """The database answers for the unit although the actor reaches everywhere."""
        with scoped(town.person(Role.UNIT_MANAGER, "U1")):
            view = hours_statement(month=NOVEMBER, by=town.person(Role.CONTROLLER))
        assert {atom.unit.code for atom in view.atoms} == {"U1"}

    @pytest.mark.parametrize("role", [Role.CONTROLLER, Role.CASE_OFFICER, Role.AUTHORITY_MANAGER])
    def test_the_municipality_sees_all(self, role, town):
        whose = town.person(role)
        with scoped(whose):
            view = hours_statement(month=NOVEMBER, by=whose)
        assert {atom.unit.code for atom in view.atoms} == {"U1", "U2", "U3"}

    @pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.BILLING_OFFICER])
    def test_who_may_not_see_hours_is_denied(self, role, town):
        with pytest.raises(Denied):
            hours_statement(month=NOVEMBER, by=town.person(role))

    def test_visits_of_another_unit_are_denied(self, town):
        whose = town.person(Role.UNIT_MANAGER, "U1")
        with scoped(whose), pytest.raises(Denied):
            visits_behind(
                month=NOVEMBER,
                unit_id=town.units["U3"].pk,
                client_id=town.clients[2].pk,
                intervention="ramtid",
                by=whose,
            )

    def test_nobody_sees_nothing(self, town):
        with pytest.raises(Denied):
            hours_statement(month=NOVEMBER, by=Actor(None, "ingen", (Assignment(Role.CARE_WORKER),)))


@pytest.mark.parametrize("clients", [1, 30])
def test_the_statement_costs_six_queries_whatever_the_number_of_clients(
    clients, as_system, django_assert_num_queries
):
    Town(clients)
    with django_assert_num_queries(6):
        view = hours_statement(month=NOVEMBER, by=SYSTEM)
    with django_assert_num_queries(1):
        assert len(clients_of_statement(view.atoms, by=SYSTEM)) == clients


def test_protected_people_come_last_and_without_their_names(town):
    client = town.clients[0]
    client.is_protected = True
    client.save(update_fields=["is_protected"])
    view = hours_statement(month=NOVEMBER, by=SYSTEM)
    last = clients_of_statement(view.atoms, by=SYSTEM)[-1]
    assert last.name.code == client.code
    assert client.family_name not in last.name.shown
    assert client.family_name not in str(statement_json(view)) + str(statement_table(view).rows)


def test_a_table_of_nothing_says_that_nothing_is_imported(as_system):
    table = statement_table(hours_statement(month=NOVEMBER, by=SYSTEM))
    assert list(table.rows) == []
    assert "Inga uppgifter är inlästa än." in table.notes
