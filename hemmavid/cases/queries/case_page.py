"""The case page: everything of one case, whatever its length, in a constant number of queries."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Application, Case, CaseChange, CaseStatus, Consent, HowGiven
from hemmavid.cases.next_step import CaseFacts, next_step
from hemmavid.cases.operations.revision import Meanwhile
from hemmavid.cases.queries.case_views import (
    ApplicationView,
    CaseHead,
    CasePage,
    ConsentView,
    EndingView,
    EventView,
    OwnerView,
)
from hemmavid.cases.queries.facts import case_facts
from hemmavid.cases.queries.of_assessment import assessment_of
from hemmavid.cases.queries.of_decisions import decisions_of, waiting_of
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.naming import PersonFields, name_of

NEWEST_CHANGES = 10


def case_page(case_id: UUID, *, on: date, by: Actor) -> CasePage:
    """The page of a case. Raises Denied and Case.DoesNotExist outside the actor's area."""
    require(by, Permission.CASE_READ)
    cases = Case.objects.visible_to(by).filter(pk=case_id)
    case = cases.select_related("client", "officer").get()
    return CasePage(
        head=_head(case, cases, on=on, by=by),
        applications=tuple(_application(one) for one in case.applications.order_by("-received_on", "pk")),
        assessment=assessment_of(case, on=on, by=by),
        decisions=decisions_of(case, on=on, by=by),
        waiting_on_call=waiting_of(case, on=on, by=by),
        events=_events(case),
        consents=tuple(_consent(one, on) for one in case.consents.order_by("-given_on", "pk")),
        endings=_endings(case),
        owners=_owners(case),
        changes=_changes(case),
    )


def case_head(case_id: UUID, *, on: date, by: Actor) -> CaseHead:
    """The head alone, for the pages beside. Raises as `case_page`."""
    require(by, Permission.CASE_READ)
    cases = Case.objects.visible_to(by).filter(pk=case_id)
    return _head(cases.select_related("client", "officer").get(), cases, on=on, by=by)


def _head(case: Case, cases: QuerySet[Case], *, on: date, by: Actor) -> CaseHead:
    client = case.client
    facts = case_facts(cases, on=on, by=by).get(case.pk, CaseFacts())
    return CaseHead(
        case_id=case.pk,
        number=case.number,
        revision=case.revision,
        is_open=case.status == CaseStatus.OPEN,
        opened_on=case.opened_on,
        client=name_of(
            PersonFields(client.pk, client.code, client.given_name, client.family_name, client.is_protected)
        ),
        officer_id=case.officer_id,
        officer=case.officer.name if case.officer else "",
        next=next_step(facts, on=on, parameters=parameters_in_use()),
    )


def _application(one: Application) -> ApplicationView:
    return ApplicationView(
        application_id=one.pk,
        received_on=one.received_on,
        capacity=one.get_capacity_display(),
        applicant_name=one.applicant_name,
        on_behalf_reason=one.on_behalf_reason,
        client_wish=one.client_wish,
        applied_for=one.applied_for,
        is_new_applicant=one.is_new_applicant,
        is_urgent=one.is_urgent,
        urgent_reason=one.urgent_reason,
        information_given_on=one.information_given_on,
        leaflet_given_on=one.leaflet_given_on,
        clause_told_on=one.clause_told_on,
        home_visit_booked_on=one.home_visit_booked_on,
        decided_on=one.decided_on,
        withdrawn_on=one.withdrawn_on,
    )


def _events(case: Case) -> tuple[EventView, ...]:
    rows = case.case_events.order_by("-occurred_on", "-at").values_list("occurred_on", "text", "by_name")
    return tuple(EventView(*row) for row in rows)


def _consent(one: Consent, on: date) -> ConsentView:
    is_over = one.withdrawn_on is not None or (one.ends_on is not None and one.ends_on < on)
    return ConsentView(
        consent_id=one.pk,
        purpose=one.purpose,
        parties=one.parties,
        occasion=one.occasion,
        how=HowGiven(one.how).label,
        given_on=one.given_on,
        ends_on=one.ends_on,
        withdrawn_on=one.withdrawn_on,
        is_in_force=not is_over,
    )


def _endings(case: Case) -> tuple[EndingView, ...]:
    rows = case.endings.order_by("-asked_at", "pk").values_list(
        "pk",
        "what",
        "ended_from",
        "asked_by_name",
        "confirmed_on",
        "refused_on",
        "confirmed_how",
        "confirmed_by_name",
    )
    return tuple(EndingView(*row) for row in rows)


def _owners(case: Case) -> tuple[OwnerView, ...]:
    rows = case.owners.order_by("-from_at", "pk").values_list(
        "officer__name", "from_at", "reason", "is_priority", "by_name"
    )
    return tuple(OwnerView(name or "", at, reason, first, by) for name, at, reason, first, by in rows)


def _changes(case: Case) -> tuple[Meanwhile, ...]:
    rows = CaseChange.objects.filter(case=case).order_by("-revision")
    return tuple(
        Meanwhile(*row) for row in rows.values_list("revision", "what", "by_name", "at")[:NEWEST_CHANGES]
    )
