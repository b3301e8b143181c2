"""Django's name for the package."""

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Access."""

    name = "hemmavid.access"
    label = "access"
