"""The clients: the fixed characters first, then as many ordinary people as asked for."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from hemmavid.demo.absences import absences_of
from hemmavid.demo.care import CareRecord, Course, DemoAbsence, DemoPerson, Needs
from hemmavid.demo.chance import Concern, Spread, stream
from hemmavid.demo.characters import CHARACTERS, Character
from hemmavid.demo.check_digits import BIRTH_NUMBERS, Sex, personal_number
from hemmavid.demo.courses import course_of
from hemmavid.demo.grants import grants_of, needs_of, plans_of
from hemmavid.demo.names import CLIENT_ORIGINS, full_name, rural_address, town_address
from hemmavid.demo.window import Window

RURAL_SHARE = 0.09
PROTECTED_SHARE = 0.015
WITHOUT_NUMBER_SHARE = 0.008
WOMEN_SHARE = 0.62
UNDER_65_SHARE = 0.09
SECOND_PLAN_SHARE = 0.15
NEEDS_TWO_SHARE = 0.55
EARLIEST_BIRTH = date(1905, 1, 1)
YOUNGEST_DAYS = 20 * 365


def client_records(seed: int, clients: int, window: Window) -> Iterator[CareRecord]:
    """Clients number 1 to `clients`, each the same however many follow."""
    numbers = PersonalNumbers(window.starts_on - timedelta(days=YOUNGEST_DAYS))
    for number in range(1, clients + 1):
        if number <= len(CHARACTERS):
            yield _character(seed, number, window, numbers)
        else:
            yield _ordinary(seed, number, window, numbers)


class PersonalNumbers:
    """Hands out personal numbers, each once: the next birth number, then the next day of birth.

    Days that are used up are jumped over, so that a hundred thousand clients are numbered as fast as ten.
    When a sex has used up every day from `EARLIEST_BIRTH` to the latest, there is no number (empty).
    """

    def __init__(self, latest: date) -> None:
        self._latest = latest.toordinal()
        self._used: dict[tuple[Sex, int], int] = {}
        self._jump: dict[tuple[Sex, int], int] = {}

    def give(self, born_on: date, sex: Sex) -> str:
        """A number for a woman or man born on the day or, when it is full, on the next that is not."""
        day = self._free(sex, min(born_on.toordinal(), self._latest))
        if day > self._latest:
            day = self._free(sex, EARLIEST_BIRTH.toordinal())
        if day > self._latest:
            return ""
        used = self._used.get((sex, day), 0)
        self._used[sex, day] = used + 1
        if used + 1 == len(BIRTH_NUMBERS[sex]):
            self._jump[sex, day] = day + 1
        return personal_number(date.fromordinal(day), BIRTH_NUMBERS[sex][used])

    def _free(self, sex: Sex, day: int) -> int:
        passed = []
        while (sex, day) in self._jump:
            passed.append(day)
            day = self._jump[sex, day]
        for full in passed:
            self._jump[sex, full] = day
        return day


def _ordinary(seed: int, number: int, window: Window, numbers: PersonalNumbers) -> CareRecord:
    spread = Spread(seed)
    rng = stream(seed, "person", number)
    sex = Sex.WOMAN if spread.at(Concern.SEX, number) < WOMEN_SHARE else Sex.MAN
    given_name, family_name = full_name(rng, sex, CLIENT_ORIGINS)
    born_on = _born_on(rng, spread.at(Concern.AGE, number), window)
    code = f"K{number:04d}"
    course = course_of(seed, number, window)
    is_rural = spread.at(Concern.RURAL, number) < RURAL_SHARE
    person_number = numbers.give(born_on, sex)
    street, postcode, city = rural_address(rng) if is_rural else town_address(rng)
    person = DemoPerson(
        number=number,
        code=code,
        personal_number="" if spread.at(Concern.NO_NUMBER, number) < WITHOUT_NUMBER_SHARE else person_number,
        given_name=given_name,
        family_name=family_name,
        street=street,
        postcode=postcode,
        city=city,
        is_rural=is_rural,
        is_protected=spread.at(Concern.PROTECTED, number) < PROTECTED_SHARE,
        deceased_on=course.deceased_on,
    )
    needs_two = spread.at(Concern.DOUBLE, number) < NEEDS_TWO_SHARE
    absences = absences_of(seed, number, code, course, window)
    has_second = spread.at(Concern.SECOND_PLAN, number) < SECOND_PLAN_SHARE
    return _record(
        person, (course, needs_of(seed, number)), absences, window, has_two=(has_second, needs_two)
    )


def _character(seed: int, number: int, window: Window, numbers: PersonalNumbers) -> CareRecord:
    character: Character = CHARACTERS[number - 1]
    rng = stream(seed, "person", number)
    course = character.course(window)
    street, postcode, city = rural_address(rng) if character.is_rural else town_address(rng)
    person = DemoPerson(
        number=number,
        code=f"K{number:04d}",
        personal_number=numbers.give(character.born_on, character.sex),
        given_name=character.given_name,
        family_name=character.family_name,
        street=street,
        postcode=postcode,
        city=city,
        is_rural=character.is_rural,
        is_protected=character.is_protected,
        deceased_on=course.deceased_on,
    )
    absences = tuple(DemoAbsence(person.code, *stay) for stay in character.stays(window))
    return _record(person, (course, character.needs), absences, window, has_two=(True, character.needs_two))


def _record(
    person: DemoPerson,
    care: tuple[Course, Needs],
    absences: tuple[DemoAbsence, ...],
    window: Window,
    *,
    has_two: tuple[bool, bool],
) -> CareRecord:
    course, needs = care
    has_second_plan, needs_two = has_two
    return CareRecord(
        person=person,
        grants=grants_of(person.code, course, needs),
        absences=absences,
        plans=plans_of(person.code, course, window.until, has_second=has_second_plan),
        needs_two=needs_two,
    )


def _born_on(rng: Random, point: float, window: Window) -> date:
    """Nine in a hundred are 20–64; the others 65–101 with a mean of about 83."""
    age = 20 + 45 * point / UNDER_65_SHARE if point < UNDER_65_SHARE else 65 + 37 * rng.betavariate(3.0, 3.0)
    return window.starts_on - timedelta(days=int(age * 365.25) + 1)
