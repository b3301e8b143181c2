from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from hemmavid.lib.periods import Month
from hemmavid.rules.interventions import LOV_CODES
from hemmavid.rules.parameter_files import (
    SHIPPED,
    MalformedParameter,
    ParameterNotDefined,
    load_parameters,
    read_file,
    read_folder,
)
from hemmavid.rules.parameter_schema import SCHEMA, Level

DAY = date(2022, 11, 30)
PAY_DAY = 'name = "pay.day"\nunit = "day of month"\n'
ROW = '[[values]]\nvalid_from = 2022-01-01\nvalue = 15\nsource = "beslut"\n'
ALL_CODES = "".join(f'{code} = "cat1"\n' for code in sorted(LOV_CODES))
CLASSES = (
    'name = "insats.class"\nunit = "class per intervention"\n'
    '[[values]]\nvalid_from = 2022-01-01\nsource = "beslut"\n[values.value]\n'
)


def setting(name: str, value: str, *, more: str = "") -> str:
    """A file with one value."""
    return (
        f'name = "{name}"\nunit = "{SCHEMA[name].unit}"\n'
        f'[[values]]\nvalid_from = 2022-01-01\nvalue = {value}\nsource = "beslut"\n{more}'
    )


MALFORMED: dict[str, tuple[str, str | bytes, str, str]] = {
    "toml syntax": ("pay.day", PAY_DAY + "[[values]\n", "TOML", "går inte att läsa"),
    "empty file": ("pay.day", " \n", "rad 1", "filen är tom"),
    "wrong encoding": ("pay.day", b'name = "pay.day"\nunit = "d\xe5g"\n', "rad 2", "inte UTF-8"),
    "unknown key": ("pay.day", PAY_DAY + 'note = "x"\n' + ROW, "filens början", "okänd nyckel note"),
    "missing name": ("pay.day", 'unit = "day of month"\n' + ROW, "filens början", "saknas: name"),
    "missing unit": ("pay.day", 'name = "pay.day"\n' + ROW, "filens början", "saknas: unit"),
    "missing values": ("pay.day", PAY_DAY, "filens början", "saknas: values"),
    "name is not the file's": ("pay.day", PAY_DAY.replace("pay.day", "pay.dag") + ROW, "name", "pay.day"),
    "another unit": ("pay.day", PAY_DAY.replace("day of month", "dag") + ROW, "unit", "day of month"),
    "no values": ("pay.day", PAY_DAY + "values = []\n", "values", "minst ett värde"),
    "values are no list": ("pay.day", PAY_DAY + "values = 15\n", "values", "minst ett värde"),
    "a value is no table": ("pay.day", PAY_DAY + "values = [15]\n", "värde 1", "[[values]]"),
    "unknown key of a value": ("pay.day", PAY_DAY + ROW + "until = 2023-01-01\n", "värde 1", "until"),
    "missing source": ("pay.day", PAY_DAY + ROW.replace("source", "#"), "värde 1", "saknas: source"),
    "empty source": ("pay.day", PAY_DAY + ROW.replace("beslut", " "), "värde 1", "source ska vara en text"),
    "missing value": ("pay.day", PAY_DAY + ROW.replace("value =", "# ="), "värde 1", "saknas: value"),
    "a moment instead of a day": (
        "pay.day",
        PAY_DAY + ROW.replace("2022-01-01", "2022-01-01T00:00:00"),
        "värde 1",
        "utan klockslag",
    ),
    "a text instead of a day": (
        "pay.day",
        PAY_DAY + ROW.replace("2022-01-01", '"2022-01-01"'),
        "värde 1",
        "datum",
    ),
    "duplicate days": ("pay.day", PAY_DAY + ROW + ROW, "värde 2", "senare än den före"),
    "unsorted days": (
        "pay.day",
        PAY_DAY + ROW + ROW.replace("2022", "2021"),
        "värde 2",
        "senare än den före",
    ),
    "decimal for a whole number": ("pay.day", setting("pay.day", "15.0"), "värde 1", "heltal"),
    "yes for a whole number": ("pay.day", setting("pay.day", "true"), "värde 1", "heltal"),
    "out of bounds": ("pay.day", setting("pay.day", "31"), "värde 1", "mellan 1 och 28"),
    "text for yes or no": ("visit.double_sum", setting("visit.double_sum", '"ja"'), "värde 1", "true eller"),
    "number for a word": ("pay.shift", setting("pay.shift", "1"), "värde 1", "ska vara en text"),
    "unknown word": ("pay.shift", setting("pay.shift", '"nästa"'), "värde 1", "okänt; välj bland next"),
    "text for a number": ("gp_bonus.hours", setting("gp_bonus.hours", '"2"'), "värde 1", "ett tal"),
    "yes for a number": ("gp_bonus.hours", setting("gp_bonus.hours", "true"), "värde 1", "ett tal"),
    "too many decimals": ("gp_bonus.hours", setting("gp_bonus.hours", "2.005"), "värde 1", "två decimaler"),
    "infinite": ("gp_bonus.hours", setting("gp_bonus.hours", "inf"), "värde 1", "två decimaler"),
    "negative hours": ("gp_bonus.hours", setting("gp_bonus.hours", "-1.0"), "värde 1", "mellan 0 och"),
    "who decided is missing": (
        "payment.model",
        setting("payment.model", '"granted"'),
        "värde 1",
        "saknas: decided_by, reference",
    ),
    "empty text": (
        "price_decision",
        setting("price_decision", '""', more='decided_by = "x"\nreference = "y"\n'),
        "värde 1",
        "en text",
    ),
    "classes are no table": ("insats.class", setting("insats.class", '"cat1"'), "värde 1", "en tabell"),
    "unknown intervention": ("insats.class", CLASSES + ALL_CODES + 'dusch = "cat1"\n', "värde 1", "dusch"),
    "intervention outside LOV": (
        "insats.class",
        CLASSES + ALL_CODES + 'natthjalp = "cat1"\n',
        "värde 1",
        "natthjalp ligger utanför LOV",
    ),
    "intervention without class": ("insats.class", CLASSES, "värde 1", "klass saknas för arenden, avlosning"),
    "unknown class": (
        "insats.class",
        CLASSES + ALL_CODES.replace('vak = "cat1"', 'vak = "cat2"'),
        "värde 1",
        "vak: värdet cat2 är okänt",
    ),
    "unknown parameter": ("pay.hour", setting("pay.day", "15"), "-", "pay.hour är okänd i mappen municipal"),
    "national parameter": ("calendar.non_banking_days", "", "-", "är okänd i mappen municipal"),
}


