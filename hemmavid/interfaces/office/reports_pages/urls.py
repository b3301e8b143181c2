"""Addresses of the reports."""

from django.urls import path

from hemmavid.interfaces.office.reports_pages import views

urlpatterns = [
    path("rapporter/", views.reports, name="reports"),
    path("rapporter/timunderlag/", views.statement, name="hours-statement"),
    path("rapporter/timunderlag/besok/", views.statement_visits, name="hours-statement-visits"),
]
