"""Break-glass: exactly one client more, in both walls, until it ends; and a search that tells nothing."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.policy import Permission
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Action, Look
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.break_glass import (
    AlreadyReadable,
    NewOpening,
    ReasonRefused,
    find_outsider,
    open_client,
    opening_of,
    own_openings,
)
from hemmavid.people.models import BreakGlass, BreakGlassReason, Client, ClientCardVersion
from hemmavid.people.queries import opened_clients
from tests.access.neighbours import household
from tests.factories import ClientFactory, GrantFactory, UserFactory

pytestmark = pytest.mark.django_db
NIGHT = datetime(2022, 11, 15, 20, 0, tzinfo=UTC)
CALLED = BreakGlassReason.CALL
NUMBER = "19400102-2380"


@pytest.fixture
def own():
    """A client of the municipality's own home care."""
    with scoped(SYSTEM):
        return household()


@pytest.fixture
def outsider():
    with scoped(SYSTEM):
        stranger = household()
        Client.objects.filter(pk=stranger.client.pk).update(
            given_name="Åsa", family_name="Öström", personal_number=NUMBER
        )
        stranger.client.refresh_from_db()
        return stranger


@pytest.fixture
def supervisor(own) -> Actor:
    user = UserFactory(name="Jourhavande Jonna")
    roles = (Assignment(Role.ON_CALL_SUPERVISOR), Assignment(Role.ON_CALL_SUPERVISOR, own.unit.pk))
    return Actor(user.pk, user.name, roles)


def opened(client: Client, by: Actor, *, at: datetime = NIGHT, reason=CALLED, text: str = "") -> BreakGlass:
    with scoped(by):
        new = NewOpening(client.pk, reason, text)
        return open_client(new, parameters=parameters_in_use(), by=by, at=at)


def at_the_moment(by: Actor, at: datetime) -> Actor:
    """The same person as the middleware sees her at an instant."""
    with scoped(by, read_only=True):
        return by.with_opened(opened_clients(by.user_id, at=at))


def clients_seen(by: Actor) -> tuple[set, set]:
    """By the first wall alone, and by the second alone."""
    with scoped(SYSTEM):
        first = set(Client.objects.visible_to(by).values_list("pk", flat=True))
    with scoped(by), connection.cursor() as cursor:
        cursor.execute("select id from people_client")
        return first, {pk for (pk,) in cursor.fetchall()}


class TestTheWalls:
    def test_exactly_one_client_more_in_both_and_only_until_it_ends(self, own, outsider, supervisor):
        with scoped(SYSTEM):
            household()
        assert clients_seen(supervisor) == ({own.client.pk}, {own.client.pk})
        ends_at = opened(outsider.client, supervisor).ends_at
        assert ends_at == NIGHT + timedelta(hours=12)
        both = {own.client.pk, outsider.client.pk}
        assert clients_seen(at_the_moment(supervisor, NIGHT)) == (both, both)
        assert clients_seen(at_the_moment(supervisor, ends_at - timedelta(seconds=1))) == (both, both)
        assert clients_seen(at_the_moment(supervisor, ends_at)) == ({own.client.pk}, {own.client.pk})

    def test_it_opens_for_the_one_who_opened_and_nobody_else(self, own, outsider, supervisor):
        opened(outsider.client, supervisor)
        colleague = Actor(UserFactory().pk, "Kollegan", supervisor.assignments)
        assert clients_seen(at_the_moment(colleague, NIGHT)) == ({own.client.pk}, {own.client.pk})

    def test_the_newest_card_is_read_and_neither_journal_nor_messages(self, outsider, supervisor):
        opened(outsider.client, supervisor)
        now = at_the_moment(supervisor, NIGHT)
        with scoped(now), connection.cursor() as cursor:
            assert ClientCardVersion.objects.visible_to(now).filter(card__client=outsider.client).count() == 1
            for table in ("journals_journalentry", "care_messages_thread", "people_carderror"):
                cursor.execute(f"select count(*) from {table}")
                assert cursor.fetchone() == (1,), table  # one's own household's alone

    def test_what_is_opened_is_opened_to_read(self, outsider, supervisor):
        opened(outsider.client, supervisor)
        now = at_the_moment(supervisor, NIGHT)
        for permission in (Permission.MESSAGE_WRITE, Permission.ORDER_ANSWER, Permission.JOURNAL_OF_PROVIDER):
            assert not now.reach(permission).client_ids
            assert not now.may(permission, outsider.unit.pk)


