from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hemmavid.lib.periods import Month
from hemmavid.rules.banking_days import is_banking_day
from hemmavid.rules.parameter_files import DatedValue, Parameter, ParameterSet, load_parameters
from hemmavid.rules.payment_day import payment_day

PARAMETERS = load_parameters()


def weekdays_off(year: int, parameters: ParameterSet = PARAMETERS) -> list[str]:
    days = (date(year, 1, 1) + timedelta(n) for n in range(366))
    return [
        f"{day:%m-%d}"
        for day in days
        if day.year == year and day.weekday() < 5 and not is_banking_day(day, parameters)
    ]


def test_the_days_without_bank_are_those_of_the_contract() -> None:
    assert weekdays_off(2024) == [
        "01-01",  # nyårsdagen
        "03-29",  # långfredagen
        "04-01",  # annandag påsk
        "05-01",
        "05-09",  # Kristi himmelsfärdsdag
        "06-06",  # nationaldagen
        "06-21",  # midsommarafton
        "12-24",
        "12-25",
        "12-26",
        "12-31",
    ]
    assert not is_banking_day(date(2024, 11, 2), PARAMETERS)
    assert not is_banking_day(date(2024, 11, 3), PARAMETERS)


def test_a_kind_of_day_left_out_of_the_list_has_open_banks() -> None:
    name = "calendar.non_banking_days"
    value = DatedValue(name, "kinds of day", ("public",), date(2000, 1, 1), "lag")
    changed = ParameterSet({name: Parameter(name, "kinds of day", (value,))})
    assert "12-24" not in weekdays_off(2024, changed)
    assert "12-25" in weekdays_off(2024, changed)
    assert is_banking_day(date(2024, 11, 9), changed)
    assert is_banking_day(date(2024, 11, 10), changed)


def test_a_changed_parameter_file_changes_the_day_without_code(tmp_path: Path) -> None:
    (tmp_path / "pay.day.toml").write_text(
        'name = "pay.day"\nunit = "day of month"\n'
        '[[values]]\nvalid_from = 2000-01-01\nvalue = 15\nsource = "äldre beslut"\n'
        '[[values]]\nvalid_from = 2022-11-01\nvalue = 20\nsource = "nytt beslut"\n',
        encoding="utf-8",
    )
    own = load_parameters(tmp_path)
    assert payment_day(Month(2022, 10), own) == date(2022, 11, 15)
    assert payment_day(Month(2022, 11), own) == date(2022, 12, 20)
    assert payment_day(Month(2022, 11), PARAMETERS) == date(2022, 12, 15)
