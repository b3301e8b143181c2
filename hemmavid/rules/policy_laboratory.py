"""The policy laboratory: another set of rules over many cases, and who gets more or less (R044, R123).

Nothing is decided or stored. Only groups explain themselves; a case has its figures.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from hemmavid.lib.hours import as_decimal
from hemmavid.rules.assessed_needs import AssessedNeed, Fault, NeedFault
from hemmavid.rules.explanation import Step, parameter_step
from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.frame_time_steps import version_text
from hemmavid.rules.laboratory_counting import CountedNeeds, CountedRules
from hemmavid.rules.laboratory_groups import (
    LabGroup,
    Sheet,
    cases_text,
    household_label,
    household_of,
)
from hemmavid.rules.life_areas import LifeArea


class LabTable(StrEnum):
    """One of the two sets of rules."""

    BEFORE = "before"
    AFTER = "after"


LAB_TABLE_LABELS = {LabTable.BEFORE: "före", LabTable.AFTER: "efter"}


@dataclass(frozen=True, slots=True)
class LabCase:
    """One running case: its needs, the unit that performs, and how many live in the household."""

    case_id: str
    needs: tuple[AssessedNeed, ...]
    unit: str
    household_size: int

    def __post_init__(self) -> None:
        if self.household_size < 1:
            raise ValueError(f"a household of {self.household_size}")


@dataclass(frozen=True, slots=True)
class LabOutcome:
    """One case in minutes a week. A case that a set of rules cannot compute has faults and no difference."""

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
class LackingNeed:
    """A need, or a level of it, that a table does not have, and in how many cases it stands."""

    need: str
    level: int | None  # None: the need itself is lacking
    table: LabTable
    cases: int
    sentence: str


@dataclass(frozen=True, slots=True)
class LabResult:
    """Every case by its id, the total, and the groups.

    Each kind of group sums to the total. A case stands in every life area it has a need in.
    """

    outcomes: tuple[LabOutcome, ...]
    total: LabGroup
    by_life_area: tuple[LabGroup, ...]
    by_unit: tuple[LabGroup, ...]
    by_household: tuple[LabGroup, ...]
    lacking: tuple[LackingNeed, ...]


@dataclass(frozen=True, slots=True)
class _Counted:
    """A case under both sets of rules."""

    case: LabCase
    before: CountedNeeds
    after: CountedNeeds


@dataclass(slots=True)
class _Sheets:
    """The sheets of all groups."""

    total: Sheet = field(default_factory=Sheet)
    areas: defaultdict[LifeArea, Sheet] = field(default_factory=lambda: defaultdict(Sheet))
    units: defaultdict[str, Sheet] = field(default_factory=lambda: defaultdict(Sheet))
    households: defaultdict[int, Sheet] = field(default_factory=lambda: defaultdict(Sheet))

    def add(self, one: _Counted) -> None:
        """One case into every group it belongs to."""
        before, after = one.before.hundredths, one.after.hundredths
        for sheet in (
            self.total,
            self.units[one.case.unit],
            self.households[household_of(one.case.household_size)],
        ):
            sheet.add(before, after)
        is_computed = before is not None and after is not None
        for area in one.before.by_area.keys() | one.after.by_area.keys():
            earlier, later = one.before.by_area.get(area, 0), one.after.by_area.get(area, 0)
            self.areas[area].add(*((earlier, later) if is_computed else (None, None)))


def run_laboratory(cases: Iterable[LabCase], before: FrameTimeRules, after: FrameTimeRules) -> LabResult:
    """Every case under both sets of rules. Same cases, same result, whatever their order.

    ValueError when two cases have the same id. A need that a table lacks makes its case reported, never
    dropped.
    """
    ordered = sorted(cases, key=lambda case: case.case_id)
    if len({case.case_id for case in ordered}) != len(ordered):
        raise ValueError("two cases have the same id")
    earlier, later = CountedRules(before), CountedRules(after)
    counted = [_Counted(case, earlier.count(case.needs), later.count(case.needs)) for case in ordered]
    sheets = _Sheets()
    for one in counted:
        sheets.add(one)
    areas, units, households = sheets.areas, sheets.units, sheets.households
    return LabResult(
        outcomes=tuple(_outcome(one) for one in counted),
        total=sheets.total.group("", "Alla ärenden", *_versions(before, after)),
        by_life_area=tuple(areas[area].group(area, area.label) for area in LifeArea if area in areas),
        by_unit=tuple(units[unit].group(unit, unit) for unit in sorted(units)),
        by_household=tuple(
            households[size].group(str(size), household_label(size)) for size in sorted(households)
        ),
        lacking=_lacking(counted, before, after),
    )


def _outcome(one: _Counted) -> LabOutcome:
    before, after = one.before.hundredths, one.after.hundredths
    return LabOutcome(
        case=one.case,
        before=None if before is None else as_decimal(before),
        after=None if after is None else as_decimal(after),
        faults_before=one.before.faults,
        faults_after=one.after.faults,
    )


def _versions(before: FrameTimeRules, after: FrameTimeRules) -> tuple[Step, ...]:
    tables = tuple(
        parameter_step(
            f"Schablontider {LAB_TABLE_LABELS[table]}: {version_text(rules.standard_times)}",
            "R044, R126",
            rules.standard_times,
            {},
        )
        for table, rules in ((LabTable.BEFORE, before), (LabTable.AFTER, after))
    )
    if before.alone_minutes == after.alone_minutes:
        return tables
    sentence = (
        f"Tillägg för ett behov ensamt i besöket: {before.alone_minutes.whole} \N{RIGHTWARDS ARROW} "
        f"{after.alone_minutes.whole} min per gång"
    )
    return (*tables, parameter_step(sentence, "R128", after.alone_minutes, {}))


def _lacking(
    counted: Iterable[_Counted], before: FrameTimeRules, after: FrameTimeRules
) -> tuple[LackingNeed, ...]:
    found: Counter[tuple[str, int, LabTable]] = Counter()
    for one in counted:
        found.update(_lacked(one.case, one.before.faults, LabTable.BEFORE))
        found.update(_lacked(one.case, one.after.faults, LabTable.AFTER))
    labels = {
        code: need.label
        for rules in (after, before)
        for code, need in rules.standard_times.standard_times.needs.items()
    }
    return tuple(_lacking_need(*place, found[place], labels) for place in sorted(found))


def _lacked(case: LabCase, faults: Iterable[NeedFault], table: LabTable) -> set[tuple[str, int, LabTable]]:
    """Needs and levels the table does not have; level 0 for the need itself."""
    found = set()
    for fault in faults:
        if fault.fault in (Fault.UNKNOWN_NEED, Fault.UNKNOWN_LEVEL) and fault.position is not None:
            need = case.needs[fault.position]
            found.add((need.need, need.level if fault.fault is Fault.UNKNOWN_LEVEL else 0, table))
    return found


def _lacking_need(
    need: str, level: int, table: LabTable, cases: int, labels: Mapping[str, str]
) -> LackingNeed:
    what = f"{labels.get(need, need)} nivå {level}" if level else labels.get(need, need)
    sentence = (
        f"{what} finns inte i schablontiderna {LAB_TABLE_LABELS[table]}: {cases_text(cases)} kan inte räknas."
    )
    return LackingNeed(need, level or None, table, cases, sentence)