@pytest.mark.parametrize(("name", "text", "place", "reason"), MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_file_is_named_with_place_and_reason(
    tmp_path: Path, name: str, text: str | bytes, place: str, reason: str
) -> None:
    file = tmp_path / f"{name}.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(MalformedParameter) as caught:
        load_parameters(tmp_path)
    assert (caught.value.file, caught.value.place) == (file.name, place)
    assert reason in caught.value.reason
    assert str(caught.value) == f"{file.name}: {place}: {caught.value.reason}"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("absence.method", '"planned_visits"'),
        ("cap.period", '"week"'),
        ("cap.period", '"occasion"'),
        ("rural.source", '"postcode"'),
        ("rural.source", '"polygon"'),
        ("round.total", '"krona"'),
        ("gp_bonus.reset_months", "12"),
        ("bom.pay_percent", "50"),
    ],
)
def test_a_value_that_cannot_be_honoured_yet_is_refused_by_name(
    tmp_path: Path, name: str, value: str
) -> None:
    (tmp_path / f"{name}.toml").write_text(setting(name, value))
    with pytest.raises(MalformedParameter, match=f"värdet {value.strip(chr(34))} kan inte användas än"):
        load_parameters(tmp_path)


def test_pay_per_delivery_is_refused_by_name(tmp_path: Path) -> None:
    text = CLASSES + ALL_CODES.replace('matdistribution = "cat1"', 'matdistribution = "per_delivery"')
    (tmp_path / "insats.class.toml").write_text(text)
    with pytest.raises(MalformedParameter, match="matdistribution: värdet per_delivery kan inte användas än"):
        load_parameters(tmp_path)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ('"saturday"', "en lista"),
        ('["monday"]', "okänt"),
        ('["sunday", "sunday"]', "upprepar"),
    ],
)
def test_a_malformed_list_is_refused(tmp_path: Path, value: str, reason: str) -> None:
    file = tmp_path / "calendar.non_banking_days.toml"
    file.write_text(setting("calendar.non_banking_days", value))
    with pytest.raises(MalformedParameter, match=reason):
        read_file(file, Level.NATIONAL)


