"""The authority's side of a demo keeps the rules that real cases are held to, and touches no figure."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from random import Random

import pytest
from django.db import connection, transaction

from hemmavid.access.actors import SYSTEM
from hemmavid.access.models import User
from hemmavid.access.scope import scoped
from hemmavid.cases.models import Application, Case, CaseOwner, Decision, GrantedArea
from hemmavid.cases.models.decision import Kind, Model
from hemmavid.contacts.models import Contact
from hemmavid.contacts.queries import Clockwork
from hemmavid.contacts.queries import contacts as contacts_of
from hemmavid.demo.authority.furnish import STAGE
from hemmavid.demo.officers import OFFICERS
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Period
from hemmavid.messages.models import Participant, Thread
from hemmavid.orders.content import OrderContent
from hemmavid.orders.models import Grant, HandoverItem, Order, OrderStatus, OrderStep, OrderVersion, StepKind
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.card_content import check, read_back
from hemmavid.people.models import Client, ClientCard, ClientCardVersion
from hemmavid.rules import decision_faults
from hemmavid.rules.decision_faults import DecidedNeed, DecisionDraft, DecisionKind, DecisionModel
from hemmavid.rules.goal_wording import stock_phrase_hint
from hemmavid.rules.life_areas import LifeArea
from tests.demo.made import CLIENTS, UNTIL, Told, make

pytestmark = pytest.mark.usefixtures("made_demo")


@pytest.fixture(scope="module")
def made_demo(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Told]:
    """One demo for all these tests, which only read; gone when they are done."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = make(tmp_path_factory.mktemp("demo"))
        connection.check_constraints()
        with scoped(SYSTEM):
            yield told
        transaction.set_rollback(True)


def made_decisions():
    decided = Decision.objects.filter(status__in=["decided", "ended"]).exclude(kind=Kind.ON_CALL)
    return list(decided.select_related("application", "assessment").order_by("number"))


def draft_of(decision: Decision) -> DecisionDraft:
    """A stored decision as the rule judges one that is about to be made."""
    goals = dict(GrantedArea.objects.filter(decision=decision).values_list("life_area", "goal"))
    within = [
        DecidedNeed(LifeArea(one.life_area), one.need, goals.get(one.life_area, ""), one.level)
        for one in decision.needs.order_by("pk")
    ]
    timed = [
        DecidedNeed(
            LifeArea(one.life_area),
            one.intervention,
            goals.get(one.life_area, ""),
            minutes=one.minutes,
            licensed_assessor=one.assessor_name,
        )
        for one in decision.outside.order_by("pk")
    ]
    application, assessment = decision.application, decision.assessment
    return DecisionDraft(
        kind=DecisionKind(decision.kind),
        period=Period(decision.period.lower, decision.period.upper),
        needs=tuple(within + timed),
        model=DecisionModel(decision.model),
        has_revocation_clause=decision.has_revocation_clause,
        is_new_applicant=bool(application and application.is_new_applicant),
        information_given_on=application.information_given_on if application else None,
        home_visit_on=assessment.home_visit_on if assessment else None,
        no_home_visit_reason="" if assessment else "Hemgångsteamet möter brukaren i hemmet.",
    )


def test_no_decision_has_a_fault() -> None:
    decisions = Random(1).sample(made_decisions(), 60)
    faults = {one.number: decision_faults.faults_of(draft_of(one)) for one in decisions}
    assert {number: found for number, found in faults.items() if found} == {}


def test_every_decision_says_its_model_and_some_old_ones_are_left() -> None:
    models = Counter(Decision.objects.filter(status="decided").values_list("model", flat=True))
    assert models[Model.FRAME_TIME] > 3 * models[Model.TIME_KEY] > 0


def test_the_list_of_older_decisions_shrinks() -> None:
    def left(day: date) -> int:
        return Decision.objects.filter(model=Model.TIME_KEY, period__contains=day).count()

    assert left(date(2025, 12, 1)) > left(date(2026, 6, 1)) > left(UNTIL) > 0


