"""The settlement proposal answers for its reader only, agrees with the pure rules, and explains a change."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.lib.money import Money
from hemmavid.lib.periods import Month
from hemmavid.organisations.models import Price
from hemmavid.reports.settlement_statement import settlement_json, settlement_table
from hemmavid.reports.statement_details import clients_of_statement
from hemmavid.rules.care_plan_bonus import PlanFacts, first_approvals
from hemmavid.rules.prices import PriceNotDefined
from hemmavid.rules.settlement import proposal as pure_proposal
from hemmavid.rules.settlement import provider_settlement
from hemmavid.settlement.forecast import forecast, money_forecast
from hemmavid.settlement.queries import change_against_last_month, settlement_proposal
from tests.factories.chain import ApprovedPlanFactory, PriceFactory, ProviderRightFactory
from tests.settlement.town import Town

NOVEMBER = Month(2022, 11)


@pytest.fixture
def town(as_system) -> Town:
    return Town()


def test_it_is_what_the_pure_rules_say_line_by_line(town):
    ours = settlement_proposal(month=NOVEMBER, by=SYSTEM)
    theirs = pure_proposal(
        NOVEMBER,
        [
            provider_settlement(paid.provider.code, [line.settle() for line in paid.lines], paid.payment_date)
            for paid in ours.providers
        ],
    )
    assert ours.total == theirs.total
    for mine, pure in zip(ours.providers, theirs.providers, strict=True):
        assert (mine.provider.code, mine.total) == (pure.provider, pure.total)
        assert [
            (line.sort_key, line.hours, line.price, line.amount, line.because) for line in mine.lines
        ] == [
            ((one.client, one.unit, one.intervention), one.hours, one.price, one.amount, one.because)
            for one in pure.lines
        ]


def test_every_level_adds_up_to_the_municipality(town):
    whole = settlement_proposal(month=NOVEMBER, by=SYSTEM)
    by_unit = [settlement_proposal(month=NOVEMBER, by=SYSTEM, unit_id=one.pk) for one in town.units.values()]
    by_client = [settlement_proposal(month=NOVEMBER, by=SYSTEM, client_id=one.pk) for one in town.clients]
    by_provider = [
        settlement_proposal(month=NOVEMBER, by=SYSTEM, provider_id=one.pk) for one in town.providers.values()
    ]
    for parts in (by_unit, by_client, by_provider):
        assert Money.total(part.total for part in parts) == whole.total
        assert sum(part.hours for part in parts) == whole.hours
    clients = clients_of_statement(whole.books.atoms, by=SYSTEM, lines=whole.lines)
    assert Money.total(one.amount for one in clients) == whole.total
    assert sum(one.paid_hours for one in clients) == whole.hours


def test_a_payable_line_is_never_above_granted_where_granted_is_the_cap(town):
    lines = settlement_proposal(month=NOVEMBER, by=SYSTEM).lines
    capped = [line for line in lines if line.intervention == "avlosning"]
    assert capped
    assert all(line.hours <= line.statement.granted_lov_hours for line in capped)


class TestReach:
    def test_a_unit_manager_sees_its_own_unit(self, town):
        whose = town.person(Role.UNIT_MANAGER, "U1")
        with scoped(whose):
            mine = settlement_proposal(month=NOVEMBER, by=whose)
        expected = settlement_proposal(month=NOVEMBER, by=SYSTEM, unit_id=town.units["U1"].pk)
        assert settlement_json(mine) == settlement_json(expected)
        assert {line.unit.code for line in mine.lines} == {"U1"}

    def test_provider_a_never_sees_provider_b(self, town):
        whose = town.person(Role.UNIT_MANAGER, "U1", "U2")
        with scoped(whose):
            mine = settlement_proposal(month=NOVEMBER, by=whose)
            theirs = settlement_proposal(month=NOVEMBER, by=whose, provider_id=town.providers["P2"].pk)
        assert [one.provider.code for one in mine.providers] == ["P1"]
        assert theirs.providers == ()

    @pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CASE_OFFICER, Role.SYSTEM_ADMINISTRATOR])
    def test_kronor_are_denied_to_who_works_with_hours(self, role, town):
        whose = town.person(role, *(["U1"] if role is Role.COORDINATOR else []))
        with pytest.raises(Denied):
            settlement_proposal(month=NOVEMBER, by=whose)

    def test_who_manages_one_unit_and_coordinates_another_sees_kronor_of_the_first_only(self, town):
        whose = Actor(
            None,
            "Robin Höst",
            (
                Assignment(Role.UNIT_MANAGER, town.units["U1"].pk),
                Assignment(Role.COORDINATOR, town.units["U2"].pk),
            ),
        )
        with scoped(whose):
            assert {line.unit.code for line in settlement_proposal(month=NOVEMBER, by=whose).lines} == {"U1"}


class TestCarePlans:
    def test_an_earlier_plan_at_a_unit_one_cannot_see_still_uses_the_right_up(self, town):
        client = town.clients[1]  # served by U2, with a plan there on the twentieth
        whose = town.person(Role.UNIT_MANAGER, "U2")
        before = bonuses(whose, client.code)
        ApprovedPlanFactory(client=client, unit=town.units["U1"], approved_on=date(2022, 11, 2))
        assert (len(before), bonuses(whose, client.code)) == (1, [])
        assert bonuses(town.person(Role.UNIT_MANAGER, "U1"), client.code) == ["U1"]

    def test_another_providers_plan_does_not(self, town):
        client = town.clients[1]
        ApprovedPlanFactory(client=client, unit=town.units["U3"], approved_on=date(2022, 11, 2))
        assert bonuses(SYSTEM, client.code) == ["U2", "U3"]

    def test_the_database_finds_the_firsts_that_the_rule_finds(self, town):
        plans = []
        for number, (client, unit, day) in enumerate(
            (client, unit, day)
            for day in (25, 3, 3, 14)
            for client in town.clients
            for unit in ("U3", "U1", "U2")
            if (day + int(client.code[1:]) + int(unit[1:])) % 3
        ):
            stored = ApprovedPlanFactory.build(
                client=client, unit=town.units[unit], approved_on=date(2022, 11, day)
            )
            if (
                not type(stored)
                .objects.filter(client=client, unit=stored.unit, approved_on=stored.approved_on)
                .exists()
            ):
                stored.save()
                owner = stored.unit.provider.code
                plans.append(PlanFacts(client.code, unit, owner, stored.approved_on, number))
        found = [
            (line.client.code, line.unit.code)
            for line in settlement_proposal(month=NOVEMBER, by=SYSTEM).lines
            if line.statement is None
        ]
        own = [PlanFacts(c.code, "U2", "P1", date(2022, 11, 20), 10_000) for c in town.clients[1::3]]
        wanted = [(plan.client, plan.unit) for plan in first_approvals([*plans, *own], "provider")]
        assert sorted(found) == sorted(wanted)


def bonuses(whose: Actor, client: str) -> list[str]:
    with scoped(whose):
        lines = settlement_proposal(month=NOVEMBER, by=whose).lines
    return [line.unit.code for line in lines if line.statement is None and line.client.code == client]


class TestDatedMarks:
    def test_rights_are_those_of_the_last_day_of_the_month(self, town):
        ProviderRightFactory(
            provider=town.providers["P1"],
            is_granted=False,
            period=DateRange(date(2022, 11, 30), date(2022, 12, 1)),
        )
        prices = [
            {
                line.price.ore
                for line in month_lines(month, "P1")
                if line.client.code == "C001" and line.statement
            }
            for month in (NOVEMBER.previous(), NOVEMBER, NOVEMBER.next())
        ]
        assert prices == [{480_00}, {471_00}, {480_00}]

    def test_a_gap_in_the_prices_is_told_by_kind_and_day(self, town):
        Price.objects.filter(kind="municipal").update(valid_from=date(2022, 12, 24))
        with pytest.raises(PriceNotDefined) as told:
            settlement_proposal(month=NOVEMBER, by=SYSTEM)
        assert (told.value.kind, told.value.day) == ("municipal", date(2022, 11, 30))
        assert settlement_proposal(month=NOVEMBER, by=SYSTEM, provider_id=town.providers["P1"].pk).total.ore


def month_lines(month: Month, provider: str):
    return [
        line
        for paid in settlement_proposal(month=month, by=SYSTEM).providers
        for line in paid.lines
        if paid.provider.code == provider
    ]


class TestChange:
    def test_the_difference_is_told_in_at_most_three_sentences(self, town):
        PriceFactory(valid_from=date(2022, 11, 1), base_ore=500_00)
        november = settlement_proposal(month=NOVEMBER, by=SYSTEM)
        october = settlement_proposal(month=NOVEMBER.previous(), by=SYSTEM)
        change = change_against_last_month(november, by=SYSTEM)
        assert change.previous == october.total
        assert change.difference == november.total - october.total
        assert 1 <= len(change.sentences) <= 3

    def test_under_the_model_of_performed_time_every_visit_counts(self, town):
        october = settlement_proposal(month=Month(2022, 10), by=SYSTEM)
        town.visit(town.clients[0], "U1", date(2022, 9, 5), "ramtid")
        PriceFactory(valid_from=date(2022, 1, 1))
        september = settlement_proposal(month=Month(2022, 9), by=SYSTEM)
        assert september.total.ore > 0
        assert change_against_last_month(october, by=SYSTEM).previous == september.total

    def test_a_month_before_all_prices_is_not_compared(self, town):
        Price.objects.update(valid_from=date(2022, 11, 1))
        change = change_against_last_month(settlement_proposal(month=NOVEMBER, by=SYSTEM), by=SYSTEM)
        assert (change.previous, change.sentences) == (None, ())

    def test_it_is_of_the_same_selection(self, town):
        one = settlement_proposal(month=NOVEMBER, by=SYSTEM, client_id=town.clients[0].pk)
        last = settlement_proposal(month=NOVEMBER.previous(), by=SYSTEM, client_id=town.clients[0].pk)
        assert change_against_last_month(one, by=SYSTEM).previous == last.total


class TestForecast:
    def test_on_the_last_day_it_is_the_proposal(self, town):
        proposal = settlement_proposal(month=NOVEMBER, by=SYSTEM)
        hours = forecast(proposal.books, through=NOVEMBER.last_day)
        assert hours.expected_payable == hours.payable_so_far
        assert money_forecast(proposal, through=NOVEMBER.last_day).expected == proposal.total

    def test_half_way_the_capped_grow_by_their_pace_to_the_cap(self, town):
        proposal = settlement_proposal(month=NOVEMBER, by=SYSTEM)
        hours = forecast(proposal.books, through=date(2022, 11, 15))
        assert hours.payable_so_far < hours.expected_payable <= hours.granted_lov_hours
        assert money_forecast(proposal, through=date(2022, 11, 15)).expected > proposal.total


@pytest.mark.parametrize("clients", [1, 30])
def test_the_proposal_costs_the_same_whatever_the_number_of_clients(
    clients, as_system, django_assert_num_queries
):
    Town(clients)
    with django_assert_num_queries(10):
        proposal = settlement_proposal(month=NOVEMBER, by=SYSTEM)
    with django_assert_num_queries(0):
        assert all(line.because for line in proposal.lines)


def test_the_paper_shows_codes_and_never_names(town):
    proposal = settlement_proposal(month=NOVEMBER, by=SYSTEM)
    for paid in proposal.providers:
        table = settlement_table(proposal, paid)
        assert town.clients[0].family_name not in str(table.rows)
        assert table.total[-1] == paid.total
        assert table.total[3] == paid.hours
