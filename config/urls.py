"""Every address of the web."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("hemmavid.interfaces.office.login.account_urls")),
    path("", include("hemmavid.interfaces.office.urls")),
]
