"""Django's name for the package."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Scheduled work: load, call one operation, stop."""

    name = "hemmavid.interfaces.jobs"
    label = "jobs"
