"""All chance of the demo: one stream per concern, and evenly spread shares.

A stream is seeded by a string, so a new client or a new concern never moves what another one drew.
An even spread gives client number n the n-th point of an additive recurrence: shares such as "9 % live in
the countryside" then hold for any number of clients, also few, without knowing how many there will be.
"""

from dataclasses import dataclass
from enum import Enum
from math import sqrt
from random import Random


class Concern(Enum):
    """What is spread evenly over the clients; the value is the prime whose root gives the step."""

    UNIT = 2
    AGE = 3
    SEX = 17
    RURAL = 7
    PROTECTED = 11
    DEATH = 59
    COURSE = 5
    HOURS = 19
    OWN_KINDS = 23
    MEALS = 29
    RELIEF = 31
    ESCORT = 37
    SELF_CARE = 41
    NIGHT = 43
    ALARM = 47
    DOUBLE = 53
    NO_NUMBER = 13
    OPEN_ENDED = 61
    SECOND_PLAN = 67
    WATCH = 71
    DIGITAL = 73
    EVENT_DAY = 79


def stream(seed: int, *concern: object) -> Random:
    """A random stream of its own for one concern, the same on every machine."""
    return Random(":".join(["hemmavid", str(seed), *map(str, concern)]))


@dataclass(frozen=True, slots=True)
class Spread:
    """Points in [0, 1) for client numbers 1, 2, 3 …: even for each concern, unrelated between concerns."""

    seed: int

    def at(self, concern: Concern, number: int) -> float:
        offset = stream(self.seed, "spread", concern.name).random()
        return (offset + number * (sqrt(concern.value) % 1.0)) % 1.0
