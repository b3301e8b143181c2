"""Numbers of the demo: right check digits, in ranges that nobody has been given.

Personal numbers use birth numbers 238, 239, 980 and 981 only, as in the Tax Agency's published test series,
and 982 and 983 for those who apply (authority/scenes/applicants.py).
Organisation numbers use 559999 (companies) and 219999 (municipality), bankgiro 9999: beyond all in use.
"""

from datetime import date
from enum import Enum


class Sex(Enum):
    WOMAN = "woman"
    MAN = "man"


BIRTH_NUMBERS = {Sex.WOMAN: ("238", "980"), Sex.MAN: ("239", "981")}


def check_digit(digits: str) -> str:
    """The Luhn digit that completes `digits`."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        product = int(digit) * (2 if place % 2 == 0 else 1)
        total += product - 9 if product > 9 else product
    return str(-total % 10)


def personal_number(born_on: date, birth_number: str) -> str:
    """YYYYMMDD-NNNN with a right check digit over the ten last digits."""
    day = born_on.strftime("%Y%m%d")
    return f"{day}-{birth_number}{check_digit(day[2:] + birth_number)}"


def company_number(running: int) -> str:
    """An organisation number of an invented company."""
    return f"559999-{running:03d}{check_digit(f'559999{running:03d}')}"


def municipality_number() -> str:
    """The organisation number of the invented municipality."""
    return f"219999-000{check_digit('219999000')}"


def bankgiro(running: int) -> str:
    """An invented bankgiro number, NNNN-NNNN."""
    return f"9999-{running:03d}{check_digit(f'9999{running:03d}')}"
