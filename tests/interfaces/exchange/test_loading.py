"""What an import stores, and what a second one does (contract.md section 3)."""

from datetime import UTC, date, datetime

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor
from hemmavid.access.scope import scoped
from hemmavid.audit.models import DataChange, Look
from hemmavid.care_plans.models import ApprovedPlan
from hemmavid.interfaces.exchange.import_folder import import_folder
from hemmavid.orders.models import Absence, Grant
from hemmavid.organisations.models import Municipality, Price, Provider, ProviderRight, Unit
from hemmavid.people.models import Client, RuralMark, ServingUnit
from hemmavid.staffing.models import Staff
from hemmavid.visits.models import Visit
from tests.interfaces.exchange.folders import FIRST_DAY, LATER, RIGHT, Folder

STORED = (Provider, ProviderRight, Unit, Price, Client, RuralMark, Staff, Grant, Absence, Visit, ApprovedPlan)


def everything() -> dict[str, list[tuple]]:
    with scoped(SYSTEM):
        return {model.__name__: sorted(model.objects.values_list(), key=str) for model in STORED}


def test_every_row_is_stored_as_it_says(folder: Folder) -> None:
    result = folder.load()

    counts = {name: counts.new for name, counts in result.counts.items()}
    assert counts == {
        "providers": 2, "units": 2, "prices": 2, "clients": 2, "staff": 2, "grants": 2, "absences": 2,
        "visits": 4, "plans": 1,
    }  # fmt: skip
    assert result.warnings == ()
    with scoped(SYSTEM):
        provider = Provider.objects.get(code="P2")
        assert (provider.organisation_number, provider.bankgiro) == ("556000-0001", "000-0018")
        price = Price.objects.get(kind="private")
        assert (price.base_ore, price.rural_supplement_ore, price.deduction_ore) == (49550, 2100, 900)
        assert price.decided_by
        client = Client.objects.get(code="C1")
        assert (client.personal_number, client.city) == ("19400102-2385", "Exempelstad")
        assert Client.objects.get(code="C2").deceased_on == date(2022, 11, 20)
        grant = Grant.objects.get(code="G1")
        assert grant.period == DateRange(date(2022, 1, 1), date(2023, 1, 1))
        assert grant.in_effect == DateRange(date(2022, 1, 3), None)
        assert Grant.objects.get(code="G2").in_effect is None
        first, second = Absence.objects.order_by("left_on")
        assert (first.returned_on, first.reason, second.returned_on) == (date(2022, 11, 14), "sjukhus", None)
        double = Visit.objects.get(code="V2", staff__code="S1")
        assert double.started_at == datetime(2022, 11, 8, 7, 0, 0, 250_000, tzinfo=UTC)
        assert (double.start_method, double.end_method, double.is_approved) == ("manual", "tag", True)
        cancelled = Visit.objects.get(code="V3")
        assert (cancelled.staff, cancelled.ended_at, cancelled.is_approved) == (None, None, None)
        assert ServingUnit.objects.count() == 2


def test_the_municipality_is_made_when_missing_and_kept_when_there(folder: Folder) -> None:
    folder.load()
    assert Municipality.objects.get().is_demo is False
    Municipality.objects.update(name="Exempelstad", is_demo=True)

    import_folder(folder.path, by=SYSTEM, at=LATER, ends_demo=True)
    assert Municipality.objects.get().is_demo is True  # nothing of ours came in

    folder.add("clients", "C3,,Ada,Regnbåge,,,,no,no,")
    import_folder(folder.path, by=SYSTEM, at=LATER, ends_demo=True)
    municipality = Municipality.objects.get()
    assert (municipality.name, municipality.is_demo) == ("Exempelstad", False)


def test_the_same_folder_twice_changes_nothing(folder: Folder) -> None:
    folder.load()
    before = everything()
    changes = DataChange.objects.count()

    result = folder.load(at=LATER)

    assert result.touched == 0
    assert everything() == before
    assert DataChange.objects.count() == changes  # so `as_of` stays
    with scoped(SYSTEM):
        assert not Visit.objects.get(code="V1").events.exists()


def test_a_check_stores_nothing(folder: Folder) -> None:
    result = folder.load(check_only=True)

    assert result.counts["visits"].new == 4
    assert all(rows == [] for rows in everything().values())
    assert not Municipality.objects.exists()
    assert not DataChange.objects.exists()


def test_all_or_nothing(folder: Folder) -> None:
    folder.add("plans", "C1,U9,2022-11-21")
    folder.refusal()

    assert all(rows == [] for rows in everything().values())
    assert not Municipality.objects.exists()


def test_a_changed_row_is_an_update_that_keeps_history(folder: Folder) -> None:
    folder.load()
    folder.change("visits", "tag,tag,,performed", "tag,lock,,performed")
    folder.change("clients", "Påhittade gatan 1", "Påhittade gatan 2")

    result = folder.load(at=LATER)

    assert (result.counts["visits"].changed, result.counts["visits"].unchanged) == (1, 3)
    assert result.counts["clients"].changed == 1
    with scoped(SYSTEM):
        assert Visit.objects.get(code="V1").end_method == "lock"
        old = Visit.objects.get(code="V1").events.get()
        assert (old.end_method, old.pgh_context.metadata["actor"]) == ("tag", "system")
        assert Client.objects.get(code="C1").events.get().street == "Påhittade gatan 1"
    assert DataChange.objects.order_by("number").last().at == LATER


