"""Address of the policy laboratory."""

from django.urls import path

from hemmavid.interfaces.office.laboratory import views

urlpatterns = [path("rapporter/regellaboratoriet/", views.laboratory, name="laboratory")]
