"""One new case walked step by step by the operations of the authority, as far as its scene needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from hemmavid.access.actors import Actor
from hemmavid.cases.models import Case
from hemmavid.cases.operations import applications, assessing, deciding, drafts, needs, opening
from hemmavid.cases.operations.revision import Seen
from hemmavid.demo.authority.life import Life
from hemmavid.demo.authority.moments import instant
from hemmavid.demo.authority.scenes.applicants import Applicant
from hemmavid.demo.authority.words import filled
from hemmavid.lib.clock import local_day
from hemmavid.lib.periods import ONE_DAY
from hemmavid.people.registration import NewClient
from hemmavid.rules.application_faults import ApplicantCapacity, ApplicationFacts
from hemmavid.rules.decision_faults import DecisionKind
from hemmavid.rules.life_areas import LifeArea, ProblemGrade, Support
from hemmavid.rules.occasions import OccasionsPer

NOT_YET = UUID(int=0)
PERSONAL, HOME = LifeArea.PERSONAL_CARE, LifeArea.DOMESTIC_LIFE
ONE_YEAR = timedelta(days=364)
MORNINGS = needs.NeedAtLevel(
    "pakladning", 2, 1, OccasionsPer.DAY, "morgon", support=Support.PARTLY_COMPENSATING
)
BREAKFAST = needs.NeedAtLevel("maltid", 1, 1, OccasionsPer.DAY, "morgon", support=Support.SUPPORTING)
SHOWER = needs.NeedAtLevel("dusch", 2, 1, OccasionsPer.WEEK, support=Support.PARTLY_COMPENSATING)
CLEANING = needs.NeedAtLevel(
    "stadning", 2, 1, OccasionsPer.TWO_WEEKS, "service", support=Support.COMPENSATING
)
USUAL_NEEDS = (MORNINGS, BREAKFAST, SHOWER, CLEANING)


@dataclass(slots=True)
class Walk:
    """A case under way. Steps happen one after the other from `at`, some minutes apart."""

    by: Actor
    applicant: Applicant
    life: Life
    at: datetime
    case_id: UUID = NOT_YET
    client_id: UUID = NOT_YET
    goals: Mapping[LifeArea, str] = field(default_factory=dict)

    @property
    def seen(self) -> Seen:
        """The case as it stands."""
        return Seen(self.case_id, Case.objects.values_list("revision", flat=True).get(pk=self.case_id))

    def moment(self) -> datetime:
        """The next instant."""
        self.at += timedelta(minutes=7)
        return self.at

    def on(self, day: date, hour: int, minute: int = 0) -> Walk:
        """Go on at another time, never an earlier one."""
        self.at = max(self.at, instant(day, hour, minute))
        return self

    def applied(self, *, is_own: bool = True, capacity: ApplicantCapacity = ApplicantCapacity.SELF) -> Walk:
        """The person is registered, the case opened and the application received the same day."""
        one = self.applicant
        person = NewClient(
            one.personal_number, one.given_name, one.family_name, one.street, one.postcode, one.city
        )
        opened = opening.open_case_for_new_person(person, is_own=is_own, by=self.by, at=self.moment())
        self.case_id, self.client_id = opened.case_id, opened.client_id
        is_other = capacity is not ApplicantCapacity.SELF
        facts = ApplicationFacts(
            local_day(self.at),
            capacity,
            one.applied_for,
            applicant_name=self.life.kin_name if is_other else "",
            on_behalf_reason="Ligger på sjukhus och orkar inte ringa" if is_other else "",
            client_wish="Vill hem så fort det går" if is_other else "",
        )
        day = local_day(self.at)
        new = applications.NewApplication(
            facts,
            is_new_applicant=True,
            information_given_on=day,
            leaflet_given_on=day,
            clause_told_on=day,
        )
        applications.register_application(new, self.seen, by=self.by, at=self.moment())
        return self

    def booked(self, day: date) -> Walk:
        """The home visit is booked."""
        application = Case.objects.get(pk=self.case_id).applications.get()
        given = applications.GivenInformation(
            application.information_given_on,
            application.leaflet_given_on,
            application.clause_told_on,
            day,
        )
        applications.note_information(given, application.pk, self.seen, by=self.by, at=self.moment())
        return self

    def begun(self) -> Walk:
        """The home visit is made and half of the assessment written."""
        assessing.start_assessment(seen=self.seen, by=self.by, at=self.moment())
        whole = assessing.AssessmentText(
            filled("{name} har arbetat {work}. {ailment}.", self.life), "", local_day(self.at)
        )
        assessing.save_assessment(whole, self.seen, by=self.by, at=self.moment())
        area = self._area(PERSONAL, self.applicant.needs_care, self.applicant.goal_care)
        assessing.save_area(area, self.seen, by=self.by, at=self.moment())
        needs.save_needs((MORNINGS,), self.seen, by=self.by, at=self.moment())
        return self

    def assessed(self, within: tuple[needs.NeedAtLevel, ...] = USUAL_NEEDS) -> Walk:
        """The rest of the assessment is written, and it is completed."""
        proposal = filled("Det som {name} inte klarar själv föreslås beviljat.", self.life)
        background = filled("{name} har arbetat {work}. {ailment}. Närmast finns {kin}.", self.life)
        day = local_day(self.at)
        whole = assessing.AssessmentText(background, proposal, day)
        assessing.save_assessment(whole, self.seen, by=self.by, at=self.moment())
        area = self._area(HOME, self.applicant.needs_home, self.applicant.goal_home)
        assessing.save_area(area, self.seen, by=self.by, at=self.moment())
        needs.save_needs(within, self.seen, by=self.by, at=self.moment())
        assessing.complete_assessment(seen=self.seen, by=self.by, at=self.moment())
        self.goals = {PERSONAL: self.applicant.goal_care, HOME: self.applicant.goal_home}
        return self

    def drafted(self, kind: DecisionKind = DecisionKind.ORDINARY) -> UUID:
        """A draft as the system fills it in; nothing of it is written yet."""
        return drafts.begin_draft(kind=kind, seen=self.seen, by=self.by, at=self.moment())

    def decided(self, first_day: date, kind: DecisionKind = DecisionKind.ORDINARY) -> UUID:
        """The decision for a year, or for a month at discharge."""
        decision_id = self.drafted(kind)
        is_team = kind is DecisionKind.SIMPLIFIED
        goals = {LifeArea.SENSE_OF_SAFETY: self.applicant.goal_care} if is_team else self.goals
        text = drafts.DecisionText(
            kind,
            first_day=first_day,
            last_day=first_day + (27 * ONE_DAY if is_team else ONE_YEAR),
            has_revocation_clause=True,
            summary="Du får hjälp av hemgångsteamet när du kommer hem." if is_team else self._summary(),
            reasons=filled("{name} klarar inte det själv som beviljas.", self.life),
            goals=goals,
        )
        drafts.save_draft(text, decision_id, self.seen, by=self.by, at=self.moment())
        deciding.decide(decision_id=decision_id, seen=self.seen, by=self.by, at=self.moment())
        return decision_id

    def _summary(self) -> str:
        return "Du får hjälp med påklädning, frukost, dusch och städning."

    def _area(self, area: LifeArea, need: str, goal: str) -> assessing.AreaText:
        can_do = self.applicant.can_do
        return assessing.AreaText(
            area, need, can_do, ProblemGrade.MODERATE, Support.PARTLY_COMPENSATING, goal
        )
