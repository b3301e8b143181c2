"""What a unit may learn of what was done before the order came to it, and whose voice it may take."""

from datetime import UTC, date, datetime

import pytest

from hemmavid.access.actors import SYSTEM, Denied
from hemmavid.access.roles import Role
from hemmavid.access.scope import scoped
from hemmavid.audit.models import Look
from hemmavid.messages.models import Thread, ThreadKind
from hemmavid.orders.models import Answer, CalledWhom, Order
from hemmavid.orders.operations.asking import answer_inquiry, ask_unit, set_capacity_stop
from hemmavid.orders.operations.deaths import report_death
from hemmavid.orders.operations.sending import NewCall, change_draft, log_call, send_order
from hemmavid.orders.order_pages import order_page
from hemmavid.people.models import Client
from tests.orders.world import AT, QUESTION, STARTS_ON, accepted, actor, drafted, received, revision, world

pytestmark = pytest.mark.django_db
LATER = datetime(2022, 11, 7, 12, 0, tzinfo=UTC)


@pytest.fixture
def town():
    with scoped(SYSTEM):
        return world()


@pytest.fixture
def declined_elsewhere(town):
    """Asked of a unit that said no, then sent to another; its id."""
    with scoped(SYSTEM):
        manager = actor(Role.UNIT_MANAGER, town.other_unit, "Kim Chef")
        set_capacity_stop(
            unit_id=town.other_unit.pk,
            first=date(2022, 11, 7),
            last=None,
            reason="Vakanser",
            by=manager,
            at=AT,
        )
        order_id = drafted(town, unit=town.other_unit)
        asked = ask_unit(
            order_id=order_id,
            question=QUESTION,
            expected_revision=revision(order_id),
            by=town.officer,
            at=AT,
        )
        answer_inquiry(
            inquiry_id=asked, answer=Answer.DECLINED, reason="Tre sjuka.", by=town.other_coordinator, at=AT
        )
        to_another(town, order_id)
        accepted(town, order_id, at=AT)
        send_order(order_id=order_id, expected_revision=revision(order_id), by=town.officer, at=LATER)
    return order_id


def to_another(town, order_id) -> None:
    change_draft(
        order_id=order_id,
        unit_id=town.unit.pk,
        starts_on=STARTS_ON,
        other="",
        expected_revision=revision(order_id),
        by=town.officer,
        at=AT,
    )


def test_who_declined_before_and_why_is_not_told_to_the_next(town, declined_elsewhere):
    with scoped(town.coordinator):
        steps = order_page(declined_elsewhere, at=LATER, by=town.coordinator).steps
    assert [step.label for step in steps] == ["Skickat"]
    assert town.other_unit.name not in str(steps)


def test_the_officer_reads_the_whole_way(town, declined_elsewhere):
    with scoped(town.officer):
        steps = order_page(declined_elsewhere, at=LATER, by=town.officer).steps
    assert "Tre sjuka." in [step.text for step in steps]


class TestADeath:
    def test_whoever_is_on_call_does_not_report_it_in_the_authoritys_name(self, town):
        """Opened by break-glass, the order is read; the right to report is that of the own units."""
        with scoped(SYSTEM):
            received(town, unit=town.other_unit)
            supervisor = actor(Role.ON_CALL_SUPERVISOR, town.unit, "Jo Ur")
        opened = supervisor.with_opened(frozenset({town.client_id}))
        with scoped(opened), pytest.raises(Denied):
            report_death(client_id=town.client_id, died_on=date(2022, 11, 6), unit_id=None, by=opened, at=AT)
        with scoped(SYSTEM):
            assert Client.objects.get(pk=town.client_id).deceased_on is None
            assert not Thread.objects.filter(kind=ThreadKind.DEATH).exists()

    def test_nor_does_a_unit_that_serves(self, town):
        with scoped(SYSTEM):
            received(town)
        with scoped(town.coordinator), pytest.raises(Denied):
            report_death(
                client_id=town.client_id,
                died_on=date(2022, 11, 6),
                unit_id=None,
                by=town.coordinator,
                at=AT,
            )


class TestEveryWriteOfADraftIsInTheLog:
    def changes(self, town) -> int:
        with scoped(SYSTEM):
            return Look.objects.filter(client_id=town.client_id, page="order").count()

    def test_when_it_is_begun_and_when_it_is_changed(self, town):
        with scoped(SYSTEM):
            order_id = drafted(town, unit=town.other_unit)
        assert self.changes(town) == 1
        with scoped(SYSTEM):
            to_another(town, order_id)
            assert Order.objects.get().unit_id == town.unit.pk
        assert self.changes(town) == 2

    def test_and_when_a_call_about_it_is_noted(self, town):
        with scoped(SYSTEM):
            order_id = drafted(town)
            log_call(NewCall(CalledWhom.UNIT, "", "Sam"), order_id=order_id, by=town.officer, at=AT)
        assert self.changes(town) == 2
