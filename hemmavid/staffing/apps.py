"""Django's name for the package."""

from django.apps import AppConfig


class StaffingConfig(AppConfig):
    """Staffing."""

    name = "hemmavid.staffing"
    label = "staffing"
