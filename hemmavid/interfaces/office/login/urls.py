"""Addresses of the door."""

from django.urls import path

from hemmavid.interfaces.office.login import views

urlpatterns = [
    path("login", views.door, name="login"),
    path("login/demo", views.enter_demo, name="demo-login"),
]
