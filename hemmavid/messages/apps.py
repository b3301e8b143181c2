"""Django's name for the package."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """Messages; the framework has taken the label `messages`."""

    name = "hemmavid.messages"
    label = "care_messages"
