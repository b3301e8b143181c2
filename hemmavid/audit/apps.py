"""Django's name for the package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Audit."""

    name = "hemmavid.audit"
    label = "audit"
