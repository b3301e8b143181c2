from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hemmavid.lib.identity_numbers import (
    NoSuchDate,
    WrongCheckDigits,
    WrongForm,
    WrongIdentityNumber,
    bankgiro,
    luhn_holds,
    organisation_number,
    personal_number,
)


def with_check_digit(digits: str) -> str:
    return next(digits + str(last) for last in range(10) if luhn_holds(digits + str(last)))


@pytest.mark.parametrize("day", ["19400102", "20000229", "19400162"])  # the last is a coordination number
def test_a_personal_number_is_written_with_its_hyphen(day: str) -> None:
    number = day[:2] + with_check_digit(day[2:] + "238")
    assert personal_number(number) == f"{number[:8]}-{number[8:]}"
    assert personal_number(f"{number[:8]}-{number[8:]}") == f"{number[:8]}-{number[8:]}"


@pytest.mark.parametrize("day", ["19000229", "20230229", "19400199", "19401302", "19400160", "19400100"])
def test_a_date_that_does_not_exist_is_wrong(day: str) -> None:
    with pytest.raises(NoSuchDate):
        personal_number(day[:2] + with_check_digit(day[2:] + "238"))


@pytest.mark.parametrize(
    "text",
    ["", "400102-2387", "19400102+2387", "19400102-T387", "19400102 2387", " 194001022387", "194001022387\n"],
)
def test_another_form_of_personal_number_is_refused(text: str) -> None:
    with pytest.raises(WrongForm):
        personal_number(text)


def test_an_organisation_number_has_its_own_form() -> None:
    assert organisation_number("2120000142") == "212000-0142"
    assert organisation_number("212000-0142") == "212000-0142"
    with pytest.raises(WrongForm):
        organisation_number("16212000-0142")


def test_a_bankgiro_has_seven_or_eight_digits() -> None:
    eight = with_check_digit("5050105")
    seven = with_check_digit("991234")
    assert bankgiro(eight) == f"{eight[:4]}-{eight[4:]}"
    assert bankgiro(f"{seven[:3]}-{seven[3:]}") == f"{seven[:3]}-{seven[3:]}"
    with pytest.raises(WrongForm):
        bankgiro("99-1234")


@pytest.mark.parametrize(
    ("read", "number"),
    [
        (personal_number, "19" + with_check_digit("400102238")),
        (organisation_number, "2120000142"),
        (bankgiro, with_check_digit("5050105")),
    ],
)
@given(data=st.data())
def test_one_wrong_digit_is_always_found_and_never_repeated(
    read: Callable[[str], str], number: str, data: st.DataObject
) -> None:
    place = data.draw(st.integers(2, len(number) - 1))
    digit = data.draw(st.sampled_from([d for d in "0123456789" if d != number[place]]))
    wrong = number[:place] + digit + number[place + 1 :]
    with pytest.raises(WrongCheckDigits) as caught:
        read(wrong)
    assert isinstance(caught.value, WrongIdentityNumber)
    assert wrong not in str(caught.value)
