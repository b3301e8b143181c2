"""A deadline on the screen follows the municipality's files, and never what was shipped."""

from datetime import date
from pathlib import Path

import pytest

from hemmavid.interfaces.office.orders.deadline_words import (
    answer_deadline,
    change_deadline,
    correction_deadline,
    handover_deadline,
)
from hemmavid.rules.parameter_files import load_parameters
from tests.interfaces.office.test_counting_words import changed

DAY = date(2026, 11, 25)


def test_as_shipped() -> None:
    shipped = load_parameters()
    assert answer_deadline(DAY, shipped) == "Enheten har 24 timmar att svara."
    assert change_deadline(DAY, shipped) == "Bytet görs inom 2 månader."
    assert handover_deadline(DAY, shipped) == (
        "Överlämning meddelas 2 arbetsdagar före vid förenklat beslut, annars 24 timmar före."
    )
    assert correction_deadline(DAY, shipped) == (
        "Efter den 4 i månaden efter blir det en rättelse till debiteringen."
    )


@pytest.mark.parametrize(
    ("name", "old", "new", "words", "told"),
    [
        ("accept.hours", "value = 24", "value = 1", answer_deadline, "har 1 timme att"),
        ("provider_change.months", "value = 2", "value = 1", change_deadline, "inom 1 månad."),
        ("hgt.simple_days", "value = 2", "value = 1", handover_deadline, "meddelas 1 arbetsdag före"),
        ("lock.day", "value = 4", "value = 7", correction_deadline, "Efter den 7"),
        ("lock.inclusive", "value = true", "value = false", correction_deadline, "Från och med den 4"),
    ],
)
def test_another_value_is_told_as_it_is(
    tmp_path: Path, name: str, old: str, new: str, words, told: str
) -> None:
    assert told in words(DAY, load_parameters(changed(tmp_path, name, old, new)))
