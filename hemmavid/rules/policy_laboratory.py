"""The policy laboratory: another set of rules over many cases, and who gets more or less (R044, R123).

Nothing is decided or stored. Only groups explain themselves; a case has its figures.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from hemmavid.rules.assessed_needs import AssessedNeed, NeedFault
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time import FrameTimeRules


@dataclass(frozen=True, slots=True)
class LabCase:
    """One running case: its needs, the unit that performs, and how many live in the household."""

    case_id: str
    needs: tuple[AssessedNeed, ...]
    unit: str
    household_size: int


@dataclass(frozen=True, slots=True)
class LabOutcome:
    """One case in minutes a week. A case either set of rules cannot compute has faults and no difference."""

    case: LabCase
    before: Decimal | None
    after: Decimal | None
    faults_before: tuple[NeedFault, ...] = ()
    faults_after: tuple[NeedFault, ...] = ()

    @property
    def difference(self) -> Decimal | None:
        """After − before, or None when either is missing."""
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class LabGroup:
    """Cases together: how many get more, less and the same, and the sums in minutes a week.

    Sums hold the cases that both sets of rules can compute; `not_computed` counts the others.
    """

    key: str
    label: str
    more: int
    less: int
    same: int
    not_computed: int
    before: Decimal
    after: Decimal
    explanation: Step

    @property
    def cases(self) -> int:
        """All cases of the group."""
        return self.more + self.less + self.same + self.not_computed

    @property
    def difference(self) -> Decimal:
        """After − before."""
        return self.after - self.before

    @property
    def because(self) -> tuple[str, ...]:
        """The explanation as Swedish sentences, one a step."""
        return self.explanation.because()


@dataclass(frozen=True, slots=True)
class LabResult:
    """Every case by its id, the total, and the groups. Life areas count the lines of each area."""

    outcomes: tuple[LabOutcome, ...]
    total: LabGroup
    by_life_area: tuple[LabGroup, ...]
    by_unit: tuple[LabGroup, ...]
    by_household: tuple[LabGroup, ...]
    lacking: tuple[tuple[str, int], ...]  # need the other table lacks, and in how many cases


def run_laboratory(cases: Iterable[LabCase], before: FrameTimeRules, after: FrameTimeRules) -> LabResult:
    """Every case under both sets of rules. Same cases, same result, whatever their order.

    ValueError when two cases have the same id. A need that a table lacks makes its case reported, never dropped.
    """
    raise NotImplementedError
