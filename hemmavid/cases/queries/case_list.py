"""The officer's list: one owner, one deadline, one next step a row, the nearest first (BH1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from hemmavid.access.actors import Actor, require
from hemmavid.access.policy import Permission
from hemmavid.cases.models import Case, CaseStatus
from hemmavid.cases.next_step import CaseFacts, NextStep, Step, next_step
from hemmavid.cases.queries.facts import case_facts, waiting_on_call
from hemmavid.organisations.queries import parameters_in_use
from hemmavid.people.naming import FIELDS, ClientName, PersonFields, name_of

ROWS = 50


class Owner(StrEnum):
    """Whose cases are shown."""

    MINE = "mina"
    COLLEAGUES = "kollegor"
    UNASSIGNED = "ofordelade"


class About(StrEnum):
    """Which of them."""

    ALL = "alla"
    VISIT = "hembesok"
    DECIDE = "beslut"
    ENDING = "gar-ut"


_STEPS = {
    About.VISIT: frozenset({Step.HOME_VISIT, Step.URGENT}),
    About.DECIDE: frozenset({Step.DECIDE}),
    About.ENDING: frozenset({Step.RENEW}),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case, or a decision from the night whose client has none (`case_id` None)."""

    case_id: UUID | None
    number: str
    client: ClientName
    officer_id: UUID | None
    officer: str
    next: NextStep
    on_call_decision_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class CaseList:
    """The rows asked for, how many there are in all, and how many open cases each owner choice holds."""

    rows: tuple[CaseRow, ...]
    total: int
    owners: Mapping[Owner, int]


def case_list(owner: Owner, about: About, *, shown: int = ROWS, on: date, by: Actor) -> CaseList:
    """Open cases by deadline. Raises Denied. The number of queries does not grow with the rows."""
    require(by, Permission.CASE_READ)
    cases = _owned(Case.objects.visible_to(by).filter(status=CaseStatus.OPEN), owner, by)
    rows = _rows(cases, on=on, by=by)
    if owner is Owner.UNASSIGNED:
        rows += _without_case(on=on, by=by)
    wanted = _STEPS.get(about)
    if wanted is not None:
        rows = [row for row in rows if row.next.step in wanted]
    rows.sort(key=lambda row: (row.next.step is Step.NOTHING, *row.next.order, row.number))
    return CaseList(tuple(rows[:shown]), len(rows), _counted(by))


def _owned(cases: QuerySet[Case], owner: Owner, by: Actor) -> QuerySet[Case]:
    if owner is Owner.UNASSIGNED:
        return cases.filter(officer__isnull=True)
    if owner is Owner.MINE:
        return cases.filter(officer_id=by.user_id)
    return cases.filter(officer__isnull=False).exclude(officer_id=by.user_id)


def _rows(cases: QuerySet[Case], *, on: date, by: Actor) -> list[CaseRow]:
    parameters = parameters_in_use()
    facts = case_facts(cases, on=on, by=by)
    columns = ("pk", "number", "officer_id", "officer__name", *(f"client__{name}" for name in FIELDS))
    return [
        CaseRow(
            case_id,
            number,
            name_of(PersonFields(*person)),
            officer_id,
            officer or "",
            next_step(facts.get(case_id, CaseFacts()), on=on, parameters=parameters),
        )
        for case_id, number, officer_id, officer, *person in cases.order_by("number").values_list(*columns)
    ]


def _without_case(*, on: date, by: Actor) -> list[CaseRow]:
    """Decisions from the night about clients who have no open case: whoever takes one opens it."""
    parameters = parameters_in_use()
    waiting = waiting_on_call(by).exclude(client__cases__status=CaseStatus.OPEN)
    columns = ("pk", "number", "granted_until", *(f"client__{name}" for name in FIELDS))
    return [
        CaseRow(
            None,
            number,
            name_of(PersonFields(*person)),
            None,
            "",
            next_step(CaseFacts(on_call_until=until), on=on, parameters=parameters),
            on_call_decision_id=decision_id,
        )
        for decision_id, number, until, *person in waiting.order_by("number").values_list(*columns)
    ]


def _counted(by: Actor) -> dict[Owner, int]:
    is_mine, is_nobodys = Q(officer_id=by.user_id), Q(officer__isnull=True)
    found = (
        Case.objects.visible_to(by)
        .filter(status=CaseStatus.OPEN)
        .aggregate(mine=Count("pk", filter=is_mine), nobodys=Count("pk", filter=is_nobodys), all=Count("pk"))
    )
    mine, nobodys = found["mine"], found["nobodys"]
    nobodys_now = nobodys + waiting_on_call(by).exclude(client__cases__status=CaseStatus.OPEN).count()
    return {
        Owner.MINE: mine,
        Owner.COLLEAGUES: found["all"] - mine - nobodys,
        Owner.UNASSIGNED: nobodys_now,
    }
