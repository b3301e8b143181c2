"""Address of the first page."""

from django.urls import path

from hemmavid.interfaces.office.start import views

urlpatterns = [path("", views.start, name="start")]
