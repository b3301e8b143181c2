"""Django's name for the package."""

from django.apps import AppConfig


class ContactsConfig(AppConfig):
    """The contact register."""

    name = "hemmavid.contacts"
    label = "contacts"