class TestOpening:
    def test_the_log_knows_before_anything_is_seen(self, outsider, supervisor):
        opened(outsider.client, supervisor)
        with scoped(SYSTEM):
            look = Look.objects.get(action=Action.BREAK_GLASS)
        assert (look.client_id, look.actor_name) == (outsider.client.pk, "Jourhavande Jonna")

    @pytest.mark.parametrize(
        ("reason", "text", "code"),
        [(BreakGlassReason.OTHER, "  ", "empty"), (CALLED, "x" * 501, "too_long")],
    )
    def test_a_reason_is_given_and_has_an_end(self, reason, text, code, outsider, supervisor):
        with pytest.raises(ReasonRefused) as refused:
            opened(outsider.client, supervisor, reason=reason, text=text)
        assert refused.value.code == code

    def test_there_is_no_glass_before_ones_own_client(self, own, outsider, supervisor):
        with pytest.raises(AlreadyReadable):
            opened(own.client, supervisor)
        opened(outsider.client, supervisor)
        with pytest.raises(AlreadyReadable):
            opened(outsider.client, at_the_moment(supervisor, NIGHT))

    def test_who_is_not_there_cannot_be_opened(self, own, supervisor):
        with scoped(SYSTEM):
            nobody = ClientFactory.build()
        with pytest.raises(Client.DoesNotExist):
            opened(nobody, supervisor)

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ON_CALL_SUPERVISOR])
    def test_only_the_on_call_supervisor_may(self, role, own, outsider):
        somebody = Actor(UserFactory().pk, "Robin", (Assignment(role, own.unit.pk),))
        with pytest.raises(Denied):
            opened(outsider.client, somebody)
        with scoped(somebody), pytest.raises(Denied):
            find_outsider(NUMBER, by=somebody)

    def test_the_system_has_no_glass_to_break(self, outsider):
        with pytest.raises(Denied):
            opened(outsider.client, SYSTEM)

    def test_an_opening_is_never_changed_nor_made_for_somebody_else(self, outsider, supervisor):
        opening = opened(outsider.client, supervisor)
        with scoped(supervisor), pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
            BreakGlass.objects.filter(pk=opening.pk).update(ends_at=NIGHT + timedelta(days=365))
        with scoped(supervisor), pytest.raises(ProgrammingError), transaction.atomic():
            BreakGlass.objects.create(
                client=outsider.client, user=UserFactory(), user_name="X", reason="call",
                opened_at=NIGHT, ends_at=NIGHT + timedelta(hours=1),
            )  # fmt: skip

    def test_an_opening_that_ends_before_it_begins_is_refused(self, outsider, supervisor):
        with scoped(supervisor), pytest.raises(IntegrityError), transaction.atomic():
            BreakGlass.objects.create(
                client=outsider.client, user_id=supervisor.user_id, user_name="X", reason="call",
                opened_at=NIGHT, ends_at=NIGHT,
            )  # fmt: skip

    def test_ones_openings_are_listed_and_the_one_that_holds_is_told(self, outsider, supervisor):
        opening = opened(outsider.client, supervisor, text="Dottern ringde")
        with scoped(supervisor):
            rows = own_openings(since=NIGHT - timedelta(hours=1), by=supervisor)
            assert [(row.client_id, row.text) for row in rows] == [(outsider.client.pk, "Dottern ringde")]
            assert own_openings(since=NIGHT + timedelta(hours=1), by=supervisor) == []
            assert opening_of(outsider.client.pk, by=supervisor, at=NIGHT) == rows[0]
            assert opening_of(outsider.client.pk, by=supervisor, at=opening.ends_at) is None


class TestFindingAnOutsider:
    def found(self, typed: str, by: Actor):
        with scoped(by):
            return find_outsider(typed, by=by)

    @pytest.mark.parametrize(
        "typed", [NUMBER, "194001022380", "400102-2380", "Åsa Öström", "ostrom asa", "ÅSA  ÖSTRÖM"]
    )
    def test_by_the_whole_number_or_the_whole_name(self, typed, outsider, supervisor):
        assert self.found(typed, supervisor) == outsider.client.pk

    @pytest.mark.parametrize(
        "typed",
        [
            "Åsa",
            "Öström",
            "Åsa Öst",
            "sa Öström",
            "%",
            "_ _",
            "Åsa %",
            "2380",
            "19400102",
            "K777",
            "",
            "\0 \0",
        ],
    )
    def test_not_by_part_of_anything(self, typed, outsider, supervisor):
        assert self.found(typed, supervisor) is None

    def test_two_of_one_name_are_nobody(self, outsider, supervisor):
        with scoped(SYSTEM):
            GrantFactory(client__given_name="Åsa", client__family_name="Öström")
        assert self.found("Åsa Öström", supervisor) is None
        assert self.found(NUMBER, supervisor) == outsider.client.pk

    def test_ones_own_client_is_no_outsider(self, own, supervisor):
        with scoped(SYSTEM):
            Client.objects.filter(pk=own.client.pk).update(personal_number=NUMBER)
        assert self.found(NUMBER, supervisor) is None
        assert self.found(f"{own.client.given_name} {own.client.family_name}", supervisor) is None

    def test_a_protected_person_never_by_name(self, outsider, supervisor):
        with scoped(SYSTEM):
            Client.objects.filter(pk=outsider.client.pk).update(is_protected=True)
        assert self.found("Åsa Öström", supervisor) is None
        assert self.found(NUMBER, supervisor) == outsider.client.pk

    def test_a_client_without_a_name_is_not_found_by_nothing(self, outsider, supervisor):
        with scoped(SYSTEM):
            GrantFactory(client__given_name="", client__family_name="Ek Ask")
        assert self.found("Ek Ask", supervisor) is None
