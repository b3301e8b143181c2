"""Django's name for the package."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Organisations."""

    name = "hemmavid.organisations"
    label = "organisations"