def test_frame_time_of_a_decision_is_the_minutes_of_its_grants() -> None:
    grants = Grant.objects.filter(intervention="ramtid", order__decision__model="frame_time")
    rows = list(grants.select_related("order").order_by("code"))
    assert len(rows) > CLIENTS / 2
    for grant in rows:
        snapshots = grant.order.decision.snapshots.filter(valid_from__lte=grant.period.lower)
        newest = snapshots.order_by("-valid_from", "-made_at").first()
        assert (newest.whole_minutes_per_week, "week") == (grant.minutes, grant.per), grant.code
        assert newest.explanation
        assert newest.table_version


def test_every_imported_grant_came_of_an_order_that_says_so() -> None:
    for grant in Grant.objects.select_related("order").order_by("code"):
        assert grant.order is not None, grant.code
        assert (grant.order.client_id, grant.order.unit_id) == (grant.client_id, grant.unit_id)
        versions = grant.order.versions.filter(valid_from__lte=grant.period.lower).order_by("-number")
        content = OrderContent.from_stored(versions.first().content)
        said = {(one.intervention, one.minutes, one.per.value) for one in content.grants}
        assert (grant.intervention, grant.minutes, grant.per) in said, (grant.code, said)


def test_a_decision_holds_over_its_grants() -> None:
    for grant in Grant.objects.filter(order__decision__isnull=False).select_related("order__decision"):
        decided = grant.order.decision.period
        assert decided.lower <= grant.period.lower
        assert grant.period.upper is None or grant.period.upper <= decided.upper, grant.code


def test_every_case_has_an_owner_or_waits_in_the_queue() -> None:
    officers = {officer.name for officer in OFFICERS}
    owners = Counter(Case.objects.values_list("officer__name", flat=True))
    assert owners.keys() - {None} <= officers
    assert owners[None] >= 1
    assert len(owners) > 30
    for case in Case.objects.order_by("number"):
        newest = CaseOwner.objects.filter(case=case).order_by("-from_at", "-pk").first()
        assert newest.officer_id == case.officer_id
        assert case.revision == case.changes.count()
    served = Client.objects.filter(grants__isnull=False).distinct()
    assert not served.filter(cases__isnull=True).exists()


def test_steps_follow_each_other_and_none_lies_in_the_future() -> None:
    order_of = [StepKind.ASKED, StepKind.ACCEPTED, StepKind.SENT, StepKind.READ, StepKind.ACKNOWLEDGED]
    for order in Order.objects.filter(status=OrderStatus.IN_EFFECT).order_by("code"):
        first = {}
        for step, at in order.steps.order_by("at", "pk").values_list("step", "at"):
            first.setdefault(step, at)
        times = [first[step] for step in order_of]
        assert times == sorted(times), order.code
        assert first[StepKind.SENT] >= order.decision.decided_at
    newest = OrderStep.objects.latest("at").at
    assert local_day(newest) <= UNTIL


def test_goals_are_peoples_own_words_but_for_a_few() -> None:
    parameters = parameters_in_use()
    goals = list(GrantedArea.objects.exclude(goal="").values_list("goal", flat=True))
    stock = [goal for goal in goals if stock_phrase_hint(goal, on=UNTIL, parameters=parameters)]
    assert 0 < len(stock) < len(goals) * 0.12
    assert len(set(goals)) > len(goals) * 0.35


def test_every_card_fits_its_page_and_holds_no_code() -> None:
    versions = ClientCardVersion.objects.order_by("pk")
    assert versions.count() >= ClientCard.objects.count() >= CLIENTS
    for version in versions:
        check(read_back(version.content))


@pytest.mark.parametrize("status", list(OrderStatus))
def test_orders_stand_in_every_state(status: OrderStatus) -> None:
    assert Order.objects.filter(status=status).exists()


