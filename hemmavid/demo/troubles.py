"""The troubles of real life as shares of the visits: how a planned visit ends up registered.

The mix of sweden.md section 11 (invented there, to be tuned): both ends tagged 85 %, one end 10 %, both
manual 5 %, visits in vain 3 %, unplanned 3 %; wrong intervention tagged 2 %.
"""

from dataclasses import dataclass
from random import Random

BOTH_TAGGED = 0.85
ONE_TAGGED = 0.95
CANCELLED = 0.018
IN_VAIN = 0.030
UNPLANNED = 0.03
WRONG_INTERVENTION = 0.02
FORGOTTEN_OUT = 0.0003
STILL_WAITING_DAYS = 3
HOME_METHODS = (("tag", 70), ("lock", 20), ("qr", 10))

PERFORMED, CANCELLED_STATUS, NOT_PERFORMED = "performed", "cancelled", "not_performed"


@dataclass(frozen=True, slots=True)
class Registration:
    """Methods of the two ends and the approval, as in visits.csv."""

    start_method: str
    end_method: str
    approved: str


def home_method(rng: Random) -> str:
    """How visits are registered in one home."""
    return rng.choices([name for name, _ in HOME_METHODS], [weight for _, weight in HOME_METHODS])[0]


def status(rng: Random) -> str:
    """Performed, called off by the client, or never carried out."""
    point = rng.random()
    if point >= IN_VAIN:
        return PERFORMED
    return CANCELLED_STATUS if point < CANCELLED else NOT_PERFORMED


def registration(rng: Random, method: str, *, is_recent: bool) -> Registration:
    """Both manual needs approval (R023): most have it, some were refused, the newest still wait."""
    point = rng.random()
    if point < BOTH_TAGGED:
        return Registration(method, method, "")
    if point < ONE_TAGGED:
        is_start = point < (BOTH_TAGGED + ONE_TAGGED) / 2
        return Registration(method, "manual", "") if is_start else Registration("manual", method, "")
    decision = rng.random()
    if is_recent:
        approved = "yes" if decision < 0.5 else ""
    else:
        approved = "yes" if decision < 0.88 else "no" if decision < 0.96 else ""
    return Registration("manual", "manual", approved)
