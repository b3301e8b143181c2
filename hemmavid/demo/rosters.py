"""Staff of the units and who takes which visit: nobody in two places at once, known faces first."""

from dataclasses import dataclass

from hemmavid.demo.chance import stream
from hemmavid.demo.check_digits import Sex
from hemmavid.demo.names import STAFF_ORIGINS, full_name
from hemmavid.demo.providers import NIGHT_UNIT, UNITS

STAFF_OF_A_CITY, CLIENTS_OF_A_CITY = 1_200, 3_500
FEWEST_STAFF = 4
TEAM_SIZE = 7
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
        self._pool: list[int] = []
        self._next = 0

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
            place = self._anyone(start)
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
        self._pool = [place for place, is_on in enumerate(self._on_duty) if is_on]

    def _known(self, start: int, client: int) -> int:
        """One of the client's own team who is on duty and free, or -1."""
        count = len(self.codes)
        place = client * 5 % count
        for _ in range(min(TEAM_SIZE, count)):
            if self._on_duty[place] and self._free_at[place] <= start:
                return place
            place = place + 1 if place + 1 < count else 0
        return -1

    def _anyone(self, start: int) -> int:
        """Anyone free on duty, else the one of all who is or will be free first."""
        for step in range(len(self._pool)):
            place = self._pool[(self._next + step) % len(self._pool)]
            if self._free_at[place] <= start:
                self._next += step + 1
                return place
        return min(range(len(self.codes)), key=self._free_at.__getitem__)
