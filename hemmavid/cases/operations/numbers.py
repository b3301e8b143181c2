"""Numbers of cases and decisions: the year and a number that never comes twice; gaps mean nothing."""

from datetime import date

from django.db import connection


def next_case_number(on: date) -> str:
    """2026-00017."""
    return f"{on.year}-{_next('cases_case_number'):05d}"


def next_decision_number(on: date) -> str:
    """B2026-00017."""
    return f"B{on.year}-{_next('cases_decision_number'):05d}"


def _next(sequence: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("select nextval(%s)", [sequence])
        return int(cursor.fetchone()[0])