def test_a_row_missing_from_a_later_folder_stays(folder: Folder) -> None:
    folder.load()
    before = everything()
    for name in ("prices", "staff", "grants", "absences", "visits", "plans"):
        folder.remove(name)
    folder.write("clients", RIGHT["clients"].splitlines()[0])

    assert folder.load(at=LATER).touched == 0
    assert everything() == before


def test_grants_may_trade_places(folder: Folder) -> None:
    folder.add("grants", "G3,C1,U1,ramtid,200,week,2023-01-01,2023-12-31,,").load()
    folder.change("grants", "2022-01-01,2022-12-31", "2022-01-01,2023-06-30")
    folder.change("grants", "2023-01-01,2023-12-31", "2023-07-01,2023-12-31")

    assert folder.load(at=LATER).counts["grants"].changed == 2


def test_rights_hold_for_all_time_and_change_from_the_day_of_the_import(folder: Folder) -> None:
    folder.load()
    with scoped(SYSTEM):
        right = ProviderRight.objects.get(provider__code="P2", right="full_time")
        assert (right.period, right.is_granted) == (DateRange(None, None), False)

    folder.change("providers", "000-0018,no,yes", "000-0018,yes,yes")
    assert folder.load(at=LATER).counts["providers"].changed == 1

    with scoped(SYSTEM):
        rows = ProviderRight.objects.filter(provider__code="P2", right="full_time").order_by("is_granted")
        assert [(row.period, row.is_granted) for row in rows] == [
            (DateRange(None, date(2023, 2, 10)), False),
            (DateRange(date(2023, 2, 10), None), True),
        ]
        assert rows[0].events.get().period == DateRange(None, None)
        assert ProviderRight.objects.count() == 5

    folder.change("providers", "000-0018,yes,yes", "000-0018,no,yes")
    folder.load(at=LATER)  # a second thought on the same day
    with scoped(SYSTEM):
        assert (
            ProviderRight.objects.filter(provider__code="P2", right="full_time", is_granted=True).count() == 0
        )


def test_a_rural_mark_is_dated_too_and_is_a_change_of_the_record(folder: Folder) -> None:
    folder.load()
    with scoped(SYSTEM):
        looks = Look.objects.count()
    folder.change("clients", "Exempelstad,no,no", "Exempelstad,yes,no").load(at=LATER)

    with scoped(SYSTEM):
        marks = RuralMark.objects.filter(client__code="C1").order_by("is_rural")
        assert [(mark.period.lower, mark.period.upper, mark.is_rural) for mark in marks] == [
            (None, date(2023, 2, 10), False),
            (date(2023, 2, 10), None, True),
        ]
        look = Look.objects.order_by("number").last()
        assert (look.action, look.client_id) == ("change", Client.objects.get(code="C1").pk)
        assert Look.objects.count() == looks + 1


def test_each_changed_record_is_logged_once_with_who_did_it(folder: Folder) -> None:
    controller = Actor(None, "Robin Höst", is_system=True)
    import_folder(folder.path, by=controller, at=FIRST_DAY)

    with scoped(SYSTEM):
        looks = Look.objects.filter(action="change").values_list("client_id", "actor_name", "at")
        assert len(looks) == 2
        assert {(name, at) for _, name, at in looks} == {("Robin Höst", FIRST_DAY)}
    change = DataChange.objects.get()
    assert (change.at, change.rows) == (FIRST_DAY, 19)


def test_what_breaks_a_rule_of_today_is_taken(folder: Folder) -> None:
    folder.add(
        "visits",
        "V4,C1,U2,ramtid,S1,2022-11-21T23:50:00+01:00,2022-11-22T00:10:00+01:00,manual,manual,,performed",
        "V5,C2,U1,lunchhjalp,S1,2022-11-25T12:00:00+01:00,2022-11-25T12:00:00+01:00,tag,tag,,performed",
    )
    assert folder.load().counts["visits"].new == 6


def test_an_end_on_the_last_day_there_is_means_until_further_notice(folder: Folder) -> None:
    folder.change("grants", "2022-12-31", "9999-12-31").load()
    with scoped(SYSTEM):
        assert Grant.objects.get(code="G1").period.upper is None
    assert folder.load(at=LATER).touched == 0


def test_parents_may_come_with_an_earlier_folder(folder: Folder) -> None:
    folder.load()
    for name in ("prices", "staff", "grants", "absences", "plans"):
        folder.remove(name)
    folder.change("visits", "V1,", "V9,")
    assert folder.load(at=LATER).counts["visits"].new == 1


@pytest.mark.parametrize(
    "start",
    [
        "2022-11-07T08:00+01:00",
        "2022-11-07T07:00:00Z",
        "2022-11-07T07:00:00.000000Z",
        "2022-11-07T08:00:00+01",
    ],
)
def test_instants_in_other_iso_forms_are_the_same_instant(folder: Folder, start: str) -> None:
    folder.change("visits", "2022-11-07T08:00:00+01:00", start).load()
    with scoped(SYSTEM):
        assert Visit.objects.get(code="V1").started_at == datetime(2022, 11, 7, 7, 0, tzinfo=UTC)
