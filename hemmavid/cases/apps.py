"""Django's name for the package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Cases, assessments and decisions."""

    name = "hemmavid.cases"
    label = "cases"
