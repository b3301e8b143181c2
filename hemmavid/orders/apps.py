"""Django's name for the package."""

from django.apps import AppConfig


class OrdersConfig(AppConfig):
    """Orders."""

    name = "hemmavid.orders"
    label = "orders"
