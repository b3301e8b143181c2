"""Addresses of the cases."""

from django.urls import path

from hemmavid.interfaces.office.cases import (
    assessment_views,
    change_views,
    decision_views,
    list_views,
    opening_views,
    page_views,
)

CASE = "arenden/<uuid:case_id>/"
DECISION = f"{CASE}beslut/<uuid:decision_id>/"

urlpatterns = [
    path("arenden/", list_views.cases, name="cases"),
    path("arenden/flytta/", list_views.move, name="cases-move"),
    path("arenden/tidsnyckel/", list_views.old_model, name="cases-old-model"),
    path("arenden/jour/<uuid:waiting_id>/ta-emot/", list_views.receive, name="on-call-receive"),
    path("arenden/nytt/", opening_views.new, name="case-new"),
    path("arenden/nytt/<uuid:client_id>/", opening_views.new_for_client, name="case-new-client"),
    path(CASE, page_views.case, name="case"),
    path(f"{CASE}ansokan/", opening_views.application_new, name="application-new"),
    path(
        f"{CASE}ansokan/<uuid:application_id>/information/",
        opening_views.information,
        name="application-information",
    ),
    path(
        f"{CASE}ansokan/<uuid:application_id>/atertas/", opening_views.withdraw, name="application-withdraw"
    ),
    path(f"{CASE}ta-over/", page_views.take, name="case-take"),
    path(f"{CASE}lamna-over/", page_views.hand_over, name="case-hand-over"),
    path(f"{CASE}handelse/", page_views.event_new, name="event-new"),
    path(f"{CASE}samtycke/", page_views.consent_new, name="consent-new"),
    path(
        f"{CASE}samtycke/<uuid:case_consent_id>/aterkalla/",
        page_views.consent_withdraw,
        name="consent-withdraw",
    ),
    path(
        f"{CASE}avslut/<uuid:confirmation_id>/bekrafta/",
        page_views.ending_confirm,
        name="case-ending-confirm",
    ),
    path(f"{CASE}utredning/borja/", page_views.assessment_start, name="assessment-start"),
    path(f"{CASE}utredning/", assessment_views.assessment, name="assessment"),
    path(f"{CASE}beslut/borja/", page_views.decision_begin, name="decision-begin"),
    path(DECISION, decision_views.decision, name="decision"),
    path(f"{DECISION}ta-bort/", decision_views.discard, name="decision-discard"),
    path(f"{DECISION}beslut.pdf", decision_views.document, name="decision-document"),
    path(f"{DECISION}andra/", change_views.change, name="decision-change"),
    path(f"{DECISION}mal/<str:area>/", change_views.goal, name="goal-change"),
    path(f"{DECISION}avsluta/", change_views.end, name="decision-end"),
]
