"""Addresses of the look log."""

from django.urls import path

from hemmavid.interfaces.office.log import views

urlpatterns = [path("logg/", views.looks, name="looks")]
