"""Django's name for the package."""

from django.apps import AppConfig


class JournalsConfig(AppConfig):
    """The two journals."""

    name = "hemmavid.journals"
    label = "journals"
