"""What the demo knows of one client: the person, the granted interventions, absences and care plans.

Dates are inclusive at both ends, as in the import folder (contract.md section 3).
"""

from dataclasses import dataclass
from datetime import date

DAYS_A_MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class DemoPerson:
    """One row of clients.csv."""

    number: int
    code: str
    personal_number: str
    given_name: str
    family_name: str
    street: str
    postcode: str
    city: str
    is_rural: bool
    is_protected: bool
    deceased_on: date | None


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of care at one unit and one level; `in_effect_from` None means not yet put into effect."""

    unit: str
    from_on: date
    to_on: date | None
    in_effect_from: date | None
    in_effect_to: date | None = None
    level: float = 1.0


@dataclass(frozen=True, slots=True)
class Needs:
    """What a client is granted while in care; minutes and period of each, frame time in hours a month.

    `has_watch` gives somebody who dies the intervention vak in the last days.
    """

    frame_hours: float
    has_own_kinds: bool = False
    is_per_month: bool = False
    by_day: tuple[tuple[str, int, str], ...] = ()
    by_night: tuple[tuple[str, int, str], ...] = ()
    has_watch: bool = False


@dataclass(frozen=True, slots=True)
class Course:
    """The course of a client's care: when, where, how much, until when."""

    phases: tuple[Phase, ...]
    started_on: date
    deceased_on: date | None
    plan_days: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class DemoGrant:
    """One row of grants.csv."""

    code: str
    client: str
    unit: str
    intervention: str
    minutes: int
    per: str
    from_on: date
    to_on: date | None
    in_effect_from: date | None
    in_effect_to: date | None

    @property
    def weekly_minutes(self) -> float:
        return self.minutes if self.per == "week" else self.minutes * 7 / DAYS_A_MONTH

    def days_in_effect(self, first: date, last: date) -> tuple[date, date] | None:
        """First and last day between `first` and `last` on which the grant is valid and in effect."""
        if self.in_effect_from is None:
            return None
        start = max(self.from_on, self.in_effect_from, first)
        end = min(self.to_on or last, self.in_effect_to or last, last)
        return (start, end) if start <= end else None


@dataclass(frozen=True, slots=True)
class DemoAbsence:
    """One row of absences.csv: the day of leaving, the day of return or none, the reason."""

    client: str
    from_on: date
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class DemoPlan:
    """One row of plans.csv."""

    client: str
    unit: str
    approved_on: date


@dataclass(frozen=True, slots=True)
class CareRecord:
    """All of one client that is not a visit."""

    person: DemoPerson
    grants: tuple[DemoGrant, ...]
    absences: tuple[DemoAbsence, ...]
    plans: tuple[DemoPlan, ...]
    needs_two: bool