def test_applications_stand_on_both_sides_of_the_clock() -> None:
    waiting = Application.objects.filter(decided_on__isnull=True, case__assessments__isnull=True)
    days = {(UNTIL - one).days for one in waiting.values_list("received_on", flat=True)}
    assert any(day < 14 for day in days)
    assert any(14 <= day < 21 for day in days)
    assert any(day >= 21 for day in days)


def test_the_night_before_ends_at_noon_of_a_working_day() -> None:
    night = list(Decision.objects.filter(kind=Kind.ON_CALL).order_by("number"))
    assert len(night) == 3
    assert all(one.granted_until > one.decided_at for one in night)
    assert Counter(hasattr(one, "handover_item") for one in night) == {True: 2, False: 1}
    assert [one.orders.get().status for one in night] == [OrderStatus.SENT] * 3


def test_a_change_of_provider_is_half_handed_over() -> None:
    items = HandoverItem.objects.filter(change__status="planned")
    given = Counter(bool(one.given_at) for one in items)
    assert given == {True: 2, False: 3}
    assert items.filter(received_at__isnull=False).count() == 1


def test_no_order_is_sent_on_the_last_day_itself() -> None:
    assert max(map(local_day, OrderVersion.objects.values_list("sent_at", flat=True))) < UNTIL


def test_the_stage_is_told(made_demo) -> None:
    assert made_demo[-1] == (STAGE, CLIENTS, CLIENTS)


def decisions_of(code: str) -> list[Decision]:
    return list(Decision.objects.filter(client__code=code).order_by("number"))


def test_characters_have_stories_on_their_case_pages_too() -> None:
    elsa, layla, folke, sten, helmi, mirza, ingvar = (
        [one for one in decisions_of(f"K{number:04d}") if one.orders.exists()]
        for number in (1, 3, 4, 6, 7, 9, 10)
    )
    assert elsa[0].snapshots.get().whole_minutes_per_week == 174
    assert [order.unit.code for order in layla[0].orders.order_by("starts_on")] == ["U01", "U06"]
    assert layla[0].orders.get(unit__code="U06").changes_to.get().status == "closed"
    assert folke[1].kind == Kind.EXTENSION
    assert folke[1].reported_on == folke[1].period.lower
    assert folke[1].replaces == folke[0]
    assert {one.kind for one in sten} == {Kind.ORDINARY, Kind.URGENT_LASTING}
    assert all(one.case.status == "closed" and one.status == "ended" for one in sten)
    assert helmi[0].model == Model.TIME_KEY
    assert {order.kind for order in mirza[0].orders.all()} == {"home_care", "night", "alarm"}
    assert ingvar[-1].orders.get().status == OrderStatus.ACKNOWLEDGED
    closed = Thread.objects.get(client__code="K0001", kind="clarification")
    assert closed.closed_at is not None
    assert Participant.objects.filter(thread__client__code="K0008", unread_since__isnull=False).exists()


def test_somebody_reads_and_somebody_has_not() -> None:
    kinds = set(Thread.objects.values_list("kind", flat=True))
    assert kinds >= {"clarification", "change", "card_error", "ending", "death", "correction", "question"}
    assert Thread.objects.filter(kind="change", participants__unread_since__isnull=True).exists()


def test_the_register_holds_functions_with_numbers_of_nobody() -> None:
    contacts = list(Contact.objects.order_by("phone"))
    assert len(contacts) > 20
    assert all(one.phone.startswith("08-465 004 ") for one in contacts)
    names = set(User.objects.values_list("name", flat=True))
    assert not {one.name for one in contacts} & names
    now = Clockwork(datetime(2026, 11, 25, 9, 0, tzinfo=UTC), parameters_in_use())
    rows = contacts_of(now, by=SYSTEM)
    assert {row.is_overdue for row in rows} == {True, False}
    assert sum(row.deputy is not None for row in rows) == 1
