"""The client card: versions nobody rewrites, told to those who serve, read by those whose time it was."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.people.card_content import CardField, CardRefused
from hemmavid.people.card_operations import (
    CardChangedMeanwhile,
    CardUnchanged,
    ErrorAlreadySettled,
    ErrorTextRefused,
    NewVersion,
    Settlement,
    mark_version_read,
    report_error,
    settle_error,
    write_version,
)
from hemmavid.people.client_cards import (
    card_errors,
    card_readers,
    card_version,
    card_versions,
    client_card,
    edited_card,
    paper_check,
    units_serving,
)
from hemmavid.people.models import CardErrorOutcome, Client, ClientCardVersion
from tests.access.neighbours import actor_of
from tests.factories import (
    ClientCardVersionFactory,
    ClientFactory,
    GrantFactory,
    OrderFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
ALERTS, KEYS, RELATIVES = CardField.ALERTS, CardField.KEYS, CardField.RELATIVES


def somebody(role: Role, unit=None) -> Actor:
    user = UserFactory()
    return Actor(user.pk, user.name, (Assignment(role, unit.pk if unit else None),))


@pytest.fixture
def officer() -> Actor:
    return somebody(Role.CASE_OFFICER)


@pytest.fixture
def served():
    """A unit with a client since the beginning of 2022."""
    with scoped(SYSTEM):
        return GrantFactory(period=DateRange(date(2022, 1, 1), None))


def write(client: Client, content, expected: int, by: Actor, at: datetime = NOON):
    with scoped(by):
        return write_version(NewVersion(client.pk, content, expected), by=by, at=at)


def read(client: Client, by: Actor, *, shows_identity: bool = True):
    with scoped(by, read_only=True):
        return client_card(client.pk, shows_identity=shows_identity, by=by)


class TestWriting:
    def test_a_version_follows_a_version_and_the_first_stands(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        written = write(served.client, {ALERTS: ("Diabetes", "Faller lätt")}, 1, officer)
        assert written.number == 2
        with scoped(officer):
            assert [row.number for row in card_versions(served.client.pk, by=officer)] == [2, 1]
            assert card_version(served.client.pk, 1, shows_identity=True, by=officer).content == {
                ALERTS: ("Diabetes",)
            }

    def test_the_database_itself_refuses_to_rewrite_a_version(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        with scoped(SYSTEM), pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            ClientCardVersion.objects.update(number=9)

    def test_whoever_saves_after_somebody_else_is_told_who_when_and_what(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        colleague = somebody(Role.CASE_OFFICER)
        write(served.client, {ALERTS: ("Diabetes",), KEYS: ("Nyckel 1",)}, 1, colleague)
        with pytest.raises(CardChangedMeanwhile) as lost:
            write(served.client, {ALERTS: ("Epilepsi",)}, 1, officer)
        told = lost.value
        assert (told.number, told.made_by_name, told.made_at) == (2, colleague.name, NOON)
        assert told.changed == (KEYS,)

    def test_the_same_words_again_are_no_version(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        with pytest.raises(CardUnchanged):
            write(served.client, {ALERTS: ("Diabetes",)}, 1, officer)

    def test_a_code_never_reaches_the_database(self, served, officer):
        with pytest.raises(CardRefused):
            write(served.client, {KEYS: ("Portkod 4711",)}, 0, officer)
        with scoped(SYSTEM):
            assert not ClientCardVersion.objects.exists()

    @pytest.mark.parametrize(
        "role", [Role.UNIT_MANAGER, Role.COORDINATOR, Role.AUTHORITY_MANAGER, Role.CONTROLLER]
    )
    def test_only_officers_write(self, role, served):
        unit = served.unit if role in (Role.UNIT_MANAGER, Role.COORDINATOR) else None
        with pytest.raises(Denied):
            write(served.client, {ALERTS: ("Diabetes",)}, 0, somebody(role, unit))

    def test_a_write_is_a_change_in_the_log(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        with scoped(SYSTEM):
            look = Look.objects.get(action=Action.CHANGE, page="client_card")
        assert (look.client_id, look.actor_id) == (served.client.pk, officer.user_id)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_save_at_once_one_wins_and_the_other_is_told():
    with scoped(SYSTEM):
        client = ClientFactory()
    officers, barrier, outcomes = [somebody(Role.CASE_OFFICER), somebody(Role.CASE_OFFICER)], Barrier(2), []

    def save(by: Actor) -> None:
        barrier.wait()
        try:
            outcomes.append(write(client, {ALERTS: (by.name,)}, 0, by).number)
        except CardChangedMeanwhile as lost:
            outcomes.append(lost.number * 10)
        finally:
            connection.close()

    writers = [Thread(target=save, args=(one,)) for one in officers]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(outcomes) == [1, 10]


class TestReading:
    def test_a_reader_sees_what_is_new_since_the_last_reading(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",), KEYS: ("Nyckel 1",)}, 0, officer)
        coordinator = somebody(Role.COORDINATOR, served.unit)
        card = read(served.client, coordinator)
        assert (card.read_number, card.changes, card.is_read) == (None, (), False)
        with scoped(coordinator):
            mark_version_read(client_id=served.client.pk, number=1, by=coordinator, at=NOON)
        assert read(served.client, coordinator).is_read
        write(served.client, {ALERTS: ("Diabetes",), KEYS: ("Nyckel 2",)}, 1, officer)
        card = read(served.client, coordinator)
        assert [(one.field, one.removed, one.added) for one in card.changes] == [
            (KEYS, ("Nyckel 1",), ("Nyckel 2",))
        ]

    def test_each_reader_counts_once_and_the_first_time_stands(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        coordinator = somebody(Role.COORDINATOR, served.unit)
        for hours in (1, 2):
            with scoped(coordinator):
                mark_version_read(
                    client_id=served.client.pk, number=1, by=coordinator, at=NOON + timedelta(hours=hours)
                )
        with scoped(officer):
            rows = card_readers(served.client.pk, by=officer)
        assert [(row.name, row.unit, row.read_at.hour) for row in rows] == [
            (coordinator.name, served.unit.name, 13),
            (officer.name, "", 12),
        ]

    def test_a_unit_knows_of_its_own_readers_alone(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        with scoped(SYSTEM):
            other = GrantFactory(client=served.client, period=DateRange(date(2022, 1, 1), None)).unit
        here, there = somebody(Role.COORDINATOR, served.unit), somebody(Role.COORDINATOR, other)
        for one in (here, there):
            with scoped(one):
                mark_version_read(client_id=served.client.pk, number=1, by=one, at=NOON)
        with scoped(here):
            assert [row.name for row in card_readers(served.client.pk, by=here)] == [here.name]

    def test_what_tells_who_and_where_is_left_out_of_a_hidden_card(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",), RELATIVES: ("Dotter Annika 000-1",)}, 0, officer)
        card = read(served.client, officer, shows_identity=False)
        assert card.version.content == {ALERTS: ("Diabetes",)}
        assert card.version.hidden == (RELATIVES,)

    def test_who_only_counts_money_reads_no_card(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        assert read(served.client, somebody(Role.CONTROLLER)) is None

    def test_another_provider_reads_nothing_and_cannot_say_it_has(self, served, officer):
        write(served.client, {ALERTS: ("Diabetes",)}, 0, officer)
        with scoped(SYSTEM):
            stranger = somebody(Role.UNIT_MANAGER, UnitFactory())
        assert read(served.client, stranger) is None
        with scoped(stranger), pytest.raises(ClientCardVersion.DoesNotExist):
            mark_version_read(client_id=served.client.pk, number=1, by=stranger, at=NOON)


class TestOwnTime:
    """The client moved from the old unit to the new on 1 December 2022."""

    @pytest.fixture
    def moved(self, officer):
        with scoped(SYSTEM):
            old = GrantFactory(period=DateRange(date(2022, 1, 1), date(2022, 12, 1)))
            new = GrantFactory(client=old.client, period=DateRange(date(2022, 12, 1), None))
        moments = (datetime(2022, 3, 1, 9, tzinfo=UTC), NOON, datetime(2022, 12, 5, 9, tzinfo=UTC))
        for number, at in enumerate(moments):
            write(old.client, {ALERTS: (f"Version {number + 1}",)}, number, officer, at)
        return old, new

    def numbers(self, grant, by: Actor) -> list[int]:
        with scoped(by):
            return [row.number for row in card_versions(grant.client.pk, by=by)]

    def test_the_old_provider_reads_the_versions_of_its_time(self, moved):
        old, _ = moved
        manager = somebody(Role.UNIT_MANAGER, old.unit)
        assert self.numbers(old, manager) == [2, 1]
        card = read(old.client, manager)
        assert (card.version.number, card.is_current) == (2, False)

    def test_the_new_provider_reads_what_held_when_it_began_and_after(self, moved):
        _, new = moved
        assert self.numbers(new, somebody(Role.UNIT_MANAGER, new.unit)) == [3, 2]

    def test_the_database_too_keeps_later_versions_from_the_old_provider(self, moved):
        old, _ = moved
        with scoped(somebody(Role.UNIT_MANAGER, old.unit)), connection.cursor() as cursor:
            cursor.execute("select number from people_clientcardversion order by number")
            assert [number for (number,) in cursor.fetchall()] == [1, 2]

    def test_a_provider_that_is_to_begin_reads_the_card_already(self, moved):
        old, _ = moved
        with scoped(SYSTEM):
            coming = GrantFactory(client=old.client, period=DateRange(date(2023, 2, 1), None), in_effect=None)
        assert self.numbers(coming, somebody(Role.COORDINATOR, coming.unit)) == [3]

    def test_a_unit_with_an_order_sent_reads_the_card_before_any_grant(self, moved, officer):
        old, _ = moved
        with scoped(SYSTEM):
            order = OrderFactory(client=old.client, status="sent", sent_at=datetime(2022, 12, 6, tzinfo=UTC))
        coordinator = somebody(Role.COORDINATOR, order.unit)
        assert self.numbers(old, coordinator) == [3]
        with scoped(SYSTEM):
            assert order.unit_id in units_serving(old.client.pk, at=datetime(2022, 12, 7, tzinfo=UTC))

    def test_a_version_one_has_read_stays_readable_to_compare_with(self, moved, officer):
        old, _ = moved
        with scoped(SYSTEM):
            coming = GrantFactory(client=old.client, period=DateRange(date(2023, 2, 1), None), in_effect=None)
        coordinator = somebody(Role.COORDINATOR, coming.unit)
        with scoped(coordinator):
            mark_version_read(client_id=old.client.pk, number=3, by=coordinator, at=NOON)
        write(old.client, {ALERTS: ("Version 4",)}, 3, officer, datetime(2022, 12, 20, tzinfo=UTC))
        assert self.numbers(coming, coordinator) == [4, 3]
        assert read(old.client, coordinator).changes[0].removed == ("Version 3",)

    def test_who_serves_is_who_has_an_order_that_has_not_ended(self, moved):
        old, new = moved
        with scoped(SYSTEM):
            assert units_serving(old.client.pk, at=NOON) == sorted([old.unit_id, new.unit_id])
            assert units_serving(old.client.pk, at=datetime(2022, 12, 5, tzinfo=UTC)) == [new.unit_id]

    def test_a_paper_tells_whether_it_still_holds(self, moved, officer):
        old, _ = moved
        with scoped(SYSTEM):
            second, third = ClientCardVersion.objects.order_by("number")[1:]
        with scoped(officer):
            assert not paper_check(second.pk, by=officer).is_current
            assert paper_check(third.pk, by=officer).is_current
        manager = somebody(Role.UNIT_MANAGER, old.unit)
        with scoped(manager):
            checked = paper_check(second.pk, by=manager)
            assert (checked.newest, checked.is_current) == (2, False)
            with pytest.raises(ClientCardVersion.DoesNotExist):
                paper_check(third.pk, by=manager)


class TestErrors:
    def report(self, grant, by: Actor, text: str = "Nyckeln är återlämnad."):
        with scoped(by):
            return report_error(client_id=grant.client.pk, number=1, text=text, by=by, at=NOON)

    def test_a_report_has_a_status_and_gets_an_outcome(self, served, officer):
        write(served.client, {KEYS: ("Nyckel 1",)}, 0, officer)
        coordinator = somebody(Role.COORDINATOR, served.unit)
        error = self.report(served, coordinator)
        with scoped(coordinator):
            assert [row.is_open for row in card_errors(served.client.pk, by=coordinator)] == [True]
        with scoped(officer):
            settlement = Settlement(error.pk, CardErrorOutcome.CORRECTED, "Ändrat i version 2.")
            settle_error(settlement, by=officer, at=NOON)
            with pytest.raises(ErrorAlreadySettled):
                settle_error(settlement, by=officer, at=NOON)
        with scoped(coordinator):
            (row,) = card_errors(served.client.pk, by=coordinator)
        assert (row.outcome, row.outcome_text, row.settled_by) == (
            "Personkortet är rättat",
            "Ändrat i version 2.",
            officer.name,
        )

    @pytest.mark.parametrize(("text", "code"), [(" ", "empty"), ("x" * 1001, "too_long")])
    def test_a_report_without_words_or_end_is_refused(self, text, code, served, officer):
        write(served.client, {KEYS: ("Nyckel 1",)}, 0, officer)
        with pytest.raises(ErrorTextRefused) as refused:
            self.report(served, somebody(Role.COORDINATOR, served.unit), text)
        assert refused.value.code == code

    def test_another_unit_of_the_client_does_not_see_it(self, served, officer):
        write(served.client, {KEYS: ("Nyckel 1",)}, 0, officer)
        self.report(served, somebody(Role.COORDINATOR, served.unit))
        with scoped(SYSTEM):
            other = GrantFactory(client=served.client, period=DateRange(date(2022, 1, 1), None)).unit
        there = somebody(Role.UNIT_MANAGER, other)
        with scoped(there):
            assert card_errors(served.client.pk, by=there) == []

    def test_only_the_authority_settles(self, served, officer):
        write(served.client, {KEYS: ("Nyckel 1",)}, 0, officer)
        manager = somebody(Role.UNIT_MANAGER, served.unit)
        error = self.report(served, manager)
        with scoped(manager), pytest.raises(Denied):
            settle_error(Settlement(error.pk, CardErrorOutcome.NO_ERROR), by=manager, at=NOON)


def test_a_version_number_stands_once(as_system):
    version = ClientCardVersionFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        ClientCardVersionFactory(card=version.card, number=version.number)


def test_the_first_card_is_edited_from_nothing(served, officer):
    with scoped(officer):
        assert edited_card(served.client.pk, by=officer) == (0, {})


@pytest.mark.parametrize("versions", [1, 30])
def test_reading_a_card_costs_the_same_whatever_its_history(
    versions, served, officer, django_assert_num_queries
):
    for number in range(versions):
        write(served.client, {ALERTS: (f"Version {number}",)}, number, officer)
    manager = actor_of(Role.UNIT_MANAGER, served.unit.pk)
    with scoped(manager), django_assert_num_queries(2):
        client_card(served.client.pk, shows_identity=True, by=manager)
