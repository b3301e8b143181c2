"""The decision before a client's first imported grant: made under the time key, by minutes an intervention.

It is what makes the list of older decisions shrink month by month (R130). No order hangs on it: what was
ordered before the demo's grants was never imported.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db.backends.postgresql.psycopg_any import DateRange

from hemmavid.cases.decision_words import plain_summary
from hemmavid.cases.models import Decision, DecisionStatus, GrantedArea, GrantedOutside
from hemmavid.cases.models.decision import Kind, Model
from hemmavid.demo.authority import words
from hemmavid.demo.authority.moments import days_before, office_time
from hemmavid.demo.authority.outside_time import AREAS
from hemmavid.demo.authority.town import ClientFile
from hemmavid.lib.clock import local_day
from hemmavid.rules.interventions import label_of
from hemmavid.rules.life_areas import LifeArea

A_YEAR = timedelta(days=365)
MOVED_SHARE = 0.45  # of those on frame time since their last decision
KINDS = (("morgonhjalp", 0.5), ("kvallshjalp_1", 0.3), ("stadning", 0.2))


def has_earlier(file: ClientFile) -> bool:
    """Whether the client had help before the first imported grant; nobody who is new in the demo's days."""
    first = file.decisions[0]
    if first.starts_on >= file.town.window.starts_on:
        return False
    return first.model == Model.TIME_KEY or file.rng("earlier").random() < MOVED_SHARE


def decide_earlier(file: ClientFile, number: int) -> Decision:
    """The older decision, which ended as the first of the plan began."""
    first, rng = file.decisions[0], file.rng("earlier decision")
    starts_on = first.starts_on - A_YEAR
    decided_at = office_time(days_before(starts_on, 3, 12, rng), rng)
    decision = Decision(
        id=uuid4(),
        number=f"B{local_day(decided_at).year}-{number:05d}",
        client_id=file.client_id,
        case_id=file.case_id,
        kind=Kind.ORDINARY,
        model=Model.TIME_KEY,
        status=DecisionStatus.ENDED,
        period=DateRange(starts_on, first.starts_on),
        has_revocation_clause=True,
        summary=plain_summary([label_of(kind) for kind, _ in KINDS], [], None),
        reasons="Tiden är satt per insats efter tidsnyckeln, innan ramtid infördes i ärendet.",
        drafted_at=decided_at,
        decided_at=decided_at,
        decided_by_id=file.officer.user_id,
        decided_by_name=file.officer.name,
    )
    file.note(decided_at, "decided")
    file.rows.add(decision, *_granted(file, decision), *_goals(file, decision))
    return decision


def _granted(file: ClientFile, decision: Decision) -> list[GrantedOutside]:
    frame = file.decisions[0].frame
    weekly = frame[0].weekly_minutes if frame else 60
    return [
        GrantedOutside(
            decision=decision,
            life_area=AREAS.get(kind, LifeArea.PERSONAL_CARE).value,
            intervention=kind,
            minutes=max(5, round(weekly * share / 5) * 5),
            count=1,
            per="week",
            period=decision.period,
        )
        for kind, share in KINDS
    ]


def _goals(file: ClientFile, decision: Decision) -> list[GrantedArea]:
    areas = (LifeArea.PERSONAL_CARE, LifeArea.DOMESTIC_LIFE)
    rng = file.rng("earlier goals")
    return [
        GrantedArea(decision=decision, life_area=area.value, goal=words.goal(area, file.life, rng))
        for area in areas
    ]
