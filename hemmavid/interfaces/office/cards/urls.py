"""Addresses of the client card."""

from django.urls import path

from hemmavid.interfaces.office.cards import views, writing

urlpatterns = [
    path("brukare/<uuid:client_id>/kort/", views.card, name="card"),
    path("brukare/<uuid:client_id>/kort/oppna/", views.open_protected, name="card-open"),
    path("brukare/<uuid:client_id>/kort/versioner/", views.versions, name="card-versions"),
    path("brukare/<uuid:client_id>/kort/skriv-ut/", views.printed, name="card-print"),
    path("brukare/<uuid:client_id>/kort/andra/", writing.edit, name="card-edit"),
    path("brukare/<uuid:client_id>/kort/kvittera/", writing.mark_read, name="card-read"),
    path("brukare/<uuid:client_id>/kort/fel/", writing.report_error, name="card-error"),
    path(
        "brukare/<uuid:client_id>/kort/fel/<uuid:error_id>/", writing.settle_error, name="card-error-settle"
    ),
    path("personkort/<uuid:version_id>/", views.paper, name="card-paper"),
]
