"""Numbers of invented people and companies: right check digits, in ranges that nobody has."""

from datetime import date

import pytest
from stdnum import luhn
from stdnum.se import orgnr, personnummer

from hemmavid.demo.check_digits import BIRTH_NUMBERS, Sex, check_digit, personal_number
from hemmavid.demo.clients import EARLIEST_BIRTH, PersonalNumbers
from tests.demo.folders import Folder


@pytest.mark.parametrize(
    ("digits", "expected"), [("811218987", "6"), ("556000461", "5"), ("5050105", "5"), ("239208", "2")]
)
def test_check_digit_of_public_vectors(digits: str, expected: str) -> None:
    assert check_digit(digits) == expected


def test_personal_numbers_are_valid_unique_and_of_the_test_series(town: Folder) -> None:
    numbers = [client["personal_number"] for client in town.clients if client["personal_number"]]
    assert len(set(numbers)) == len(numbers)
    for number in numbers:
        assert number[9:12] in {"238", "239", "980", "981"}
        assert personnummer.is_valid(number.replace("-", "")[2:]), number
        assert EARLIEST_BIRTH <= date.fromisoformat(number[:8]) < date(2004, 1, 1)


def test_organisation_numbers_and_bankgiro(town: Folder) -> None:
    for provider in town.providers:
        assert orgnr.is_valid(provider["org_number"])
        assert provider["org_number"][:6] in {"559999", "219999"}
        assert luhn.is_valid(provider["bankgiro"].replace("-", ""))
        assert provider["bankgiro"].startswith("9999-")
    assert len({provider["org_number"] for provider in town.providers}) == len(town.providers)


def test_sex_stands_in_the_third_digit_of_the_birth_number() -> None:
    for sex, numbers in BIRTH_NUMBERS.items():
        for number in numbers:
            assert int(number[2]) % 2 == (1 if sex is Sex.MAN else 0)


def test_a_full_day_of_birth_passes_on_to_the_next_and_round_to_the_first() -> None:
    numbers = PersonalNumbers(date(1905, 1, 2))
    born_on = date(1905, 1, 2)
    given = [numbers.give(born_on, Sex.WOMAN) for _ in range(5)]
    assert given == [
        personal_number(date(1905, 1, 2), "238"),
        personal_number(date(1905, 1, 2), "980"),
        personal_number(date(1905, 1, 1), "238"),
        personal_number(date(1905, 1, 1), "980"),
        "",
    ]
    assert numbers.give(born_on, Sex.MAN) == personal_number(born_on, "239")
