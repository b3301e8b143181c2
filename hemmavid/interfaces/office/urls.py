"""Addresses of the office, area by area."""

from django.urls import URLPattern, URLResolver, include, path

app_name = "office"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("hemmavid.interfaces.office.login.urls")),
    path("", include("hemmavid.interfaces.office.log.urls")),
    path("", include("hemmavid.interfaces.office.settings_pages.urls")),
]