def test_a_folder_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MalformedParameter, match="finns inte"):
        load_parameters(tmp_path / "saknas")


def test_the_municipality_lays_its_files_over_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "pay.day.toml").write_text(setting("pay.day", "20"))
    (tmp_path / "läs mig.txt").write_text("inte en parameter")
    own = load_parameters(tmp_path)
    assert own.at("pay.day", DAY).whole == 20
    assert own.at("pay.shift", DAY) == load_parameters().at("pay.shift", DAY)


def test_a_gap_names_parameter_and_day(tmp_path: Path) -> None:
    (tmp_path / "pay.day.toml").write_text(setting("pay.day", "20"))
    with pytest.raises(
        ParameterNotDefined, match=r"parametern pay\.day har inget värde den 2021-12-31"
    ) as caught:
        load_parameters(tmp_path).at("pay.day", date(2021, 12, 31))
    assert (caught.value.name, caught.value.day) == ("pay.day", date(2021, 12, 31))
    with pytest.raises(ParameterNotDefined, match=r"no\.such"):
        load_parameters().at("no.such", DAY)


def test_the_value_of_a_day_is_the_newest_that_is_valid() -> None:
    parameters = load_parameters()
    before, after = (parameters.at("payment.model", date(2022, *d)) for d in ((9, 30), (10, 1)))
    assert (before.text, after.text) == ("performed", "granted")
    assert after.valid_from == date(2022, 10, 1)
    assert after.decided_by == "vård- och omsorgsnämnden"
    assert after.reference
    assert after.source


def test_a_value_is_read_as_the_kind_it_is() -> None:
    parameters = load_parameters()
    assert parameters.at("gp_bonus.hours", DAY).decimal == Decimal("2.00")
    assert parameters.at("visit.double_sum", DAY).flag is True
    with pytest.raises(TypeError):
        _ = parameters.at("pay.day", DAY).text
    with pytest.raises(TypeError):
        _ = parameters.at("pay.day", DAY).words
    with pytest.raises(TypeError):
        _ = parameters.at("pay.day", DAY).table


def test_whole_hours_may_be_written_without_decimals(tmp_path: Path) -> None:
    (tmp_path / "gp_bonus.hours.toml").write_text(setting("gp_bonus.hours", "2"))
    assert load_parameters(tmp_path).at("gp_bonus.hours", DAY).decimal == 2


def test_every_known_parameter_is_shipped_and_reaches_back_before_the_first_month() -> None:
    shipped = {parameter.name: parameter for parameter in load_parameters()}
    assert shipped.keys() == SCHEMA.keys()
    for parameter in shipped.values():
        assert parameter.at(Month(2018, 1).first_day).source


def test_the_shipped_municipal_folder_can_be_copied_as_it_is(tmp_path: Path) -> None:
    copy = tmp_path / "vår kommun"
    shutil.copytree(SHIPPED / "municipal", copy)
    assert list(load_parameters(copy)) == list(load_parameters())
    municipal = [one for one in SCHEMA.values() if one.level is Level.MUNICIPAL]
    assert len(read_folder(copy, Level.MUNICIPAL)) == len(municipal)
