"""What lies in one's mailboxes: counted, narrowed, read with receipts, closed when both agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.messages.models import MailboxKind, Participant, Thread, ThreadKind
from hemmavid.messages.operations import NewThread, Side, agree, mark_read, open_thread, reply
from hemmavid.messages.queries import Choice, mailboxes, thread_detail, threads, unread_threads
from tests.factories import GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
AUTHORITY = Side()


def somebody(role: Role, unit=None, name: str = "Robin") -> Actor:
    return Actor(UserFactory(name=name).pk, name, (Assignment(role, unit.pk if unit else None),))


@pytest.fixture
def served():
    with scoped(SYSTEM):
        return GrantFactory(period=DateRange(date(2022, 1, 1), None))


@pytest.fixture
def coordinator(served) -> Actor:
    return somebody(Role.COORDINATOR, served.unit, "Samira Samordnare")


@pytest.fixture
def officer() -> Actor:
    return somebody(Role.CASE_OFFICER, name="Hanna Handläggare")


def asked(served, by: Actor, subject: str = "Vad menas?", at: datetime = NOON):
    new = NewThread(
        client_id=served.client_id, kind=ThreadKind.CLARIFICATION, subject=subject, text="Vad menas?",
        sender=Side(served.unit_id), receivers=(AUTHORITY,),
    )  # fmt: skip
    with scoped(by):
        return open_thread(new, by=by, at=at)


def subjects(choice: Choice, by: Actor, **about) -> list[str]:
    with scoped(by, read_only=True):
        page = threads(choice, mailbox_id=None, limit=50, by=by, **about)
    assert page.total == len(page.rows)
    return [row.subject for row in page.rows]


def unread(by: Actor) -> int:
    with scoped(by, read_only=True):
        return unread_threads(by=by)


class TestCounting:
    def test_what_is_new_is_counted_for_the_receiver_until_it_is_read(self, served, coordinator, officer):
        thread_id = asked(served, coordinator)
        assert (unread(coordinator), unread(officer)) == (0, 1)
        with scoped(officer):
            mark_read(thread_id=thread_id, side=AUTHORITY, by=officer, at=NOON)
            reply(thread_id=thread_id, sender=AUTHORITY, text="Påminnelse.", by=officer, at=NOON)
        assert (unread(coordinator), unread(officer)) == (1, 0)

    def test_who_may_read_no_messages_has_none(self, served, coordinator):
        asked(served, coordinator)
        assert unread(somebody(Role.CONTROLLER)) == 0

    def test_the_oldest_unread_message_keeps_its_moment(self, served, coordinator, officer):
        thread_id = asked(served, coordinator)
        with scoped(coordinator):
            later = NOON + timedelta(hours=3)
            reply(thread_id=thread_id, sender=Side(served.unit_id), text="Hallå?", by=coordinator, at=later)
        with scoped(SYSTEM):
            part = Participant.objects.get(thread_id=thread_id, mailbox__kind=MailboxKind.AUTHORITY)
        assert part.unread_since == NOON

    def test_a_mailbox_shows_its_own_count(self, served, coordinator, officer):
        asked(served, coordinator)
        with scoped(officer, read_only=True):
            assert [(box.label, box.unread) for box in mailboxes(by=officer)] == [("Myndigheten", 1)]
        with scoped(coordinator, read_only=True):
            assert [(box.label, box.unread) for box in mailboxes(by=coordinator)] == [(served.unit.name, 0)]


class TestChoosing:
    def test_open_unread_mine_and_closed(self, served, coordinator, officer):
        first, second = asked(served, coordinator, "Ett"), asked(served, coordinator, "Två")
        with scoped(officer):
            mark_read(thread_id=first, side=AUTHORITY, by=officer, at=NOON)
            reply(thread_id=second, sender=AUTHORITY, text="Svar", by=officer, at=NOON + timedelta(minutes=1))
        assert subjects(Choice.OPEN, officer) == ["Två", "Ett"]
        assert subjects(Choice.UNREAD, officer) == ["Två"]
        assert subjects(Choice.MINE, officer) == ["Två"]
        with scoped(officer):
            agree(thread_id=first, side=AUTHORITY, by=officer, at=NOON)
        assert subjects(Choice.CLOSED, officer) == []
        with scoped(coordinator):
            assert agree(thread_id=first, side=Side(served.unit_id), by=coordinator, at=NOON)
        assert subjects(Choice.CLOSED, officer) == ["Ett"]
        assert subjects(Choice.OPEN, coordinator) == ["Två"]
        assert subjects(Choice.OPEN, officer, client_id=served.client_id) == ["Två", "Ett"]

    def test_another_unit_has_none_of_it(self, served, coordinator):
        asked(served, coordinator)
        with scoped(SYSTEM):
            stranger = somebody(Role.UNIT_MANAGER, UnitFactory())
        for choice in Choice:
            assert subjects(choice, stranger) == []

    def test_a_protected_person_is_code_and_initials(self, served, coordinator, officer):
        asked(served, coordinator)
        with scoped(SYSTEM):
            type(served.client).objects.filter(pk=served.client_id).update(is_protected=True)
        with scoped(officer):
            (row,) = threads(Choice.OPEN, mailbox_id=None, limit=50, by=officer).rows
        assert row.client.shown.startswith("Skyddad identitet")


class TestOneThread:
    def test_says_who_read_what_when_and_who_has_agreed(self, served, coordinator, officer):
        thread_id = asked(served, coordinator)
        with scoped(officer):
            mark_read(thread_id=thread_id, side=AUTHORITY, by=officer, at=NOON + timedelta(minutes=42))
            agree(thread_id=thread_id, side=AUTHORITY, by=officer, at=NOON + timedelta(minutes=43))
        with scoped(coordinator, read_only=True):
            detail = thread_detail(thread_id, by=coordinator)
        (message,) = detail.messages
        assert (message.author, message.mailbox, message.is_own) == (
            "Samira Samordnare",
            served.unit.name,
            True,
        )
        assert [(one.mailbox, one.name, one.read_at.minute) for one in message.receipts] == [
            ("Myndigheten", "Hanna Handläggare", 42)
        ]
        assert [(part.mailbox, part.agreed_by) for part in detail.parts] == [
            ("Myndigheten", "Hanna Handläggare"),
            (served.unit.name, ""),
        ]
        assert detail.own == Side(served.unit_id, MailboxKind.UNIT)
        assert not detail.own_agreed

    def test_is_not_there_for_another_unit(self, served, coordinator):
        thread_id = asked(served, coordinator)
        with scoped(SYSTEM):
            stranger = somebody(Role.UNIT_MANAGER, UnitFactory())
        with scoped(stranger), pytest.raises(Thread.DoesNotExist):
            thread_detail(thread_id, by=stranger)


@pytest.mark.parametrize("count", [1, 30])
def test_costs_the_same_number_of_queries_for_one_and_thirty(
    count, served, coordinator, officer, django_assert_num_queries
):
    for number in range(count):
        thread_id = asked(served, coordinator, f"Tråd {number}")
    for _ in range(count):
        with scoped(officer):
            reply(thread_id=thread_id, sender=AUTHORITY, text="Svar", by=officer, at=NOON)
    with scoped(officer, read_only=True):
        with django_assert_num_queries(2):
            threads(Choice.OPEN, mailbox_id=None, limit=50, by=officer)
        with django_assert_num_queries(2):
            mailboxes(by=officer)
        with django_assert_num_queries(1):
            unread_threads(by=officer)
        with django_assert_num_queries(5):
            thread_detail(thread_id, by=officer)
