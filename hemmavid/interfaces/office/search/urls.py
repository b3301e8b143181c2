"""Address of the one box."""

from django.urls import path

from hemmavid.interfaces.office.search import views

urlpatterns = [path("sok/", views.search, name="search")]
