"""Which visits count, and what they sum to (R021, R023, R057, R075, R077; A17-A19; contract.md section 4).

`performed` is the reference implementation: the report's SQL must give the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import Month
from hemmavid.rules.parameter_files import ParameterSet

TAGGED_METHODS = frozenset({"tag", "lock", "qr"})
MANUAL = "manual"
PERFORMED = "performed"
ONE_MICROSECOND = timedelta(microseconds=1)


class Evidence(StrEnum):
    """What speaks for a visit that was performed."""

    TAGGED = "tagged"  # at least one end by tag, lock or QR (R021)
    MANUAL_APPROVED = "manual_approved"  # both ends manual, approved by the manager (R023)
    MANUAL_UNAPPROVED = "manual_unapproved"  # both ends manual, refused or not yet approved


class ManualPolicy(StrEnum):
    """What is done with a visit whose both ends are manual (A19)."""

    APPROVE = "approve"
    REFUSE = "refuse"
    ACCEPT = "accept"


@dataclass(frozen=True, slots=True)
class VisitPolicies:
    """The dated choices that decide what counts. Defaults are those shipped."""

    manual: ManualPolicy = ManualPolicy.APPROVE
    sums_double: bool = True  # A17: both staff's time is summed; else the longest counted row alone
    counts_per_employee: bool = False  # A17: a double-staffed visit is two visits; else one

    @classmethod
    def for_month(cls, month: Month, parameters: ParameterSet) -> VisitPolicies:
        """The choices in force on the month's last day."""
        day = month.last_day
        parameters.at("bom.pay_percent", day)  # a gap is an error; 0 is the only value honoured (A18)
        return cls(
            ManualPolicy(parameters.at("manual_both.policy", day).text),
            parameters.at("visit.double_sum", day).flag,
            parameters.at("visit.count", day).text == "per_employee",
        )

    @property
    def accepted(self) -> frozenset[Evidence]:
        """The kinds of evidence that make a performed visit count."""
        return accepted_evidence(self.manual)


@dataclass(frozen=True, slots=True)
class VisitFacts:
    """One row of a visit: one staff member. A double-staffed visit is two rows of the same `visit`."""

    visit: str
    unit: str
    client: str
    intervention: str
    started_at: datetime | None
    ended_at: datetime | None
    start_method: str = "tag"
    end_method: str = "tag"
    is_approved: bool | None = None
    status: str = PERFORMED


@dataclass(frozen=True, slots=True)
class Judgement:
    """Whether a row counts, by what evidence, and why in one Swedish sentence."""

    counts: bool
    evidence: Evidence | None
    reason: str


@dataclass(frozen=True, slots=True)
class PerformedKey:
    """The atom of the hours statement, within a month."""

    unit: str
    client: str
    intervention: str


@dataclass(frozen=True, slots=True)
class Performed:
    """What the counted visits of an atom sum to; exact."""

    microseconds: int
    visits: int


_ACCEPTED = {
    ManualPolicy.REFUSE: frozenset({Evidence.TAGGED}),
    ManualPolicy.APPROVE: frozenset({Evidence.TAGGED, Evidence.MANUAL_APPROVED}),
    ManualPolicy.ACCEPT: frozenset(Evidence),
}


def accepted_evidence(policy: ManualPolicy) -> frozenset[Evidence]:
    """The kinds of evidence that count under the policy for visits with both ends manual (A19)."""
    return _ACCEPTED[policy]


def evidence_of(start_method: str, end_method: str, *, is_approved: bool | None) -> Evidence | None:
    """The evidence of a row; None when an end has no method at all."""
    if start_method in TAGGED_METHODS or end_method in TAGGED_METHODS:
        return Evidence.TAGGED
    if start_method != MANUAL or end_method != MANUAL:
        return None
    return Evidence.MANUAL_APPROVED if is_approved else Evidence.MANUAL_UNAPPROVED


_NOT_PERFORMED = {
    "cancelled": "Räknas inte: besöket är inställt (R057).",
    "not_performed": "Räknas inte: besöket är inte utfört (R057).",
}
_COUNTS = {
    Evidence.TAGGED: "Räknas: minst en ände är registrerad med tagg, lås eller QR (R021).",
    Evidence.MANUAL_APPROVED: "Räknas: båda ändarna är manuella och besöket är godkänt (R023).",
    Evidence.MANUAL_UNAPPROVED: "Räknas: kommunen godtar manuella besök utan godkännande (R023, A19).",
}
_REFUSED = {
    Evidence.MANUAL_APPROVED: "Räknas inte: kommunen godtar inte två manuella ändar (R023, A19).",
    Evidence.MANUAL_UNAPPROVED: "Räknas inte: båda ändarna är manuella och besöket är inte godkänt (R023).",
}


def judge_visit(visit: VisitFacts, policies: VisitPolicies, deceased_on: date | None = None) -> Judgement:
    """Whether the row counts. A visit that starts on the day of death still counts."""
    if visit.status != PERFORMED:
        return Judgement(counts=False, evidence=None, reason=_NOT_PERFORMED[visit.status])
    if visit.started_at is None or visit.ended_at is None:
        return Judgement(counts=False, evidence=None, reason="Räknas inte: besöket saknar start eller slut.")
    if deceased_on is not None and local_day(visit.started_at) > deceased_on:
        return Judgement(counts=False, evidence=None, reason="Räknas inte: besöket börjar efter dödsdagen.")
    evidence = evidence_of(visit.start_method, visit.end_method, is_approved=visit.is_approved)
    if evidence is None:
        reason = "Räknas inte: en ände saknar registreringssätt (R021)."
        return Judgement(counts=False, evidence=None, reason=reason)
    if evidence in policies.accepted:
        return Judgement(counts=True, evidence=evidence, reason=_COUNTS[evidence])
    return Judgement(counts=False, evidence=evidence, reason=_REFUSED[evidence])


def performed(
    visits: Iterable[VisitFacts],
    month: Month,
    policies: VisitPolicies,
    deceased: Mapping[str, date] | None = None,
) -> dict[PerformedKey, Performed]:
    """Exact time and number of the counted visits that start in the month, by atom. Order is irrelevant.

    Each row is judged for itself; a visit counts once if any of its rows does (A17). `deceased` is the
    day of death by client.
    """
    deaths = deceased or {}
    start, end = month.instants()
    rows: defaultdict[PerformedKey, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for visit in visits:
        if visit.started_at is None or visit.ended_at is None or not start <= visit.started_at < end:
            continue
        if judge_visit(visit, policies, deaths.get(visit.client)).counts:
            key = PerformedKey(visit.unit, visit.client, visit.intervention)
            rows[key][visit.visit].append((visit.ended_at - visit.started_at) // ONE_MICROSECOND)
    return {key: _sum(list(atom.values()), policies) for key, atom in rows.items()}


def _sum(visits: list[list[int]], policies: VisitPolicies) -> Performed:
    of_visit = sum if policies.sums_double else max
    microseconds = sum(of_visit(rows) for rows in visits)
    count = sum(len(rows) for rows in visits) if policies.counts_per_employee else len(visits)
    return Performed(microseconds, count)
