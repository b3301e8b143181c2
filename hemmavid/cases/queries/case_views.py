"""What the case page shows, as plain values with their words; the template can ask for nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from hemmavid.cases.next_step import NextStep
from hemmavid.cases.operations.revision import Meanwhile
from hemmavid.lib.periods import Period
from hemmavid.people.naming import ClientName
from hemmavid.rules.life_areas import LifeArea


@dataclass(frozen=True, slots=True)
class ApplicationView:
    """One application."""

    application_id: UUID
    received_on: date
    capacity: str
    applicant_name: str
    on_behalf_reason: str
    client_wish: str
    applied_for: str
    is_new_applicant: bool
    is_urgent: bool
    urgent_reason: str
    information_given_on: date | None
    leaflet_given_on: date | None
    clause_told_on: date | None
    home_visit_booked_on: date | None
    decided_on: date | None
    withdrawn_on: date | None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.decided_on is None and self.withdrawn_on is None


@dataclass(frozen=True, slots=True)
class AreaView:
    """One life area of an assessment, or of a decision (then only label and goal)."""

    life_area: LifeArea
    label: str
    need: str = ""
    can_do: str = ""
    grade: int | None = None
    grade_label: str = ""
    support: str = ""
    support_label: str = ""
    goal: str = ""


@dataclass(frozen=True, slots=True)
class NeedView:
    """A need within frame time, or a time outside it, in words, and what the guideline says (R052)."""

    row_id: UUID
    life_area: LifeArea
    code: str
    words: str
    period: Period | None = None
    extent_text: str = ""
    guideline: str = ""
    guideline_link: str = ""
    is_outside: bool = False


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """The assessment that is written in, or the latest."""

    assessment_id: UUID
    is_draft: bool
    started_on: date
    completed_at: datetime | None
    completed_by: str
    background: str
    proposal: str
    home_visit_on: date | None
    no_home_visit_reason: str
    areas: tuple[AreaView, ...]
    needs: tuple[NeedView, ...]


@dataclass(frozen=True, slots=True)
class ExtentView:
    """One change of extent."""

    valid_from: date
    what: str
    why: str
    at: datetime
    by_name: str


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """The frame time from a day, line by line."""

    valid_from: date
    minutes_per_week: Decimal
    hours_per_month: Decimal
    table_version: str
    lines: tuple[dict[str, object], ...]
    because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionView:
    """One decision with what it grants and how it changed."""

    decision_id: UUID
    number: str
    kind: str
    model: str
    status: str
    is_draft: bool
    is_in_force: bool
    period: Period | None
    granted_until: datetime | None
    decided_at: datetime | None
    decided_by: str
    start_explanation: tuple[str, ...]
    summary: str
    reasons: str
    areas: tuple[AreaView, ...]
    needs: tuple[NeedView, ...]
    snapshots: tuple[SnapshotView, ...]
    extent_changes: tuple[ExtentView, ...]
    replaces: str

    def needs_of(self, area: LifeArea) -> tuple[NeedView, ...]:
        """What is granted in the life area."""
        return tuple(need for need in self.needs if need.life_area is area)


@dataclass(frozen=True, slots=True)
class EventView:
    """One registered event."""

    occurred_on: date
    text: str
    by_name: str


@dataclass(frozen=True, slots=True)
class ConsentView:
    """One consent, and whether it still holds."""

    consent_id: UUID
    purpose: str
    parties: str
    occasion: str
    how: str
    given_on: date
    ends_on: date | None
    withdrawn_on: date | None
    is_in_force: bool


@dataclass(frozen=True, slots=True)
class EndingView:
    """An ending to be confirmed, confirmed, or refused because the person goes on with the support."""

    confirmation_id: UUID
    what: str
    ended_from: date
    asked_by: str
    confirmed_on: date | None
    refused_on: date | None
    confirmed_how: str
    confirmed_by: str

    @property
    def is_waiting(self) -> bool:
        """Whether the person has not been asked yet."""
        return self.confirmed_on is None and self.refused_on is None


@dataclass(frozen=True, slots=True)
class OwnerView:
    """Who had the case from when. `officer` empty: the queue."""

    officer: str
    from_at: datetime
    reason: str
    is_priority: bool
    by_name: str


@dataclass(frozen=True, slots=True)
class CaseHead:
    """Who the case is about, whose it is and where it stands."""

    case_id: UUID
    number: str
    revision: int
    is_open: bool
    opened_on: date
    client: ClientName
    officer_id: UUID | None
    officer: str
    next: NextStep


@dataclass(frozen=True, slots=True)
class CasePage:
    """The whole page."""

    head: CaseHead
    applications: tuple[ApplicationView, ...]
    assessment: AssessmentView | None
    decisions: tuple[DecisionView, ...]
    waiting_on_call: tuple[DecisionView, ...]
    events: tuple[EventView, ...]
    consents: tuple[ConsentView, ...]
    endings: tuple[EndingView, ...]
    owners: tuple[OwnerView, ...]
    changes: tuple[Meanwhile, ...]

    @property
    def draft(self) -> DecisionView | None:
        """The decision under way, if any."""
        return next((one for one in self.decisions if one.is_draft), None)

    @property
    def in_force(self) -> tuple[DecisionView, ...]:
        """Decisions that hold, or will hold."""
        return tuple(one for one in self.decisions if one.is_in_force)
