"""What every part of the authority's demo looks up: units, people and the calculation aid."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.models import User
from hemmavid.access.queries import actor_of
from hemmavid.cases.calculation import Aid
from hemmavid.demo.authority.frame_needs import FrameNeeds
from hemmavid.demo.authority.life import Life
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.plans import DecisionPlan
from hemmavid.demo.authority.rows import Rows
from hemmavid.demo.care import CareRecord
from hemmavid.demo.chance import stream
from hemmavid.demo.people import demo_people
from hemmavid.demo.providers import HOME_UNITS
from hemmavid.demo.window import Window
from hemmavid.organisations.models import ProviderKind, Unit
from hemmavid.rules.parameter_files import ParameterSet

LAST_HOUR = 5  # before the demo's data are of its last day, at six in the morning


@dataclass(frozen=True, slots=True)
class Person:
    """A demo user as one who signs."""

    user_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """A unit."""

    unit_id: UUID
    code: str
    name: str
    is_private: bool


class Town:
    """The demo municipality once its people are seated; all looked up once."""

    def __init__(self, seed: int, window: Window, parameters: ParameterSet) -> None:
        self.seed = seed
        self.window = window
        self.parameters = parameters
        self.users = {user.name: user for user in User.objects.filter(is_demo=True).order_by("username")}
        rows = Unit.objects.select_related("provider").order_by("code")
        self.places = {
            unit.code: DemoPlace(unit.pk, unit.code, unit.name, unit.provider.kind == ProviderKind.PRIVATE)
            for unit in rows
        }
        self.homes = frozenset(unit.code for unit in HOME_UNITS)
        self._receivers = _receivers(self.users)
        self._aids: dict[date, Aid] = {}
        self._finders: dict[tuple[date, ...], FrameNeeds] = {}

    @property
    def until(self) -> date:
        """The demo's last day."""
        return self.window.until

    @property
    def morning(self) -> datetime:
        """No demo instant lies later than this."""
        return instant(self.until, LAST_HOUR)

    def person(self, name: str) -> Person:
        """A demo user by name."""
        user = self.users[name]
        return Person(user.pk, user.name)

    def actor(self, name: str) -> Actor:
        """A demo user as an actor, with the roles of the demo's last day."""
        return actor_of(self.users[name], on=self.until)

    def receiver(self, unit: str, rng: Random) -> Person:
        """Somebody who answers at the unit: its coordinator now and then, else its manager."""
        return rng.choice(self._receivers[unit])

    def aid(self, day: date) -> Aid:
        """The calculation aid of a day."""
        if day not in self._aids:
            self._aids[day] = Aid.for_day(day, self.parameters)
        return self._aids[day]

    def frame_needs(self, day: date) -> FrameNeeds:
        """Finds needs by the aid of a day; one finder for all days on which the same figures hold."""
        aid = self.aid(day)
        rules = aid.rules
        key = (
            rules.standard_times.valid_from,
            rules.alone_minutes.valid_from,
            rules.weeks_per_month.valid_from,
        )
        if key not in self._finders:
            self._finders[key] = FrameNeeds(aid)
        return self._finders[key]


def _receivers(users: dict[str, User]) -> dict[str, list[Person]]:
    found: dict[str, list[Person]] = {}
    for one in demo_people():
        if one.unit is not None and one.name in users:
            found.setdefault(one.unit, []).append(Person(users[one.name].pk, one.name))
    return found


@dataclass(slots=True)
class ClientFile:
    """One client under making: the person, the plan, the officer, and what has been written so far."""

    town: Town
    rows: Rows
    record: CareRecord
    client_id: UUID
    life: Life
    officer: Person
    decisions: list[DecisionPlan]
    case_id: UUID
    done: list[tuple[datetime, str]] = field(default_factory=list)

    @property
    def number(self) -> int:
        """The client's number in the demo."""
        return self.record.person.number

    def rng(self, *concern: object) -> Random:
        """Chance of its own for one concern of this client."""
        return stream(self.town.seed, "authority", self.number, *concern)

    def note(self, at: datetime, what: str) -> datetime:
        """Remember a write in the case, for its list of changes."""
        self.done.append((at, what))
        return at

    def within(self, at: datetime) -> datetime:
        """The instant, or the last one of the demo."""
        return min(at, self.town.morning - timedelta(minutes=1))
