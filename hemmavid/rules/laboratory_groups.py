"""Groups of cases in the policy laboratory: who gets more, less and the same, and the sums."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hemmavid.lib import swedish
from hemmavid.lib.hours import as_decimal
from hemmavid.rules.explanation import Step
from hemmavid.rules.frame_time_steps import minutes_text, signed_minutes

LARGEST_HOUSEHOLD = 3  # that many or more


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


@dataclass(slots=True)
class Sheet:
    """The running sums of one group, in hundredths of a minute a week."""

    more: int = 0
    less: int = 0
    same: int = 0
    not_computed: int = 0
    before: int = 0
    after: int = 0

    def add(self, before: int | None, after: int | None) -> None:
        """One case more. Missing under either set of rules, it gives no time to either."""
        if before is None or after is None:
            self.not_computed += 1
            return
        self.more += after > before
        self.less += after < before
        self.same += after == before
        self.before += before
        self.after += after

    def group(self, key: str, label: str, *grounds: Step) -> LabGroup:
        """The group as it stands, explained; `grounds` are told first."""
        cases = self.more + self.less + self.same + self.not_computed
        before, after = as_decimal(self.before), as_decimal(self.after)
        counts = f"{self.more} får mer, {self.less} får mindre, {self.same} får lika"
        counts += f", {self.not_computed} kan inte räknas" if self.not_computed else ""
        difference = signed_minutes(after - before) if after != before else "oförändrat"
        sums = f"{minutes_text(before)} \N{RIGHTWARDS ARROW} {minutes_text(after)} per vecka, {difference}"
        step = Step(
            f"{label}: {cases_text(cases)}, {counts}; {sums}.",
            "",
            {"before": str(before), "after": str(after)},
            children=grounds,
        )
        return LabGroup(key, label, self.more, self.less, self.same, self.not_computed, before, after, step)


def cases_text(number: int) -> str:
    """1 ärende, 3 500 ärenden."""
    return f"{swedish.number(number, 0)} {'ärende' if number == 1 else 'ärenden'}"


def household_of(size: int) -> int:
    """The group of a household by its size: 1, 2 or 3 and more."""
    return min(size, LARGEST_HOUSEHOLD)


def household_label(group: int) -> str:
    """The group of households in Swedish."""
    if group == 1:
        return "1 person i hushållet"
    return f"{group} personer i hushållet" + (" eller fler" if group == LARGEST_HOUSEHOLD else "")
