"""Addresses of the clients."""

from django.urls import path

from hemmavid.interfaces.office.clients import views

urlpatterns = [
    path("brukare/", views.clients, name="clients"),
    path("brukare/<uuid:client_id>/", views.client, name="client"),
    path("brukare/<uuid:client_id>/oppna/", views.open_protected, name="client-open"),
]
