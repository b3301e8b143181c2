"""Swedish identity numbers: written form and check digit, as contract.md section 3 takes them."""

from __future__ import annotations

import re

from personnummer.personnummer import Personnummer, PersonnummerException

_PERSONAL_FORM = re.compile(r"([0-9]{8})-?([0-9]{4})")
_ORGANISATION_FORM = re.compile(r"([0-9]{6})-?([0-9]{4})")
_BANKGIRO_FORM = re.compile(r"([0-9]{3,4})-?([0-9]{4})")


class WrongIdentityNumber(ValueError):
    """The number cannot be right. The message never repeats the number."""


class WrongForm(WrongIdentityNumber):
    """Not written in the agreed form."""


class NoSuchDate(WrongForm):
    """The first eight digits are no day in the calendar."""


class WrongCheckDigits(WrongIdentityNumber):
    """The last digit does not agree with the others."""


def personal_number(text: str) -> str:
    """A personal or coordination number as YYYYMMDD-NNNN; interim numbers are not taken."""
    birth, rest = _parts(_PERSONAL_FORM, text)
    if not luhn_holds(birth[2:] + rest):
        raise WrongCheckDigits
    try:
        Personnummer(birth + rest)
    except PersonnummerException as error:  # the check digit is right, so the day is wrong
        raise NoSuchDate from error
    return f"{birth}-{rest}"


def organisation_number(text: str) -> str:
    """An organisation number as NNNNNN-NNNN."""
    return _checked(_ORGANISATION_FORM, text)


def bankgiro(text: str) -> str:
    """A bankgiro number as NNN-NNNN or NNNN-NNNN."""
    return _checked(_BANKGIRO_FORM, text)


def luhn_holds(digits: str) -> bool:
    """Whether the last digit is the check digit of the others (Luhn, modulus 10)."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (1 + place % 2)
        total += product if product < 10 else product - 9
    return total % 10 == 0


def _checked(form: re.Pattern[str], text: str) -> str:
    first, rest = _parts(form, text)
    if not luhn_holds(first + rest):
        raise WrongCheckDigits
    return f"{first}-{rest}"


def _parts(form: re.Pattern[str], text: str) -> tuple[str, str]:
    match = form.fullmatch(text)
    if match is None:
        raise WrongForm
    return match[1], match[2]
