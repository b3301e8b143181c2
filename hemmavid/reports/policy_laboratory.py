"""The policy laboratory on screen and paper: who gets more and who gets less (R044, R123).

Nothing here is stored. All figures are minutes a week, as the rule gives them: nothing is rounded again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.access.policy import Permission
from hemmavid.audit.queries import data_as_of
from hemmavid.lib import swedish
from hemmavid.lib.clock import day_start
from hemmavid.people.models import Client
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, name_of
from hemmavid.reports.running_cases import RunningCases, running_cases
from hemmavid.reports.tables import Column, Kind, ReportTable, Row
from hemmavid.rules.frame_time import FrameTimeRules
from hemmavid.rules.laboratory_groups import LabGroup
from hemmavid.rules.policy_laboratory import LabOutcome, LabResult, run_laboratory

TITLE = "Regellaboratoriet"
MOST_CHANGES = 50
EDGES = (-60, -30, -10, 0, 10, 30, 60)
"""Minutes a week between the bars of the distribution; no change has a bar of its own."""


class Grouping(StrEnum):
    """The tables of a run, by the word that asks for one in an address."""

    UNITS = "enheter"
    AREAS = "livsomraden"
    HOUSEHOLDS = "hushall"
    SPREAD = "fordelning"
    CASES = "arenden"


GROUPING_LABELS = {
    Grouping.UNITS: "Per enhet",
    Grouping.AREAS: "Per livsområde",
    Grouping.HOUSEHOLDS: "Per hushåll",
    Grouping.SPREAD: "Så fördelar sig ändringarna",
    Grouping.CASES: "Störst ändringar",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """How many cases change by more than the one edge and up to the other, in minutes a week.

    An edge belongs to the smaller change. Both edges 0: the cases that do not change.
    """

    lower: int | None
    upper: int | None
    cases: int

    @property
    def is_unchanged(self) -> bool:
        """Whether it is the bar of no change."""
        return self.lower == self.upper == 0

    @property
    def label(self) -> str:
        """−60 till −30, över +60, lika."""
        if self.is_unchanged:
            return "lika"
        if self.lower is None or self.upper is None:
            return f"{'under' if self.lower is None else 'över'} {self.short[1:]}"
        return f"{_signed(self.lower)} till {_signed(self.upper)}"

    @property
    def short(self) -> str:
        """What fits below a bar: the edge farthest from no change."""
        if self.is_unchanged:
            return "lika"
        if self.lower is None or self.upper is None:
            return f"<{_signed(self.upper or 0)}" if self.lower is None else f">{_signed(self.lower)}"
        return _signed(self.lower if self.upper <= 0 else self.upper)


@dataclass(frozen=True, slots=True)
class ChangedCase:
    """One of the largest changes, for those who may read cases."""

    number: str
    name: ClientName
    unit: str
    outcome: LabOutcome


@dataclass(frozen=True, slots=True)
class LaboratoryRun:
    """What a run gave. `changes` is None for a reader who sees sums only."""

    on: date
    result: LabResult
    units: Mapping[str, str]
    bars: tuple[Bar, ...]
    changes: tuple[ChangedCase, ...] | None
    as_of: datetime

    def table(self, grouping: Grouping) -> ReportTable | None:
        """One of the tables; None for the cases when the reader sees sums only."""
        if grouping is Grouping.CASES:
            return None if self.changes is None else _changes_table(self, self.changes)
        return _TABLES[grouping](self)


def run(*, on: date, before: FrameTimeRules, after: FrameTimeRules, by: Actor) -> LaboratoryRun:
    """Every running case of the day under both sets of rules. Six queries, whatever the number of cases.

    Raises Denied without the right to the laboratory. Cases by name only for those who may read cases.
    """
    running = running_cases(on=on, weeks=before.weeks, by=by)
    result = run_laboratory(running.cases, before, after)
    may_read = by.reach(Permission.CASE_READ).everywhere
    return LaboratoryRun(
        on=on,
        result=result,
        units=running.units,
        bars=bars_of(result.outcomes),
        changes=_largest(result.outcomes, running, by) if may_read else None,
        as_of=data_as_of() or day_start(on),
    )


def bars_of(outcomes: Iterable[LabOutcome]) -> tuple[Bar, ...]:
    """The cases that both tables can compute, by how much they change; they add up to all of those."""
    changes = [one.difference for one in outcomes if one.difference is not None]
    steps = list(zip((None, *EDGES), (*EDGES, None), strict=True))
    steps.insert(steps.index((0, EDGES[EDGES.index(0) + 1])), (0, 0))
    return tuple(Bar(*step, sum(_within(change, *step) for change in changes)) for step in steps)


def _within(change: Decimal, lower: int | None, upper: int | None) -> bool:
    if lower == upper == 0:
        return change == 0
    if upper is not None and upper <= 0:
        return change < upper and (lower is None or change >= lower)
    return lower is not None and change > lower and (upper is None or change <= upper)


def _signed(minutes: int) -> str:
    return f"{'+' if minutes > 0 else swedish.MINUS if minutes < 0 else ''}{abs(minutes)}"


def _largest(outcomes: Sequence[LabOutcome], running: RunningCases, by: Actor) -> tuple[ChangedCase, ...]:
    changed = [(one.difference, one) for one in outcomes if one.difference]
    changed.sort(key=lambda pair: (-abs(pair[0]), pair[1].case.case_id))
    largest = [one for _, one in changed[:MOST_CHANGES]]
    names = _names({running.clients[one.case.case_id] for one in largest}, by)
    return tuple(
        ChangedCase(
            one.case.case_id,
            names[running.clients[one.case.case_id]],
            running.units[one.case.unit],
            one,
        )
        for one in largest
    )


def _names(client_ids: set[UUID], by: Actor) -> dict[UUID, ClientName]:
    rows = Client.objects.visible_to(by).filter(pk__in=sorted(client_ids, key=str)).order_by("pk")
    return {row[0]: name_of(PersonFields(*row)) for row in rows.values_list(*FIELDS)}


_FIGURES = (
    Column("Ärenden", Kind.COUNT),
    Column("Får mer", Kind.COUNT),
    Column("Får mindre", Kind.COUNT),
    Column("Lika", Kind.COUNT),
    Column("Kan inte räknas", Kind.COUNT),
    Column("Före (min/vecka)", Kind.HOURS),
    Column("Efter (min/vecka)", Kind.HOURS),
    Column("Skillnad (min/vecka)", Kind.HOURS),
)


def _group_cells(label: str, group: LabGroup) -> Row:
    return (
        label,
        group.cases,
        group.more,
        group.less,
        group.same,
        group.not_computed,
        group.before,
        group.after,
        group.difference,
    )


def _group_table(
    one: LaboratoryRun, grouping: Grouping, heading: str, groups: Sequence[LabGroup]
) -> ReportTable:
    return ReportTable(
        title=f"{TITLE}: {GROUPING_LABELS[grouping].lower()}",
        columns=(Column(heading), *_FIGURES),
        rows=[_group_cells(group.label, group) for group in groups],
        total=_group_cells(one.result.total.label, one.result.total),
        as_of=one.as_of,
        subtitle=[step.sentence for step in one.result.total.explanation.children],
    )


def _units_table(one: LaboratoryRun) -> ReportTable:
    named = [replace(group, label=one.units[group.key]) for group in one.result.by_unit]
    return _group_table(one, Grouping.UNITS, "Enhet", named)


def _areas_table(one: LaboratoryRun) -> ReportTable:
    table = _group_table(one, Grouping.AREAS, "Livsområde", one.result.by_life_area)
    note = "Ett ärende står i varje livsområde där det har ett behov, så antalen summerar inte till totalen."
    return replace(table, notes=(note,))


def _households_table(one: LaboratoryRun) -> ReportTable:
    table = _group_table(one, Grouping.HOUSEHOLDS, "Hushåll", one.result.by_household)
    return replace(table, notes=("Hushållet är de brukare som bor på samma adress.",))


def _spread_table(one: LaboratoryRun) -> ReportTable:
    return ReportTable(
        title=f"{TITLE}: {GROUPING_LABELS[Grouping.SPREAD].lower()}",
        columns=(Column("Ändring (min/vecka)"), Column("Ärenden", Kind.COUNT, keeps_zero=True)),
        rows=[(bar.label, bar.cases) for bar in one.bars],
        as_of=one.as_of,
    )


_TABLES: Mapping[Grouping, Callable[[LaboratoryRun], ReportTable]] = {
    Grouping.UNITS: _units_table,
    Grouping.AREAS: _areas_table,
    Grouping.HOUSEHOLDS: _households_table,
    Grouping.SPREAD: _spread_table,
}


def _changes_table(one: LaboratoryRun, changes: Sequence[ChangedCase]) -> ReportTable:
    return ReportTable(
        title=f"{TITLE}: {GROUPING_LABELS[Grouping.CASES].lower()}",
        columns=(
            Column("Brukare"),
            Column("Beslut"),
            Column("Enhet"),
            Column("Före (min/vecka)", Kind.HOURS),
            Column("Efter (min/vecka)", Kind.HOURS),
            Column("Skillnad (min/vecka)", Kind.HOURS),
        ),
        rows=[
            (
                case.name.listed,
                case.number,
                case.unit,
                case.outcome.before,
                case.outcome.after,
                case.outcome.difference,
            )
            for case in changes
        ],
        as_of=one.as_of,
        notes=(f"De {MOST_CHANGES} ärenden som ändras mest visas.",) if len(changes) == MOST_CHANGES else (),
    )
