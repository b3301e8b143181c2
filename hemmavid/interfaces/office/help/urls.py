"""Addresses of help and the accessibility statement."""

from django.urls import path

from hemmavid.interfaces.office.help import views

urlpatterns = [
    path("hjalp/", views.help_page, name="help"),
    path("tillganglighet/", views.accessibility, name="accessibility"),
]
