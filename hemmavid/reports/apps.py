"""Django's name for the package."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """Reports."""

    name = "hemmavid.reports"
    label = "reports"
