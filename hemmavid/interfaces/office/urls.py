"""Addresses of the office, area by area."""

from django.urls import URLPattern, URLResolver, include, path, register_converter

from hemmavid.interfaces.office.converters import MonthConverter

register_converter(MonthConverter, "month")

AREAS = (
    "login",
    "log",
    "settings_pages",
    "start",
    "cases",
    "clients",
    "orders",
    "cards",
    "journals",
    "threads",
    "contacts",
    "on_call",
    "reimbursement",
    "reports_pages",
    "laboratory",
    "reviews",
    "search",
    "help",
)

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include(f"hemmavid.interfaces.office.{area}.urls")) for area in AREAS
]
