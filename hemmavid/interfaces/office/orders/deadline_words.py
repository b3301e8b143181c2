"""The deadlines of an order in words, as the municipality has set them and never as they were shipped."""

from __future__ import annotations

from datetime import date

from hemmavid.rules.parameter_files import ParameterSet


def answer_deadline(day: date, parameters: ParameterSet) -> str:
    """Enheten har 24 timmar att svara (R047, A7)."""
    return f"Enheten har {_counted(parameters.at('accept.hours', day).whole, 'timme', 'timmar')} att svara."


def change_deadline(day: date, parameters: ParameterSet) -> str:
    """Bytet görs inom 2 månader (R050)."""
    months = parameters.at("provider_change.months", day).whole
    return f"Bytet görs inom {_counted(months, 'månad', 'månader')}."


def handover_deadline(day: date, parameters: ParameterSet) -> str:
    """Until when a hand-over is told, by its kind (R363, R368, A8)."""
    days = _counted(parameters.at("hgt.simple_days", day).whole, "arbetsdag", "arbetsdagar")
    hours = _counted(parameters.at("hgt.ordinary_hours", day).whole, "timme", "timmar")
    return f"Överlämning meddelas {days} före vid förenklat beslut, annars {hours} före."


def correction_deadline(day: date, parameters: ParameterSet) -> str:
    """From when a change of an earlier month goes to billing (R299, R304, A5)."""
    last = parameters.at("lock.day", day).whole
    words = "Efter den" if parameters.at("lock.inclusive", day).flag else "Från och med den"
    return f"{words} {last} i månaden efter blir det en rättelse till debiteringen."


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"
