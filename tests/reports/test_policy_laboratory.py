"""Another table over the decisions in force: which cases are run, what the groups say, and who sees whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import Actor, Denied
from hemmavid.access.roles import Role
from hemmavid.audit.operations import record_data_change
from hemmavid.cases.models import Decision
from hemmavid.organisations.models import Unit
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.reports.policy_laboratory import EDGES, Grouping, LaboratoryRun, bars_of, run
from hemmavid.reports.running_cases import NO_UNIT, RunningCases, running_cases
from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.other_standard_times import scaled, with_minutes
from hemmavid.rules.policy_laboratory import LabCase, LabOutcome
from tests.access.neighbours import actor_of
from tests.factories import ClientFactory, GrantFactory, UnitFactory
from tests.factories.cases import DecisionFactory, GrantedNeedFactory

DAY = date(2022, 11, 15)
YEAR = DateRange(date(2022, 1, 1), None)
CONTROLLER, MANAGER = actor_of(Role.CONTROLLER), actor_of(Role.AUTHORITY_MANAGER)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_system")]


def rules() -> FrameTimeRules:
    return FrameTimeRules.for_day(DAY, parameters_in_use())


def decided(unit: Unit | None = None, **client: object) -> Decision:
    """A decision in force with dressing at level 2 every day, performed by the unit."""
    about = ClientFactory(**client)
    decision = DecisionFactory(case__client=about)
    GrantedNeedFactory(decision=decision)
    if unit is not None:
        GrantFactory(client=about, unit=unit, period=YEAR)
    return decision


def of_today(by: Actor = CONTROLLER) -> RunningCases:
    return running_cases(on=DAY, weeks=rules().weeks, by=by)


def tried(by: Actor = CONTROLLER, *, percent: int = 100, **levels: int) -> LaboratoryRun:
    before = rules()
    times = scaled(before.standard_times.standard_times, percent)
    times = with_minutes(times, {("pakladning", int(name[-1])): minutes for name, minutes in levels.items()})
    after = replace(before, standard_times=replace(before.standard_times, value=times))
    return run(on=DAY, before=before, after=after, by=by)


class TestRunningCases:
    def test_a_case_is_a_decision_in_force_with_the_needs_of_the_day(self):
        unit = UnitFactory(code="E7")
        decision = decided(unit)
        [case] = of_today().cases
        assert (case.case_id, case.unit, case.household_size) == (decision.number, "E7", 1)
        assert [(need.need, need.level, need.per_week) for need in case.needs] == [("pakladning", 2, 7)]

    def test_a_level_that_was_changed_counts_as_it_is_on_the_day(self):
        decision = DecisionFactory()
        for level, first, after in ((1, 1, 15), (3, 15, 30)):
            period = DateRange(date(2022, 11, first), date(2022, 11, after))
            GrantedNeedFactory(decision=decision, level=level, period=period)
        [case] = of_today().cases
        assert [need.level for need in case.needs] == [3]

    @pytest.mark.parametrize(
        "about",
        [
            {"status": "ended"},
            {"period": DateRange(date(2022, 11, 16), date(2023, 11, 1))},
            {"period": DateRange(date(2021, 11, 1), DAY)},
            {"model": "time_key"},
            {"draft": True},
        ],
    )
    def test_what_does_not_run_is_left_out(self, about):
        decision = DecisionFactory(**about)
        GrantedNeedFactory(decision=decision, period=DateRange(date(2022, 1, 1), date(2023, 11, 1)))
        assert of_today().cases == ()

    def test_a_need_granted_on_call_without_a_level_gives_no_time(self):
        GrantedNeedFactory(decision=DecisionFactory(), level=None)
        assert of_today().cases == ()

    def test_clients_at_one_address_are_a_household(self):
        home = {"street": "Björkvägen 4", "postcode": "990 11", "city": "Byn"}
        decided(**home)
        decided(**{**home, "street": "björkvägen  4", "postcode": "99011"})
        decided(**{**home, "street": "Björkvägen 6"})
        decided(street="", postcode="", city="")
        decided(street="", postcode="", city="")
        ClientFactory(**{**home, "street": "Björkvägen 6"}, deceased_on=date(2022, 1, 1))
        assert sorted(case.household_size for case in of_today().cases) == [1, 1, 1, 2, 2]

    def test_a_case_that_nobody_performs_yet_says_so(self):
        decided()
        found = of_today()
        assert found.units[found.cases[0].unit] == NO_UNIT

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_four_queries_whatever_the_number_of_cases(self, rows, django_assert_num_queries):
        for _ in range(rows):
            decided(UnitFactory())
        with django_assert_num_queries(4):
            assert len(of_today().cases) == rows

    @pytest.mark.parametrize(
        "role", [role for role in Role if role not in {Role.CONTROLLER, Role.AUTHORITY_MANAGER}]
    )
    def test_is_refused_to_everybody_who_does_not_weigh_the_whole(self, role):
        with pytest.raises(Denied):
            of_today(actor_of(role, UnitFactory().pk))


class TestRun:
    def test_the_table_in_force_changes_nothing(self):
        decided()
        found = tried()
        assert (found.result.total.same, found.result.total.difference) == (1, Decimal("0.00"))

    def test_groups_by_unit_life_area_and_household(self):
        decided(UnitFactory(code="E1", name="Norr"))
        decided(UnitFactory(code="E2", name="Söder"))
        found = tried(level2=11)
        table = found.table(Grouping.UNITS)
        assert [row[:3] for row in table.rows] == [("Norr", 1, 1), ("Söder", 1, 1)]
        assert table.total[0] == "Alla ärenden"
        assert sum(row[-1] for row in table.rows) == table.total[-1] == found.result.total.difference
        assert [row[0] for row in found.table(Grouping.AREAS).rows] == ["Personlig vård"]
        assert found.table(Grouping.HOUSEHOLDS).rows[0][:2] == ("2 personer i hushållet", 2)

    def test_who_may_read_cases_sees_the_largest_changes_by_name(self):
        small, large = decided(family_name="Lind"), decided(family_name="Stor")
        GrantedNeedFactory(decision=large, visit="lunch")
        found = tried(MANAGER, level2=11)
        assert [(case.number, case.name.family) for case in found.changes] == [
            (large.number, "Stor"),
            (small.number, "Lind"),
        ]
        assert found.table(Grouping.CASES).rows[0][0] == "Stor, Elsa"

    def test_a_protected_person_has_no_name_here_either(self):
        decided(is_protected=True, given_name="Hemlig", family_name="Gömström")
        [case] = tried(MANAGER, level2=11).changes
        assert case.name.shown.startswith("Skyddad identitet · HG")

    def test_the_controller_sees_sums_and_no_case(self):
        decided()
        found = tried(CONTROLLER, level2=11)
        assert found.changes is None
        assert found.table(Grouping.CASES) is None

    def test_says_how_fresh_the_data_are(self):
        at = datetime(2022, 11, 14, 5, tzinfo=UTC)
        record_data_change(what="test", rows=1, at=at)
        assert tried().as_of == at

    def test_keeps_nothing(self):
        decided()
        before = Decision.objects.values_list("pk", "status", "period").get()
        tried(percent=120)
        assert Decision.objects.values_list("pk", "status", "period").get() == before


class TestBars:
    @staticmethod
    def outcome(change: str | None) -> LabOutcome:
        case = LabCase("A", (), "", 1)
        return LabOutcome(case, Decimal(0), None if change is None else Decimal(change))

    def counted(self, *changes: str | None) -> dict[str, int]:
        return {bar.label: bar.cases for bar in bars_of(self.outcome(one) for one in changes) if bar.cases}

    @pytest.mark.parametrize(
        ("change", "label"),
        [
            ("-60.01", "under −60"),
            ("-60.00", "−60 till −30"),
            ("-30.00", "−30 till −10"),
            ("-10.00", "−10 till 0"),
            ("-0.01", "−10 till 0"),
            ("0.00", "lika"),
            ("0.01", "0 till +10"),
            ("10.00", "0 till +10"),
            ("10.01", "+10 till +30"),
            ("60.00", "+30 till +60"),
            ("60.01", "över +60"),
        ],
    )
    def test_each_change_stands_in_one_bar(self, change, label):
        assert self.counted(change) == {label: 1}

    def test_what_cannot_be_computed_stands_in_none(self):
        assert self.counted(None, "0") == {"lika": 1}

    def test_there_is_a_bar_between_all_edges_and_one_for_no_change(self):
        assert len(bars_of(())) == len(EDGES) + 2
