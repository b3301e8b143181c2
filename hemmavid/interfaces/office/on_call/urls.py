"""Addresses of the on-call supervisor."""

from django.urls import path

from hemmavid.interfaces.office.on_call import views

urlpatterns = [
    path("jour/", views.shift, name="on-call"),
    path("jour/nodoppning/", views.break_glass, name="break-glass"),
    path("jour/overlamning/", views.hand_over, name="on-call-handover"),
    path("jour/<uuid:client_id>/bevilja/", views.grant, name="on-call-grant"),
]
