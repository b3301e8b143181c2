"""A review of frame time opens by itself from the figures of the hours statement, and is asked for once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from hemmavid.access.actors import SYSTEM, Actor, Assignment, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.lib.periods import Month
from hemmavid.messages.models import Message, Thread, ThreadKind
from hemmavid.messages.operations import MessageRefused, Side, agree
from hemmavid.orders.models import Order, OrderVersion
from hemmavid.organisations.models import Unit
from hemmavid.people.models import Client
from hemmavid.reports.frame_time_review import frame_time_reviews
from hemmavid.reports.hours_statement import hours_statement
from hemmavid.reports.review_list import Standing, review_list, review_table, trend
from hemmavid.reports.review_requests import (
    AND_MORE,
    LONGEST_DESCRIPTION,
    LONGEST_QUOTES,
    NeedNotDescribed,
    ReviewAlreadyRequested,
    ReviewNotOpen,
    quotable,
    request_review,
    review_draft,
)
from tests.access.neighbours import actor_of
from tests.factories import AbsenceFactory, UnitFactory, UserFactory
from tests.reports.drift import AS_GRANTED, AT, DAY, drifting, told_of_november

NEED = "Karin har ramlat två gånger och klarar inte längre att resa sig ur duschstolen själv."
OFFICER = actor_of(Role.CASE_OFFICER)
pytestmark = pytest.mark.django_db


@pytest.fixture
def unit() -> Unit:
    with scoped(SYSTEM):
        return told_of_november()


def added(unit: Unit, *minutes: int, **about: object) -> Client:
    with scoped(SYSTEM):
        return drifting(unit, *minutes, **about)


def coordinator(unit: Unit, role: Role = Role.COORDINATOR) -> Actor:
    """Somebody with an account: messages are signed by one."""
    return Actor(UserFactory().pk, f"Robin {role.label}", (Assignment(role, unit.pk),))


def is_open(client: Client, on: date = DAY) -> bool:
    with scoped(OFFICER, read_only=True):
        return frame_time_reviews(on=on, by=OFFICER).of(client.pk).review.is_open


def asked(client: Client, by: Actor, text: str = NEED):
    with scoped(by):
        return request_review(client.pk, description=text, by=by, at=AT)


class TestOpensByItself:
    def test_after_two_whole_months_beyond_the_threshold(self, unit):
        assert is_open(added(unit, AS_GRANTED, AS_GRANTED, 300, 300))

    def test_never_after_one(self, unit):
        assert not is_open(added(unit, AS_GRANTED, AS_GRANTED, AS_GRANTED, 300))

    def test_never_when_a_month_between_was_as_granted(self, unit):
        assert not is_open(added(unit, 300, 300, AS_GRANTED, 300))

    def test_just_as_well_when_more_was_done_than_granted(self, unit):
        assert is_open(added(unit, AS_GRANTED, AS_GRANTED, 1000, 1000))

    def test_not_because_the_visits_were_tagged_as_a_visit_kind(self, unit):
        client = added(unit, *[AS_GRANTED] * 4, tagged="morgonhjalp")
        assert not is_open(client)

    def test_not_because_the_client_was_away(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with scoped(SYSTEM):
            AbsenceFactory(client=client, left_on=date(2022, 10, 14), returned_on=date(2022, 11, 19))
        assert not is_open(client)

    def test_not_because_a_month_has_not_been_told_of_yet(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, AS_GRANTED, 300)
        assert not is_open(client, on=date(2023, 1, 2))

    def test_not_because_nothing_was_told_before_the_first_import(self):
        with scoped(SYSTEM):
            client = drifting(UnitFactory(), AS_GRANTED)
        with scoped(OFFICER, read_only=True):
            found = frame_time_reviews(on=DAY, by=OFFICER)
        assert found.months == (Month(2022, 11),)
        assert [one.client_id for one in found.clients] == [client.pk]

    def test_shows_the_figures_of_the_hours_statement(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with scoped(OFFICER, read_only=True):
            one = frame_time_reviews(on=DAY, by=OFFICER).of(client.pk)
            total = hours_statement(month=Month(2022, 11), by=OFFICER, client_id=client.pk).total
        assert one.last.month == Month(2022, 11)
        assert (one.last.granted_lov_hours, one.last.performed_hours) == (
            total.granted_lov_hours,
            total.performed_hours,
        )
        assert one.last.performed_hours == Decimal("5.00")

    def test_one_client_alone_gives_what_the_whole_list_gives(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with scoped(OFFICER, read_only=True):
            alone = frame_time_reviews(on=DAY, by=OFFICER, client_id=client.pk)
            assert alone.clients == (frame_time_reviews(on=DAY, by=OFFICER).of(client.pk),)


class TestList:
    def test_comes_with_those_to_take_up_first(self, unit):
        for name, minutes in (("Sen", (AS_GRANTED, 300)), ("Nu", (300, 300)), ("Mest", (100, 100))):
            added(unit, AS_GRANTED, AS_GRANTED, *minutes, family_name=name)
        by = coordinator(unit)
        with scoped(by, read_only=True):
            found = review_list(on=DAY, by=by)
            rows = found.named(by=by)
        assert [(name.family, row.standing) for row, name in rows] == [
            ("Mest", Standing.OPEN),
            ("Nu", Standing.OPEN),
            ("Sen", Standing.COMING),
            ("Jämn", Standing.WITHIN),
        ]
        table = review_table(found, rows, has_units=False, has_codes=False)
        assert table.rows[1][:7] == ("Nu, Elsa", 97, 100, 39, 40, Decimal("12.43"), Decimal("5.00"))
        assert found.counts == {
            Standing.OPEN: 2, Standing.ASKED: 0, Standing.COMING: 1, Standing.WITHIN: 1,
        }  # fmt: skip

    def test_a_provider_sees_its_own_clients_alone(self, unit):
        with scoped(SYSTEM):
            other = UnitFactory()
        added(other, 300, 300, 300, 300, family_name="Annans")
        by = coordinator(unit)
        with scoped(by, read_only=True):
            assert [name.family for _, name in review_list(on=DAY, by=by).named(by=by)] == ["Jämn"]

    @pytest.mark.parametrize("rows", [1, 30])
    def test_costs_the_same_number_of_queries_whatever_the_number_of_clients(
        self, rows, unit, django_assert_num_queries
    ):
        for _ in range(rows):
            added(unit, 300, 300, 300, 300)
        by = coordinator(unit)
        with scoped(by, read_only=True), django_assert_num_queries(22):
            review_list(on=DAY, by=by).named(by=by)

    @pytest.mark.parametrize("role", [Role.CARE_WORKER, Role.SYSTEM_ADMINISTRATOR])
    def test_is_refused_without_the_right_to_hours(self, role, unit):
        with pytest.raises(Denied):
            review_list(on=DAY, by=actor_of(role, unit.pk))

    def test_the_trend_says_whether_it_comes_nearer(self, unit):
        client = added(unit, 300, 300, 300, 500)
        with scoped(OFFICER, read_only=True):
            months = frame_time_reviews(on=DAY, by=OFFICER).of(client.pk).months
        assert [trend(months[:1]), trend(months), trend(months[:3])] == ["", "närmar sig", "längre ifrån"]


class TestRequest:
    def test_opens_a_thread_to_the_authority_with_figures_and_need(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        thread_id = asked(client, coordinator(unit))
        with scoped(SYSTEM):
            thread, message = Thread.objects.get(pk=thread_id), Message.objects.get(thread=thread_id)
            kinds = sorted(thread.participants.values_list("mailbox__kind", flat=True))
        assert (thread.kind, thread.client_id) == (ThreadKind.REVIEW, client.pk)
        assert thread.subject == "Översyn av ramtid, oktober 2022 till november 2022"
        assert kinds == ["authority", "unit"]
        assert "november 2022: ramtid 12,43" in message.text
        assert message.text.endswith(NEED)

    @pytest.mark.parametrize("text", ["", "För lite tid.", "Tiden räcker inte till, vi hinner inte!"])
    def test_too_much_or_too_little_time_alone_is_refused_with_a_hint(self, text, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with pytest.raises(NeedNotDescribed) as refused:
            asked(client, coordinator(unit), text)
        assert "Beskriv behovet" in refused.value.step.claim

    def test_a_text_of_forty_thousand_characters_is_refused(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with pytest.raises(MessageRefused):
            asked(client, coordinator(unit), "ord " * 10_000)
        assert asked(client, coordinator(unit), ("ord " * 2000)[:LONGEST_DESCRIPTION])

    def test_is_refused_before_the_second_month(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, AS_GRANTED, 300)
        with pytest.raises(ReviewNotOpen):
            asked(client, coordinator(unit))

    def test_a_second_one_for_the_same_months_is_refused_and_points_at_the_first(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        first = asked(client, coordinator(unit))
        with pytest.raises(ReviewAlreadyRequested) as refused:
            asked(client, coordinator(unit, Role.UNIT_MANAGER))
        assert refused.value.thread.thread_id == first

    def test_the_same_months_are_not_taken_up_again_when_the_thread_is_closed(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        first = asked(client, coordinator(unit))
        with scoped(SYSTEM):
            for side in (Side(unit.pk), Side()):
                agree(thread_id=first, side=side, by=SYSTEM, at=AT)
        with pytest.raises(ReviewAlreadyRequested):
            asked(client, coordinator(unit))

    def test_a_closed_thread_of_an_earlier_drift_does_not_stand_in_the_way(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        first = asked(client, coordinator(unit))
        with scoped(SYSTEM):
            earlier = AT.replace(month=7)
            Thread.objects.filter(pk=first).update(opened_at=earlier, closed_at=earlier)
        assert asked(client, coordinator(unit)) != first

    def test_another_providers_client_is_not_there(self, unit):
        with scoped(SYSTEM):
            other = UnitFactory()
        client = added(other, AS_GRANTED, AS_GRANTED, 300, 300)
        with pytest.raises(Client.DoesNotExist):
            asked(client, coordinator(unit))

    @pytest.mark.parametrize("role", [Role.CASE_OFFICER, Role.AUTHORITY_MANAGER, Role.CONTROLLER])
    def test_only_a_performer_takes_it_up(self, role, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        with pytest.raises(Denied):
            asked(client, actor_of(role))

    def test_the_list_says_when_it_was_taken_up(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        asked(client, coordinator(unit))
        with scoped(OFFICER, read_only=True):
            rows = review_list(on=DAY, by=OFFICER, standing=Standing.ASKED).rows
        assert [row.words for row in rows] == ["Upptagen 5 december 2022 kl.\N{NO-BREAK SPACE}10.00"]


class TestOrdersOwnSentences:
    @pytest.fixture
    def ordered(self, unit):
        client = added(unit, AS_GRANTED, AS_GRANTED, 300, 300)
        content = {
            "decision_number": "B1", "kind": "Ordinarie beslut", "starts_on": "2022-01-01", "ends_on": None,
            "areas": [
                {
                    "area": "personal_care", "label": "Personlig vård", "goal": "Elsa duschar tryggt.",
                    "supports": ["Stödjande"], "needs": [{"key": "dusch", "text": "Dusch en gång i veckan"}],
                }
            ],
            "frame_minutes_per_week": 174,
            "interventions": [{"code": "ledsagning", "label": "Ledsagning", "text": "60 minuter"}],
            "other": "Nyckel finns.", "grants": [],
        }  # fmt: skip
        with scoped(SYSTEM):
            order = Order.objects.create(
                code="U2022-1", client=client, unit=unit, status="in_effect", starts_on=date(2022, 1, 1),
                sent_at=AT, acknowledged_at=AT,
            )  # fmt: skip
            for number, goal in ((1, "Gammalt mål."), (2, "Elsa duschar tryggt.")):
                content["areas"][0]["goal"] = goal
                OrderVersion.objects.create(
                    order=order, number=number, content=content, valid_from=date(2022, 1, 1), sent_at=AT
                )
        return client

    def test_stand_in_the_draft_by_the_newest_version(self, ordered, unit):
        by = coordinator(unit)
        with scoped(by, read_only=True):
            draft = review_draft(ordered.pk, on=DAY, by=by).one.review.draft
        assert "”Personlig vård: Mål: Elsa duschar tryggt.”" in draft
        assert "”Personlig vård: Dusch en gång i veckan”" in draft
        assert "Gammalt mål" not in draft
        assert "60 minuter" not in draft

    def test_the_thread_is_about_the_order(self, ordered, unit):
        thread_id = asked(ordered, coordinator(unit))
        with scoped(SYSTEM):
            assert Thread.objects.get(pk=thread_id).about_id == Order.objects.get().pk

    def test_a_long_order_is_quoted_as_far_as_a_message_holds(self):
        sentences = ["ord " * 100] * 20
        kept = quotable(sentences)
        assert kept[-1] == AND_MORE
        assert sum(map(len, kept)) <= LONGEST_QUOTES + len(AND_MORE)
        assert quotable(sentences[:2]) == sentences[:2]
