"""Staff of the units and who takes which visit: nobody in two places at once, known faces first."""

from dataclasses import dataclass
from itertools import chain

from hemmavid.demo.chance import stream
from hemmavid.demo.check_digits import Sex
from hemmavid.demo.names import STAFF_ORIGINS, full_name
from hemmavid.demo.providers import NIGHT_UNIT, UNITS

STAFF_OF_A_CITY, CLIENTS_OF_A_CITY = 1_200, 3_500
FEWEST_STAFF = 4
EVENING_STARTS = 14 * 3_600 + 1_800
TRAVEL_SECONDS = 180


@dataclass(frozen=True, slots=True)
class DemoStaff:
    """One row of staff.csv."""

    code: str
    unit: str
    given_name: str
    family_name: str


def staff_of(seed: int, clients: int) -> dict[str, list[DemoStaff]]:
    """Staff by unit: 1,200 for 3,500 clients and in proportion, at least four a unit."""
    total = clients * STAFF_OF_A_CITY / CLIENTS_OF_A_CITY
    return {
        unit.code: [
            _person(seed, unit.code, running)
            for running in range(1, max(FEWEST_STAFF, round(total * unit.staff_share)) + 1)
        ]
        for unit in UNITS
    }


def _person(seed: int, unit: str, running: int) -> DemoStaff:
    rng = stream(seed, "staff", unit, running)
    sex = Sex.WOMAN if rng.random() < 0.82 else Sex.MAN
    given_name, family_name = full_name(rng, sex, STAFF_ORIGINS)
    return DemoStaff(f"S{unit[1:]}{running:03d}", unit, given_name, family_name)


class Roster:
    """The staff of one unit through the demo: five days of seven, every third week evenings."""

    def __init__(self, unit: str, staff: list[DemoStaff]) -> None:
        self.codes = [person.code for person in staff]
        self._is_night = unit == NIGHT_UNIT
        self._free_at = [0] * len(staff)
        self._shift: tuple[int, bool] | None = None
        self._on_duty: list[bool] = []

    def take(self, start: int, end: int, day_second: tuple[int, int], client: int) -> tuple[int, int]:
        """The place of a member of staff and the seconds the client waits for them; busy until the end.

        Visits must come in order of start. When nobody is free the client waits for the first who will be.
        """
        day, second = day_second
        shift = (day, second >= EVENING_STARTS)
        if shift != self._shift:
            self._open(shift)
        place = self._known(start, client)
        if place < 0:
            place = self._anyone()
        wait = max(0, self._free_at[place] - start)
        self._free_at[place] = end + wait + TRAVEL_SECONDS
        return place, wait

    def _open(self, shift: tuple[int, bool]) -> None:
        day, is_evening = shift
        self._shift = shift
        week = day // 7
        self._on_duty = [
            (day + 2 * place) % 7 < 5 and (self._is_night or ((week + place) % 3 == 0) == is_evening)
            for place in range(len(self.codes))
        ]

    def _known(self, start: int, client: int) -> int:
        """The first on duty and free, from the client's own place in the list on; -1 when there is none."""
        count = len(self.codes)
        first = client * 5 % count
        for place in chain(range(first, count), range(first)):
            if self._on_duty[place] and self._free_at[place] <= start:
                return place
        return -1

    def _anyone(self) -> int:
        """The one of all who is or will be free first."""
        return min(range(len(self.codes)), key=self._free_at.__getitem__)
