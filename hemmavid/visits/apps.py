"""Django's name for the package."""

from django.apps import AppConfig


class VisitsConfig(AppConfig):
    """Visits."""

    name = "hemmavid.visits"
    label = "visits"
