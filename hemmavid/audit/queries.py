"""Reads from the log."""

from datetime import datetime

from hemmavid.audit.models import DataChange


def data_as_of() -> datetime | None:
    """When the facts behind the statements last changed; None before the first import (contract.md 4)."""
    return DataChange.objects.order_by("-at").values_list("at", flat=True).first()
