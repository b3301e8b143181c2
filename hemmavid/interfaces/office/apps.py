"""Django's name for the package."""

from django.apps import AppConfig


class OfficeConfig(AppConfig):
    """The server-rendered web for staff."""

    name = "hemmavid.interfaces.office"
    label = "office"
