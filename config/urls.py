"""Every address of the web."""

from django.urls import include, path

from hemmavid.interfaces.office.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("konto/", include("hemmavid.interfaces.office.login.account_urls")),
    path("", include("hemmavid.interfaces.office.urls")),
]
