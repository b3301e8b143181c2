"""A new card, an error in one and a broken glass reach the mailboxes they should, and no other."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.messages.card_news import (
    Report,
    Words,
    publish_version,
    report_card_error,
    settle_card_error,
)
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.messages.on_call import News, open_by_break_glass, tell_of_grant
from hemmavid.messages.queries import Choice, thread_detail, threads
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.break_glass import NewOpening
from hemmavid.people.card_content import CardField
from hemmavid.people.card_operations import NewVersion, Settlement
from hemmavid.people.models import BreakGlassReason, CardError, CardErrorOutcome, Client
from tests.factories import GrantFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2022, 11, 15, 12, 0, tzinfo=UTC)
WORDS = Words("Personkortet har version {number}", "Läs version {number}.")
SINCE = DateRange(date(2022, 1, 1), None)


def somebody(role: Role, unit=None) -> Actor:
    user = UserFactory()
    return Actor(user.pk, user.name, (Assignment(role, unit.pk if unit else None),))


@pytest.fixture
def served():
    with scoped(SYSTEM):
        return GrantFactory(period=SINCE)


@pytest.fixture
def officer() -> Actor:
    return somebody(Role.CASE_OFFICER)


def published(client, by: Actor):
    new = NewVersion(client.pk, {CardField.ALERTS: ("Diabetes",)}, 0)
    with scoped(by):
        return publish_version(new, WORDS, by=by, at=NOON)


def told(by: Actor) -> list[str]:
    with scoped(by, read_only=True):
        return [row.subject for row in threads(Choice.UNREAD, mailbox_id=None, limit=50, by=by).rows]


def test_a_new_version_is_told_to_each_unit_that_serves_in_a_thread_of_its_own(served, officer):
    with scoped(SYSTEM):
        also = GrantFactory(client=served.client, period=SINCE).unit
        gone = GrantFactory(client=served.client, period=DateRange(date(2021, 1, 1), date(2022, 1, 1))).unit
        stranger = UnitFactory()
    written = published(served.client, officer)
    for unit, subjects in ((served.unit, 1), (also, 1), (gone, 0), (stranger, 0)):
        reader = somebody(Role.COORDINATOR, unit)
        assert told(reader) == ["Personkortet har version 1"] * subjects
    with scoped(SYSTEM):
        assert {thread.about_id for thread in Thread.objects.order_by("pk")} == {written.version_id}
        assert all(len(thread.unit_ids) == 1 for thread in Thread.objects.order_by("pk"))


def test_a_version_that_is_refused_tells_nobody(served, officer):
    published(served.client, officer)
    with pytest.raises(Exception, match="1"), scoped(officer):
        publish_version(NewVersion(served.client_id, {}, 0), WORDS, by=officer, at=NOON)
    assert len(told(somebody(Role.COORDINATOR, served.unit))) == 1


def test_an_error_reaches_the_authority_and_its_outcome_the_unit(served, officer):
    published(served.client, officer)
    coordinator = somebody(Role.COORDINATOR, served.unit)
    report = Report(served.client_id, 1, "Nyckeln är återlämnad.")
    with scoped(coordinator):
        thread_id = report_card_error(report, Words("Fel i version {number}", ""), by=coordinator, at=NOON)
    assert told(officer) == ["Fel i version 1"]
    with scoped(officer):
        error = CardError.objects.get()
        settlement = Settlement(error.pk, CardErrorOutcome.CORRECTED)
        later = NOON + timedelta(minutes=5)
        settle_card_error(settlement, "Rättat i version 2.", by=officer, at=later)
    assert "Fel i version 1" in told(coordinator)
    with scoped(coordinator):
        detail = thread_detail(thread_id, by=coordinator)
    assert [one.text for one in detail.messages] == ["Nyckeln är återlämnad.", "Rättat i version 2."]
    assert [(part.mailbox, bool(part.agreed_at)) for part in detail.parts] == [
        ("Myndigheten", True),
        (served.unit.name, False),
    ]


class TestBreakGlass:
    @pytest.fixture
    def supervisor(self) -> Actor:
        with scoped(SYSTEM):
            own = UnitFactory()
        user = UserFactory(name="Jourhavande Jonna")
        roles = (Assignment(Role.ON_CALL_SUPERVISOR), Assignment(Role.ON_CALL_SUPERVISOR, own.pk))
        return Actor(user.pk, user.name, roles)

    def break_glass(self, client, by: Actor):
        new = NewOpening(client.pk, BreakGlassReason.CALL, "Dottern ringde")
        with scoped(by):
            return open_by_break_glass(
                new,
                lambda opening: Words("Nödöppning", f"{opening.user_name}: {opening.text}"),
                parameters=parameters_in_use(),
                by=by,
                at=NOON,
            )

    def test_the_manager_of_whoever_serves_is_told(self, served, supervisor):
        self.break_glass(served.client, supervisor)
        manager = somebody(Role.UNIT_MANAGER, served.unit)
        assert told(manager) == ["Nödöppning"]
        with scoped(SYSTEM):
            thread = Thread.objects.get(kind=ThreadKind.BREAK_GLASS)
        with scoped(manager):
            (message,) = thread_detail(thread.pk, by=manager).messages
        assert (message.author, message.text) == ("Jourhavande Jonna", "Jourhavande Jonna: Dottern ringde")

    def test_whoever_opens_does_not_learn_from_it_who_serves(self, served, supervisor):
        self.break_glass(served.client, supervisor)
        with scoped(supervisor):
            assert not Thread.objects.exists()
            assert not Thread.objects.visible_to(supervisor).exists()

    def test_a_client_nobody_serves_is_opened_all_the_same(self, supervisor, served):
        with scoped(SYSTEM):
            gone = GrantFactory(period=DateRange(date(2021, 1, 1), date(2022, 1, 1)))
        assert self.break_glass(gone.client, supervisor).client_id == gone.client_id
        assert told(somebody(Role.CASE_OFFICER)) == ["Nödöppning"]
        assert told(somebody(Role.UNIT_MANAGER, gone.unit)) == []


class TestHelpForTheNight:
    @pytest.fixture
    def supervisor(self, served) -> Actor:
        user = UserFactory()
        roles = (
            Assignment(Role.ON_CALL_SUPERVISOR),
            Assignment(Role.ON_CALL_SUPERVISOR, served.unit_id),
        )
        return Actor(user.pk, user.name, roles)

    def test_both_the_unit_and_the_authority_have_it_as_unread(self, served, officer, supervisor):
        news = News(served.client_id, ThreadKind.ON_CALL, Words("Beviljat i natt", "Toalett"), served.pk)
        with scoped(supervisor):
            tell_of_grant(news, by=supervisor, at=NOON)
        assert told(officer) == told(somebody(Role.COORDINATOR, served.unit)) == ["Beviljat i natt"]

    def test_of_a_client_out_of_reach_nothing_is_told(self, served, supervisor):
        with scoped(SYSTEM):
            stranger = GrantFactory().client_id
        news = News(stranger, ThreadKind.ON_CALL, Words("Beviljat", "x"), served.pk)
        with scoped(supervisor), pytest.raises(Client.DoesNotExist):
            tell_of_grant(news, by=supervisor, at=NOON)

    def test_only_the_one_on_call_tells(self, served, officer):
        news = News(served.client_id, ThreadKind.ON_CALL, Words("Beviljat", "x"), served.pk)
        with scoped(officer), pytest.raises(Denied):
            tell_of_grant(news, by=officer, at=NOON)
