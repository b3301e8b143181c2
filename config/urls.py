"""Every address of the web."""

from django.urls import include, path

urlpatterns = [
    path("konto/", include("allauth.urls")),
    path("", include("hemmavid.interfaces.office.urls")),
]
