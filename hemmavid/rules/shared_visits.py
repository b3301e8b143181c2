"""What needs take together in a visit: coordination gain and time for being alone (R127, R128).

A visit takes the longest of three: the needs with time of their own together; the needs that fit inside
others together; the longest need as if it were alone. So sharing never costs more than visits of its own,
and another need or occasion never makes the time shorter.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from hemmavid.rules.standard_times import WhenShared


@dataclass(frozen=True, slots=True)
class NeedInVisit:
    """One need of a visit: minutes per occasion and occasions a week. `key` decides between equals."""

    key: tuple[str, int]
    minutes: int
    per_week: Fraction
    when_shared: WhenShared


@dataclass(slots=True)
class Share:
    """Minutes a week beside the standard time: gained by sharing, added for being alone or longest."""

    gained: Fraction = Fraction(0)
    alone: Fraction = Fraction(0)
    longest: Fraction = Fraction(0)


def shares_of_visit(needs: Sequence[NeedInVisit], alone_minutes: int) -> dict[tuple[str, int], Share]:
    """The share of each need of one visit, by key.

    Needs of a visit fall on the same occasions as far as they can: of seven mornings with two showers, five
    are without. The order of the needs does not matter.
    """
    ordered = sorted(needs, key=_longest_first)
    shares = {need.key: Share() for need in ordered}
    before = Fraction(0)
    for upto in sorted({need.per_week for need in ordered}):
        present = [need for need in ordered if need.per_week >= upto]
        _share_occasions(present, upto - before, alone_minutes, shares)
        before = upto
    return shares


def _share_occasions(
    present: Sequence[NeedInVisit],
    occasions: Fraction,
    alone_minutes: int,
    shares: dict[tuple[str, int], Share],
) -> None:
    """Add what so many equal occasions give. `present` is never empty and has the longest first."""
    longest = present[0]
    if len(present) == 1:
        shares[longest.key].alone += alone_minutes * occasions
        return
    room = own = sum(need.minutes for need in present if need.when_shared is WhenShared.OWN_TIME)
    inside = [need for need in present if need.when_shared is WhenShared.FITS_INSIDE]
    for need in inside:
        fits = min(room, need.minutes)
        room -= fits
        shares[need.key].gained += fits * occasions
    together = max(own, sum(need.minutes for need in inside))
    shares[longest.key].longest += max(0, longest.minutes + alone_minutes - together) * occasions


def _longest_first(need: NeedInVisit) -> tuple[int, bool, tuple[str, int]]:
    """Of equally long needs the one with time of its own stands first, then by code."""
    return -need.minutes, need.when_shared is WhenShared.FITS_INSIDE, need.key
