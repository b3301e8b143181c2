"""Addresses of the settlement: month, clients, one client's lines."""

from django.urls import path

from hemmavid.interfaces.office.reimbursement import views

urlpatterns = [
    path("ersattning/", views.months, name="settlement"),
    path("ersattning/<month:month>/", views.month, name="settlement-month"),
    path("ersattning/<month:month>/<uuid:client_id>/", views.client, name="settlement-client"),
]
