"""Addresses of the journals."""

from django.urls import path

from hemmavid.interfaces.office.journals import views

urlpatterns = [
    path("brukare/<uuid:client_id>/journal/", views.journal, name="journal"),
    path("brukare/<uuid:client_id>/journal/skriv/", views.write, name="journal-write"),
    path("brukare/<uuid:client_id>/journal/<uuid:entry_id>/ratta/", views.correct, name="journal-correct"),
]
