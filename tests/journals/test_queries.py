"""The two journals: each side reads its own, narrows it, and corrects without rewriting."""

from datetime import UTC, datetime, timedelta

import pytest

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.journals.models import EntryKind, JournalEntry
from hemmavid.journals.operations import NewEntry, correct_entry, write_entry
from hemmavid.journals.queries import JournalFilter, entries, entry, journals_to_write
from tests.factories import GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)


def somebody(role: Role, unit=None) -> Actor:
    user = UserFactory()
    return Actor(user.pk, user.name, (Assignment(role, unit.pk if unit else None),))


@pytest.fixture
def served():
    with scoped(SYSTEM):
        return GrantFactory()


@pytest.fixture
def officer() -> Actor:
    return somebody(Role.CASE_OFFICER)


@pytest.fixture
def coordinator(served) -> Actor:
    return somebody(Role.COORDINATOR, served.unit)


def written(served, text: str, by: Actor, *, unit=None, kind=EntryKind.NOTE, ago: int = 0):
    new = NewEntry(
        served.client_id, text, NOON - timedelta(days=ago), kind, unit_id=unit.pk if unit else None
    )
    with scoped(by):
        return write_entry(new, by=by, at=NOON)


def texts(served, by: Actor, **about) -> list[str]:
    with scoped(by, read_only=True):
        return [row.text for row in entries(JournalFilter(served.client_id, **about), limit=50, by=by).rows]


def test_each_side_reads_its_own_journal_and_not_the_others(served, officer, coordinator):
    written(served, "Utredning påbörjad.", officer)
    written(served, "Ringde dottern.", coordinator, unit=served.unit)
    assert texts(served, officer) == ["Utredning påbörjad."]
    assert texts(served, coordinator) == ["Ringde dottern."]
    with scoped(SYSTEM):
        other = GrantFactory(client=served.client).unit
    assert texts(served, somebody(Role.UNIT_MANAGER, other)) == []
    assert texts(served, somebody(Role.CONTROLLER)) == []


def test_the_newest_comes_first_whenever_it_was_written_down(served, officer):
    written(served, "Igår", officer, ago=1)
    written(served, "I förrgår", officer, ago=2)
    assert texts(served, officer) == ["Igår", "I förrgår"]


def test_is_narrowed_by_kind_and_by_words(served, officer):
    written(served, "Hembesök hos Elsa", officer, kind=EntryKind.EVENT)
    written(served, "Telefon med dottern", officer, kind=EntryKind.CONTACT)
    assert texts(served, officer, kind=EntryKind.EVENT) == ["Hembesök hos Elsa"]
    assert texts(served, officer, text="DOTTERN telefon") == ["Telefon med dottern"]
    assert texts(served, officer, text="%") == []
    assert texts(served, officer, text="\0") == texts(served, officer)


def test_a_correction_points_back_and_the_entry_stands(served, officer):
    entry_id = written(served, "Elsa har hund.", officer)
    with scoped(officer):
        correction = correct_entry(entry_id=entry_id, text="Elsa har katt.", by=officer, at=NOON)
        page = entries(JournalFilter(served.client_id), limit=50, by=officer)
    rows = {row.entry_id: row for row in page.rows}
    assert rows[entry_id].text == "Elsa har hund."
    assert rows[entry_id].corrections == (correction,)
    assert (rows[correction].corrects_id, rows[correction].kind) == (entry_id, EntryKind.CORRECTION)


def test_an_entry_of_another_client_or_journal_is_not_there(served, officer, coordinator):
    entry_id = written(served, "Utredning.", officer)
    with scoped(SYSTEM):
        other = GrantFactory().client_id
    for client_id, by in ((other, officer), (served.client_id, coordinator)):
        with scoped(by), pytest.raises(JournalEntry.DoesNotExist):
            entry(entry_id, client_id=client_id, by=by)


def test_one_writes_in_ones_own_journals_alone(served, officer, coordinator):
    here = frozenset({served.unit_id})
    assert journals_to_write(by=officer, units_of_client=here) == [None]
    assert journals_to_write(by=coordinator, units_of_client=here) == [served.unit_id]
    with scoped(SYSTEM):
        stranger = somebody(Role.COORDINATOR, UnitFactory())
    assert journals_to_write(by=stranger, units_of_client=here) == []
    assert journals_to_write(by=somebody(Role.CONTROLLER), units_of_client=here) == []


@pytest.mark.parametrize("count", [1, 30])
def test_costs_three_queries_for_one_and_thirty(count, served, officer, django_assert_num_queries):
    for number in range(count):
        written(served, f"Rad {number}", officer)
    with scoped(officer, read_only=True), django_assert_num_queries(3):
        entries(JournalFilter(served.client_id), limit=50, by=officer)
