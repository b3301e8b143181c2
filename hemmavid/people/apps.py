"""Django's name for the package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "hemmavid.people"
    label = "people"
