"""Django's name for the package."""

from django.apps import AppConfig


class CarePlansConfig(AppConfig):
    """CarePlans."""

    name = "hemmavid.care_plans"
    label = "care_plans"
